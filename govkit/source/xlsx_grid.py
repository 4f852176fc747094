"""Spreadsheets in the XLSX format: bytes to rows, and rows to bytes.

`xlsx_reading` reads what anybody may have made; openpyxl writes. Written bytes are the same on
every day: openpyxl puts in the time, and it is taken out.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from govkit.source.grids import is_active
from govkit.source.xlsx_reading import read_xlsx

__all__ = ["read_xlsx", "write_xlsx"]

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_EPOCH = datetime.datetime(1980, 1, 1)  # the format has no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_xlsx(title: str, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    """Return a spreadsheet of one sheet, in which every cell is text.

    The row at the top holds the headings and stays in sight; `widths` are in characters.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.created = _EPOCH
    book.properties.creator = "govkit"
    sheet: Any = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for at, words in enumerate(row, 1):
            cell = sheet.cell(number, at)
            cell.value = words
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.quotePrefix = is_active(words)
            if number == 1:
                cell.font = Font(bold=True)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    written = io.BytesIO()
    book.save(written)
    return _without_time(written.getvalue())


# --- the same bytes every day --------------------------------------------------------------------


def _without_time(data: bytes) -> bytes:
    fixed = _EPOCH.isoformat().encode() + b"Z"
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in archive.namelist():
            part = _MODIFIED.sub(rb"\g<1>" + fixed, archive.read(name))
            result.writestr(zipfile.ZipInfo(name, _NO_TIME), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()
