"""Spreadsheets in the XLSX format: bytes to rows, and rows to bytes. openpyxl only here.

A spreadsheet is a zip archive of XML that somebody else made. Before openpyxl sees it, the archive
is held against limits, and XML that declares entities of its own is refused. Written bytes are the
same on every day: openpyxl puts in the time, and it is taken out.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govkit.source.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    NoTable,
    Row,
    held,
    is_active,
    refuse_large,
)

_MOST_PARTS = 500
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_EPOCH = datetime.datetime(1980, 1, 1)  # the format has no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_DECLARES = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as XLSX, or as CSV (UTF-8)."


def read_xlsx(data: bytes) -> tuple[Row, ...]:
    """Return the rows of the first sheet that hold something; a formula is the text of it.

    Raises `NoTable` for what is no spreadsheet, or too large to be a table of comments.
    """
    refuse_large(data)
    _hold_to_limits(data)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings(action="ignore"):  # about parts that nobody reads here
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return held(_rows(book.worksheets[0]))
    except NoTable:
        raise
    # Which error a broken part gives depends on the part; none of them is about this machine.
    except (
        InvalidFileException, zipfile.BadZipFile, ArithmeticError, AttributeError, EOFError,
        LookupError, RuntimeError, SyntaxError, TypeError, ValueError,
    ) as error:  # fmt: skip
        raise NoTable(
            f"the spreadsheet can't be read ({type(error).__name__})", _SAVE_AGAIN
        ) from None


def write_xlsx(
    title: str, rows: Iterable[Sequence[str]], widths: Sequence[int], heads: int = 1
) -> bytes:
    """Return a spreadsheet of one sheet, in which every cell is text.

    `heads` rows at the top are headings and stay in sight; `widths` are in characters.
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
            if number <= heads:
                cell.font = Font(bold=True)
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = f"A{heads + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{heads}"
    written = io.BytesIO()
    book.save(written)
    return _without_time(written.getvalue())


# --- what is looked at before it is opened --------------------------------------------------------


def _hold_to_limits(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
                raise NoTable(
                    f"unpacked, the spreadsheet has more than {MOST_UNPACKED:,} bytes or "
                    f"{_MOST_PARTS} parts, and was not opened",
                    "Copy the table of comments alone into a new spreadsheet.",
                )
            if "xl/workbook.xml" not in archive.namelist():
                raise NoTable("the file is no XLSX spreadsheet", _SAVE_AGAIN)
            for each in parts:
                # zipfile gives no more than the size that the archive states for a part.
                if any(word in archive.read(each) for word in _DECLARES):
                    raise NoTable(
                        "the spreadsheet declares entities of its own, and was not opened",
                        _SAVE_AGAIN,
                    )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise NoTable("the file is no XLSX spreadsheet", _SAVE_AGAIN) from None
    except _decompression_errors():
        raise NoTable("the spreadsheet is damaged", _SAVE_AGAIN) from None


def _decompression_errors() -> tuple[type[Exception], ...]:
    import lzma
    import zlib

    return zlib.error, lzma.LZMAError


# --- rows -----------------------------------------------------------------------------------------


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1, values_only=True)
    for number, values in enumerate(rows, 1):
        yield Row(number, tuple(_text(value) for value in values))


def _text(value: Any) -> str:
    """Return what a cell holds as text: numbers and dates as one writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    formula = getattr(value, "text", None)  # a formula over several cells
    return str(value) if formula is None else str(formula)


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
