"""Comma-separated files: bytes to rows, and rows to bytes.

Read is what spreadsheet programs of several countries write: commas, semicolons or tabs between the
cells, UTF-8 with or without a mark, or UTF-16 with one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from govkit.source.grids import LONGEST_CELL, MOST_COLUMNS, NoTable, Row, held, quoted, refuse_large
from govkit.source.grids import unquoted as _unquoted

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t"


def read_csv(data: bytes) -> tuple[Row, ...]:
    """Return the rows that hold something. Raises `NoTable` with the row where one is to blame."""
    refuse_large(data)
    return held(_rows(_decoded(data)))


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as UTF-8 with a mark, by which spreadsheet programs know it for UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([quoted(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise NoTable(
            "the file is not UTF-8 text", 'Save it again as "CSV UTF-8", or as XLSX.', row
        ) from None
    if "\0" in text:
        raise NoTable("the file is no text", "Save the table as CSV (UTF-8), or as XLSX.")
    return text


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    csv.field_size_limit(LONGEST_CELL + 2)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            long = "field larger" in str(error)
            raise NoTable(
                f"a cell has more than {LONGEST_CELL:,} characters"
                if long
                else "a quotation mark is opened here and not closed, or closed too early",
                "Part it into several rows."
                if long
                else 'A quotation mark inside a cell is written twice (""). '
                "It is simplest to save the table anew from the spreadsheet program.",
                number,
            ) from None
        if cells is None:
            return
        if len(cells) > MOST_COLUMNS:
            raise NoTable(
                f"this row has {len(cells)} cells, and at most {MOST_COLUMNS} are read",
                "Is this the right file?",
                number,
            )
        yield Row(number, tuple(_unquoted(cell) for cell in cells))


def _separator(text: str) -> str:
    """Return what stands most often between the cells of the first ten lines, outside quotes."""
    outside = "".join("\n".join(text.splitlines()[:10]).split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
