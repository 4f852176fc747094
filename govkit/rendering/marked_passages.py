"""The text of a redline as blocks: headings, lists, tables by row and cell, bars beside changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from govkit.languages.catalogue import Messages
from govkit.rendering.document import Block, Item, Items, Marked, Paragraph, Prose, Subhead, Table
from govkit.rendering.passages import Passage, shortened, with_parts
from govkit.rendering.phrases import DASH
from govkit.rendering.schedule import LABEL
from govkit.rendering.spans import Break, Mark, Span, Spans, Words
from govkit.source.list_numbers import BULLET
from govkit.source.text_blocks import TextBlock


class _Numbered(NamedTuple):
    """A passage with its number in the schedule, or 0 where nothing changed in it."""

    number: int
    passage: Passage


def anchors_of(passages: Sequence[Passage]) -> dict[int, str]:
    """Return the anchor of each changed passage by its number; cells share that of their table."""
    anchors: dict[int, str] = {}
    for group in _groups(_numbered(passages)):
        numbers = [each.number for each in group if each.number]
        anchors |= dict.fromkeys(numbers, f"change-{min(numbers, default=0)}")
    return anchors


def blocks_of_passages(
    passages: Sequence[Passage], said: Messages, *, only_changes: bool
) -> Iterator[Block]:
    """Yield the text. With `only_changes`, other passages are counted and left out, but for the
    heading above a change and the first row of a table.
    """
    waiting: list[tuple[Block, bool]] = []
    for group in _groups(_numbered(tuple(with_parts(passages, said)))):
        numbers = [each.number for each in group if each.number]
        block = _block(group, only_changes)
        if not numbers and only_changes:
            waiting.append((block, group[0].passage.block.style == "heading"))
            continue
        for shown in shortened(waiting, lambda each: each[1]):
            yield _count(shown, said) if isinstance(shown, int) else shown[0]
        waiting.clear()
        yield Marked(f"change-{numbers[0]}", _span_of(numbers), (block,)) if numbers else block
    if waiting:
        yield _count(len(waiting), said)


def _numbered(passages: Sequence[Passage]) -> Iterator[_Numbered]:
    number = 0
    for passage in passages:
        number += passage.is_changed
        yield _Numbered(number if passage.is_changed else 0, passage)


def _groups(numbered: Iterator[_Numbered]) -> Iterator[list[_Numbered]]:
    """Yield the cells of one table together, and any other passage alone."""

    def table(each: tuple[int, _Numbered]) -> tuple[int, int]:
        at, (_, passage) = each
        return (passage.place.table, 0) if passage.block.style == "cell" else (0, at + 1)

    for _, group in groupby(enumerate(numbered), table):
        yield [each for _, each in group]


def _count(left_out: int, said: Messages) -> Paragraph:
    return Paragraph((Words(said.counted("redline.unchanged", left_out)),))


def _span_of(numbers: Sequence[int]) -> str:
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def _block(group: Sequence[_Numbered], only_changes: bool) -> Prose | Table:
    passage = group[0].passage
    match passage.block.style:
        case "cell":
            return _table(group, only_changes)
        case "heading":
            return Subhead(passage.spans)
        case "item":
            return _item(passage.spans, passage.block)
    return Paragraph(passage.spans)


def _item(spans: Spans, block: TextBlock) -> Items:
    """Return an item of a list, in as many lists as it is deep."""
    first, *rest = spans
    label = LABEL.match(first.text) if isinstance(first, Words) else None
    if label is None:
        item = Item("", (Paragraph(spans),))
    else:
        assert isinstance(first, Words)
        words = Words(first.text[label.end() :].lstrip())
        item = Item(DASH if label[0] == BULLET else label[0], (Paragraph((words, *rest)),))
    for _ in range(1, min(block.depth, 5)):
        item = Item("", (Items((item,)),))
    return Items((item,))


def _table(group: Sequence[_Numbered], only_changes: bool) -> Table:
    rows = [[*row] for _, row in groupby(group, lambda each: each.passage.place.row)]
    width = max(each.passage.place.column for each in group)
    kept = [
        row
        for at, row in enumerate(rows)
        if not only_changes or at == 0 or any(each.number for each in row)
    ]
    return Table((), tuple(_cells(row, width) for row in kept))


def _cells(row: Sequence[_Numbered], width: int) -> tuple[Spans, ...]:
    cells: list[Spans] = [()] * width
    for number, passage in row:
        at = passage.place.column - 1
        before: tuple[Span, ...] = (*cells[at], Break()) if cells[at] else ()
        mark: tuple[Span, ...] = (Mark(str(number)), Words(" ")) if number else ()
        cells[at] = (*before, *mark, *passage.spans)
    return tuple(cells)
