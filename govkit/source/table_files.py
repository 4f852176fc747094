"""A table as the file that somebody asked for: comma-separated, or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govkit.source.csv_grid import write_csv
from govkit.source.grids import quoted
from govkit.source.xlsx_grid import write_xlsx

TABLE_FORMATS = ("csv", "xlsx")
_WIDEST = 60


def table_file(
    format_: str, title: str, rows: Iterable[Sequence[str]], widths: Sequence[int] = ()
) -> bytes:
    """Return rows, the headings first, in a format of `TABLE_FORMATS`; no cell is ever a formula.

    `widths` are those of the columns of a spreadsheet, in characters; without them each is as wide
    as its widest cell, up to a limit.
    """
    if format_ == "csv":
        return write_csv(rows)
    cells = [tuple(map(quoted, row)) for row in rows]
    fit = [min(max(map(len, column)) + 2, _WIDEST) for column in zip(*cells, strict=True)]
    return write_xlsx(title, cells, widths or fit)
