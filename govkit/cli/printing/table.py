"""A plain table that fits the screen: what is too wide for its column goes on in the next line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click

from govkit.cli.printing.screen import columns_of, width, wrapped
from govkit.cli.printing.words import visible

_GAP = "  "
_ENOUGH = 16
"""A column of this width is not made narrower for the sake of a long word in another one."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], room: int | None = None) -> str:
    """Return the rows below their head, in columns as wide as their widest cell.

    Where the screen is too narrow (`room`, default that of the terminal), the widest columns give
    way, and their cells go on in further lines. Where even that does not fit, each row is a list.
    """
    room = room or width()
    cells = [[visible(cell) for cell in row] for row in rows]
    columns = list(zip(head, *cells, strict=True))
    widths = [max(map(columns_of, column)) for column in columns]
    spare = room - len(_GAP) * (len(widths) - 1)
    if sum(widths) > spare:
        words = [max(_longest_word(cell) for cell in column) for column in columns]
        _narrow(widths, words, spare)
        _narrow(widths, [min(word, _ENOUGH) for word in words], spare)
    if sum(widths) > spare:
        return "\n".join(_as_list(head, row, room) for row in cells)
    lines = [click.style(line, bold=True) for line in _row(head, widths)]
    lines += [line for row in cells for line in _row(row, widths)]
    return "\n".join(lines) + "\n"


def _longest_word(cell: str) -> int:
    return max(map(columns_of, cell.split()), default=0)


def _narrow(widths: list[int], least: Sequence[int], spare: int) -> None:
    """Take from the widest column, again and again, what is too much, down to the least of each."""
    while (over := sum(widths) - spare) > 0:
        wide = [at for at, width in enumerate(widths) if width > least[at]]
        if not wide:
            return
        at = max(wide, key=lambda at: widths[at])
        next_ = max((widths[other] for other in wide if widths[other] < widths[at]), default=0)
        widths[at] = max(least[at], next_, widths[at] - over, 1)


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    fitted = [
        [cell] if columns_of(cell) <= width else wrapped(cell, width, hard=True)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*fitted, fillvalue=""):
        padded = [
            cell + " " * (width - columns_of(cell))
            for cell, width in zip(line, widths, strict=True)
        ]
        yield _GAP.join(padded).rstrip()


def _as_list(head: Sequence[str], row: Sequence[str], room: int) -> str:
    """Return one row as a list of names and values, for a screen that has no room for columns."""
    lines = [
        line
        for name, cell in zip(head, row, strict=True)
        if cell
        for line in wrapped(f"{name}: {cell}" if name else cell, room, then="  ", hard=True)
    ]
    return "\n".join(lines) + "\n"
