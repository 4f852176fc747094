"""A plain table that fits the screen: the last column gives way, nothing wraps."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence

import click

from govkit.cli.printing.words import visible

_GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Return the rows below their head, in columns as wide as their widest cell.

    Where the screen (`width`, default that of the terminal, 100 where there is none) is too narrow,
    the last column is cut with dots.
    """
    room = width or shutil.get_terminal_size((100, 24)).columns
    cells = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(columns_of, column)) for column in zip(head, *cells, strict=True)]
    spent = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    widths[-1] = max(10, min(widths[-1], room - spent))
    lines = [click.style(_row(head, widths), bold=True)]
    lines += [_row(row, widths) for row in cells]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [_fit(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join(fitted).rstrip()


def _fit(cell: str, width: int) -> str:
    if columns_of(cell) > width:
        while columns_of(cell) > width - 3:
            cell = cell[:-1]
        cell += "..."
    return cell + " " * (width - columns_of(cell))


def columns_of(text: str) -> int:
    """Return how many columns a terminal gives the text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
