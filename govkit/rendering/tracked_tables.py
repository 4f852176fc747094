"""The cells of a redline with tracked changes as the tables that they are: whole rows that came or
went, and tracked words in the cells of rows that stand in both texts.

A word processor can track that a row came or went, and no more of a table. Where more changed, as
the columns, or words went from one row into another, the cells stay paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govkit.rendering.document import End, Paragraph, Table
from govkit.rendering.spans import Break, Deleted, Inserted, Span, Spans, Words
from govkit.source.text_blocks import TextBlock


class Cell(NamedTuple):
    """A paragraph of a redline, and the cell that its words are of in the old and the new text."""

    paragraph: Paragraph
    old: TextBlock | None
    new: TextBlock | None


class _Row(NamedTuple):
    old: int
    new: int

    @property
    def end(self) -> End:
        if self.old and self.new:
            return "kept"
        return "inserted" if self.new else "deleted"


def tracked_table(cells: Sequence[Cell]) -> Table | None:
    """Return cells that follow each other as one table, None where a table can't say it."""
    if not all(_is_plain(cell) for cell in cells):
        return None
    if any(len({side.cell[0] for side in sides}) > 1 for sides in _sides(cells)):
        return None
    pair_of = {
        cell.old.cell[1]: cell.new.cell[1]
        for cell in cells
        if cell.old is not None and cell.new is not None
    }
    became = {new: old for old, new in pair_of.items()}
    rows: dict[_Row, dict[int, list[Paragraph]]] = {}
    for cell in cells:
        place = _place(cell, pair_of, became)
        if place is None:
            return None
        row, column = place
        rows.setdefault(row, {}).setdefault(column, []).append(cell.paragraph)
    return _laid(rows)


def _is_plain(cell: Cell) -> bool:
    """Say whether its words stand in one column of one table, and nothing in it was moved."""
    sides = [each for each in (cell.old, cell.new) if each is not None]
    of_cells = bool(sides) and all(each.style == "cell" for each in sides)
    spans = cell.paragraph.spans
    return of_cells and all(isinstance(each, Words | Deleted | Inserted) for each in spans)


def _sides(cells: Sequence[Cell]) -> tuple[list[TextBlock], list[TextBlock]]:
    return (
        [cell.old for cell in cells if cell.old is not None],
        [cell.new for cell in cells if cell.new is not None],
    )


def _place(cell: Cell, pair_of: dict[int, int], became: dict[int, int]) -> tuple[_Row, int] | None:
    """Return row and column of a cell; None where it is in two rows or columns."""
    if cell.old is None:
        assert cell.new is not None
        row, column = cell.new.cell[1:]
        return _Row(became.get(row, 0), row), column
    row, column = cell.old.cell[1:]
    new = pair_of.get(row, 0)
    if new and became[new] != row:
        return None
    if cell.new is not None and (cell.new.cell[1] != new or cell.new.cell[2] != column):
        return None
    return _Row(row, new), column


def _laid(rows: dict[_Row, dict[int, list[Paragraph]]]) -> Table | None:
    for side in (0, 1):
        order = [row[side] for row in rows if row[side]]
        if order != sorted(set(order)):
            return None
    width = max(max(columns) for columns in rows.values())
    laid: list[tuple[Spans, ...]] = []
    for row, columns in rows.items():
        cells = [_words(columns.get(at, []), row.end) for at in range(1, width + 1)]
        if any(each is None for each in cells):
            return None
        laid.append(tuple(each or () for each in cells))
    return Table((), tuple(laid), tuple(row.end for row in rows))


def _words(paragraphs: Sequence[Paragraph], end: End) -> Spans | None:
    """Return the words of a cell as one paragraph; None where that would lose where one ends."""
    ends = {each.end for each in paragraphs}
    if end != "kept" and ends - {end}:
        return None
    if end == "kept" and len(paragraphs) > 1 and ends != {"kept"}:
        kinds = [each.end for each in paragraphs]
        if kinds not in (["deleted", "inserted"], ["inserted", "deleted"]):
            return None
        return tuple(span for each in paragraphs for span in each.spans)
    found: list[Span] = []
    for each in paragraphs:
        found += [*([Break()] if found else []), *each.spans]
    return tuple(found)
