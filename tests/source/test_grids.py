"""Tables in files: what is read, what is refused, and that nothing in a cell is worked out."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.source.csv_grid import read_csv, write_csv
from govkit.source.grids import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_ROWS,
    MOST_UNPACKED,
    NoTable,
    quoted,
    unquoted,
)
from govkit.source.xlsx_grid import read_xlsx, write_xlsx

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n"),
    max_size=12,
) | st.sampled_from(["=1+1", "'=x", "''@", "-5", "+49", "@a", "'", "5.10", "TRUE", "a;b,c\td"])
CELL = WORDS.map(lambda text: text.strip())
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=4)


def rows_of(rows: object) -> list[list[str]]:
    return [list(row.cells[:3]) for row in rows]  # type: ignore[attr-defined]


@given(CELL)
def test_a_quoted_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert not quoted(cell).startswith(("=", "+", "-", "@"))
    assert unquoted(quoted(cell)) == cell


@given(TABLE)
def test_a_comma_separated_table_comes_back_as_it_was(table: list[list[str]]) -> None:
    assert rows_of(read_csv(write_csv([["a", "b", "c"], *table]))) == [["a", "b", "c"], *table]


@given(TABLE)
def test_a_spreadsheet_comes_back_as_it_was(table: list[list[str]]) -> None:
    assert rows_of(read_xlsx(write_xlsx("T", table, [9] * 3))) == table


def test_a_spreadsheet_has_the_same_bytes_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_xlsx("T", [["a", "=1+1"]], [9, 9])
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2
    assert write_xlsx("T", [["a", "=1+1"]], [9, 9]) == first


def test_text_that_looks_like_a_formula_is_text_in_the_spreadsheet() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_xlsx("T", [["=1+1"], ["plain"]], [9])))
    cell, plain = book["T"]["A1"], book["T"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)
    assert plain.quotePrefix is False


def test_a_formula_is_the_text_that_was_typed() -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.formula import ArrayFormula

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "=1+1"
    sheet["B1"] = ArrayFormula("B1", "=SUM(A1:A2)")
    sheet["C1"] = 5.0
    data = io.BytesIO()
    book.save(data)
    assert rows_of(read_xlsx(data.getvalue())) == [["=1+1", "=SUM(A1:A2)", "5"]]


@pytest.mark.parametrize(
    "data",
    [b"a;b\r\n1;2\r\n", b"a\tb\n1\t2", b"\xef\xbb\xbfa,b\r\n1,2\r\n",
     "a,b\n1,2\n".encode("utf-16"), b'"a","b"\n"1","2"'],
    ids=["semicolons", "tabs", "a mark", "UTF-16", "quotes"],
)  # fmt: skip
def test_what_spreadsheet_programs_write(data: bytes) -> None:
    assert [row.cells for row in read_csv(data)] == [("a", "b"), ("1", "2")]


def test_empty_rows_are_left_out_and_numbers_stay() -> None:
    assert [row.number for row in read_csv(b"a,b\n,\n\n1,2\n")] == [1, 4]


@pytest.mark.parametrize(
    ("data", "message", "row"),
    [
        (b"a,b\n\xff\xfe\n", "the file is not UTF-8 text", 2),
        (b"a,b\n1,\0\n", "the file is no text", 0),
        (b'a,b\n1,"x\n', "a quotation mark is opened here", 2),
        (b"a,b\n1," + b"x" * (LONGEST_CELL + 5) + b"\n", "a cell has more than", 2),
        (b"a,b\n" + b"," * 100 + b"\n", "this row has 101 cells", 2),
        (b"a,b\n" * (MOST_ROWS + 1), "more than 5,000 rows", MOST_ROWS + 1),
        (b"x" * (MOST_BYTES + 1), "more than 5,000,000 bytes", 0),
    ],
    ids=["no UTF-8", "no text", "an open quote", "a long cell", "a wide row", "long", "large"],
)
def test_a_comma_separated_file_that_is_refused(data: bytes, message: str, row: int) -> None:
    with pytest.raises(NoTable) as refused:
        read_csv(data)
    assert message in refused.value.message
    assert refused.value.row == row
    assert refused.value.help


# --- hostile spreadsheets -----------------------------------------------------------------------


def repacked(change: dict[str, bytes | None], data: bytes | None = None) -> bytes:
    """A good spreadsheet with some parts replaced, added or taken out."""
    good = data or write_xlsx("T", [["a", "b"]], [9, 9])
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in archive.namelist():
            part = change.pop(name, archive.read(name))
            if part is not None:
                result.writestr(name, part)
        for name, more in change.items():
            result.writestr(name, more or b"")
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
BILLION = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + TAIL


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no XLSX spreadsheet"),
        (b"No,Comment\n", "no XLSX spreadsheet"),
        (b"PK\x03\x04 and then nothing", "no XLSX spreadsheet"),
        (repacked({"xl/workbook.xml": None}), "no XLSX spreadsheet"),
        (repacked({SHEET: None}), "can't be read"),
        (repacked({SHEET: b"<worksheet"}), "can't be read"),
        (repacked({SHEET: BILLION}), "declares entities of its own"),
        (repacked({SHEET: BILLION.decode().encode("utf-16")}), "declares entities of its own"),
        (repacked({"xl/media/x.bin": b"\0" * (MOST_UNPACKED + 1)}), "more than 40,000,000 bytes"),
        (repacked({f"xl/x{at}.xml": b"" for at in range(501)}), "500 parts"),
        (repacked({SHEET: HEAD + b'<row r="900000"><c r="A900000"><v>1</v></c></row>' + TAIL}),
         "more than 5,000 rows"),
        (repacked({SHEET: HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
                   + b"x" * 30_000 + b"</t></is></c></row>" + TAIL}), "cell of 30,000 characters"),
        (write_xlsx("T", [["a", "b"]], [9, 9])[:-40], "no XLSX spreadsheet"),
    ],
    ids=["empty", "a CSV", "cut short", "no workbook", "no sheet", "broken XML", "entities",
         "entities in UTF-16", "a bomb", "many parts", "a row far down", "a long cell", "cut"],
)  # fmt: skip
def test_a_spreadsheet_that_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(NoTable) as refused:
        read_xlsx(data)
    assert message in refused.value.message
    assert refused.value.help


def test_a_sheet_that_lies_about_its_size_is_read_to_its_last_row() -> None:
    lying = HEAD.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    data = repacked({SHEET: lying + b'<row r="2"><c r="B2"><v>7</v></c></row>' + TAIL})
    [row] = read_xlsx(data)
    assert (row.number, row.cells[:2]) == (2, ("", "7"))


@given(st.binary(min_size=1, max_size=60), st.integers(min_value=0, max_value=4000))
def test_a_spreadsheet_with_any_bytes_changed_is_read_or_refused(noise: bytes, at: int) -> None:
    good = write_xlsx("T", [["a", "b"]], [9, 9])
    with suppress(NoTable):  # and no other error
        read_xlsx(good[:at] + noise + good[at + len(noise) :])
