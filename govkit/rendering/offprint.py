"""An offprint: one record alone, with the definitions and sources that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.corpus.documents import Document as Record
from govkit.corpus.whole import Corpus
from govkit.records.kinds import TEXT_KINDS
from govkit.rendering.back_matter import register
from govkit.rendering.document import Document, Section
from govkit.rendering.front import front_of_one
from govkit.rendering.holdings import holdings_of_one
from govkit.rendering.index import index_of
from govkit.rendering.places import Places
from govkit.rendering.printing import Printing
from govkit.rendering.selection import WHOLE, Selection
from govkit.rendering.texts import text_section

KINDS = (*TEXT_KINDS, "term", "source")
"""The kinds of which there is an offprint. An instrument is a book."""


def offprint_of(
    corpus: Corpus, record: Record, edition: str | None = None, selection: Selection = WHOLE
) -> Document:
    """Return one record of `KINDS` as a document; `edition` is as in `book_of`.

    Raises `GovkitError` where the record can't be read.
    """
    holdings = holdings_of_one(corpus, record, selection)
    printing = Printing(corpus, Places(holdings, selection), record, selection)
    sections = (*_text(record, printing), *register(holdings, printing))
    front = front_of_one(holdings, printing, edition)
    return Document(front, sections, index_of(holdings, printing))


def _text(record: Record, printing: Printing) -> Iterator[Section]:
    """Yield the text. Its heading is that of the offprint, so it has none of its own."""
    if record.kind in TEXT_KINDS:
        yield replace(text_section(record.id, record, printing), number="", title="")
