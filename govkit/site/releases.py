"""The releases: what each holds, what it changed, how to check it; and the books to download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

from govkit.release.published import ListedRelease
from govkit.release.release import Release
from govkit.rendering.book import book_of
from govkit.rendering.document import Block, Document, Fact, Section
from govkit.rendering.formats import written
from govkit.rendering.holdings import name_of_book
from govkit.rendering.places import anchor_of
from govkit.rendering.release import words
from govkit.rendering.release.colophon import how_to_check
from govkit.rendering.release.notes import notes_document
from govkit.rendering.release.redline import redline_document
from govkit.rendering.spans import Code, Link, Span, Spans, Strong, Words
from govkit.rendering.typography import curled
from govkit.rendering.written_texts import WrittenTexts
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.page import File, Page
from govkit.site.site import Site

ENTRY = "releases"


def pages(site: Site) -> Iterator[Page | File]:
    """Yield the list, the pages of each release that could be opened, and the books as files."""
    yield _list(site)
    for each in site.releases:
        yield from _release(site, each)
    yield from _files(site)


def anchor_of_release(name: str) -> str:
    """Return the anchor of the page of a release: `release-provisions-1.0.0`."""
    return f"release-{name.replace('/', '-')}"


def _list(site: Site) -> Page:
    said = site.said
    rows = lines(line_of(site, each) for each in reversed(site.releases))
    downloads = [_download(site, book.id, curled(book.title)) for book in site.books]
    sections = (
        section(
            "published",
            said["site.ways.releases"],
            *(rows or (sentence(said["annual.no-releases"]),)),
        ),
        section(
            "downloads",
            said["site.downloads"],
            sentence(said["site.as-they-stand"]),
            *lines(downloads),
        ),
        section("how-to-verify", said["release.how-to-check"], *_verify(site)),
    )
    document = document_of(site, ENTRY, said["site.ways.releases"], sections)
    return Page("releases/index.html", document, said["site.releases-described"])


def line_of(site: Site, each: ListedRelease) -> Spans:
    """Return a release in one line: its title, its day, and what took its place."""
    said = site.said
    cut = each.cut
    assert cut.publication is not None, "it is published"
    day = said.date(cut.publication.published.date().isoformat())
    title = f"{curled(cut.manifest.title)}, {words.version(said, cut.manifest.version)}"
    by = f"; {said['release.superseded-by']} {each.superseded_by}" if each.superseded_by else ""
    return (Strong(to(anchor_of_release(str(cut.name)), title)), Words(f": {day}{by}"))


def _download(site: Site, id: str, title: str) -> Spans:
    name = name_of_book(id).lower()
    spans: list[Span] = [*to(anchor_of(id), title), Words(": ")]
    for at, format in enumerate(site.formats):
        spans += [Words(", ")] if at else []
        spans += to(f"file-{name}-{format}", site.said[f"site.formats.{format}"])
    return tuple(spans)


def _verify(site: Site) -> Iterator[Block]:
    said = site.said
    yield sentence(said["site.verify"])
    if site.host:
        address = f"{site.host.rstrip('/')}/releases"
        yield from lines([(Link(address, (Words(said["site.files-of-releases"]),)),)])


# --- one release ----------------------------------------------------------------------------------


def _release(site: Site, each: ListedRelease) -> Iterator[Page]:
    said = site.said
    name = str(each.cut.name)
    anchor = anchor_of_release(name)
    opened = site.released.get(name)
    manifest = each.cut.manifest
    title = f"{curled(manifest.title)}, {words.version(said, manifest.version)}"
    facts = list(_facts(site, each))
    sections = list(_of_opened(site, opened, anchor)) if opened else [_holds(site, each)]
    document = document_of(site, anchor, title, sections, facts, contents=True)
    path = f"releases/{name.replace('/', '-')}"
    description = said.say("site.release-described", title=title)
    yield Page(f"{path}.html", document, description, (ENTRY,), keeps_anchors=False)
    if opened is not None and opened.previous is not None:
        redline = redline_document(opened)
        own = document_of(
            site,
            f"redline-of-{anchor}",
            redline.front.title,
            redline.sections,
            redline.front.facts.facts,
            redline.front.notice,
            contents=True,
        )
        yield Page(f"{path}-redline.html", own, description, (ENTRY, anchor), keeps_anchors=False)


def _facts(site: Site, each: ListedRelease) -> Iterator[Fact]:
    said = site.said
    cut = each.cut
    assert cut.publication is not None, "it is published"
    day = said.date(cut.publication.published.date().isoformat())
    yield Fact(said["release.released"], (Words(day),))
    if each.superseded_by:
        yield Fact(said["release.superseded-by"], (Words(str(each.superseded_by)),))
    yield Fact(said["release.merkle"], (Code(cut.manifest.merkle_root),))


def _of_opened(site: Site, release: Release, anchor: str) -> Iterator[Section]:
    if release.previous is not None:
        link = lines([to(f"redline-of-{anchor}", site.said["release.redline"])])
        yield section("redline", site.said["release.redline"], *link)
    notes: Document = notes_document(release)
    check = how_to_check(release)
    yield from (each for each in notes.sections if each.anchor != check.anchor)
    yield check


def _holds(site: Site, each: ListedRelease) -> Section:
    rows = [(Code(unit.id), Words(" "), Code(unit.digest)) for unit in each.cut.manifest.units]
    return section("holds", site.said["release.holds"], *lines(rows))


# --- the books as they stand ----------------------------------------------------------------------


def _files(site: Site) -> Iterator[File]:
    for book in site.books if site.formats else ():
        name = name_of_book(book.id).lower()
        document = cache(partial(_book, site, book.id))
        for format in site.formats:
            data = written(document(format in _IN_PIECES), format)
            yield File(f"files/{name}.{format}", data, f"file-{name}-{format}")


_IN_PIECES = ("html", "md", "json")
"""Formats that may be put together from texts that were written before."""


def _book(site: Site, id: str, in_pieces: bool) -> Document:
    known = WrittenTexts(site.cache, site.grounds, id) if in_pieces and site.grounds else None
    document = book_of(site.corpus, id, site.edition or None, known=known)
    return replace(document, front=replace(document.front, commit=site.commit))
