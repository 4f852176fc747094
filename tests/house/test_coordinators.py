"""The handbook for coordinators is true: its commands are run, in order, on the example."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import started

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/handbook-coordinators.md").read_text(encoding="utf-8")
AGORA = ROOT / "examples/agora"
STEP = re.compile(r"<!-- (at|lay) (\S+) -->|```sh\n(.*?)```", re.DOTALL)


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """A copy of the example in a repository, with minutes and a list of members on the desk."""
    folder = tmp_path / "agora"
    shutil.copytree(AGORA, folder, ignore=shutil.ignore_patterns("cycle"))
    shutil.copytree(AGORA / "cycle/minutes", tmp_path / "desk/minutes")
    rows = "member,name,kind,group\nexample-union,Example Union,organisation,civil-society\n"
    (tmp_path / "desk/members.csv").write_text(rows)
    run(folder, "git init -q -b main")
    share(folder)
    return folder


def run(folder: Path, line: str, now: str = "") -> str:
    words = shlex.split(line)
    if words[0] == "govkit":
        words = [sys.executable, "-m", "govkit", *words[1:]]
        if now and not {"check", "report", "show", "table"} & set(words):
            words += ["--now", now]
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    private = {"GOVKIT_PRIVATE": str(folder.parent / "agora-private")}
    done = started(
        words,
        cwd=folder,
        env={**os.environ, **person, **private},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def share(folder: Path) -> None:
    run(folder, "git add -A")
    run(folder, "git commit -q --allow-empty -m step")


def test_a_coordinator_can_follow_it_from_the_call_to_the_applied_decision(stage: Path) -> None:
    now, commands = "", 0
    for kind, value, block in STEP.findall(PAGE):
        if kind == "lay":
            shutil.copytree(AGORA / "cycle" / value, stage, dirs_exist_ok=True)
            share(stage)
        elif kind == "at":
            now = value
        for line in block.splitlines():
            run(stage, line, now)
            commands += 1
        if "\tkey = " in (stage / ".git/config").read_text():
            run(stage, "govkit seal", now)
        share(stage)
    assert commands >= 25
    adopted = run(stage, "govkit list --status adopted")
    assert "AGP-NTC-01" in adopted
