"""Every internal link and anchor holds, also where a text is missing that others name."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import BASE

from .reading import broken_links, dead_pointers, site_of

ROOT = Path(__file__).resolve().parents[2]


def test_all_links_of_this_repository_hold() -> None:
    files = site_of(ROOT, formats=())
    assert broken_links(files) == []
    # A whole book in one page, to download, may be heavy.
    own = {path: data for path, data in files.items() if not path.startswith("files/")}
    pages = {path: data for path, data in own.items() if path.endswith(".html")}
    assert max(map(len, pages.values())) < 100_000
    assert {"index.html", "texts/mcp-due-03.html", "terms/user.html"} <= pages.keys()
    assert b'id="mcp-due-03-a"' in pages["texts/mcp-due-03.html"]


def test_pointers_lead_to_one_page_each() -> None:
    assert dead_pointers(BASE) == ([], set())


def test_what_leads_to_a_text_that_is_gone_is_plain_words(tmp_path: Path) -> None:
    folder = tmp_path / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    for gone in ("registers/terms", "provisions/due-process/EXA-DUE-01-notice.yaml"):
        place = folder / gone
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert broken_links(site_of(folder)) == []
