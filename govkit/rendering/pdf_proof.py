"""Whether the words of each clause come out of a PDF as they went in: in order, none lost.

Asked of each print that is set with fonts of the machine, since those may be others than the ones
that the tests were made with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from govkit.errors import GovkitError
from govkit.rendering.document import Clause, Document, Items, Paragraph, SideBySide
from govkit.rendering.spans import Blank, Code, Words
from govkit.source.pdf_reading import NoPDF, answer, words_in


def require_words(document: Document, pdf: bytes) -> None:
    """Raise `GovkitError` where the words of a clause are not in the PDF, letter by letter."""
    lost = lost_clauses(document, pdf)
    if lost:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise GovkitError(
            f"copied from a PDF, the words of {lost[0]}{more} would be spoiled; it is not printed",
            "The fonts of this machine differ from those that were tried. Other formats have the "
            "words as they are: --format html,docx,md.",
        )


def lost_clauses(document: Document, pdf: bytes) -> list[str]:
    """Return the labels of the clauses whose words can't be copied out of the PDF as they are."""
    try:
        pages = [bare(page) for page in words_in(answer(pdf, "words")).pages]
    except NoPDF:  # too large to be read here: nothing is proven of it
        pages = []
    return [
        label
        for label, words in _clauses(document.sections)
        if not all(_is_there(bare(each), pages) for each in words)
    ]


def bare(text: str) -> str:
    """Return a text without spaces and unseen signs: where lines break is no part of it."""
    return "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )


def _is_there(words: str, pages: list[str]) -> bool:
    """Say whether words stand on a page, or begin on one and go on after it."""
    if any(words in page for page in pages):
        return True
    return any(
        words[:at] in page and words[at:] in after
        for page, after in pairwise(pages)
        for at in range(1, len(words))
    )


def _clauses(part: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(part, tuple):
        for each in part:
            yield from _clauses(each)
    elif isinstance(part, SideBySide):
        yield from _clauses((part.original, part.translated))
    elif isinstance(part, Clause):
        limits = tuple(block for limit in part.limits for block in limit.blocks)
        yield part.field or part.label, [*_paragraphs(part.blocks + limits)]
    elif hasattr(part, "blocks"):
        yield from _clauses(part.blocks)
        yield from _clauses(getattr(part, "sections", ()))


def _paragraphs(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _runs(block.spans)
        elif isinstance(block, Items):
            for item in block.items:
                yield from _paragraphs(item.blocks)


def _runs(spans: Any) -> Iterator[str]:
    """Yield the words of a paragraph between the things that a page may print otherwise."""
    run = ""
    for span in spans:
        if isinstance(span, Words | Code):
            run += span.text
        elif isinstance(span, Blank) or not hasattr(span, "spans"):
            yield run
            run = ""
        else:
            first, *others = _runs(span.spans)
            run += first
            for each in others:
                yield run
                run = each
    yield run
