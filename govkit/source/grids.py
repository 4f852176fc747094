"""A table from a file as rows of text, and back: what spreadsheets and comma-separated files share.

Nothing in a cell is ever worked out. A formula is the text that somebody typed; when a table is
written, a cell that a spreadsheet program would take for a formula is written so that it stays
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_BYTES = 5_000_000
"""The largest file that is read as a table."""

MOST_UNPACKED = 40_000_000
"""The most bytes that the parts of a spreadsheet may have once they are unpacked."""

MOST_ROWS = 5_000
MOST_COLUMNS = 64
LONGEST_CELL = 20_000
MOST_CHARACTERS = 10_000_000
"""The most characters of all cells together; in a spreadsheet many cells can share one text."""

_ACTIVE = re.compile(r"'*[=+\-@\t\r]")


class Row(NamedTuple):
    """A row of a table: its number as the program shows it, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class NoTable(Exception):
    """A file that can't be read as a table: a sentence, what to do, and the row if it is one."""

    def __init__(self, message: str, help: str, row: int = 0) -> None:
        """Keep the sentence and the way out apart."""
        super().__init__(message)
        self.message = message
        self.help = help
        self.row = row


_SPLIT = "Is this the right file? Split a very long table into several files."


def refuse_large(data: bytes) -> None:
    """Raise `NoTable` for a file that is too large to be a table of comments."""
    if len(data) > MOST_BYTES:
        raise NoTable(f"the file has more than {MOST_BYTES:,} bytes", _SPLIT)


def held(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that hold something. Raises `NoTable` where they are more than is read."""
    found = []
    for row in rows:
        if row.number > MOST_ROWS:
            raise NoTable(f"the table has more than {MOST_ROWS:,} rows", _SPLIT, row.number)
        for at, cell in enumerate(row.cells, 1):
            if len(cell) > LONGEST_CELL:
                raise NoTable(
                    f"column {at} has a cell of {len(cell):,} characters, and at most "
                    f"{LONGEST_CELL:,} are read",
                    "Part it into several rows.",
                    row.number,
                )
        if any(cell.strip() for cell in row.cells):
            found.append(row)
    return tuple(found)


def is_active(cell: str) -> bool:
    """Say whether a spreadsheet program would take a cell of text for a formula."""
    return _ACTIVE.match(cell) is not None


def quoted(cell: str) -> str:
    """Return a cell that no program takes for a formula, with an apostrophe before it if needed."""
    return f"'{cell}" if is_active(cell) else cell


def unquoted(cell: str) -> str:
    """Return what `quoted` was given."""
    return cell[1:] if cell.startswith("'") and is_active(cell) else cell
