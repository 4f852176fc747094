"""A book: from the corpus and the id of an instrument to a document, in the instrument's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from govkit.corpus.whole import Corpus
from govkit.records.texts import Instrument
from govkit.records.texts import Section as Part
from govkit.rendering import phrases
from govkit.rendering.clauses import Clauses, withdrawal
from govkit.rendering.document import Code, Document, Fact, Facts, Front, Section, Span, Words
from govkit.rendering.holdings import Holdings, holdings_of
from govkit.rendering.notes import read_note
from govkit.rendering.places import Places, anchor_of, part_anchor
from govkit.rendering.printing import Printing
from govkit.rendering.register import citation, definition
from govkit.rendering.texts import text_section
from govkit.rendering.typography import curled


def book_of(corpus: Corpus, id: str, edition: str | None = None) -> Document:
    """Return the book of an instrument as a document.

    `edition` is the day (YYYY-MM-DD) of the commit that holds exactly this corpus, or None for a
    working copy. Texts that are missing or can't be read are printed as a line that says so; raises
    `GovkitError` where the instrument itself is.
    """
    holdings = holdings_of(corpus, id)
    printing = Printing(corpus, Places(holdings), holdings.instrument)
    record = cast(Instrument, holdings.instrument.record)
    sections = (
        *_frame(record, printing),
        *_parts(record.parts, holdings, printing),
        *_register(holdings, printing),
    )
    return Document(_front(record, printing, edition), sections)


def _front(record: Instrument, printing: Printing, edition: str | None) -> Front:
    charter = printing.corpus.charter
    digest = printing.corpus.digests.of(printing.instrument) or ""
    is_draft = record.status == "draft"
    named = phrases.in_words(edition) if edition else phrases.WORKING_COPY
    status = printing.status(record.status)
    gone = withdrawal(record.withdrawn, printing) if record.withdrawn else ()
    facts: tuple[tuple[str, tuple[Span, ...]], ...] = (
        (phrases.SYMBOL, (Words(record.symbol),) if record.symbol else ()),
        (phrases.STATUS, gone or (Words(status),)),
        (phrases.EDITION, (Words(named),)),
        (phrases.FRAME_DIGEST, (Code(digest),) if digest else ()),
    )
    return Front(
        id=record.id,
        anchor=anchor_of(record.id),
        issuer=curled(charter.name) if charter else "",
        title=curled(record.title),
        symbol=record.symbol or "",
        status=status,
        draft=phrases.DRAFT if is_draft else "",
        notice=phrases.DRAFT_NOTICE if is_draft else "",
        edition=named,
        day=edition or "",
        digest=digest,
        facts=Facts(tuple(Fact(name, spans) for name, spans in facts if spans)),
        language=charter.languages.authoritative if charter else "en",
        contents=phrases.CONTENTS,
        of=phrases.OF,
    )


def _frame(record: Instrument, printing: Printing) -> Iterator[Section]:
    clauses = Clauses(printing.instrument, printing)
    for title, field in (
        (phrases.PREAMBLE, "preamble"),
        (phrases.INTERPRETATION, "interpretation"),
    ):
        blocks = tuple(clauses.of_frame(field))
        if blocks:
            yield Section("front", field, "", title, blocks)


def _parts(parts: Iterable[Part], holdings: Holdings, printing: Printing) -> Iterator[Section]:
    for part in parts:
        texts = (text_section(id, holdings.texts[id], printing) for id in part.items)
        yield Section(
            "part",
            part_anchor(part.id),
            "",
            curled(part.title),
            read_note(part.text, printing.places) if part.text else (),
            (*texts, *_parts(part.parts, holdings, printing)),
        )


def _register(holdings: Holdings, printing: Printing) -> Iterator[Section]:
    if holdings.terms:
        blocks = tuple(definition(term, printing) for term in holdings.terms)
        yield Section("back", "definitions", "", phrases.DEFINITIONS, blocks)
    if holdings.sources:
        citations = tuple(citation(source) for source in holdings.sources)
        yield Section("back", "sources", "", phrases.SOURCES, citations)
