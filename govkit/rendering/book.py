"""A book: from the corpus and the id of an instrument to a document, in the instrument's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import cast

from govkit.corpus.documents import Document as Record
from govkit.corpus.whole import Corpus
from govkit.records.texts import Instrument, Level
from govkit.records.texts import Section as Part
from govkit.release.release import Release
from govkit.rendering.back_matter import register
from govkit.rendering.clauses import Clauses
from govkit.rendering.coverage import annex
from govkit.rendering.document import Document, Listing, Section
from govkit.rendering.front import front_of_book
from govkit.rendering.holdings import Holdings, holdings_of
from govkit.rendering.index import index_of
from govkit.rendering.notes import read_note
from govkit.rendering.places import Places, part_anchor
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.release.adoption_facts import asides_of
from govkit.rendering.release.colophon import colophon
from govkit.rendering.selection import WHOLE, Selection
from govkit.rendering.spans import Code, Spans, Words
from govkit.rendering.texts import text_section
from govkit.rendering.typography import curled
from govkit.rendering.written_texts import WrittenTexts


def book_of(
    corpus: Corpus,
    id: str,
    edition: str | None = None,
    selection: Selection = WHOLE,
    release: Release | None = None,
    known: WrittenTexts | None = None,
) -> Document:
    """Return the book of an instrument as a document.

    `edition` is the day (YYYY-MM-DD) of the commit that holds exactly this corpus, or None for a
    working copy. With a `release`, its day is the edition, and what stands behind the texts is
    printed with them. With `known`, texts come from there, in words for HTML and Markdown alone:
    then the whole book is printed, and no release. Texts that are missing or can't be read are
    printed as a line that says so; raises `GovkitError` where the instrument itself is.
    """
    holdings = holdings_of(corpus, id, selection)
    printing = Printing(corpus, Places(holdings, selection), holdings.head, selection, release)
    record = cast(Instrument, holdings.head.record)
    if known is not None:
        known = replace(known, held=holdings.slugs)
    sections = (
        *_frame(record, printing),
        *_parts(record.parts, holdings, printing, known),
        *register(holdings, printing),
        *annex(record, holdings, printing),
        *(colophon(release, printing.adoptions) if release and printing.adoptions else ()),
    )
    front = front_of_book(holdings, printing, release.day if release else edition)
    return Document(front, sections, index_of(holdings, printing, known))


def _frame(record: Instrument, printing: Printing) -> Iterator[Section]:
    said = printing.messages
    clauses = Clauses(printing.head, printing)
    for field in printing.selection.frame:
        blocks = tuple(clauses.of_frame(field))
        if blocks:
            yield Section("front", field, "", said[f"book.{field}"], blocks)
    if record.levels and not printing.selection.is_short:
        lines = tuple(_level(level, printing) for level in record.levels)
        yield Section("front", "levels", "", said["book.levels"], (Listing("", lines),))
    adoption = printing.adoption(printing.head.id)
    dissent = tuple(asides_of(adoption, printing.corpus)) if adoption else ()
    if dissent:
        yield Section("front", "frame-dissent", "", said["book.frame-dissent"], dissent)


def _level(level: Level, printing: Printing) -> Spans:
    """Return a level in one line: its title and id, its texts, and the options that it takes."""
    said = printing.messages
    head = (Words(f"{curled(level.title)} ("), Code(level.id), Words("): "))
    if not level.items:
        return (*head, Words(said["book.level-of-all"]))
    texts: list[Spans] = []
    for id in level.items:
        linked = printing.places.to_text(id, (Code(id),))
        option = level.options.get(id)
        taken = f" ({said['book.option'].lower()} {option})" if option else ""
        texts.append((*linked, Words(taken)) if taken else linked)
    return (*head, *in_a_row(texts, said["general.last"]), Words("."))


def _parts(
    parts: Iterable[Part],
    holdings: Holdings,
    printing: Printing,
    known: WrittenTexts | None,
    level: int = 2,
) -> Iterator[Section]:
    for part in parts:
        title = curled(part.title)
        below = level + 1 if title else level
        ids = [id for id in part.items if id in holdings.texts]
        texts = [_text(id, holdings.texts[id], printing, known, below) for id in ids]
        inner = (*texts, *_parts(part.parts, holdings, printing, known, below))
        if inner or not holdings.left_out:
            text = read_note(part.text, printing.places) if part.text else ()
            yield Section("part", part_anchor(part.id), "", title, text, inner)


def _text(
    id: str, text: Record | None, printing: Printing, known: WrittenTexts | None, level: int
) -> Section:
    if known is None or text is None:
        return text_section(id, text, printing)
    return known.section(text, level, partial(text_section, id, text, printing))
