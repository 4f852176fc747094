"""The texts go out as a table, and it comes back as edits: `govkit list -o`, `govkit suggest`."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from govkit.source.csv_grid import read_csv
from govkit.source.xlsx_grid import read_xlsx

from .conftest import Run, git
from .register import refused
from .test_suggest import asked

WORDS, REMARK, MARK = 4, 5, 6
Edit = Callable[[Any, int], None]


@pytest.fixture
def table(govkit: Run, repository: Path) -> Path:
    file = repository.parent / "texts.xlsx"
    done = govkit(repository, "list", "provision", "-o", str(file))
    assert done.returncode == 0, done.stderr.decode()
    return file


def edited(table: Path, tag: str, edit: Edit) -> Path:
    """Return the table after an edit at the row of a field."""
    book = load_workbook(table)
    sheet: Any = book.active
    marks = {
        str(sheet.cell(row, MARK).value).split()[1]: row for row in range(2, sheet.max_row + 1)
    }
    edit(sheet, marks[tag])
    book.save(table)
    return table


def put(column: int, words: str | None) -> Edit:
    return lambda sheet, row: setattr(sheet.cell(row, column), "value", words)


def new_below(sheet: Any, row: int) -> None:
    sheet.insert_rows(row + 1)
    sheet.cell(row + 1, WORDS).value = "The platform must say within 9 days what it did."


def backwards(sheet: Any, row: int) -> None:
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    for at, line in enumerate(reversed(rows), 2):
        for column, value in enumerate(line, 1):
            sheet.cell(at, column).value = value


def gone(sheet: Any, row: int) -> None:
    sheet.delete_rows(row)


def doubled(sheet: Any, row: int) -> None:
    cells = [sheet.cell(row, column).value for column in range(1, 7)]
    sheet.append(cells)


CASES: dict[str, tuple[str, Edit, list[tuple[str, str]], str]] = {
    "nothing": ("EXA-DUE-01.a", lambda sheet, row: None, [], ""),
    "words": ("EXA-DUE-01#title", put(WORDS, "Another\ntitle"), [("reworded", "title")], ""),
    "emptied": ("EXA-DUE-01.a", put(WORDS, None), [("taken-out", "(a)")], ""),
    "a formula": ("EXA-DUE-01#title", put(WORDS, "=1+1"), [("reworded", "title")], ""),
    "a new row": ("EXA-DUE-01.a", new_below, [("added", "(")], ""),
    "sorted": ("EXA-DUE-01.a", backwards, [], "its rows were sorted"),
    "deleted": ("EXA-DUE-01.a", gone, [], "no row for EXA-DUE-01(a)"),
    "force": ("EXA-DUE-01.a", put(3, "declares"), [], "the force of EXA-DUE-01.a was written over"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_done_in_a_table_becomes_that_edit(
    govkit: Run, repository: Path, table: Path, name: str
) -> None:
    tag, edit, edits, note = CASES[name]
    found = asked(govkit, repository, edited(table, tag, edit), "--dry-run")["suggestion"]
    made = [(each["what"], each["place"]) for each in found["edits"]]
    assert [what for what, _ in made] == [what for what, _ in edits]
    assert all(place.startswith(said) for (_, place), (_, said) in zip(made, edits, strict=True))
    assert found["held_against"] == git(repository, "rev-parse", "HEAD")
    assert (found["not_placed"], found["comments"]) == ([], [])
    assert note in " ".join(found["notes"])
    assert bool(found["notes"]) == bool(note)


def test_a_remark_is_a_comment_on_its_clause(govkit: Run, repository: Path, table: Path) -> None:
    file = edited(table, "EXA-DUE-01.a", put(REMARK, "Who decides?"))
    (comment,) = asked(govkit, repository, file, "--dry-run")["suggestion"]["comments"]
    assert (comment["id"], comment["clause"]) == ("EXA-DUE-01", "a")
    assert comment["comment"] == "Who decides?"


def test_what_no_text_could_hold_is_listed_and_kept(
    govkit: Run, repository: Path, table: Path
) -> None:
    def many(sheet: Any, row: int) -> None:
        for number in range(60):
            sheet.append(["", "", "", f"The platform must take step {number}."])

    file = edited(table, "EXA-DUE-01.a", many)
    found = asked(govkit, repository, file, "--dry-run")["suggestion"]
    assert [each["what"] for each in found["edits"]] == ["added"] * 50
    left = [f"The platform must take step {number}." for number in reversed(range(10))]
    assert [each["words"] for each in found["not_placed"]] == left
    assert {each["why"] for each in found["not_placed"]} == {
        "more than 50 new clauses came for one text"
    }


@pytest.mark.parametrize(
    ("edit", "said"),
    [(doubled, "it has the mark of row"), (put(MARK, "EXA"), "its mark is damaged")],
    ids=["a row twice", "a damaged mark"],
)
def test_a_table_that_binds_no_row_is_refused(
    govkit: Run, repository: Path, table: Path, edit: Edit, said: str
) -> None:
    file = edited(table, "EXA-DUE-01.a", edit)
    refused(govkit(repository, "suggest", str(file)), said)
    assert git(repository, "status", "--porcelain") == ""


def test_both_formats_hold_the_same_and_come_back_the_same(
    govkit: Run, repository: Path, table: Path
) -> None:
    written = govkit(repository, "list", "provision", "--format", "csv").stdout
    again = govkit(repository, "list", "provision", "-o", str(table.with_name("2.xlsx")))
    assert again.returncode == 0
    assert table.with_name("2.xlsx").read_bytes() == table.read_bytes()
    assert read_csv(written) == read_xlsx(table.read_bytes())
    file = table.with_name("texts.csv")
    file.write_bytes(written.replace(b"The platform", b"Each platform", 1))
    found = asked(govkit, repository, file, "--dry-run")["suggestion"]
    assert [each["what"] for each in found["edits"]] == ["reworded"]


def test_a_register_is_written_as_a_spreadsheet(govkit: Run, repository: Path) -> None:
    file = repository.parent / "members.xlsx"
    done = govkit(repository, "members", "list", "-o", str(file))
    assert done.returncode == 0, done.stderr.decode()
    sheet: Any = load_workbook(io.BytesIO(file.read_bytes())).active
    named = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
    assert named[:2] == ["ID", "TITLE"]
