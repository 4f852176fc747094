"""Each text at its permanent address: its words clause by clause, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from govkit.corpus.documents import Document
from govkit.records.kinds import NUMBERED_KINDS, id_space
from govkit.rendering.document import Fact, Listing, Section
from govkit.rendering.places import anchor_of
from govkit.rendering.printing import Printing
from govkit.rendering.spans import Code, Pointer, Spans, Words
from govkit.rendering.texts import text_section
from govkit.rendering.typography import curled
from govkit.site import books
from govkit.site.layout import document_of, lines, section, to
from govkit.site.page import Page
from govkit.site.site import Site

Part = Iterator[Section]


def pages(site: Site) -> Iterator[Page]:
    """Yield a page for each text."""
    for text in site.texts:
        yield page_of(site, text)


def page_of(site: Site, text: Document) -> Page:
    """Return the page of one text."""
    said = site.said
    book = book_of(site, text)
    printing = Printing(site.corpus, site.places, book or text)
    facts = [Fact(said["book.status"], (Words(printing.status(text.status)),))]
    if book is not None:
        facts.insert(0, Fact(said["book.part-of"], to(anchor_of(book.id), curled(book.title))))
    draft = text.status == "draft"
    document = document_of(
        site,
        anchor_of(text.id),
        f"{text.id} {curled(text.title)}",
        (_words(text, printing), *_referring(site, text)),
        facts,
        said["book.draft-notice"] if draft else "",
        said["book.draft"] if draft else "",
    )
    record: Any = text.record
    summary = getattr(record, "summary", None) or said.say(
        "site.text-described", id=text.id, title=curled(text.title)
    )
    under = (books.ENTRY, anchor_of(book.id)) if book is not None else (books.ENTRY,)
    return Page(path_of(text.id), document, curled(summary), under)


def path_of(id: str) -> str:
    """Return the permanent address of a text below that of the site."""
    return f"texts/{anchor_of(id)}.html"


def book_of(site: Site, text: Document) -> Document | None:
    """Return the first book in which a text stands, or None."""
    for other, reference in site.corpus.back_links.get((id_space(text.kind or ""), text.id), ()):
        if reference.role == "item" and other.record is not None:
            return other
    return None


def _words(text: Document, printing: Printing) -> Section:
    """Return the words of a text; the head of the page is their heading."""
    whole = text_section(text.id, text, printing)
    return replace(whole, anchor="words", number="", title="")


def _referring(site: Site, text: Document) -> Part:
    """Yield the texts that refer to this one."""
    seen: dict[str, Document] = {}
    for other, _ in site.corpus.back_links.get((id_space(text.kind or ""), text.id), ()):
        if other.kind in NUMBERED_KINDS and other.kind != "instrument" and other.id != text.id:
            seen.setdefault(other.id, other)
    if seen:
        rows: Listing = lines(_named(each) for each in seen.values())[0]
        yield section("referring", site.said["site.referring"], rows)


def _named(text: Document) -> Spans:
    return (Pointer(anchor_of(text.id), (Code(text.id), Words(f" {curled(text.title)}"))),)
