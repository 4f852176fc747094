"""A field as it was printed held against what came back of it: which block became which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made

from rapidfuzz import fuzz

from govkit.proposals.suggestions.blocks import NewBlock, assembled, in_place
from govkit.proposals.suggestions.fields import Blanks, PrintedField
from govkit.proposals.suggestions.returned import ReturnedText, without_label
from govkit.proposals.suggestions.rewording import (
    BlankChange,
    NotReworded,
    changes_of_words,
    reworded,
)

_ALIKE = 40
"""Percent of letters from which on two paragraphs under one mark are taken for the same one."""


@dataclass
class FieldComparison:
    """A field and what came back of it.

    `pairs` are the numbers of its blocks with the paragraphs that they became; `added` paragraphs
    are new, each with the number of the block that it stands behind (-1 for the beginning).
    """

    field: PrintedField
    pairs: dict[int, ReturnedText] = made(default_factory=dict)
    added: list[tuple[int, ReturnedText]] = made(default_factory=list)
    order: list[tuple[int | None, ReturnedText]] = made(default_factory=list)

    @property
    def in_its_order(self) -> bool:
        """Return whether all blocks are there, in their order, and none came in."""
        return [at for at, _ in self.order] == [*range(len(self.field.blocks))]

    @property
    def is_same(self) -> bool:
        """Return whether nothing changed."""
        return self.in_its_order and all(
            text.words == self.field.blocks[at].words for at, text in self.pairs.items()
        )


def compare_field(printed: PrintedField, returned: Sequence[ReturnedText]) -> FieldComparison:
    """Pair the blocks of a field with the paragraphs that came back under its marks."""
    done = FieldComparison(printed)
    free = dict(enumerate(returned))
    left = dict(enumerate(printed.blocks))

    def pair(block: int, text: int) -> None:
        done.pairs[block] = free.pop(text)
        del left[block]

    for block in [*left]:
        same = (at for at, text in free.items() if text.words == left[block].words)
        best = min(same, key=lambda at: (free[at].key != left[block].key, at), default=None)
        if best is not None:
            pair(block, best)
    scores = sorted(
        (-_likeness(left[block].words, text.words) - 30 * (text.key == left[block].key), block, at)
        for block in left
        for at, text in free.items()
    )
    for score, block, at in scores:
        if block in left and at in free and -score >= _ALIKE + 30:
            pair(block, at)
    for block in [*left]:
        alone = [at for at, text in free.items() if text.key == left[block].key]
        rest = [other for other in left if left[other].key == left[block].key]
        if len(alone) == len(rest) == 1:
            pair(block, alone[0])
    numbers = {id(text): block for block, text in done.pairs.items()}
    before = -1
    for text in returned:
        number = numbers.get(id(text))
        done.order.append((number, text))
        if number is None:
            done.added.append((before, text))
        else:
            before = number
    return done


def _likeness(old: str, new: str) -> float:
    return fuzz.ratio(old, new)


@dataclass
class NewSource:
    """What a field is to hold, with what its blanks become and what has to be told."""

    source: str
    blanks: list[BlankChange]
    remarks: list[str]


def new_source(compared: FieldComparison, now: PrintedField) -> NewSource:
    """Return the source of a field with what came back in it.

    `now` is the field as it stands in the folder; it may be a later state than the printed one.
    Raises `NotReworded` where the words can't be put there.
    """
    was = compared.field
    if now.source != was.source and not compared.in_its_order:
        raise NotReworded("the text has changed since this file was printed")
    blanks: list[BlankChange] = []
    remarks: list[str] = []
    sources: dict[int, str] = {}
    for at, text in compared.pairs.items():
        words = text.words if now is was else _joined(was, now, at, text.words)
        if words != now.blocks[at].words:
            sources[at] = _block_source(now, at, words, (blanks, remarks))
    if compared.in_its_order:
        return NewSource(in_place(now, sources), blanks, remarks)
    if now.is_line:
        raise NotReworded("it has to be one line")
    return NewSource(_rearranged(compared, now, sources), blanks, remarks)


def _block_source(
    now: PrintedField, at: int, words: str, told: tuple[list[BlankChange], list[str]]
) -> str:
    if now.is_line:
        return words
    done = reworded(now.source, now.blocks[at].block.runs, now.blanks, words)
    told[0].extend(done.blanks)
    told[1].extend(done.remarks)
    return done.source


def _joined(was: PrintedField, now: PrintedField, at: int, words: str) -> str:
    """Return the words that stand in the folder with what changed between print and return."""
    if len(was.blocks) != len(now.blocks):
        raise NotReworded("the text has changed since this file was printed")
    return joined_words(was.blocks[at].words, now.blocks[at].words, words)


def joined_words(base: str, ours: str, theirs: str) -> str:
    """Return words in which two changes of the same words are both made.

    Raises `NotReworded` where both changed one place.
    """
    if base in (ours, theirs):
        return theirs if base == ours else ours
    mine = [
        (change.old, change.old_end) for same, change in changes_of_words(base, ours) if not same
    ]
    parts: list[str] = []
    places = _places_in(base, ours)
    at = 0
    for same, change in changes_of_words(base, theirs):
        if same:
            continue
        if any(start <= change.old_end and change.old <= end for start, end in mine):
            raise NotReworded("the same words have changed since this file was printed")
        parts += [ours[at : places[change.old]], theirs[change.new : change.new_end]]
        at = places[change.old_end]
    return "".join([*parts, ours[at:]])


def _places_in(base: str, ours: str) -> dict[int, int]:
    """Return where the letters of the base that stayed stand in our words."""
    places = {}
    for same, change in changes_of_words(base, ours):
        if same:
            for step in range(change.old_end - change.old + 1):
                places[change.old + step] = change.new + step
    return places


def _rearranged(compared: FieldComparison, now: PrintedField, sources: dict[int, str]) -> str:
    looks = {
        text.look: now.blocks[at].block for at, text in sorted(compared.pairs.items(), reverse=True)
    }
    blocks = []
    last = None
    for at, text in compared.order:
        if at is not None:
            old = now.blocks[at].block
            runs = old.runs
            source = sources.get(at, now.source[runs[0].start : runs[-1].end] if runs else "")
            blocks.append(NewBlock(source, old.style, old.depth, at))
            last = old
            continue
        like = looks.get(text.look)
        words = text.words
        if like is None and last is not None and without_label(words) != words:
            like = last
        if like is not None and like.style != "p":
            words = without_label(words)
        style, depth = (like.style, like.depth) if like is not None else ("p", 0)
        blocks.append(NewBlock(_new_words(words, now.blanks), style, depth, None))
    return assembled(blocks, ends=now.source.endswith("\n"))


def _new_words(words: str, blanks: Blanks) -> str:
    """Return new words as the file writes them; marks are for people to set."""
    return reworded("", (), blanks, words).source
