"""`govkit coverage`: which texts cover what, and what none covers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from govkit.records.enumerations import COVERAGE_TABLES

from .conftest import D1, D2, Run, change, spoil

LOOSE = "EXA-PRV-01 is grounded in no principle."
PRINCIPLE = "provisions/principles/EXP-01-fair-hearing.yaml"


def table(folder: Path, govkit: Run, name: str) -> dict[str, list[list[str]]]:
    said = govkit(folder, "coverage", name, "--format", "json")
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)["tables"][name]  # type: ignore[no-any-return]


def test_a_principle_has_the_texts_that_are_grounded_in_it(coalition: Path, govkit: Run) -> None:
    found = table(coalition, govkit, "principles")
    assert found["rows"] == [["EXP-01", "Fair hearing", "EXA-DUE-01, EXA-DUE-02", "EXR-01"]]
    assert found["gaps"] == [LOOSE]


def test_a_withdrawn_text_covers_nothing(coalition: Path, govkit: Run) -> None:
    for file in (D1, D2):
        change(coalition, file, "status: draft", "status: withdrawn")
    found = table(coalition, govkit, "principles")
    assert found["rows"] == [["EXP-01", "Fair hearing", "", "EXR-01"]]
    assert found["gaps"] == ["No provision is grounded in EXP-01.", LOOSE]
    assert table(coalition, govkit, "rights")["gaps"]


def test_a_pointer_joins_no_texts(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "as: grounded-in", "as: see-also")
    found = table(coalition, govkit, "principles")
    assert found["rows"][0][2] == "EXA-DUE-02"
    assert found["gaps"] == ["EXA-DUE-01 is grounded in no principle.", LOOSE]


def test_every_listing_says_which_texts_it_knows_nothing_about(
    repository: Path, govkit: Run
) -> None:
    spoil(repository, D2)
    said = f"note: 1 file can't be read, so what is in there is left out here: {D2}."
    for words in (
        ("coverage",),
        ("coverage", "principles", "--format", "csv"),
        ("list", "provision", "--right", "due-process"),
        ("where",),
        ("today",),
        ("calendar",),
        ("status",),
        ("impact", "EXP-01"),
    ):
        done = govkit(repository, *words)
        assert said in " ".join(done.stderr.decode().split()), words
    found = json.loads(govkit(repository, "coverage", "--format", "json").stdout)
    assert found["unread"] == [D2]
    for format_ in ("text", "md", "html"):
        whole = govkit(repository, "diff", "--whole", "start", "--format", format_).stdout.decode()
        assert "Not compared" in whole
        assert D2 in whole


def test_passages_stand_by_law_and_by_text(coalition: Path, govkit: Run) -> None:
    law, grounds = (table(coalition, govkit, name) for name in ("law", "grounds"))
    turned = sorted([text, source, passage, as_] for source, passage, text, as_ in law["rows"])
    assert sorted(grounds["rows"]) == turned
    assert turned


def test_an_issue_has_its_answers_and_its_responses(coalition: Path, govkit: Run) -> None:
    (row,) = table(coalition, govkit, "issues")["rows"]
    assert row == ["silent-removal", "Removal without notice", "EXA-DUE-01", "", "", "1"]


def test_counts_of_a_right_follow_whom_the_clauses_are_for(coalition: Path, govkit: Run) -> None:
    found = table(coalition, govkit, "rights")
    assert found["head"][:2] == ["RIGHT", "USERS"]
    assert all(cell.isdigit() for row in found["rows"] for cell in row[2:])


@pytest.mark.parametrize("name", COVERAGE_TABLES)
def test_every_row_has_a_cell_for_each_column(coalition: Path, govkit: Run, name: str) -> None:
    found = table(coalition, govkit, name)
    assert {len(row) for row in found["rows"]} <= {len(found["head"])}


def test_a_level_is_shown_with_the_option_that_it_takes(coalition: Path, govkit: Run) -> None:
    level = "{id: core, title: Core, items: [EXA-DUE-01], options: {EXA-DUE-01: exit}}"
    change(coalition, "provisions/instrument.yaml", "parts:\n", f"levels: [{level}]\nparts:\n")
    found = table(coalition, govkit, "levels")
    assert found["head"] == ["TEXT", "TITLE", "core"]
    assert {row[0]: row[2] for row in found["rows"]} == {
        "EXA-DUE-01": "exit",
        "EXA-DUE-02": "",
        "EXA-PRV-01": "",
    }
    assert found["gaps"] == ["No level has EXA-DUE-02.", "No level has EXA-PRV-01."]


def test_without_a_table_the_gaps_of_all_are_shown(coalition: Path, govkit: Run) -> None:
    said = govkit(coalition, "coverage").stdout.decode()
    heads = [line.split(":")[0] for line in said.splitlines() if not line.startswith((" ", "`"))]
    assert tuple(heads) == COVERAGE_TABLES
    assert "\n  No provision is joined to EXR-01.\n" in said


def test_a_file_of_a_spreadsheet_program(coalition: Path, govkit: Run, tmp_path: Path) -> None:
    change(coalition, PRINCIPLE, "title: Fair hearing", "title: =1+1")
    file = tmp_path / "all.csv"
    assert govkit(coalition, "coverage", "principles", "-o", str(file)).returncode == 0
    head, row = csv.reader(io.StringIO(file.read_text("utf-8-sig")))
    assert head == ["PRINCIPLE", "TITLE", "PROVISIONS", "RECOMMENDATIONS"]
    assert row[1] == "'=1+1"


def test_a_table_that_is_not_there_is_named_with_those_that_are(
    coalition: Path, govkit: Run
) -> None:
    said = govkit(coalition, "coverage", "laws")
    assert said.returncode == 2
    assert "principles" in said.stderr.decode()
