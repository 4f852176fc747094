"""The page about releases is true: its commands are run, in order, on a small coalition."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import started
from tests.release import scene

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/releases.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- who (\S+) (\S+) -->|```sh\n(.*?)```", re.DOTALL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return scene.founded(tmp_path)


def run(root: Path, line: str, who: str, now: str) -> str:
    """Run a line as a coordinator whose key lies in the home folder."""
    home = root.parent / f"home-of-{who}"
    if not home.exists():
        (home / ".ssh").mkdir(parents=True)
        for ending in ("", ".pub"):
            shutil.copy(f"{scene.key_of(root, who)}{ending}", home / f".ssh/id_ed25519{ending}")
    words = shlex.split(line.replace("~", str(home)))
    assert words[0] == ".venv/bin/govkit", line
    timed = [] if "list" in words or "build" in words else ["--now", now]
    done = started(
        [sys.executable, "-m", "govkit", *words[1:], *timed],
        cwd=root,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env=os.environ | scene.ALONE | {"HOME": str(home), "GOVKIT_MEMBER": who},
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_a_coordinator_can_follow_it_from_the_plan_to_the_published_release(root: Path) -> None:
    who = now = ""
    said: dict[str, str] = {}
    for person, moment, block in STEP.findall(PAGE):
        who, now = (person, moment) if person else (who, now)
        for line in block.splitlines():
            said[line] = run(root, line, who, now)
    assert len(said) == 11
    published = said[".venv/bin/govkit release list"]
    assert "provisions/1.0.0  valid" in published
    assert (root / "dist/all/1.0.0/SHA256SUMS").is_file()
    assert scene.git(root, "status", "--porcelain") == ""


def test_what_it_says_govkit_says_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "govkit").rglob("*.py"))
    folded = re.sub(r'"\s*f?"', "", code)
    for words in (
        "what is in the folder is not what is committed",
        "is cut already",
        "is cut short",
        "git does not know your name",
        "a PDF needs libraries",
        "coordinators signed",
        "does not count",
    ):
        assert words in folded, words
        assert words.removeprefix("coordinators ") in PAGE.replace("have signed", "signed")
