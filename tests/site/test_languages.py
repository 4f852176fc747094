"""The site in other languages: its words, what is borrowed from English, and the way between."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path

import pytest

from govkit.languages import catalogue
from govkit.languages.catalogue import OF_SITE, messages
from govkit.site import foreign_words
from govkit.site.verify_script import PARTS
from tests.cli.conftest import BASE
from tests.languages.test_catalogue import blanks

from .reading import Tags, broken_links, site_of

SAYS = re.compile(r"\bsay(Counted)?\(([\"`])([^\"`]+)\2")


def test_the_page_that_verifies_has_each_message_that_its_script_says() -> None:
    folder = package_files("govkit.site").joinpath("verify")
    script = "".join(folder.joinpath(f"{part}.js").read_text("utf-8") for part in PARTS)
    english = messages("en").group("site.verdicts")
    said: set[str] = set()
    for call in SAYS.finditer(script):
        counted, _, key = call.groups()
        if "${" in key:  # `verdict.${verdict.state}`
            found = [each for each in english if each.startswith(key.partition("${")[0])]
        else:
            found = [f"{key}.one", f"{key}.other"] if counted else [key]
        names = {"count", *re.findall(r"\w+", script[call.end() : call.end() + 200])}
        assert found, key
        assert [each for each in found if not blanks(english[each]) <= names] == []
        said.update(found)
    assert sorted(set(english) - said) == []


TRANSLATION = f"""of: EXA-DUE-01
base: null
source_digest: sha256:{"0" * 64}
title: Un avis
clauses:
  a:
    text: Un avis est donné.
    source_digest: sha256:{"0" * 64}
reviewed_by: null
"""


@pytest.mark.parametrize("language", OF_SITE)
def test_a_language_has_all_words_of_the_site(language: str) -> None:
    said = messages(language)
    keys = [f"site.{key}" for key in messages("en").group("site")]
    assert [key for key in keys if not said.is_own(key)] == []


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A coalition that speaks a made-up language of few words, written from right to left."""
    for name in ("en", "fr"):
        data = package_files("govkit.languages").joinpath("messages", f"{name}.json").read_bytes()
        (tmp_path / "messages").mkdir(exist_ok=True)
        (tmp_path / f"messages/{name}.json").write_bytes(data)
    own = {"site": {"home": "Zuhause", "language": "Zuhaus", "ways": {"texts": "Schriften"}}}
    (tmp_path / "messages/he.json").write_text(json.dumps(own), "utf-8")
    for name in ("LANGUAGES", "OF_SITE"):
        monkeypatch.setattr(catalogue, name, ("en", "fr", "he"))
    monkeypatch.setattr(catalogue, "files", lambda package: tmp_path)
    kept = (catalogue.messages, catalogue._texts, foreign_words.words_of_the_site)
    for each in kept:
        each.cache_clear()
    folder = tmp_path / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    charter = folder / "governance/charter.yaml"
    text = charter.read_text("utf-8")
    charter.write_text(text.replace("others: [fr]", "others: [fr, he]"), "utf-8")
    yield folder
    for each in kept:
        each.cache_clear()


def test_a_word_that_a_language_lacks_is_english_and_says_so(invented: Path) -> None:
    (invented / "translations/fr/EXA-DUE-01.yaml").write_text(TRANSLATION, "utf-8")
    files = site_of(invented, "https://example.org/")
    assert broken_links(files) == []
    page = files["he/take-part.html"].decode()
    assert '<html lang="he" dir="rtl">' in page
    assert "Zuhause" in page
    assert '<h1><span lang="en" dir="ltr">Take part</span></h1>' in page
    assert "<title>Take part · " in page
    assert 'href="../sources.html" hreflang="en"' in page
    assert '<h2><span class="title"><span lang="en" dir="ltr">Comment</span></span></h2>' in page
    signs = [sign.encode() for sign in "\ufdd0\ufdd1\ufdd2"]
    marked = [path for path, data in files.items() if any(sign in data for sign in signs)]
    assert marked == []
    for path, other in (
        ("texts/exa-due-01.html", "fr/texts/exa-due-01.html"),
        ("index.html", "he/index.html"),
    ):
        for each in (path, other):
            links = [link for link in Tags(files[each]).all("link") if "hreflang" in link]
            assert f"https://example.org/{path}" in [link["href"] for link in links]
            assert f"https://example.org/{other}" in [link["href"] for link in links]
    assert "The original has other words now" in files["texts/exa-due-01.html"].decode()
    original = Tags(files["fr/texts/exa-due-01.html"]).all("a")
    assert {"href": "../../texts/exa-due-01.html", "hreflang": "en"} in original
