"""The site in a real browser: the keyboard, a phone, no script, from right to left, paper.

Debian's chromium, driven by Playwright; axe looks whether everybody can use each page. Where there
is no chromium these tests are skipped, and say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chromium import faults, needs_chromium
from tests.comments.proposal_folder import coalition_with_proposal
from tests.shared import made_once

from .reading import broken_links, site_of

pytestmark = needs_chromium
PAGES = (
    "index.html",
    "texts/exa-due-01.html",
    "consultations/2026-003.html",
    "consultations/2026-003-words.html",
    "members/index.html",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a coalition with an open proposal, and the same as if it wrote Arabic."""

    def make(place: Path) -> None:
        folder = coalition_with_proposal(place / "coalition")
        files = site_of(folder)
        assert broken_links(files) == []
        _put(place / "en", files)
        charter = folder / "governance/charter.yaml"
        text = charter.read_text(encoding="utf-8")
        charter.write_text(text.replace("authoritative: en", "authoritative: ar"), "utf-8")
        _put(place / "ar", site_of(folder))

    return made_once(tmp_path_factory, "site-with-a-proposal", make)


def _put(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def test_everybody_can_use_every_page(chromium: Any, site: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    for path in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto((site / "en" / path).as_uri())
        assert faults(page) == [], path
        if path == PAGES[1]:
            page.emulate_media(color_scheme="dark")
            assert faults(page, "color-contrast") == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert wrong == [], path
    page.close()


def test_the_keyboard_leads_past_the_navigation(chromium: Any, site: Path) -> None:
    page = chromium.new_page()
    page.goto((site / "en/index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_without_a_script_from_right_to_left_and_on_paper(chromium: Any, site: Path) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto((site / "ar/texts/exa-due-01.html").as_uri())
    assert page.locator("html").get_attribute("dir") == "rtl"
    first = page.locator("nav.ways li").first.bounding_box()
    assert first["x"] + first["width"] > 290, "the navigation begins on the right"
    heading = page.locator("main h2 .title").first.bounding_box()
    assert heading["x"] + heading["width"] > 290, "and so do headings"
    page.goto((site / "en/index.html").as_uri())
    assert "2026-003" in page.content()
    page.click("nav.ways a:has-text('Consultations')")
    assert page.locator("h1").inner_text() == "Consultations"
    page.emulate_media(media="print")
    assert not page.locator("nav.ways").is_visible()
    assert page.locator("h1").is_visible()
    context.close()
