"""`govkit check PATH...`: what concerns these files, and how much was left out."""

import json
from pathlib import Path

import pytest

from .conftest import D1, D2, DAY, SOURCE, USER, Run, change, report, rules, spoil


@pytest.fixture
def faulty(coalition: Path) -> Path:
    """Errors in a provision, in a term and in a source."""
    for path in (D1, USER, SOURCE):
        spoil(coalition, path)
    return coalition


PLACES = [
    ((D1,), "", {D1}),
    (("provisions",), "", {D1}),
    (("registers/terms/", D1), "", {D1, USER}),
    ((".",), "", {D1, USER, SOURCE}),
    (("EXA-DUE-01-notice.yaml",), "provisions/due-process", {D1}),
    (("..",), "provisions/due-process", {D1}),
    (("../../registers/terms/user.yaml",), "provisions/due-process", {USER}),
    ((D2,), "", set()),
]


@pytest.mark.parametrize(("paths", "below", "expected"), PLACES, ids=map(str, range(len(PLACES))))
def test_files_and_folders_are_named_from_where_one_stands(
    faulty: Path, govkit: Run, paths: tuple[str, ...], below: str, expected: set[str]
) -> None:
    done = govkit(faulty / below, "check", "--format", "json", *DAY, *paths)
    assert {path for path, _ in rules(done)} == expected
    assert done.returncode == (1 if expected else 0)
    assert report(done)["left_out"] == {"findings": 3 - len(expected), "errors": 3 - len(expected)}


def test_an_absolute_path_may_be_named(faulty: Path, govkit: Run) -> None:
    done = govkit(faulty, "check", "--format", "json", *DAY, str(faulty / D1))
    assert rules(done) == [(D1, "unknown-key")]


def test_text_says_how_much_was_left_out(faulty: Path, govkit: Run) -> None:
    said = govkit(faulty, "check", *DAY, D2).stdout.decode().splitlines()
    assert said == [
        "3 findings elsewhere left out, 3 errors among them; `govkit check` shows all.",
        "All is well here: 19 records checked, nothing found.",
    ]


def test_what_is_said_elsewhere_about_a_record_concerns_its_file(
    coalition: Path, govkit: Run
) -> None:
    """Two files give one id: the remark stands at one of them, and concerns both."""
    twin = D1.replace("notice", "twin")
    (coalition / twin).write_bytes((coalition / D1).read_bytes())
    found = [
        rules(govkit(coalition, "check", "--format", "json", *DAY, path)) for path in (D1, twin)
    ]
    assert found[0] == found[1]
    assert "duplicate-id" in {rule for _, rule in found[0]}


def test_paths_and_since_go_together(repository: Path, govkit: Run) -> None:
    spoil(repository, D1)
    spoil(repository, USER)
    done = govkit(repository, "check", "--since", "start", "--format", "json", *DAY, D1, SOURCE)
    assert rules(done) == [(D1, "unknown-key")]
    assert report(done)["left_out"]["errors"] == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere.yaml", "nowhere.yaml is not there"),
        ("../", "is outside the governed folder"),
        ("notes.txt", "notes.txt is no record, and holds none"),
        ("empty", "empty is no record, and holds none"),
        ("x" * 300, "is not there"),
    ],
)
def test_what_is_no_text_is_wrong_use(coalition: Path, govkit: Run, path: str, words: str) -> None:
    (coalition / "notes.txt").write_text("notes")
    (coalition / "empty").mkdir()
    (coalition / "registers/terms/.hidden.yaml").write_text("term: x\n")
    done = govkit(coalition, "check", path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


def test_a_file_that_is_no_record_may_be_asked_about(coalition: Path, govkit: Run) -> None:
    (coalition / "provisions/due-process/EXA-DUE-03.docx").write_bytes(b"PK")
    done = govkit(coalition, "check", "--format", "json", *DAY, "provisions/due-process")
    assert "EXA-DUE-03.docx" in json.dumps(report(done)["findings"])


def test_without_paths_nothing_is_said_of_what_was_left_out(coalition: Path, govkit: Run) -> None:
    assert "left_out" not in report(govkit(coalition, "check", "--format", "json", *DAY))


def test_the_code_host_is_told_too(faulty: Path, govkit: Run) -> None:
    change(faulty, D2, "id: EXA-DUE-02", "id: EXA-DUE-02")
    said = govkit(faulty, "check", "--format", "github", *DAY, D1).stdout.decode()
    assert "2 findings elsewhere left out" in said
    assert said.count("::error") == 1
