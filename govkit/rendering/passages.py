"""The paragraphs of a redline with what they are in the texts: a heading, an item, a cell.

A redline knows words and empty lines. Which block a paragraph is, follows from how many letters of
each text stand before it: those never get lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple, TypeVar

from govkit.corpus.changes.plain import Sides
from govkit.corpus.redline.operations import Redline
from govkit.corpus.redline.regions import Region
from govkit.corpus.redline.tables import Place, Places
from govkit.languages.catalogue import Messages
from govkit.rendering import phrases
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.spans import (
    Changed,
    Deleted,
    Inserted,
    MovedFrom,
    MovedTo,
    Span,
    Spans,
    Words,
)
from govkit.source.text_blocks import STRUCK_BEGINS, TextBlock, without_struck

_LABEL = re.compile(r"(?:\w{1,12}\W{1,2})?\W?[\w.]{1,10}\W?")
_SIGN = Words(phrases.PARAGRAPH)
_Each = TypeVar("_Each")
Blocks = Sequence[TextBlock]


class _Fields(NamedTuple):
    spans: Spans
    block: TextBlock
    place: Place
    is_old: bool = False
    labels: tuple[int, int] = (0, 0)
    at: tuple[int, int] = (0, 0)


class Passage(_Fields):
    """A paragraph of a redline, and the block that it is: of the new text, or of the old one where
    it stands there alone (`is_old`).

    `place` is where it stands in both texts laid over each other. `labels` are how many letters of
    it are its label, of the old text and of the new one; `at` how many letters stand before it.
    """

    @cached_property
    def is_changed(self) -> bool:
        """Return whether anything in it changed."""
        return any(isinstance(span, Changed) for span in self.spans)

    @cached_property
    def moved(self) -> bool:
        """Return whether all that changed in it is the place of words; with it, its number and the
        stop behind it may have changed.
        """
        if not any(isinstance(span, MovedFrom | MovedTo) for span in self.spans):
            return False
        pieces = [span for span in self._beyond_label() if not _is_stop(span)]
        return bool(pieces) and all(
            isinstance(span, MovedFrom | MovedTo) and self._is_kept(span) for span in pieces
        )

    @cached_property
    def renumbered(self) -> bool:
        """Return whether all that changed in it is its number."""
        words = (span for span in self.spans if not isinstance(span, Changed))
        return any(self.labels) and any(map(_said, words)) and not self._beyond_label()

    def _beyond_label(self) -> list[Changed]:
        """Return what changed in it beside the label, signs of paragraphs aside."""
        if not any(self.labels):
            return [
                span
                for span in self.changed
                if not _is_sign(span.spans) and any(_words_of_both((span,)))
            ]
        rest = list(self.labels)
        beyond = []
        for span in self.spans:
            sides = [*map(_letters, _words_of_both((span,)))]
            is_label = all(size <= left for size, left in zip(sides, rest, strict=True))
            if isinstance(span, Changed) and not _is_sign(span.spans) and not is_label:
                beyond.append(span)
            rest = [max(left - size, 0) for size, left in zip(sides, rest, strict=True)]
        return beyond

    def _is_kept(self, span: Changed) -> bool:
        """Say whether nothing changed inside what moved but the number before it."""
        at = 0
        for inner in span.spans:
            if isinstance(inner, Changed) and (
                at >= self.labels[1] or not _LABEL.fullmatch(_said(inner).strip())
            ):
                return False
            at += _letters(_words((inner,), moved=True, old=False))
        return True

    @cached_property
    def changed(self) -> tuple[Changed, ...]:
        """Return what changed in it."""
        return tuple(span for span in self.spans if isinstance(span, Changed))

    @cached_property
    def changed_words(self) -> tuple[Changed, ...]:
        """Return the same without the signs of paragraphs."""
        return tuple(span for span in self.changed if not _is_sign(span.spans))

    @cached_property
    def whole(self) -> tuple[str, str]:
        """Return all its words before and after."""
        return _words_of_both(self.spans)

    @cached_property
    def old(self) -> str:
        """Return its words before, without those that only moved and without its label."""
        return self._side(old=True)

    @cached_property
    def new(self) -> str:
        """Return its words after, without those that only moved and without its label."""
        return self._side(old=False)

    @property
    def sides(self) -> Sides:
        """Return both, with the stretches in the place of others where no label or move is among
        them.
        """
        return Sides(self.old, self.new, self._replaced())

    def _replaced(self) -> tuple[tuple[str, str], ...] | None:
        found: list[tuple[str, str]] = []
        gone: Deleted | None = None
        kept = 0
        if any(self.labels):
            return None
        for span in self.spans:
            if isinstance(span, Inserted):
                if gone and not _is_sign(gone.spans) and not _is_sign(span.spans):
                    found.append((_said(gone), _said(span)))
                gone = None
            elif isinstance(span, Deleted):
                gone = span
            elif not isinstance(span, Words):
                return None
            elif span.text != " ":
                kept += len(span.text)
                gone = None
        return tuple(found) if 4 * kept >= 3 * max(len(self.old), len(self.new)) else None

    def _side(self, *, old: bool) -> str:
        words = " ".join(_words(self.spans, moved=False, old=old).split())
        left = 0 if isinstance(self.spans[0], MovedFrom | MovedTo) else self.labels[not old]
        at = 0
        while left and at < len(words):
            left -= not words[at].isspace()
            at += 1
        return without_struck(words[at:]).strip()


def passages_of(
    redline: Redline, blocks: tuple[Blocks, Blocks], places: Places, said: Messages
) -> Iterator[Passage]:
    """Yield the paragraphs of a redline of two texts, given as their blocks with their places.

    The cells of a table come row by row, as they stand where both texts are laid over each other.
    """
    passages = _passages(redline, blocks, places, said)
    for table, run in groupby(passages, lambda each: each.place.table):
        if table:
            yield from sorted(run, key=lambda each: (each.place.row, each.place.column))
        else:
            yield from run


def _passages(
    redline: Redline, blocks: tuple[Blocks, Blocks], places: Places, said: Messages
) -> Iterator[Passage]:
    ends = [list(accumulate(_letters(block.text) for block in side)) for side in blocks]
    at = [0, 0]
    for paragraph in paragraphs_of(redline, said):
        sides = [*map(_letters, _words_of_both(paragraph.spans))]
        numbers = [
            min(bisect_right(end, start), len(side) - 1)
            for end, start, side in zip(ends, at, blocks, strict=True)
        ]
        labels = [
            _label_left(side[number], end[number], start) if size else 0
            for side, number, size, end, start in zip(blocks, numbers, sides, ends, at, strict=True)
        ]
        side, start = 1 if sides[1] else 0, (at[0], at[1])
        at = [at[0] + sides[0], at[1] + sides[1]]
        if blocks[side]:
            block, place = blocks[side][numbers[side]], places[side][numbers[side]]
        else:
            block, place = TextBlock(""), Place(Region(0))
        spans = tuple(_joined(_with_struck_whole(paragraph.spans, said)))
        yield Passage(spans, block, place, not side, (labels[0], labels[1]), start)


def _with_struck_whole(spans: Spans, said: Messages) -> Iterator[Span]:
    """Yield spans with words that were struck through, or are so no more, as one replacement.

    Word by word only the mark around them would be new, and the words themselves kept.
    """
    held: list[Span] = []
    for span in spans:
        if not isinstance(span, Words | Deleted | Inserted):
            yield from (*held, span)
            held = []
        elif held or (not isinstance(span, Words) and _opens_mark((span,))):
            held.append(span)
            if not _opens_mark(held):
                yield from _as_replacement(held, said)
                held = []
        else:
            yield span
    yield from held


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, words beside words as one."""
    held: list[Words] = []
    for span in spans:
        if isinstance(span, Words):
            held.append(span)
            continue
        if held:
            yield _one(held)
            held = []
        yield span
    if held:
        yield _one(held)


def _one(words: Sequence[Words]) -> Words:
    return words[0] if len(words) == 1 else Words("".join([each.text for each in words]))


def _opens_mark(spans: Sequence[Span]) -> bool:
    """Say whether a mark of struck words begins in spans and does not end there."""
    for old in (True, False):
        _, begins, rest = _words(spans, moved=False, old=old).rpartition(STRUCK_BEGINS.strip())
        if begins and rest.count("]") <= rest.count("["):
            return True
    return False


def _as_replacement(spans: Sequence[Span], said: Messages) -> Iterator[Span]:
    old, new = (_words(spans, moved=False, old=is_old) for is_old in (True, False))
    yield from (Words(" "),) if new[:1].isspace() or old[:1].isspace() else ()
    yield Deleted((Words(old.strip()),), said["redline.deleted"])
    yield Words(" ")
    yield Inserted((Words(new.strip()),), said["redline.inserted"])
    yield from (Words(" "),) if new[-1:].isspace() or old[-1:].isspace() else ()


def _label_left(block: TextBlock, end: int, at: int) -> int:
    """Return how many letters of its label a block has still to come, which ends at a letter."""
    if not block.label:  # its text is not counted again for each of its paragraphs
        return 0
    return max(_letters(block.label) - (at - (end - _letters(block.text))), 0)


def with_parts(passages: Sequence[Passage], said: Messages) -> Iterator[Passage]:
    """Yield passages as they are shown: a title before those that stand beside the text, and a word
    before a note.
    """
    beside = ""
    for passage in passages:
        part = passage.block.part
        if passage.block.is_beside and part != beside:
            title = TextBlock(said[f"redline.parts.{part}"], "heading", 1)
            yield Passage((Words(title.text),), title, Place(Region(0)))
            beside = part
        if part == "note":
            passage = passage._replace(spans=(Words(f"{said['redline.note']} "), *passage.spans))
        yield passage


def shortened(
    waiting: Sequence[_Each], is_heading: Callable[[_Each], bool]
) -> Iterator[_Each | int]:
    """Yield what is shown of passages without a change before one that has one: the last heading
    among them, and how many others stand before it and after it.
    """
    at = max((at for at, each in enumerate(waiting) if is_heading(each)), default=-1)
    if at > 0 or (at < 0 and waiting):
        yield at if at > 0 else len(waiting)
    if at >= 0:
        yield waiting[at]
        if at + 1 < len(waiting):
            yield len(waiting) - at - 1


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _words(spans: Iterable[Span], *, moved: bool, old: bool) -> str:
    """Return the words of one side; `moved` says whether those count that stand elsewhere too.

    Without it, words that changed inside what moved count where they stand now, on both sides.
    """
    words = ""
    for span in spans:
        if isinstance(span, Words):  # nearly all of them are
            words += span.text
            continue
        match span:
            case Deleted(inner, _) if old and not _is_sign(inner):
                words += _words(inner, moved=moved, old=old)
            case Inserted(inner, _) if not old and not _is_sign(inner):
                words += _words(inner, moved=moved, old=old)
            case MovedFrom(inner, _) if old and moved:
                words += _words(inner, moved=moved, old=old)
            case MovedTo(inner, _) if not old and moved:
                words += _words(inner, moved=moved, old=old)
            case MovedTo(inner, _) if not moved and _holds_change(span):
                words += _words(inner, moved=moved, old=old)
    return words


def words_of_side(spans: Iterable[Span], *, old: bool) -> str:
    """Return all words that spans have of the old text, or of the new one."""
    return _words(spans, moved=True, old=old)


def _words_of_both(spans: Spans) -> tuple[str, str]:
    """Return all words of spans before and after."""
    old = _words(spans, moved=True, old=True)
    if all(isinstance(span, Words) for span in spans):
        return old, old
    return old, _words(spans, moved=True, old=False)


def _holds_change(span: Changed) -> bool:
    """Say whether words changed inside what moved."""
    return any(isinstance(inner, Changed) for inner in span.spans)


def moved_words(span: Changed, *, old: bool) -> str:
    """Return the words of what moved, as they were before or as they are now."""
    return " ".join(_words(span.spans, moved=True, old=old).split())


def _said(span: Span) -> str:
    return _words((span,), moved=True, old=True) or _words((span,), moved=True, old=False)


def _is_stop(span: Changed) -> bool:
    return isinstance(span, Deleted | Inserted) and _said(span).strip() in (".", ";", ",")


def _is_sign(spans: Spans) -> bool:
    return len(spans) == 1 and spans[0] == _SIGN
