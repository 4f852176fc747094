"""Tables in files: what is read, what is refused, and that nothing in a cell is worked out."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consultation.comment_table import read_table
from govkit.source.csv_grid import read_csv, write_csv
from govkit.source.grids import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_ROWS,
    MOST_UNPACKED,
    NoTable,
    Row,
    quoted,
    unquoted,
)
from govkit.source.xlsx_grid import read_xlsx, write_xlsx

DAMAGED = "can't be read: it is damaged"

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
    [
        b"a;b\r\n1;2\r\n",
        b"a\tb\n1\t2",
        b"\xef\xbb\xbfa,b\r\n1,2\r\n",
        "a,b\n1,2\n".encode("utf-16"),
        b'"a","b"\n"1","2"',
    ],
    ids=["semicolons", "tabs", "a mark", "UTF-16", "quotes"],
)
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


def test_a_row_of_long_cells_is_no_row_of_headings() -> None:
    """A pattern that looks for digits at the end would go over each of them 20,000 times."""
    rows = [Row(at, ("1" * 19_000 + "x", "(" * 19_000, " (" * 9_000) * 21) for at in range(1, 20)]
    with pytest.raises(NoTable, match="no row of headings"):
        read_table(rows)


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
        (repacked({SHEET: None}), DAMAGED),
        (repacked({SHEET: b"<worksheet"}), DAMAGED),
        (repacked({SHEET: BILLION}), "declares entities of its own"),
        (repacked({SHEET: BILLION.decode().encode("utf-16")}), "declares entities of its own"),
        (repacked({"xl/media/x.bin": b"\0" * (MOST_UNPACKED + 1)}), "more than 40,000,000 bytes"),
        (repacked({f"xl/x{at}.xml": b"" for at in range(501)}), "500 parts"),
        (
            repacked({SHEET: HEAD + b'<row r="900000"><c r="A900000"><v>1</v></c></row>' + TAIL}),
            "more than 5,000 rows",
        ),
        (
            repacked(
                {
                    SHEET: HEAD
                    + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
                    + b"x" * 30_000
                    + b"</t></is></c></row>"
                    + TAIL
                }
            ),
            "cell of 30,000 characters",
        ),
        (write_xlsx("T", [["a", "b"]], [9, 9])[:-40], "no XLSX spreadsheet"),
    ],
    ids=[
        "empty",
        "a CSV",
        "cut short",
        "no workbook",
        "no sheet",
        "broken XML",
        "entities",
        "entities in UTF-16",
        "a bomb",
        "many parts",
        "a row far down",
        "a long cell",
        "cut",
    ],
)
def test_a_spreadsheet_that_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(NoTable) as refused:
        read_xlsx(data)
    assert message in refused.value.message
    assert refused.value.help


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES, STRINGS, BOOK = "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
WAYS = "xl/_rels/workbook.xml.rels"


def ways(*more: tuple[str, str]) -> bytes:
    """The part that says where the parts of a workbook are; rId1 is the sheet."""
    found = (
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
        *more,
    )
    return b"".join(
        (
            b"<Relationships>",
            *(
                f'<Relationship Id="rId{at}" Type="x/{kind}" Target="{target}"/>'.encode()
                for at, (kind, target) in enumerate(found, 1)
            ),
            b"</Relationships>",
        )
    )


def sheet(*rows: bytes) -> bytes:
    return HEAD + b"".join(rows) + TAIL


def strings(items: bytes) -> dict[str, bytes | None]:
    return {WAYS: ways(), STRINGS: b"<sst " + MAIN + b">" + items + b"</sst>"}


LONG = b"a" * 20_000
MANY = "elements, as cells or formats"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({SHEET: sheet(b'<row r="1">', b"<c/>" * 701_000, b"</row>")}, MANY),
        ({SHEET: sheet(b"<row/>" * 701_000)}, MANY),
        ({SHEET: sheet(b"<a>" * 1_000)}, "nested more than 64 deep"),
        ({SHEET: sheet(b"<!--", b"a" * 1_000_000, b"-->")}, "a tag in it never ends"),
        ({SHEET: sheet(b"<", b"a" * 1_000_000, b"/>")}, "a tag in it never ends"),
        ({SHEET: sheet(b"<row>" + b"<c><v>1</v></c>" * 65 + b"</row>")}, "more than 64 cells"),
        ({SHEET: sheet(b"<row><c><v>", b"9" * 5_000, b"</v></c></row>")}, DAMAGED),
        ({SHEET: sheet(b'<row r="2"/><row r="1"/>')}, DAMAGED),
        (strings(b"<si><t>a</t></si>" * 300_000), MANY),
        (strings((b"<si><t>" + LONG + b"</t></si>") * 501), "more than 10,000,000 characters"),
        (
            {
                **strings(b"<si><t>" + LONG + b"</t></si>"),
                SHEET: sheet(*[b"<row>" + b'<c t="s"><v>0</v></c>' * 60 + b"</row>"] * 10),
            },
            "more than 10,000,000 characters",
        ),
        ({**strings(b""), STYLES: b"<x " + MAIN + b"><cellXfs>" + b"<xf/>" * 300_000}, MANY),
        ({BOOK: b"<workbook " + MAIN + b">" + b"<definedName>A1</definedName>" * 30_000}, MANY),
        ({WAYS: b"<x>" + b'<Relationship Id="a" Type="b" Target="c"/>' * 30_000}, MANY),
        (
            {
                WAYS: ways()
                .replace(b"/></R", b' TargetMode="External"/></R')
                .replace(b'"worksheets', b'"file:///etc/passwd')
            },
            DAMAGED,
        ),
        ({WAYS: b"<Relationships/>"}, "has no sheet"),
    ],
    ids=[
        "empty cells",
        "empty rows",
        "deep",
        "a comment",
        "a name",
        "wide",
        "digits",
        "backwards",
        "shared words",
        "words in all",
        "one word everywhere",
        "formats",
        "names",
        "relations",
        "a way out",
        "no relations",
    ],
)
def test_a_spreadsheet_that_would_fill_the_memory_is_refused(
    parts: dict[str, bytes | None], message: str
) -> None:
    with pytest.raises(NoTable) as refused:
        read_xlsx(repacked(dict(parts)))
    assert message in refused.value.message
    assert refused.value.help


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format, or locked"),
        (repacked({BOOK: None, "content.xml": b"<a/>", "mimetype": b"x"}), "no XLSX spreadsheet"),
    ],
    ids=["an .xls, or a password", "an .ods that was renamed"],
)
def test_another_kind_of_file_is_called_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(NoTable, match=message):
        read_xlsx(data)


def test_a_part_that_is_locked_or_packed_in_another_way_is_refused() -> None:
    good = write_xlsx("T", [["a", "b"]], [9, 9])
    for where, what in ((8, 1), (10, 14)):  # the flags of a part, and how it is packed
        other = bytearray(good)
        for found in re.finditer(b"PK\x01\x02", good):
            other[found.start() + where] = what
        with pytest.raises(NoTable, match="no XLSX spreadsheet"):
            read_xlsx(bytes(other))


def test_what_only_a_program_needs_is_not_looked_at() -> None:
    """Names, charts, macros, other sheets: whatever they hold, the words of the table are read."""
    data = repacked(
        {
            "xl/theme/theme1.xml": BILLION,
            "xl/vbaProject.bin": b"MZ",
            "docProps/core.xml": b"<",
            "xl/worksheets/sheet2.xml": sheet(b"<c/>" * 701_000),
            "xl/charts/chart1.xml": b"<",
        }
    )
    assert rows_of(read_xlsx(data)) == [["a", "b"]]


def test_every_kind_of_cell_is_read_as_one_writes_it() -> None:
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    at = datetime.datetime(2026, 3, 10, 12, 30)
    cells = [
        "words",
        " kept ",
        'a & b < c "d"',
        12,
        -3.5,
        1e21,
        True,
        False,
        at,
        at.date(),
        datetime.time(8, 15),
        "=A1",
        None,
        CellRichText("one ", TextBlock(InlineFont(b=True), "two")),
    ]
    book = Workbook()
    assert book.active is not None
    book.active.append(cells)
    written = io.BytesIO()
    book.save(written)
    [row] = read_xlsx(written.getvalue())
    assert row.cells == (
        "words",
        " kept ",
        'a & b < c "d"',
        "12",
        "-3.5",
        "1000000000000000000000",
        "TRUE",
        "FALSE",
        "2026-03-10 12:30:00",
        "2026-03-10",
        "08:15:00",
        "=A1",
        "",
        "one two",
    )


def test_words_that_cells_share_are_read_without_how_they_are_spoken() -> None:
    items = (
        b"<si><t>one</t></si><si><r><t>two </t></r><r><t>parts</t></r></si>"
        b"<si><t>\xe6\x9d\xb1</t><rPh><t>higashi</t></rPh></si>"
    )
    row = b"".join(b'<c t="s"><v>%d</v></c>' % at for at in (2, 0, 1))
    data = repacked({**strings(items), SHEET: sheet(b"<row>" + row + b"</row>")})
    assert [row.cells for row in read_xlsx(data)] == [("\u6771", "one", "two parts")]


def test_a_formula_that_was_filled_down_is_told_as_in_its_first_cell() -> None:
    cells = b'<c><f t="shared" si="0">A1+1</f></c><c><f t="shared" si="0"/><v>3</v></c>'
    [row] = read_xlsx(repacked({SHEET: sheet(b"<row>" + cells + b"</row>")}))
    assert row.cells == ("=A1+1", "=A1+1")


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
