"""The words of one text of a proposal, as its readers see them, with the clause of each word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.records.normative import Block

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SIGNS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": ".",
    }
)
_DROPPED = frozenset("[]{}\u00ad*_`")


class TextBlock(NamedTuple):
    """A paragraph or item of a text: where it stands in the words, and in which clause."""

    start: int
    end: int
    clause: str


@dataclass(frozen=True)
class RevisionWording:
    """The words of one text: its normative texts in their order, an empty line between blocks.

    A blank is printed with its value, as readers see it. `digest` is what the revision says that
    the words have.
    """

    id: str
    title: str
    digest: str | None
    words: str
    stretches: tuple[TextBlock, ...]
    defaults: dict[str, str]

    @cached_property
    def folded(self) -> FoldedText:
        """Return the words as they are compared."""
        return folded_text(self.words)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the ids of the clauses, in their order."""
        return tuple(dict.fromkeys(each.clause for each in self.stretches if each.clause))

    def clause_at(self, at: int) -> str:
        """Return the clause in which a character stands, or an empty text."""
        return next((each.clause for each in self.stretches if each.start <= at < each.end), "")

    def opening_of(self, clause: str) -> str:
        """Return the first paragraph of a clause, or an empty text where there is none."""
        for each in self.stretches:
            if each.clause == clause:
                return self.words[each.start : each.end]
        return ""

    def as_quoted(self, quote: str) -> str:
        """Return a quotation with the blanks in it filled in as in the words."""
        return _filled(quote, self.defaults)


class FoldedText(NamedTuple):
    """A text without what two copies of it may differ in, and the place of each character."""

    text: str
    places: tuple[int, ...]


def folded_text(text: str) -> FoldedText:
    """Return a text with small letters, plain signs and single spaces."""
    letters: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text.translate(_SIGNS)):
        if sign in _DROPPED:
            continue
        if sign.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(at)
            continue
        for letter in sign.casefold():
            letters.append(letter)
            places.append(at)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return FoldedText("".join(letters), tuple(places))


def wording_of(document: Document, digest: str | None) -> RevisionWording:
    """Return the words of a text that has a record."""
    record: Any = document.record
    defaults = {
        name: str(parameter.default)
        for name, parameter in (getattr(record, "parameters", None) or {}).items()
    }
    pieces: list[str] = []
    stretches: list[TextBlock] = []
    at = 0
    for said in document.said:
        for block in said.wording.blocks:
            words = _words(block, defaults)
            stretches.append(TextBlock(at, at + len(words), said.clause))
            pieces.append(words)
            at += len(words) + 2
    return RevisionWording(
        document.id, document.title, digest, "\n\n".join(pieces), tuple(stretches), defaults
    )


def _words(block: Block, defaults: dict[str, str]) -> str:
    return "".join(
        defaults.get(run.target, run.target) if run.kind == "param" else run.words
        for run in block.runs
    )


def _filled(text: str, defaults: dict[str, str]) -> str:
    return _BLANK.sub(lambda found: defaults.get(found[1], found[1]), text)
