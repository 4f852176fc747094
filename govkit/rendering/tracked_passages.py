"""The text of a redline of two files with tracked changes, and a comment at each change.

Cells are tables where a word processor can track what changed in them (`tracked_tables`); else each
is a paragraph of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from govkit.corpus.redline.operations import Redline
from govkit.languages.catalogue import Messages
from govkit.rendering.document import (
    Block,
    Item,
    Items,
    MarginNote,
    Marked,
    Paragraph,
    Prose,
    Subhead,
    Table,
)
from govkit.rendering.passages import Passage, words_of_side
from govkit.rendering.schedule import Entry, class_of, questions, way
from govkit.rendering.spans import Changed, Words
from govkit.rendering.tracked import tracked_paragraphs
from govkit.rendering.tracked_tables import Cell, tracked_table
from govkit.source.text_blocks import TextBlock

_DEEPEST = 5


class TrackedPassage(NamedTuple):
    """A paragraph with the block that it is, and the numbers of the changes in it."""

    paragraph: Paragraph
    block: TextBlock
    numbers: tuple[int, ...]
    sides: tuple[TextBlock | None, TextBlock | None] = (None, None)
    """The block whose words it holds in the old and the new text."""
    table: Table | None = None
    """The table that it is, with all of its cells."""

    @property
    def is_cell(self) -> bool:
        """Return whether its words are of one cell in each text that has them."""
        sides = [each for each in self.sides if each is not None]
        return bool(sides) and all(each.style == "cell" for each in sides)


def tracked_passages(
    redline: Redline,
    blocks: tuple[Sequence[TextBlock], Sequence[TextBlock]],
    passages: Sequence[Passage],
    said: Messages,
) -> list[TrackedPassage]:
    """Return the paragraphs of both texts; `passages` are the numbered ones of the schedule."""
    ends = [list(accumulate(_letters(block.text) for block in side)) for side in blocks]
    found: list[tuple[Paragraph, TextBlock, int]] = []
    sides: list[tuple[TextBlock | None, TextBlock | None]] = []
    at = [0, 0]
    for paragraph in tracked_paragraphs(redline, said):
        sizes = [_letters(words_of_side(paragraph.spans, old=old)) for old in (True, False)]
        held = [
            blocks[side][min(bisect_right(ends[side], at[side]), len(blocks[side]) - 1)]
            if blocks[side]
            else TextBlock("")
            for side in (0, 1)
        ]
        whole = [
            size == 0
            or bisect_right(ends[side], at[side] + size - 1) == bisect_right(ends[side], at[side])
            for side, size in enumerate(sizes)
        ]
        sides.append(
            (held[0] if sizes[0] else None, held[1] if sizes[1] else None)
            if all(whole)
            else (None, None)
        )
        block = held[1] if sizes[1] or not blocks[0] else held[0]
        found.append((paragraph, block, sum(at)))
        at = [at[0] + sizes[0], at[1] + sizes[1]]
    starts = [start for _, _, start in found]
    numbers: dict[int, list[int]] = {}
    changed = [each for each in passages if each.is_changed]
    for count, passage in enumerate(changed, 1):
        place = max(bisect_right(starts, sum(passage.at)) - 1, 0)
        numbers.setdefault(_changed_from(found, place), []).append(count)
    return [
        *_with_tables(
            TrackedPassage(paragraph, block, tuple(numbers.get(at_, ())), sides[at_])
            for at_, (paragraph, block, _) in enumerate(found)
        )
    ]


def _with_tables(passages: Iterable[TrackedPassage]) -> Iterator[TrackedPassage]:
    """Yield the passages, those that are one table together as one."""
    for is_cell, run in groupby(passages, lambda each: each.is_cell):
        group = [*run]
        cells = [Cell(each.paragraph, *each.sides) for each in group]
        table = tracked_table(cells) if is_cell else None
        if table is None:
            yield from group
        else:
            numbers = tuple(number for each in group for number in each.numbers)
            yield group[0]._replace(numbers=numbers, table=table)


def _changed_from(found: Sequence[tuple[Paragraph, TextBlock, int]], place: int) -> int:
    """Return the first changed paragraph from a place on; the place itself where there is none."""
    for at in range(place, len(found)):
        paragraph = found[at][0]
        if paragraph.end != "kept" or any(isinstance(span, Changed) for span in paragraph.spans):
            return at
    return place


def anchors_of_tracked(passages: Sequence[TrackedPassage]) -> dict[int, str]:
    """Return the anchor of each change by its number."""
    return {number: f"change-{each.numbers[0]}" for each in passages for number in each.numbers}


def blocks_of_tracked(
    passages: Sequence[TrackedPassage], entries: Sequence[Entry], said: Messages
) -> Iterator[Block]:
    """Yield the text; beside each change a comment says its class, its way and what is asked."""
    of_number = {number: entry for entry in entries for number in entry.numbers}
    for each in passages:
        block = each.table or _block(each)
        if not each.numbers:
            yield block
            continue
        lines: list[str] = []
        for entry in dict.fromkeys(of_number[n] for n in each.numbers if n in of_number):
            named = (class_of(entry, said), way(entry.duty, said), *questions(entry, said))
            lines += [f"{entry.numbers[0]}: {named[0]}", *filter(None, named[1:])]
        note = MarginNote(tuple((Words(line),) for line in lines)) if lines else None
        yield Marked(f"change-{each.numbers[0]}", "", (block,), note)


def _block(each: TrackedPassage) -> Prose:
    if each.block.style == "heading":
        return Subhead(each.paragraph.spans, each.paragraph.end)
    block: Prose = each.paragraph
    depth = min(each.block.depth, _DEEPEST) if each.block.style == "item" else 0
    for _ in range(depth):
        block = Items((Item("", (block,)),))
    return block


def _letters(text: str) -> int:
    return len("".join(text.split()))
