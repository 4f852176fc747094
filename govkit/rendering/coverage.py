"""The annex of a book: what its texts cover, and what nothing covers, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.coverage import Row, coverage_of
from govkit.records.kinds import TEXT_KINDS
from govkit.records.texts import Instrument
from govkit.rendering import phrases
from govkit.rendering.document import Block, Listing, Section, Table
from govkit.rendering.holdings import Holdings
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.spans import Spans, Words
from govkit.rendering.typography import curled

_TEXT_OF_LAW = 2
"""The cell of the table of laws that names a text; other texts than the book's are left out."""


def annex(record: Instrument, holdings: Holdings, printing: Printing) -> Iterator[Section]:
    """Yield the tables that the book names; of a part of it or a short edition there are none."""
    selection = printing.selection
    if not record.coverage or selection.is_part or selection.is_short:
        return
    said = printing.messages
    tables = tuple(
        Section(
            "back",
            f"coverage-{name}",
            "",
            said[f"book.coverage-tables.{name}"],
            tuple(_table(name, holdings, printing)),
        )
        for name in record.coverage
    )
    yield Section("back", "coverage", "", said["book.coverage"], (), tables)


def _table(name: str, holdings: Holdings, printing: Printing) -> Iterator[Block]:
    found = coverage_of(printing.corpus, name)
    rows = [row for row in found.rows if name != "law" or row[_TEXT_OF_LAW] in holdings.texts]
    head = tuple(phrases.capital(word.lower()) for word in found.head)
    if rows and name == "law":
        yield Table(
            (head[0], printing.messages["book.coverage-passages"]), _by_source(rows, printing)
        )
    elif rows:
        yield Table(head, tuple(_row(row, printing) for row in rows))
    if found.gaps:
        gaps = tuple((Words(curled(gap)),) for gap in found.gaps)
        yield Listing(printing.messages["book.coverage-gaps"], gaps)


def _by_source(rows: list[Row], printing: Printing) -> tuple[tuple[Spans, ...], ...]:
    """Return a row for each source: its passages, each with the texts that rest on it.

    How they rest on it stands below each text; a row for each pair of them would take eight pages.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for source, passage, text, *_ in rows:
        texts = found.setdefault(source, {}).setdefault(passage, [])
        if text not in texts:
            texts.append(text)
    return tuple(
        (
            _cell(source, printing),
            in_a_row([_passage(*each, printing) for each in of.items()], "; ", "; "),
        )
        for source, of in found.items()
    )


def _passage(passage: str, texts: list[str], printing: Printing) -> Spans:
    return (Words(f"{curled(passage)}: "), *_cell(", ".join(texts), printing))


def _row(row: Row, printing: Printing) -> tuple[Spans, ...]:
    return tuple(_cell(cell, printing) for cell in row)


def _cell(cell: str, printing: Printing) -> Spans:
    """Return a cell; where it holds ids of texts alone, each leads to its text in this book."""
    ids = cell.split(", ")
    if not all(printing.corpus.find(TEXT_KINDS, id) for id in ids):
        return (Words(curled(cell)),)
    return in_a_row([printing.places.to_text(id, (Words(id),)) for id in ids], ", ")
