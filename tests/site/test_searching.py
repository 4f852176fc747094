"""The search of the site: the words, their order, and the page in a real browser, from the disk."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from govkit.site.search_index import (
    SearchedPlace,
    counted,
    folded,
    index_files,
    places_in,
    terms_in,
)
from tests.chromium import faults, needs_chromium


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The Platform’s Überprüfung", "the platform’s platform s uberprufung"),
        ("see MCP-DUE-03(b)", "see mcp-due-03 mcp due 03 b"),
        ("Straße, naïve, Łódź", "strasse naive łodz"),
        ("平台必须", "平台 台必 必须"),
        ("法", "法"),
        ("平台 notice", "平台 notice"),
        ("नोटिस", "नोटिस"),
        ("إشعار المستخدم", "اشعار المستخدم"),
        ("<b> & _", "b"),
    ],
)
def test_words_are_folded_and_cut(text: str, terms: str) -> None:
    assert " ".join(terms_in(text)) == " ".join(folded(each) for each in terms.split())


def test_the_places_of_a_page_are_its_sections_and_clauses() -> None:
    body = (
        '<header id="one"><h1>A title</h1></header><nav><ul><li>Contents</li></ul></nav>'
        '<section class="back" id="first"><h2>First &amp; last</h2><p>Some</p><p>words.</p>'
        "</section>"
        '<div class="clause" id="one-a"><p>(a) <a href="x">must</a> &lt;b&gt;</p></div>'
    )
    found = [(each.anchor, each.heading, each.words.split()) for each in places_in("p", "T", body)]
    assert found == [
        ("", "A title", []),
        ("first", "First & last", ["Some", "words."]),
        ("one-a", "", ["(a)", "must", "<b>"]),
    ]


def of_script(data: bytes) -> list[Any]:
    said = re.fullmatch(rb"govkitSearch\.\w+\((.*)\);\n", data, re.DOTALL)
    assert said is not None
    found = json.loads(b"[" + said[1] + b"]")
    assert isinstance(found, list)
    return found


def test_the_same_places_give_the_same_files_and_nothing_ends_a_script() -> None:
    places = [
        counted(
            SearchedPlace(
                f"{at}.html", "", f"</script> {at}", "", f"word{at} \u2028 " + "all " * at
            )
        )
        for at in range(200)
    ]
    files = dict(index_files(places, {"label": "Words"}))
    assert files == dict(index_files(places, {"label": "Words"}))
    assert all(b"\xe2\x80\xa8" not in data for data in files.values())
    head = of_script(files["search/index.js"])[0]
    assert head["places"] == 200
    assert {of_script(files[path])[0] for path in files if "/w-" in path} == set(head["shards"])
    most = of_script(files["search/w-61.js"])[1]["all"]
    assert len(most) == 2 * 199


def test_no_place_is_a_site_without_words() -> None:
    assert of_script(dict(index_files([], {}))["search/index.js"])[0]["shards"] == []


@needs_chromium
def test_somebody_finds_words_ids_and_beginnings_from_the_disk(
    chromium: Any, on_disk: Path
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((on_disk / "search.html").as_uri())
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("EXA-DUE-01")
    first = page.locator("#search-here ol a").first
    first.wait_for()
    assert first.get_attribute("href").endswith("texts/exa-due-01.html")
    field.fill("RESTRICT not")
    page.locator("#search-here mark").get_by_text("restrict").first.wait_for()
    marked = {each.casefold()[:3] for each in page.locator("#search-here mark").all_inner_texts()}
    assert marked == {"res", "not"}
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    field.fill("zzzznothing <script>")
    page.get_by_text("Nothing was found with all of these words.").wait_for()
    page.goto((on_disk / "search.html").as_uri() + "?q=plattform%20")
    page.get_by_role("status").get_by_text("Nothing").wait_for()
    page.goto((on_disk / "search.html").as_uri() + "?q=p%C5%82atform")
    page.goto((on_disk / "search.html").as_uri() + "?q=Pl%C3%A1tform")
    page.locator("#search-here ol a").first.click()
    assert page.url.endswith(".html") or ".html#" in page.url
    assert wrong == []
    page.close()
