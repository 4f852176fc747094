"""Which record a person means, in each command that takes one: id, clause, title or path."""

import json
from pathlib import Path

import pytest

from .conftest import D1, USER, Run, change, commit, git

ITEMS = """\
text: |
      The platform must give:

      (a) the reasons;
      (b) the way to complain.
"""


@pytest.fixture
def texts(repository: Path) -> Path:
    """Two commits: first as it was, then clause (b) of EXA-DUE-01 with a list."""
    change(
        repository,
        D1,
        "text: The platform must give the reasons for the restriction with the notice.\n",
        ITEMS,
    )
    commit(repository)
    return repository


WAYS = [
    "EXA-DUE-01",
    "exa-due-01",
    "provision:EXA-DUE-01",
    D1,
    "Notice before a restriction",
    "notice BEFORE a  restriction",
    "notice before",
]


@pytest.mark.parametrize("typed", WAYS)
@pytest.mark.parametrize("command", ["show", "history", "blame", "impact"])
def test_each_command_takes_an_id_a_title_and_a_path(
    texts: Path, govkit: Run, command: str, typed: str
) -> None:
    done = govkit(texts, command, typed, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "EXA-DUE-01"


@pytest.mark.parametrize("typed", WAYS)
def test_diff_takes_an_id_a_title_and_a_path(texts: Path, govkit: Run, typed: str) -> None:
    done = govkit(texts, "diff", "start", typed, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert [change["id"] for change in json.loads(done.stdout)["changes"]] == ["EXA-DUE-01"]


def test_a_path_is_seen_from_where_one_stands(texts: Path, govkit: Run) -> None:
    for command in ("show", "history", "blame", "impact"):
        for folder, typed in (
            (texts / "provisions/privacy", f"../../{D1}"),
            (texts / "registers", "terms/user.yaml"),
            (texts, str(texts / USER)),
        ):
            done = govkit(folder, command, typed, "--format", "json")
            assert json.loads(done.stdout)["path"] in (D1, USER)
    done = govkit(texts / "provisions", "diff", "start", "due-process/EXA-DUE-01-notice.yaml")
    assert b"1 change" in done.stdout
    (texts / "dist").mkdir()
    done = govkit(
        texts / "provisions",
        "render",
        "due-process/EXA-DUE-01-notice.yaml",
        "--format",
        "md",
        "-o",
        str(texts / "dist"),
    )
    assert [path.name for path in (texts / "dist").iterdir()] == ["EXA-DUE-01.md"]


def test_a_clause_or_an_item_alone_is_shown(texts: Path, govkit: Run) -> None:
    clause = govkit(texts, "show", "EXA-DUE-01(b)").stdout.decode()
    assert clause.startswith("EXA-DUE-01(b)  Notice before a restriction\n")
    assert "at least" not in clause
    assert "(a) the reasons;" in clause
    item = govkit(texts, "show", "notice before a restriction (b)(b)").stdout.decode()
    assert "the way to complain." in item
    assert "the reasons" not in item
    answer = json.loads(govkit(texts, "show", "EXA-DUE-01(b)(a)", "--format", "json").stdout)
    assert answer["part"] == ["b", "a"]


def test_the_past_of_a_clause_is_what_changed_it(texts: Path, govkit: Run) -> None:
    def known(clause: str) -> list[str]:
        answer = json.loads(govkit(texts, "history", clause, "--format", "json").stdout)
        return [change["what"] for change in answer["changes"]]

    assert known("EXA-DUE-01") == known("EXA-DUE-01(b)") == ["changed", "new"]
    assert known("EXA-DUE-01(a)") == ["new"]
    blamed = json.loads(govkit(texts, "blame", "EXA-DUE-01(b)", "--format", "json").stdout)
    assert [(part["part"], part["id"]) for part in blamed["parts"]] == [("clause", "b")]
    assert b"EXA-DUE-01(b)" in govkit(texts, "blame", "EXA-DUE-01(b)").stdout


def test_a_change_of_one_clause_is_compared_alone(texts: Path, govkit: Run) -> None:
    same = govkit(texts, "diff", "start", "EXA-DUE-01(a)").stdout.decode()
    assert same == "No text differs.\n"
    assert "(b)" in govkit(texts, "diff", "start", "EXA-DUE-01(b)").stdout.decode()


def test_what_rests_on_a_clause_names_that_clause(texts: Path, govkit: Run) -> None:
    def resting(typed: str) -> set[str]:
        answer = json.loads(govkit(texts, "impact", typed, "--format", "json").stdout)
        return {each["id"] for each in answer["rests_on_it"]}

    assert resting("EXA-DUE-02(a)") == {"EXA-DUE-01"}
    assert resting("EXA-DUE-02(b)") == set()
    assert resting("EXA-DUE-02") > {"EXA-DUE-01"}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("EXA-DUE-1", "Did you mean `EXA-DUE-01`?"),
        ("Notise before a restrictoin", "Did you mean `EXA-DUE-01`, Notice before a restriction?"),
        ("EXA-DUE-01(z)", "(a), (b)"),
        ("xy", "`govkit list` shows all records."),
        ("registers/terms/nobody.yaml", "there is no record"),
        ("", "there is no record"),
    ],
)
@pytest.mark.parametrize("command", ["show", "history", "blame", "impact"])
def test_what_is_not_there_is_answered_with_the_nearest(
    texts: Path, govkit: Run, command: str, typed: str, answer: str
) -> None:
    done = govkit(texts, command, typed)
    assert done.returncode == 2
    assert answer in done.stderr.decode()


def test_a_title_that_fits_several_is_answered_with_the_candidates(
    texts: Path, govkit: Run
) -> None:
    for command in (("show",), ("history",), ("impact",), ("diff", "start")):
        said = govkit(texts, *command, "example").stderr.decode()
        assert "`example` stands in the titles of" in said
        assert "example-act (" in said


def test_a_record_that_was_removed_keeps_its_past(texts: Path, govkit: Run) -> None:
    (texts / USER).unlink()
    git(texts, "commit", "-qam", "Remove it")
    answer = json.loads(govkit(texts, "history", USER, "--format", "json").stdout)
    assert (answer["id"], answer["changes"][0]["what"]) == ("user", "removed")


def test_a_folder_is_called_one_and_what_is_in_it_is_named(texts: Path, govkit: Run) -> None:
    for command in ("show", "impact", "history", "blame", "render"):
        done = govkit(texts, command, "provisions/due-process", cwd=texts)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"provisions/due-process is a folder, and one record is asked for" in done.stderr
        assert b"EXA-DUE-01-notice.yaml, EXA-DUE-02-complaint.yaml" in done.stderr


@pytest.mark.parametrize("command", ["show", "history", "blame", "impact"])
def test_a_clause_may_follow_a_path_wherever_one_stands(
    texts: Path, govkit: Run, command: str
) -> None:
    for typed in (f"{D1}(b)", f"{D1} (b)"):
        here = govkit(texts, command, typed, "--format", "json")
        below = govkit(texts / "provisions", command, typed.partition("/")[2], "--format", "json")
        assert here.returncode == 0, here.stderr
        assert (below.stdout, below.returncode) == (here.stdout, 0), below.stderr
        assert govkit(texts, command, typed.replace("(b)", "(zz)")).returncode == 2


def test_a_record_of_the_process_is_named_by_a_title_only_where_nothing_else_is(
    founded: Path, govkit: Run
) -> None:
    """The proposal is called `Notice`; in the titles of three records there is the same word."""
    several = govkit(founded, "show", "notic").stderr.decode()
    assert "stands in the titles of 3 records" in several
    assert "2026-001" not in several
    shown = json.loads(govkit(founded, "show", "Notice", "--format", "json").stdout)
    assert shown["id"] == "2026-001"
