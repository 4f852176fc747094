"""The books: what each holds, in its order, with its preamble and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from govkit.corpus.books import items_of
from govkit.corpus.documents import Document
from govkit.records.kinds import NUMBERED_KINDS, Status
from govkit.records.texts import Instrument
from govkit.records.texts import Section as Part
from govkit.rendering.clauses import Clauses
from govkit.rendering.document import Block, Fact, Section
from govkit.rendering.holdings import name_of_book
from govkit.rendering.notes import read_note
from govkit.rendering.places import anchor_of, part_anchor
from govkit.rendering.printing import Printing
from govkit.rendering.spans import Code, Pointer, Spans, Strong, Words
from govkit.rendering.typography import curled
from govkit.site.layout import MANY, document_of, lines, section, to
from govkit.site.page import Page
from govkit.site.site import Site
from govkit.site.translations import title_in, title_of_part

ENTRY = "texts"


def pages(site: Site) -> Iterator[Page]:
    """Yield the list of all texts, and a page for each book."""
    yield all_texts(site)
    for book in site.books:
        yield _book(site, book)


def all_texts(site: Site) -> Page:
    """Return the list of all texts, book by book."""
    said = site.said
    title = said["site.ways.texts"]
    description = said.say("site.texts-described", name=curled(site.charter.name))
    document = document_of(site, ENTRY, title, _all_books(site))
    return Page("texts/index.html", document, description)


def listed(site: Site) -> Iterator[Block]:
    """Yield a line for each book, with how many texts it holds."""
    yield from lines(_line(site, each) for each in site.books)


def _line(site: Site, book: Document) -> Spans:
    record = cast(Instrument, book.record)
    count = sum(1 for _ in items_of(record.parts))
    status = _status(site, record.status).lower()
    words = site.said.counted("annual.texts-of", count)
    title = title_in(site, book)
    return (Strong(to(anchor_of(book.id), title)), Words(f": {words} ({status})"))


def _status(site: Site, status: str) -> str:
    """Return the name of a state, the charter's own where it has one."""
    own = site.charter.state_names.get(cast(Status, status))
    return site.original(own) if own else site.said[f"book.statuses.{status}"]


# --- all texts, by book ---------------------------------------------------------------------------


def _all_books(site: Site) -> Iterator[Section]:
    for book in site.books:
        record = cast(Instrument, book.record)
        whole = lines([to(anchor_of(book.id), site.said["site.whole-book"])])
        # A list of very many would be heavy; the page of the book has them.
        parts = record.parts if len(site.texts) <= MANY else ()
        blocks = (*whole, *(each for part in parts for each in _in_a_list(site, book, part)))
        title = title_in(site, book)
        yield section(f"list-{name_of_book(book.id).lower()}", title, *blocks)
    loose = _in_no_book(site)
    if loose:
        rows = lines(_text(site, each.id) for each in loose)
        yield section("list-of-others", site.said["site.in-no-book"], *rows)


def _in_no_book(site: Site) -> list[Document]:
    held = {id for book in site.books for id in items_of(cast(Instrument, book.record).parts)}
    return [each for each in site.texts if each.id not in held]


def _in_a_list(site: Site, book: Document, part: Part) -> Iterator[Block]:
    yield from lines((_text(site, id) for id in part.items), title_of_part(site, book, part))
    for inner in part.parts:
        yield from _in_a_list(site, book, inner)


def _text(site: Site, id: str) -> Spans:
    """Return a text by its id and title, with its status where that is not the usual one."""
    found = site.corpus.find(NUMBERED_KINDS, id)
    if found is None or found.record is None:
        return (Code(id), Words(f" {site.said.say('book.absent', id=id)}"))
    return (Pointer(anchor_of(id), (Code(id), Words(f" {title_in(site, found)}"))),)


# --- one book -------------------------------------------------------------------------------------


def _book(site: Site, book: Document) -> Page:
    said = site.said
    record = cast(Instrument, book.record)
    printing = Printing(site.corpus, site.places, book)
    facts = [Fact(said["book.status"], (Words(printing.status(record.status)),))]
    if record.symbol:
        facts.insert(0, Fact(said["book.symbol"], (Words(record.symbol),)))
    digest = site.corpus.digests.of(book)
    if digest:
        facts.append(Fact(said["book.frame-digest"], (Code(digest),)))
    draft = record.status == "draft"
    document = document_of(
        site,
        anchor_of(book.id),
        curled(book.title),
        (*_frame(record, printing), *_parts(site, record.parts, printing)),
        facts,
        said["book.draft-notice"] if draft else "",
        said["book.draft"] if draft else "",
        contents=True,
    )
    description = said.say("site.book-described", title=curled(book.title))
    path = f"books/{name_of_book(book.id).lower()}.html"
    return Page(path, document, description, (ENTRY,))


def _frame(record: Instrument, printing: Printing) -> Iterator[Section]:
    clauses = Clauses(printing.head, printing)
    for field in printing.selection.frame:
        blocks = tuple(clauses.of_frame(field))
        if blocks:
            yield Section("front", field, "", printing.messages[f"book.{field}"], blocks)


def _parts(site: Site, parts: Iterable[Part], printing: Printing) -> Iterator[Section]:
    for part in parts:
        text = read_note(part.text, site.places) if part.text else ()
        blocks = (*text, *lines(_text(site, id) for id in part.items))
        inner = tuple(_parts(site, part.parts, printing))
        yield Section("part", part_anchor(part.id), "", curled(part.title), blocks, inner)
