"""The defined terms: a list of all, and for each a page with its definition and who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from govkit.corpus.documents import Document
from govkit.records.registers import Term
from govkit.rendering.back_matter import definition
from govkit.rendering.document import Block, Fact, Section
from govkit.rendering.places import term_anchor
from govkit.rendering.printing import Printing
from govkit.rendering.spans import Code, Spans, Words
from govkit.rendering.typography import curled
from govkit.site.layout import document_of, lines, named_texts, section, sentence, to
from govkit.site.page import Page
from govkit.site.site import Site

ENTRY = "glossary"


def pages(site: Site) -> Iterator[Page]:
    """Yield the glossary, and a page for each term."""
    said = site.said
    title = said["site.ways.glossary"]
    terms = [each for each in site.corpus.of_kind("term") if each.record is not None]
    terms.sort(key=lambda each: (cast(Term, each.record).term.casefold(), each.id))
    blocks = lines(_line(site, each) for each in terms) or (sentence(said["site.none-yet"]),)
    document = document_of(site, ENTRY, title, (section("terms", said["site.terms"], *blocks),))
    yield Page("glossary.html", document, said["site.glossary-described"])
    for term in terms:
        yield _term(site, term)


def users_of(site: Site, term: Document) -> list[Document]:
    """Return the texts, books and terms that use a term, each once."""
    found: dict[str, Document] = {}
    for other, _ in site.corpus.back_links.get(("term", term.id), ()):
        if other.kind in ("term", "provision", "recommendation", "principle", "instrument"):
            found.setdefault(other.path, other)
    return [each for each in found.values() if each.record is not None]


def _line(site: Site, term: Document) -> Spans:
    name = curled(cast(Term, term.record).term)
    used = site.said.counted("site.used-in", len(users_of(site, term)))
    return (*to(term_anchor(term.id), name), Words(f": {used}"))


def _term(site: Site, term: Document) -> Page:
    said = site.said
    record = cast(Term, term.record)
    printing = Printing(site.corpus, site.places, term)
    name = curled(record.term)
    facts = [Fact(said["book.status"], (Words(printing.status(record.status)),))]
    digest = site.corpus.digests.of(term)
    if digest:
        facts.append(Fact(said["book.digest"], (Code(digest),)))
    words = definition(term, printing)
    entry = Section("back", "definition", "", said["site.definition"], (words,))
    document = document_of(
        site, f"of-{term_anchor(term.id)}", name, (entry, *_used(site, term)), facts
    )
    description = said.say("site.term-described", term=name)
    return Page(f"terms/{term.id}.html", document, description, (ENTRY,))


def _used(site: Site, term: Document) -> Iterator[Section]:
    users = users_of(site, term)
    blocks: list[Block] = []
    for kind, key in (
        ("instrument", "site.used-by-books"),
        ("principle", "site.used-by-texts"),
        ("provision", "site.used-by-texts"),
        ("recommendation", "site.used-by-texts"),
        ("term", "site.used-by-terms"),
    ):
        several = [each for each in users if each.kind == kind]
        if several:
            blocks += lines(named_texts(several), site.said[key])
    yield section("used", site.said["site.used"], *(blocks or [sentence(site.said["site.unused"])]))
