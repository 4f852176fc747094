"""The words of a platform's terms in the order of print, to be held against those on a page.

Signs, labels in brackets and white space are set otherwise in each format; words and numbers are
not. So both sides are compared as rows of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govkit.adoption.terms import PlatformTerms, TermsClause, TermsSection, tokens_of, words_of
from govkit.corpus.term_words import forms

_LABEL = re.compile(r"\((?:[a-z]|[ivx]{1,5}|[0-9]{1,2})\)(?=\s|$)")
_TURNED = {0x202D: " u202d ", 0x202E: " u202e "}
"""The two signs that override the direction of letters (UAX 9); no writing has need of them."""

UnitKind = Literal["frame", "clause", "reading", "definition"]


class PrintedUnit(NamedTuple):
    """One clause or definition: its name in print, and its words; each limit is a row of its own.

    `text` and `id` name the clause of the book, and are empty in the frame. `before` are words that
    may stand before it: a heading, the forms of a term.
    """

    kind: UnitKind
    number: str
    text: str
    id: str
    rows: tuple[tuple[str, ...], ...]
    before: frozenset[str]


def comparable(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: no label of a list, no signs.

    A sign that shows letters in another order than they stand counts as a word: what a reader sees
    behind it are other words.
    """
    return tuple(tokens_of(_LABEL.sub(" ", text.translate(_TURNED))))


def printed_units(terms: PlatformTerms, frame: list[str]) -> Iterator[PrintedUnit]:
    """Yield what stands in the terms, in the order of print; `frame` are those of section 1."""
    said = terms.choices.corpus.messages
    about = frozenset(comparable(said["adopt.about"]))
    for n, words in enumerate(frame, start=1):
        yield PrintedUnit("frame", f"1.{n}", "", "", (comparable(words),), about)
    for section in terms.sections:
        yield from _of_section(section, "clause")
    if terms.reading is not None:
        yield from _of_section(terms.reading, "reading")
    heading = frozenset(comparable(said["adopt.definitions"]))
    for term in terms.definitions:
        document = terms.choices.corpus.find(("term",), term.slug)
        known = [form for _, form in forms(document)] if document else [term.term]
        before = frozenset(
            word for each in (*known, said["book.also"]) for word in comparable(each)
        )
        rows = (comparable(words_of(term.blocks)),)
        yield PrintedUnit("definition", term.term, "", term.slug, rows, heading | before)


def _of_section(section: TermsSection, kind: UnitKind) -> Iterator[PrintedUnit]:
    title = frozenset(comparable(section.title))
    for n, clause in enumerate(section.clauses):
        before = title if n == 0 else frozenset()
        yield PrintedUnit(kind, clause.number, clause.text, clause.id, tuple(_rows(clause)), before)


def _rows(clause: TermsClause) -> Iterator[tuple[str, ...]]:
    for blocks in (clause.blocks, *clause.conditions, *clause.exceptions):
        yield comparable(words_of(blocks))
