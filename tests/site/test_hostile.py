"""Hostile words in every field: nothing of them becomes a tag, an attribute or an address."""

from __future__ import annotations

import re
import shutil
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import BASE

from .reading import Tags, site_of

BAD = '<script src=x></script>\\"><img src=x onerror=alert(1)>[a](javascript:alert(1))'
SCRIPTS = {
    "search.html": ["search/search.js"],
    "verify.html": ["scripts/verify-en.js", "scripts/verify.js"],
    "fr/search.html": ["../search/said-fr.js", "../search/search.js"],
    "fr/verify.html": ["../scripts/verify-fr.js", "../scripts/verify.js"],
}
"""The pages that run a script of the site, for what works in no other way."""
_WORDS = re.compile(
    r"(?m)^( *(?:- )?)(title|name|summary|note|short|place|who|by|issuer|term|rationale): .*$"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("hostile") / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_WORDS.sub(f'\\1\\2: "{_quoted()}"', text), encoding="utf-8")
    register = folder / "registers"
    (register / "events").mkdir(exist_ok=True)
    (register / "events/bad.yaml").write_text(
        f'title: "{BAD}"\nstarts: 2026-05-01\nkind: meeting\nminutes: "javascript:alert(1)"\n'
    )
    return site_of(folder, "https://example.org/")


def _quoted() -> str:
    return BAD.replace("\\", "\\\\")


def test_no_tag_attribute_or_address_comes_from_a_record(files: dict[str, bytes]) -> None:
    pages = {path: Tags(data) for path, data in files.items() if path.endswith(".html")}
    assert any(b"&lt;script" in data for data in files.values())
    for path, page in pages.items():
        assert page.all("iframe", "object", "form", "base") == [], path
        ours = [each["src"] for each in page.all("script")]
        assert ours == SCRIPTS.get(path, []), path
        assert all(each["src"].endswith("map.svg") for each in page.all("img")), path
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            address = attributes.get("href", "")
            assert not address.lower().startswith(("javascript:", "data:", "file:")), path


def test_every_page_forbids_what_it_does_not_need(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith(".html") and not path.startswith("files/"):
            [policy] = [each["content"] for each in Tags(data).all("meta") if "http-equiv" in each]
            assert "default-src 'none'; style-src 'self';" in policy
            assert "unsafe" not in policy
            assert ("script-src" in policy) == (path in SCRIPTS)


def test_feeds_and_maps_are_whole_xml(files: dict[str, bytes]) -> None:
    for path in ("changes.atom", "consultations.atom", "events.atom", "sitemap.xml"):
        ElementTree.fromstring(files[path])
    assert b"<loc>https://example.org/index.html</loc>" in files["sitemap.xml"]
    assert b"Sitemap: https://example.org/sitemap.xml" in files["robots.txt"]
