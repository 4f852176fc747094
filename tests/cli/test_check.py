"""`govkit check`, through the real command: its JSON contract, how it ends, where it works."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import (
    CHARTER,
    D1,
    D2,
    DAY,
    GOVKIT,
    RECORDS,
    SOURCE,
    USER,
    V1,
    Run,
    change,
    git,
    report,
    rules,
    spoil,
)

# --- the JSON contract --------------------------------------------------------------------------


def test_json_of_a_coalition_without_a_fault(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "check", "--format", "json")
    assert done.returncode == 0
    assert report(done) == {
        "version": 1,
        "tool": report(done)["tool"],
        "summary": {"records": RECORDS, "errors": 0, "warnings": 0, "advice": 0},
        "findings": [],
    }
    assert re.fullmatch(r"govkit \d+\.\d+\.\d+\S*", report(done)["tool"])


def test_json_of_an_error_a_warning_and_advice(coalition: Path, govkit: Run) -> None:
    """The whole object, to the letter, at exit 1."""
    spoil(coalition)
    change(coalition, D2, "for a complaint.", "for a complaint under EXA-DUE-01.")
    change(coalition, D1, "rationale: |\n", "rationale: |\n  TBD\n")
    change(coalition, D1, "rights: [due-process]", "rights: [due-proces]")
    done = govkit(coalition, "check", "--format", "json", *DAY)
    assert done.returncode == 1
    found = report(done)
    assert found["summary"] == {"records": RECORDS, "errors": 2, "warnings": 1, "advice": 1}
    assert found["findings"] == [
        {
            "rule": "not-in-charter",
            "level": "error",
            "stops": "merge",
            "path": D1,
            "line": 5,
            "column": 10,
            "id": "EXA-DUE-01",
            "message": "`due-proces` is not in the charter's list `rights`",
            "expected": "due-process",
            "found": "due-proces",
            "help": "Did you mean `due-process`? The charter has: due-process, privacy.",
            "enforces": "charter: rights",
        },
        {
            "rule": "placeholder",
            "level": "advice",
            "stops": None,
            "path": D1,
            "line": 44,
            "column": 3,
            "id": "EXA-DUE-01",
            "message": "`TBD` still has to be written",
            "expected": "",
            "found": "TBD",
            "help": "Write the words, or take the place out.",
            "enforces": None,
        },
        {
            "rule": "plain-mention",
            "level": "warning",
            "stops": "release",
            "path": D2,
            "line": 19,
            "column": 65,
            "id": "EXA-DUE-02",
            "message": "EXA-DUE-01 is named here without a link",
            "expected": "",
            "found": "EXA-DUE-01",
            "help": "Write [words](ref:EXA-DUE-01).",
            "enforces": None,
        },
        {
            "rule": "unknown-key",
            "level": "error",
            "stops": "merge",
            "path": USER,
            "line": 6,
            "column": 1,
            "id": "user",
            "message": "unknown key `colour`",
            "expected": "",
            "found": "colour",
            "help": found["findings"][3]["help"],
            "enforces": None,
        },
    ]
    assert found["findings"][3]["help"].startswith("Keys that fit here: ")


def test_json_keeps_its_keys_in_their_order(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    found = report(govkit(coalition, "check", "--format", "json"))
    assert list(found) == ["version", "tool", "summary", "findings"]
    assert list(found["summary"]) == ["records", "errors", "warnings", "advice"]
    assert list(found["findings"][0]) == [
        "rule",
        "level",
        "stops",
        "path",
        "line",
        "column",
        "id",
        "message",
        "expected",
        "found",
        "help",
        "enforces",
    ]


def test_a_whole_file_is_meant_by_line_1_column_1(coalition: Path, govkit: Run) -> None:
    (coalition / "registers/terms/fee.yml").touch()
    [finding] = report(govkit(coalition, "check", "--format", "json"))["findings"]
    assert (finding["line"], finding["column"], finding["id"]) == (1, 1, "")


def test_columns_count_characters_and_not_bytes(coalition: Path, govkit: Run) -> None:
    change(coalition, USER, "A person", "Une élève née en été TBD")
    [finding] = report(govkit(coalition, "check", "--format", "json"))["findings"]
    line = (coalition / USER).read_text(encoding="utf-8").splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith("TBD")


def test_the_answer_is_the_same_byte_by_byte_on_every_run(coalition: Path) -> None:
    for path in (D1, D2, USER, SOURCE):
        spoil(coalition, path)
    checks = "; ".join(
        f"_run(['-C', {str(coalition)!r}, 'check', '--format', {format_!r}, *{DAY}])"
        for format_ in ("json", "text", "github", "sarif", "junit")
    )
    first, *others = [
        subprocess.run(
            [sys.executable, "-c", f"from govkit.cli.main import _run; {checks}"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert first.count(b"unknown-key") >= 12
    assert others == [first, first]


def test_no_cache_is_accepted_and_gives_the_same(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    without = govkit(coalition, "check", "--no-cache", "--format", "json")
    assert without.stdout == govkit(coalition, "check", "--format", "json").stdout


# --- how it ends --------------------------------------------------------------------------------


def test_warnings_and_advice_end_with_0(coalition: Path, govkit: Run) -> None:
    change(coalition, D2, "for a complaint.", "for a complaint under EXA-DUE-01.")
    done = govkit(coalition, "check")
    assert done.returncode == 0
    assert done.stdout.endswith(
        f"1 warning in 1 file; the first: {D2}:19:65 plain-mention\n".encode()
    )


def test_an_error_ends_with_1(coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    done = govkit(coalition, "check")
    assert done.returncode == 1
    assert done.stdout.endswith(f"1 error in 1 file; the first: {USER}:6:1 unknown-key\n".encode())
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("check", "--today", "yesterday"), "yesterday is no day"),
        (("check", "--today", "2026-02-30"), "2026-02-30 is no day"),
        (("check", "--sinse", "main"), "--sinse"),
        (("check", "provision"), "provision is not there"),
        (("chekc",), "Did you mean `check`?"),
    ],
)
def test_wrong_use_ends_with_2(
    words: tuple[str, ...], said: str, coalition: Path, govkit: Run
) -> None:
    done = govkit(coalition, *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_outside_a_governed_folder_it_ends_with_2_and_a_way_out(
    tmp_path: Path, govkit: Run
) -> None:
    done = govkit(tmp_path, "check")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "govkit init" in done.stderr.decode()


def test_a_folder_that_is_not_there_ends_with_2(tmp_path: Path, govkit: Run) -> None:
    done = govkit(tmp_path / "nowhere", "check")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "is no folder" in done.stderr.decode()


def test_without_git_it_ends_with_3(coalition: Path, tmp_path: Path, govkit: Run) -> None:
    git(coalition, "init", "-q")  # outside a repository no git is needed
    done = govkit(coalition, "check", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (3, b"")
    assert "git is not installed" in done.stderr.decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_ends_with_3(coalition: Path, govkit: Run) -> None:
    (coalition / USER).chmod(0)
    done = govkit(coalition, "check")
    assert (done.returncode, done.stdout) == (3, b"")
    assert USER in done.stderr.decode()


def test_an_interrupt_ends_with_130(coalition: Path, tmp_path: Path) -> None:
    """Git is replaced by a program that waits, so that there is something to interrupt."""
    git(coalition, "init", "-q")  # outside a repository no git is started
    started = tmp_path / "started"
    waiting = tmp_path / "bin/git"
    waiting.parent.mkdir()
    waiting.write_text(f"#!/bin/sh\n: > '{started}'\nexec sleep 30\n")
    waiting.chmod(0o755)
    environment = os.environ | {"PATH": f"{waiting.parent}:{os.environ['PATH']}"}
    # A shell starts what runs in the background deaf to it, and so would the child be.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [str(GOVKIT), "-C", str(coalition), "check"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 20
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to git as well
        stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout) == (130, b"")
    assert b"Traceback" not in stderr


def test_a_reader_who_leaves_early_is_no_error(coalition: Path) -> None:
    for number in range(300):
        (coalition / f"registers/terms/wrong-{number}.yml").touch()
    piped = subprocess.run(
        f"'{GOVKIT}' -C '{coalition}' check | head -1", shell=True, capture_output=True, check=True
    )
    assert piped.stderr == b""


# --- where it works -----------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["", "provisions", "provisions/due-process", "registers/terms"])
def test_works_from_any_sub_folder(inside: str, coalition: Path, govkit: Run) -> None:
    spoil(coalition)
    done = govkit(None, "check", "--format", "json", cwd=coalition / inside)
    assert rules(done) == [(USER, "unknown-key")]
    assert done.stdout == govkit(coalition / inside, "check", "--format", "json").stdout


def test_works_without_a_repository(coalition: Path, govkit: Run) -> None:
    assert not (coalition / ".git").exists()
    assert govkit(coalition, "check").stdout == b"All is well: 19 records checked, nothing found.\n"


def test_works_in_a_repository_without_a_commit(coalition: Path, govkit: Run) -> None:
    git(coalition, "init", "-q")
    assert govkit(coalition, "check").returncode == 0


def test_works_in_a_sub_folder_of_a_repository(
    tmp_path: Path, coalition: Path, govkit: Run
) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("ignored.yaml\n")
    (coalition / "registers/terms/ignored.yaml").write_text("broken: [\n")
    spoil(coalition)
    assert rules(govkit(coalition, "check", "--format", "json")) == [
        ("registers/terms/ignored.yaml", "unexpected-file"),
        (USER, "unknown-key"),
    ]


def test_what_git_ignores_is_not_read_unless_it_is_tracked(repository: Path, govkit: Run) -> None:
    (repository / ".gitignore").write_text("user.yaml\nbroken.yaml\n")
    (repository / "registers/terms/broken.yaml").write_text("broken: [\n")
    spoil(repository, USER)
    assert rules(govkit(repository, "check", "--format", "json")) == [
        ("registers/terms/broken.yaml", "unexpected-file"),
        (USER, "unknown-key"),
    ]


def test_another_coalition_below_is_not_entered(coalition: Path, govkit: Run) -> None:
    inner = coalition / "registers/sources/agora"
    (inner / "governance").mkdir(parents=True)
    (inner / CHARTER).write_text("nothing: [\n")
    assert govkit(coalition, "check").returncode == 0


def test_a_broken_charter_does_not_hide_what_is_wrong_elsewhere(
    coalition: Path, govkit: Run
) -> None:
    spoil(coalition, CHARTER)
    spoil(coalition, USER)
    change(coalition, SOURCE, "kind: binding", "kind: law")
    change(coalition, D1, "{notice_days}", "{notise_days}")
    change(coalition, V1, "cases: [example-act]", "cases: [exmple-act]")
    assert rules(govkit(coalition, "check", "--format", "json")) == [
        (CHARTER, "unknown-key"),
        (D1, "undeclared-parameter"),
        (V1, "unknown-reference"),
        (SOURCE, "unknown-word"),
        (USER, "unknown-key"),
    ]


def test_a_link_in_the_place_of_the_charter_is_not_followed(
    coalition: Path, tmp_path: Path, govkit: Run
) -> None:
    (coalition / CHARTER).rename(tmp_path / "elsewhere.yaml")
    (coalition / CHARTER).symlink_to(tmp_path / "elsewhere.yaml")
    assert rules(govkit(coalition, "check", "--format", "json")) == [(CHARTER, "not-a-file")]


# --- the day ------------------------------------------------------------------------------------


def suppress(folder: Path, rule: str, until: str = "2026-06-30") -> None:
    with (folder / USER).open("a", encoding="utf-8") as file:
        file.write(
            f"suppress:\n  - rule: {rule}\n    reason: It is being discussed.\n"
            f"    by: example-society\n    until: {until}\n"
        )


@pytest.mark.parametrize(
    ("today", "found"), [("2026-06-30", []), ("2026-07-01", [(USER, "suppression-expired")])]
)
def test_the_day_decides_whether_a_suppression_still_runs(
    today: str, found: list[tuple[str, str]], coalition: Path, govkit: Run
) -> None:
    """When it has run out the finding stays silent, and a final release waits."""
    change(coalition, USER, "A person", "A \u201cnatural\u201d person")
    suppress(coalition, "typographic-quotes")
    done = govkit(coalition, "check", "--format", "json", "--today", today)
    assert (done.returncode, rules(done)) == (0, found)


def test_without_today_the_day_is_the_one_of_the_clock(coalition: Path, govkit: Run) -> None:
    change(coalition, USER, "A person", "A \u201cnatural\u201d person")
    suppress(coalition, "typographic-quotes", until="2999-12-31")
    assert rules(govkit(coalition, "check", "--format", "json")) == []
    change(coalition, USER, "2999-12-31", "2000-12-31")
    done = govkit(coalition, "check", "--format", "json")
    assert rules(done) == [(USER, "suppression-expired")]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("typographic-quotes", "suppression-unused"),
        ("typografic-quotes", "suppression-unknown"),
        ("unknown-reference", "suppression-unknown"),
    ],
)
def test_a_suppression_that_silences_nothing_is_named(
    rule: str, found: str, coalition: Path, govkit: Run
) -> None:
    suppress(coalition, rule)
    assert rules(govkit(coalition, "check", "--format", "json", *DAY)) == [(USER, found)]


def test_a_rule_that_guards_the_form_is_not_silenced(coalition: Path, govkit: Run) -> None:
    change(coalition, USER, "(term:platform)", "(term:platfrom)")
    suppress(coalition, "unknown-reference")
    done = govkit(coalition, "check", "--format", "json", *DAY)
    assert (done.returncode, rules(done)) == (
        1,
        [(USER, "unknown-reference"), (USER, "suppression-unknown")],
    )


def test_no_option_silences_a_rule(coalition: Path, govkit: Run) -> None:
    said = govkit(coalition, "check", "--help").stdout.decode()
    assert set(re.findall(r"--[a-z-]+", said)) == {
        "--all",
        "--format",
        "--since",
        "--today",
        "--no-cache",
        "--help",
    }
