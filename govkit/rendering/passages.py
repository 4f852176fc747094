"""The paragraphs of a redline with what they are in the texts: a heading, an item, a cell.

A redline knows words and empty lines. Which block a paragraph is, follows from how many letters of
each text stand before it: those never get lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

from govkit.corpus.redline.operations import Redline
from govkit.languages.catalogue import Messages
from govkit.rendering import phrases
from govkit.rendering.document import (
    Changed,
    Deleted,
    Inserted,
    MovedFrom,
    MovedTo,
    Span,
    Spans,
    Words,
)
from govkit.rendering.redline import paragraphs_of
from govkit.source.text_blocks import TextBlock

_Each = TypeVar("_Each")


class Passage(NamedTuple):
    """A paragraph of a redline, and the block that it is: of the new text, or of the old one where
    it stands there alone.
    """

    spans: Spans
    block: TextBlock

    @property
    def is_changed(self) -> bool:
        """Return whether anything in it changed."""
        return any(isinstance(span, Changed) for span in self.spans)

    @property
    def moved(self) -> bool:
        """Return whether all that changed in it is the place of words."""
        pieces = [span for span in self.changed if not _is_sign(span.spans)]
        return bool(pieces) and all(
            isinstance(span, MovedFrom | MovedTo) and not _holds_change(span) for span in pieces
        )

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Return what changed in it."""
        return tuple(span for span in self.spans if isinstance(span, Changed))

    @property
    def old(self) -> str:
        """Return its words before, without those that only moved."""
        return " ".join(_words(self.spans, moved=False, old=True).split())

    @property
    def new(self) -> str:
        """Return its words after, without those that only moved."""
        return " ".join(_words(self.spans, moved=False, old=False).split())


def passages_of(
    redline: Redline, old: Sequence[TextBlock], new: Sequence[TextBlock], said: Messages
) -> Iterator[Passage]:
    """Yield the paragraphs of a redline of two texts, given as their blocks."""
    ends = [list(accumulate(_letters(block.text) for block in blocks)) for blocks in (old, new)]
    at = [0, 0]
    for paragraph in paragraphs_of(redline, said):
        sides = [
            _letters(_words(paragraph.spans, moved=True, old=is_old)) for is_old in (True, False)
        ]
        side = 1 if sides[1] else 0
        blocks = (old, new)[side]
        place = min(bisect_right(ends[side], at[side]), len(blocks) - 1)
        at = [at[0] + sides[0], at[1] + sides[1]]
        yield Passage(paragraph.spans, blocks[place] if blocks else TextBlock(""))


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
        match span:
            case Words(text):
                words += text
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


def _holds_change(span: Changed) -> bool:
    """Say whether words changed inside what moved."""
    return any(isinstance(inner, Changed) for inner in span.spans)


def _is_sign(spans: Spans) -> bool:
    return spans == (Words(phrases.PARAGRAPH),)
