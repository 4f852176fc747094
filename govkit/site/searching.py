"""The page that searches the site, and the index behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from govkit.cache import digest_of, kept
from govkit.site import books
from govkit.site.foreign_words import without_languages, words_as_script
from govkit.site.layout import document_of, section, sentence
from govkit.site.page import File, Page
from govkit.site.search_index import FOLDER, CountedPlace, counted, index_files, places_in
from govkit.site.site import Site
from govkit.site.written_page import WrittenPage

ENTRY = "search"
SCRIPT = f"{FOLDER}/search.js"


def pages(site: Site) -> Iterator[Page | File]:
    """Yield the page and its script. Without the script it lists all texts."""
    said = site.said
    sections = (
        section(
            "search-here", said["site.searching.here"], sentence(said["site.searching.without"])
        ),
        section("all-texts", said["site.texts-here"], *books.listed(site)),
    )
    document = document_of(site, ENTRY, said["site.ways.search"], sections)
    described = said["site.searching.described"]
    if site.spoken:
        own = f"{FOLDER}/said-{site.spoken}.js"
        yield Page("search.html", document, described, scripts=(own, SCRIPT))
        yield File(own, words_as_script("govkitSearchSaid", site.language, "site.searching"))
        return
    yield Page("search.html", document, described, scripts=(SCRIPT,))
    yield File(SCRIPT, files("govkit.site").joinpath("search", "search.js").read_bytes())


def index_of(site: Site, pages: Iterable[WrittenPage]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index of these pages."""
    places = [
        place
        for written in pages
        # A redline shows words that have their place on another page.
        if _is_searched(written.page)
        for place in _places(site, written)
    ]
    yield from index_files(places, site.corpus.messages.group("site.searching"))


def _is_searched(page: Page) -> bool:
    return page.keeps_anchors and not page.language and page.anchor not in (ENTRY, "verify")


def _places(site: Site, written: WrittenPage) -> Iterator[CountedPlace]:
    path, title, body = written.page.path, written.page.title, written.body

    def made() -> list[Any]:
        return [
            [place.anchor, place.heading, *counted(place)[4:]]
            for place in places_in(path, title, without_languages(body))
            if place.words.strip() or place.heading
        ]

    key = written.key or digest_of(title, body)
    for anchor, heading, shown, counts in kept(site.cache, f"words {path}", key, made):
        yield CountedPlace(path, anchor, title, heading, shown, counts)
