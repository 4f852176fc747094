"""The tables of a Word file as rows of text."""

from __future__ import annotations

from collections.abc import Iterable

from govkit.source.docx_reading import read_docx
from govkit.source.grids import Row, held
from govkit.source.text_blocks import TextBlock


def read_docx_tables(data: bytes) -> list[tuple[Row, ...]]:
    """Return the rows of each table, with all tracked changes accepted.

    The paragraphs of a cell stand one below another. Raises `NotText` where the file is no Word
    file that can be read, `NoTable` where a table has more rows than are read.
    """
    return tables_of_blocks(read_docx(data).blocks)


def tables_of_blocks(blocks: Iterable[TextBlock]) -> list[tuple[Row, ...]]:
    """Return the rows of each table of a text."""
    tables: dict[int, dict[int, dict[int, list[str]]]] = {}
    for block in blocks:
        if block.style == "cell" and not block.part:
            table, row, column = block.cell
            cells = tables.setdefault(table, {}).setdefault(row, {})
            cells.setdefault(column, []).append(block.text)
    return [held(_rows(table)) for table in tables.values()]


def _rows(table: dict[int, dict[int, list[str]]]) -> list[Row]:
    width = max((max(cells) for cells in table.values()), default=0)
    return [
        Row(number, tuple("\n\n".join(cells.get(at, ())) for at in range(1, width + 1)))
        for number, cells in sorted(table.items())
    ]
