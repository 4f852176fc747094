"""Spreadsheets in the XLSX format: bytes to rows, read piece by piece.

A spreadsheet is a zip archive of XML that somebody else made. A library that opens all of it can
be made to fill the memory with what no table needs: formats, names, empty cells. So only the parts
that hold the words of the first sheet are walked over, nothing else is kept, and each has its
limit. See docs/decisions/0031-reading-spreadsheets.md.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath

from govkit.source.grids import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    NoTable,
    Row,
    held,
    refuse_large,
)
from govkit.source.packed_xml import (
    DAMAGED,
    NO_ARCHIVE,
    Attributes,
    EndlessTag,
    OwnEntities,
    PartReader,
    TooManyElements,
    is_packed_oddly,
    walk,
)

_MOST_PARTS = 500
_LONGEST_FORMAT = 255
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as XLSX, or as CSV (UTF-8)."
_COPY = "Copy the table alone into a new spreadsheet."
_OLD = b"\xd0\xcf\x11\xe0"
"""How a file of the old format begins, and one that is locked with a password."""
_WORKBOOK = "xl/workbook.xml"
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]*")
# Spreadsheets of older Macs count their days from 1904 (ECMA-376, `date1904`).
_EPOCHS = {"1": "1904-01-01", "true": "1904-01-01"}


def read_xlsx(data: bytes) -> tuple[Row, ...]:
    """Return the rows of the first sheet that hold something; a formula is the text of it.

    Raises `NoTable` for what is no spreadsheet, or too large to be a table of comments.
    """
    refuse_large(data)
    if data.startswith(_OLD):
        raise NoTable(
            "the spreadsheet is of the old format, or locked with a password", _SAVE_AGAIN
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_to_limits(archive)
            return held(_rows_of(archive))
    except EndlessTag:
        raise NoTable("the spreadsheet is damaged: a tag in it never ends", _SAVE_AGAIN) from None
    except OwnEntities:
        raise NoTable(
            "the spreadsheet declares entities of its own, and was not opened", _SAVE_AGAIN
        ) from None
    except TooManyElements as limits:
        most, deepest = limits.args
        raise NoTable(
            f"a part of the spreadsheet has more than {most:,} elements, as cells or formats, or "
            f"they are nested more than {deepest} deep",
            _COPY,
        ) from None
    except NO_ARCHIVE:
        raise NoTable("the file is no XLSX spreadsheet", _SAVE_AGAIN) from None
    except DAMAGED:
        raise NoTable(
            "the spreadsheet can't be read: it is damaged, or does not keep to the format",
            _SAVE_AGAIN,
        ) from None


def _require_to_limits(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise NoTable(
            f"unpacked, the spreadsheet has more than {MOST_UNPACKED:,} bytes or {_MOST_PARTS} "
            "parts, and was not opened",
            _COPY,
        )
    if is_packed_oddly(archive) or _WORKBOOK not in archive.namelist():
        raise NoTable("the file is no XLSX spreadsheet", _SAVE_AGAIN)


def _rows_of(archive: zipfile.ZipFile) -> Iterator[Row]:
    book = _Book()
    walk(archive, _WORKBOOK, book)
    ways = _Ways()
    walk(archive, "xl/_rels/workbook.xml.rels", ways)
    sheets = [ways.parts[id] for id in book.sheets if ways.kinds.get(id) == "worksheet"]
    if not sheets:
        raise NoTable("the spreadsheet has no sheet", _SAVE_AGAIN)
    words, formats = _Strings(), _Formats()
    for kind, reader in (("sharedStrings", words), ("styles", formats)):
        part = next((ways.parts[id] for id, its in ways.kinds.items() if its == kind), None)
        if part:
            walk(archive, part, reader)
    table = _Sheet(words.found, formats, book.begins)
    walk(archive, sheets[0], table)
    yield from table.rows


# --- the small parts ------------------------------------------------------------------------------


class _Book(PartReader):
    """The workbook: the ids of its sheets in order, and the day that its dates count from."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.begins = ""

    def begin(self, name: str, given: Attributes) -> None:
        if name == "workbookPr":
            self.begins = _EPOCHS.get(given.get("date1904", ""), "")
        if name == "sheet":
            self.sheets += [id for key, id in given.items() if key.endswith(" id")]


class _Ways(PartReader):
    """Where the other parts of the workbook are, and of which kind each is, by id."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def begin(self, name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            # A target is seen from the workbook's folder, or from the root where it begins with a
            # slash.
            self.parts[given["Id"]] = normpath(join("/xl", given["Target"])).lstrip("/")
            self.kinds[given["Id"]] = given["Type"].rpartition("/")[2]


class _Strings(PartReader):
    """The words that cells share, by number."""

    most = 500_000

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.wanted = False
        self.silent = 0
        self.length = 0

    def begin(self, name: str, given: Attributes) -> None:
        if name == "si":
            self.pieces = []
        self.silent += name == "rPh"  # how the words are spoken, in Japanese
        self.wanted = name == "t" and not self.silent

    def end(self, name: str) -> None:
        self.silent -= name == "rPh"
        self.wanted = False
        if name == "si":
            self.found.append(_joined(self.pieces))

    def words(self, text: str) -> None:
        if self.wanted:
            self.length += len(text)
            _refuse_long(self.length)
            self.pieces.append(text)


def _joined(pieces: list[str]) -> str:
    # ECMA-376 (ST_Xstring): so an underscore is written where it could begin `_xHHHH_`.
    return "".join(pieces).replace("_x005F_", "_")


def _refuse_long(characters: int) -> None:
    if characters > MOST_CHARACTERS:
        raise NoTable(f"the table has more than {MOST_CHARACTERS:,} characters", _COPY)


class _Formats(PartReader):
    """Which formats of cells show a number as a date."""

    most = 200_000

    def __init__(self) -> None:
        self.dates: dict[str, bool] = {}
        self.codes: dict[str, str] = {}
        self.of_cells: list[str] = []
        self.inside = False

    def begin(self, name: str, given: Attributes) -> None:
        if name == "numFmt" and len(given.get("formatCode", "")) <= _LONGEST_FORMAT:
            self.codes[given["numFmtId"]] = given.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.of_cells.append(given.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        self.inside = self.inside and name != "cellXfs"

    def is_date(self, style: str) -> bool:
        """Say whether a cell of this style shows a date."""
        if style not in self.dates:
            self.dates[style] = self.looked_up(style)
        return self.dates[style]

    def looked_up(self, style: str) -> bool:
        from openpyxl.styles.numbers import builtin_format_code, is_date_format

        if not style.isdecimal() or int(style) >= len(self.of_cells):
            return False
        id = self.of_cells[int(style)]
        code = self.codes.get(id) or (builtin_format_code(int(id)) if id.isdecimal() else None)
        return is_date_format(code)


# --- the sheet ------------------------------------------------------------------------------------


class _Sheet(PartReader):
    """The rows of a sheet that hold something, and the row and the cell that are open."""

    # All 5,000 rows and 64 columns, each cell with its value, and some more.
    most = 700_000

    def __init__(self, shared: list[str], formats: _Formats, begins: str) -> None:
        self.rows: list[Row] = []
        self.shared = shared
        self.formats = formats
        self.begins = begins
        self.formulas: dict[str, str] = {}
        self.length = 0
        self.number = self.column = self.width = 0
        self.cells: dict[int, str] = {}
        self.kind = self.style = ""
        self.parts: dict[str, list[str]] = {}
        self.open: list[str] | None = None
        self.silent = 0

    def begin(self, name: str, given: Attributes) -> None:
        if name == "c":
            at = _COLUMN.fullmatch(given["r"]) if "r" in given else None
            self.column = _number_of(at[1]) if at else self.column + 1
            self.width = max(self.width, self.column)
            self.kind, self.style = given.get("t", "n"), given.get("s", "")
            self.parts.clear()
        elif name == "row":
            self.row(given.get("r", ""))
        else:
            self.inside(name, given)

    def row(self, number: str) -> None:
        before = self.number
        self.number = int(number) if number else before + 1
        if self.number <= before:
            raise ValueError("rows out of order")
        self.column = self.width = 0
        self.cells.clear()

    def inside(self, name: str, given: Attributes) -> None:
        self.silent += name == "rPh"
        if name in ("v", "f", "t") and not self.silent:
            self.open = self.parts.setdefault(name, [])
            if name == "f" and given.get("t") == "shared":
                self.parts["si"] = [given.get("si", "")]

    def words(self, text: str) -> None:
        if self.open is not None:
            self.length += len(text)
            _refuse_long(self.length)
            self.open.append(text)

    def end(self, name: str) -> None:
        self.open = None
        if name == "c":
            if self.parts:
                self.take(self.said())
        elif name == "row" and any(text.strip() for text in self.cells.values()):
            columns = range(1, min(self.width, MOST_COLUMNS) + 1)
            self.rows.append(Row(self.number, tuple(self.cells.get(at, "") for at in columns)))
        self.silent -= name == "rPh"

    def take(self, text: str) -> None:
        """Keep what a cell says, and refuse it where no table of comments has one."""
        if not text:
            return
        if self.number > MOST_ROWS:
            raise NoTable(f"the table has more than {MOST_ROWS:,} rows", _COPY, self.number)
        if self.column > MOST_COLUMNS:
            raise NoTable(f"this row has more than {MOST_COLUMNS} cells", _COPY, self.number)
        self.cells[self.column] = text
        self.length += len(text)
        _refuse_long(self.length)

    def said(self) -> str:
        """Return what a cell holds as text: numbers and dates as one writes them."""
        if "f" in self.parts:
            return self.formula()
        value = self.part("v")
        match self.kind:
            case "s":
                return self.shared[int(value)] if value else ""
            case "inlineStr":
                return self.part("t")
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value, value)
            case "n" if value:
                return self.number_as_text(value)
        return value.removesuffix("T00:00:00") if self.kind == "d" else value

    def part(self, name: str) -> str:
        return _joined(self.parts.get(name, []))

    def formula(self) -> str:
        """Return the text of a formula. One that was filled down is told as in its first cell."""
        text = self.part("f")
        if "si" in self.parts:
            text = self.formulas.setdefault(self.part("si"), text)
        return f"={text}"

    def number_as_text(self, value: str) -> str:
        if self.style and self.formats.is_date(self.style):
            return _date(float(value), self.begins) or value
        if value.isdecimal():
            return str(int(value))
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _date(days: float, begins: str) -> str:
    """Return the day or the moment that so many days are; nothing where there is none."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        at = from_excel(days, CALENDAR_MAC_1904 if begins else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return ""
    if not isinstance(at, datetime.datetime):
        return str(at)
    whole_day = at.time() == datetime.time()
    return at.date().isoformat() if whole_day else at.isoformat(" ", "seconds")
