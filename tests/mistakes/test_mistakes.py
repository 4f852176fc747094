"""A beginner's mistakes, cured by doing: `mistakes.yaml` says what is done and what is told.

Each mistake is made in a small coalition that is committed. `govkit check --since HEAD` gives one
remark, on the line where a person has to look; the cure is what its help says, taken literally; and
then nothing is left to remark, and the record says what its author meant.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from govkit.cli.main import _run
from govkit.records.kinds import kind_of_path
from govkit.source.reading import read_record
from tests.rules.conftest import BASE, git

HERE = Path(__file__).resolve().parent
FILE = "provisions/due-process/EXA-DUE-03-internal-complaint.yaml"
_COMMIT = re.compile(r"checkout [0-9a-f]{12}")
CASES: list[dict[str, Any]] = [
    case
    for path in sorted(HERE.glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coalition in which all mistakes are made, as it was before."""
    root = tmp_path_factory.mktemp("mistakes") / "coalition"
    shutil.copytree(BASE, root)
    shutil.copytree(HERE / "coalition", root, dirs_exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "before")
    return root


@pytest.fixture
def root(committed: Path) -> Iterator[Path]:
    yield from as_before(committed)


def as_before(committed: Path) -> Iterator[Path]:
    """Yield the coalition, and put everything back when the test is over."""
    kept = {path: path.read_bytes() for path in committed.rglob("*.yaml")}
    yield committed
    for path in committed.rglob("*"):
        if path.is_file() and path not in kept and ".git" not in path.parts:
            path.unlink()
    for path, data in kept.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def do(root: Path, file: str, steps: list[Any]) -> None:
    """Do what a person does: edit ([old, new]), or rename, copy, delete, write, run."""
    for step in steps:
        if isinstance(step, list):
            old, new = step
            edit(root / file, old, new)
            continue
        [(act, what)] = step.items()
        if act in ("rename", "copy"):
            source, goal = (root / path for path in what)
            goal.parent.mkdir(parents=True, exist_ok=True)
            (shutil.move if act == "rename" else shutil.copyfile)(source, goal)
        elif act == "delete":
            (root / what).unlink()
        elif act == "write":
            (root / what[0]).write_text(what[1], encoding="utf-8")
        elif act == "append":
            with (root / file).open("a", encoding="utf-8") as opened:
                opened.write(what)
        elif act == "encode":
            text = (root / file).read_text(encoding=what[0])
            (root / file).write_text(text, encoding=what[1])
        elif act == "indent":
            lines = (root / file).read_text(encoding="utf-8").splitlines(keepends=True)
            (root / file).write_text("".join(what + line for line in lines), encoding="utf-8")
        elif act == "restore":
            git(root, "checkout", "-q", "HEAD", "--", what)
        else:
            assert (act, what) == ("run", "fmt"), step
            assert _run(["-C", str(root), "fmt"]) == 0


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_bytes(text.replace(old, new).encode())


def remarks(root: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    words = ["check", "--since", "HEAD", "--today", "2026-03-01", "--format", "json"]
    _run(["-C", str(root), *words])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    # Whether the new words change a duty is asked of every draft that was edited, in order or not.
    return [each for each in found if each["rule"] != "evidence-unanswered"]


def record_of(path: str, data: bytes) -> Any:
    record, faults = read_record(path, kind_of_path(path) or "", data)
    assert record is not None, faults
    return record


def meant_by(root: Path, file: str, steps: list[Any]) -> Any:
    """The record as its author meant it: as it was, but for the changes that were wanted."""
    kept = (root / file).read_bytes()
    do(root, file, steps)
    record = record_of(file, (root / file).read_bytes())
    (root / file).write_bytes(kept)
    return record


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_has_one_remark_and_what_it_says_cures_it(
    case: dict[str, Any],
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "100")
    hold_cure(case, case.get("file", FILE), root, capsys)


def hold_cure(
    case: dict[str, Any], file: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Make the mistake, hold the remark to the table, and do what it says."""
    meant = meant_by(root, file, case.get("meant") or [])
    do(root, file, case["wrong"])
    found = remarks(root, capsys)
    told = [
        (each["rule"], each["path"], each["line"], _COMMIT.sub("checkout COMMIT", each["help"]))
        for each in found
    ]
    assert told == [(case["rule"], case.get("where", file), case["line"], case["help"])]
    do(root, file, case["cure"])
    assert remarks(root, capsys) == []
    assert record_of(file, (root / file).read_bytes()) == meant


def test_the_table_is_large_and_each_case_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 280
    assert len(set(names)) == len(names)


def test_a_misnamed_folder_with_many_files_is_one_remark(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.move(root / "provisions/due-process", root / "provision/due-process")
    found = remarks(root, capsys)
    shutil.rmtree(root / "provision")
    assert [(each["rule"], each["path"].split("/")[0]) for each in found] == [
        ("misplaced-file", "provision")
    ]
