"""`govkit member import`: members in bulk from a table, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.source.csv_grid import write_csv
from govkit.source.xlsx_grid import write_xlsx

from .conftest import Run, report
from .register import BY_A, MEMBERS, A, log, record, state

HEADS = ("Member", "Name", "Kind", "Group", "Country", "Represents", "Lead", "Account", "First day")
ROWS = (
    ("first-voice", "A. Example", "representative", "", "", "new-library", "yes", "", ""),
    (
        "new-library",
        "New Library",
        "organisation",
        "academia",
        "IN",
        "",
        "",
        "code.example.org:lib; mail.example.org:lib",
        "2026-04-01",
    ),
    (A, "Renamed", "organisation", "academia", "", "", "", "", ""),
)


def table(folder: Path, *rows: tuple[str, ...], name: str = "members.csv") -> str:
    """Write a table of members beside the folder, and return where."""
    every, path = (HEADS, *rows), folder.parent / name
    data = write_xlsx("Members", every, [12] * len(HEADS)) if "xlsx" in name else write_csv(every)
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("name", ["members.csv", "members.xlsx"])
def test_a_table_takes_members_in_once_and_leaves_those_who_are_here(
    name: str, govkit: Run, founded: Path
) -> None:
    was, file = state(founded), table(founded, *ROWS, name=name)
    dry = govkit(founded, "member", "import", file, "--dry-run", *BY_A)
    assert dry.returncode == 0, dry.stderr
    assert "Would take in 2 members. Nothing was written." in dry.stdout.decode()
    assert state(founded) == was
    done = report(govkit(founded, "member", "import", file, *BY_A, "--format", "json"))
    assert done["members"] == {"first-voice": "2026-03-08", "new-library": "2026-04-01"}
    assert done["known"] == [A]
    library = record(founded, f"{MEMBERS}/new-library.yaml", "member")
    assert (library.name, library.country) == ("New Library", "IN")
    assert [(each.host, each.name) for each in library.accounts] == [
        ("code.example.org", "lib"),
        ("mail.example.org", "lib"),
    ]
    voice = record(founded, f"{MEMBERS}/first-voice.yaml", "member")
    assert (voice.represents, voice.lead) == ("new-library", True)
    assert record(founded, f"{MEMBERS}/{A}.yaml", "member").name != "Renamed"
    assert [(each.kind, each.by) for each in log(founded)[-2:]] == [("member", A)] * 2
    was = state(founded)
    again = govkit(founded, "member", "import", file, *BY_A)
    assert "The table brings nothing new. Nothing was written." in again.stdout.decode()
    assert state(founded) == was


def test_every_wrong_row_is_named_and_nothing_is_written(govkit: Run, founded: Path) -> None:
    good = ("good-one", "Good", "individual", "academia", "", "", "", "", "")
    wrong = {
        "can't name a member": ("../x", *good[1:]),
        "no stakeholder group `academics`": ("b", "B", "individual", "academics", *good[4:]),
        "twice stands in 2 rows": ("twice", *good[1:]),
        "country": ("c", "C", "individual", "academia", "India", *good[5:]),
        "--kind is needed": ("d", "D", "", *good[3:]),
        "lead is `maybe`": (*good[:6], "maybe", "", ""),
        "20260310 is no day": (*good[:8], "20260310"),
        "code.example.org is no account": (*good[:7], "code.example.org", ""),
        "no member": ("e", "E", "representative", "", "", "nobody-here", "", "", ""),
    }
    was = state(founded)
    file = table(founded, good, *wrong.values(), ("twice", *good[1:]))
    done = govkit(founded, "member", "import", file, *BY_A)
    assert done.returncode == 1
    said = done.stderr.decode()
    for row, words in enumerate(wrong, 3):
        line = next(each for each in said.splitlines() if f"row {row}: " in each)
        assert words in line
    assert "10 rows are wrong, so nothing was written." in said
    assert state(founded) == was


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (("Member", "Nmae"), "no column of a table of members is headed `nmae`"),
        (("Name", "Group"), "no column is headed `member`"),
        (("Member", "member"), "two columns are headed `member`"),
    ],
)
def test_the_first_row_names_the_columns(
    heads: tuple[str, ...], words: str, govkit: Run, founded: Path
) -> None:
    file = founded.parent / "members.csv"
    file.write_bytes(write_csv([heads, ("a", "b")]))
    done = govkit(founded, "member", "import", str(file), *BY_A)
    assert done.returncode == 2
    assert words in done.stderr.decode()
