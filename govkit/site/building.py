"""Builds the site: all pages, then their addresses, then the bytes of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

from govkit.rendering.document import Section
from govkit.rendering.html import MAIN, sections_html
from govkit.site.foreign_words import with_languages, without_languages
from govkit.site.frame import HOME, STYLE, Beside, Way, framed
from govkit.site.links import Addresses, anchors_in
from govkit.site.page import File, Page
from govkit.site.page_json import as_json
from govkit.site.search_index import FOLDER
from govkit.site.searching import index_of
from govkit.site.site import Site
from govkit.site.sitemap import sitemap
from govkit.site.spoken import spoken_pages
from govkit.site.subjects import SUBJECTS
from govkit.site.written_page import WrittenPage, written

Built = Iterator[tuple[str, bytes]]
INDEX = f"{FOLDER}/"
"""The folder of the index of all words."""


class More(NamedTuple):
    """What is put on a page beyond the site: sections before its own, and a script that may ask."""

    sections: tuple[Section, ...] = ()
    scripts: tuple[str, ...] = ()


Turn = Callable[[Page], More]
"""Gives a page more than it has, as what a check found in it."""


@dataclass(frozen=True)
class LaidOut:
    """All pages with their addresses; the bytes of a file are made when they are asked for."""

    site: Site
    addresses: Addresses
    pages: Mapping[str, WrittenPage]
    others: Mapping[str, File]
    turn: Turn | None = None

    @cached_property
    def index(self) -> Mapping[str, bytes]:
        """Return the files of the index of all words."""
        return dict(index_of(self.site, self.pages.values()))

    def file(self, path: str) -> bytes | None:
        """Return the bytes of a file of the site by its path, or None where it has no such file."""
        if path in self.pages:
            return self._whole(self.pages[path])
        if path in self.others:
            return self.others[path].data
        beside = f"{path.removesuffix('.json')}.html"
        if path.endswith(".json") and beside in self.pages:
            json = as_json(self.site, self.pages[beside])
            return without_languages(json.decode()).encode()
        if path == STYLE:
            return _style()
        if path == "sitemap.xml" and self.site.address:
            return sitemap(self.site, [each.page for each in self.pages.values()])
        return self.index.get(path) if path.startswith(INDEX) else None

    def paths(self) -> Iterator[str]:
        """Yield the paths of all files: pages first, in their order."""
        for path in self.pages:
            yield path
            yield f"{path.removesuffix('.html')}.json"
        yield STYLE
        if self.site.address:
            yield "sitemap.xml"
        yield from self.others
        yield from self.index

    @cached_property
    def _speaking(self) -> Mapping[str, tuple[Site, list[Way]]]:
        """Return the site and the lines of its navigation by the languages of its pages."""
        entries = [each.entry for each in SUBJECTS if each.entry]
        found = {}
        for language in ("", *self.site.languages):
            site = self.site.speaking(language)
            ways = [Way(entry, site.said[f"site.ways.{entry}"]) for entry in entries]
            found[language] = (site, ways)
        return found

    @cached_property
    def _named(self) -> Mapping[tuple[str, str], Page]:
        """Return the pages by their language, empty for that of the texts, and anchor."""
        return {(each.page.language, each.page.anchor): each.page for each in self.pages.values()}

    def _whole(self, written: WrittenPage) -> bytes:
        page = written.page
        site, ways = self._speaking[page.language]
        first = [] if page.anchor == HOME else [Way(HOME, site.said["site.home"])]
        above = first + [Way(each, self._title(each, page)) for each in page.under]
        above = [each for each in above if each.words]
        body, own = written.body, written.anchors | {MAIN}
        beside = self._beside(page)
        if self.turn is not None:
            more = self.turn(page)
            page = replace(page, scripts=(*page.scripts, *more.scripts), asks=bool(more.scripts))
            put = sections_html(replace(page.document, sections=more.sections))
            body, own = written.head + put + written.sections, own | {*anchors_in(put)}
        html = framed(site, page, body, ways, above, beside)
        main = site.corpus.language
        whole = self.addresses.resolved(html, page.path, own, page.language, main)
        return with_languages(whole).encode()

    def _title(self, anchor: str, page: Page) -> str:
        """Return the title of the page of an anchor above another; empty where there is none."""
        own = self._named.get((page.language, anchor))
        if own is not None:
            return own.title
        other = self._named.get(("", anchor))
        return self.site.speaking(page.language).original(other.title) if other else ""

    def _beside(self, page: Page) -> list[Beside]:
        """Return the pages that say the same in each language of the site, this one with them."""
        found = []
        for language in ("", *self.site.languages) if self.site.languages else ():
            same = self._named.get((language, page.anchor))
            home = self._named.get((language, HOME))
            code = language or self.site.corpus.language
            if same or home:
                path = same.path if same else home.path if home else ""
                found.append(Beside(code, path, is_same=same is not None, is_here=same is page))
        return found


def built(site: Site, addresses: Addresses | None = None) -> Built:
    """Yield each file of the site by its path, with its bytes: pages first, in their order.

    Who gives `addresses` can see there afterwards where each anchor is, and what led nowhere.
    """
    laid = laid_out(site, addresses)
    for path in laid.paths():
        data = laid.file(path)
        assert data is not None, path
        yield path, data


def laid_out(site: Site, addresses: Addresses | None = None, turn: Turn | None = None) -> LaidOut:
    """Return the site laid out. `addresses`: see `built`; `turn` gives each page more."""
    addresses = addresses or Addresses()
    pages: list[WrittenPage] = []
    others: list[File] = []
    for made in _of_all_subjects(site):
        if isinstance(made, File):
            others.append(made)
        else:
            pages.append(made if isinstance(made, WrittenPage) else written(made))
    for each in pages:
        addresses.name(each.page.path, each.page.anchor, each.page.language)
    for other in others:
        addresses.name(other.path, other.anchor)
    for each in pages:
        kept = sorted(each.anchors) if each.page.keeps_anchors else ()
        addresses.add(each.page.path, kept, each.page.language)
    return LaidOut(
        site,
        addresses,
        {each.page.path: each for each in pages},
        {each.path: each for each in others},
        turn,
    )


def _of_all_subjects(site: Site) -> Iterator[Page | WrittenPage | File]:
    for subject in SUBJECTS:
        yield from subject.pages(site)
    for language in site.languages:
        yield from spoken_pages(site.speaking(language))


def _style() -> bytes:
    words = files("govkit.rendering").joinpath("style", "words.css").read_bytes()
    return words + files("govkit.site").joinpath("style", "site.css").read_bytes()
