"""A worklist for a translator as a page with one table, for Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govkit.corpus.whole import Corpus
from govkit.rendering.document import Document, Facts, Front, Section, Table
from govkit.rendering.spans import Break, Span, Words

_HOW = (
    "Write into the column Translation. Where an old translation still fits, write yes into the "
    "column Done. Leave all other columns, and the headings, as they are."
)


def worklist_page(corpus: Corpus, language: str, cells: Sequence[Sequence[str]]) -> Document:
    """Return the page; the first row of the cells are the headings."""
    head, *rows = cells
    front = Front(
        id="worklist",
        anchor="worklist",
        issuer=corpus.charter.name if corpus.charter else "",
        title=f"Worklist: translation into {language}",
        facts=Facts(()),
        language="en",
        notice=_HOW,
    )
    table = Table(tuple(head), tuple(tuple(tuple(_spans(cell)) for cell in row) for row in rows))
    return Document(front, (Section("back", "table", "", "", (table,)),))


def _spans(text: str) -> Iterator[Span]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield Break()
        yield Words(line)
