"""The terms of one platform, as a value: sections and clauses in its own numbering and voice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govkit.adoption.choices import Choices, FilledBlank
from govkit.corpus.documents import Document
from govkit.records.adoption import Deviation


class Piece(NamedTuple):
    """Words of one kind: `text`, `em`, `code`, `term`, or `place`.

    `target` is the slug of a term, or the number of a section or clause of these terms.
    """

    words: str
    kind: str = "text"
    target: str = ""


class TermsBlock(NamedTuple):
    """A paragraph or list item, as `records.wording.Block` has it."""

    style: str
    depth: int
    label: str
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """Return its words, without its label."""
        return "".join(piece.words for piece in self.pieces)


Blocks = tuple[TermsBlock, ...]


class TermsClause(NamedTuple):
    """A clause in a platform's terms.

    `number` is its own, as 4.1; `text` and `id` say which clause it was; `digest` is that of the
    clause as it stands in the book. `deviation` is given where the platform changed its words;
    what it left out is no clause of its terms (`LeftOut`).
    """

    number: str
    text: str
    id: str
    force: str
    digest: str
    blocks: Blocks
    conditions: tuple[Blocks, ...] = ()
    exceptions: tuple[Blocks, ...] = ()
    deviation: Deviation | None = None

    @property
    def words(self) -> str:
        """Return all words that bind in it, in the order of print."""
        limits = [*self.conditions, *self.exceptions]
        return " ".join(words_of(blocks) for blocks in (self.blocks, *limits))


class TermsSection(NamedTuple):
    """A section of the terms: a provision, or a part of the frame (`text` is then empty)."""

    number: str
    title: str
    text: str
    clauses: tuple[TermsClause, ...]


class DefinedTerm(NamedTuple):
    """A definition that the clauses need."""

    slug: str
    term: str
    plural: str
    digest: str
    blocks: Blocks


class LeftOut(NamedTuple):
    """A clause, or a whole provision (with an empty `id`), that applies and is not taken in."""

    text: str
    id: str
    digest: str
    reason: str


class PlatformTerms(NamedTuple):
    """All that stands in a platform's terms, and what was chosen.

    `reading` says how the clauses are read; its section, if there is any, stands behind them.
    """

    choices: Choices
    sections: tuple[TermsSection, ...]
    reading: TermsSection | None
    definitions: tuple[DefinedTerm, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def blanks(self) -> tuple[FilledBlank, ...]:
        """Return the blanks of what is taken in."""
        return self.choices.blanks

    @property
    def first_number(self) -> str:
        """Return the number of the first section that is a provision."""
        return self.sections[0].number if self.sections else ""

    @property
    def definitions_number(self) -> str:
        """Return the number of the section of definitions."""
        last = self.reading or self.sections[-1]
        return str(int(last.number) + 1)

    def clauses(self) -> Iterator[TermsClause]:
        """Yield the clauses of the provisions, in the order of print."""
        for section in self.sections:
            yield from section.clauses

    def document(self, text: str) -> Document | None:
        """Return a provision that is taken in, by its id."""
        return next((each for each in self.choices.texts if each.id == text), None)


def words_of(blocks: Blocks) -> str:
    """Return the words of some blocks in a row."""
    return " ".join(block.words for block in blocks)


_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")


def tokens_of(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters: what two prints of it share.

    Signs, white space and labels in brackets are set otherwise in each format.
    """
    return [found.group().lower() for found in _TOKEN.finditer(text)]
