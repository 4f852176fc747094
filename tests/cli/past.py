"""A small coalition with a past: who committed what, on which day."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from .conftest import D1, Run, change

ANA, BEA, CAI = "Ana Example", "Bea Example", "Cai Example"


def git(
    folder: Path, *words: str | bytes, author: str | bytes = ANA, day: str = "2026-01-01"
) -> str:
    """Run git as an invented person, at noon of a day in UTC, or at a given moment."""
    moment = day if "T" in day else f"{day}T12:00:00Z"
    person = {
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "The Coordinator",
        "GIT_COMMITTER_EMAIL": "c@example.org",
        "GIT_AUTHOR_DATE": "2020-02-02T12:00:00Z",
        "GIT_COMMITTER_DATE": moment,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    environment: dict[bytes, bytes] = {
        os.fsencode(name): os.fsencode(value) for name, value in (os.environ | person).items()
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode(errors="replace").strip()


def commit(
    folder: Path,
    message: str | bytes = "A state",
    author: str | bytes = ANA,
    day: str = "2026-01-01",
) -> str:
    """Commit all that is there, and return the full id."""
    git(folder, "add", "-A", author=author, day=day)
    git(folder, "commit", "-q", "--allow-empty", "-m", message, author=author, day=day)
    return git(folder, "rev-parse", "HEAD")


def edit(
    folder: Path,
    old: str,
    new: str,
    *,
    path: str = D1,
    message: str = "A state",
    author: str | bytes = ANA,
    day: str = "2026-01-01",
) -> str:
    """Replace words of a file and commit."""
    change(folder, path, old, new)
    return commit(folder, message, author, day)


def begin(coalition: Path) -> str:
    """Put the coalition into a repository, and return its first commit."""
    git(coalition, "init", "-q", "-b", "main")
    return commit(coalition, "Begin", ANA, "2026-01-01")


def asked(govkit: Run, folder: Path, *words: str, note: bool = False) -> dict[str, Any]:
    """Return the JSON answer to a command; without `note` nothing may stand on stderr."""
    done = govkit(folder, *words, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert note or done.stderr == b""
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["version"] == 1
    return found


def changes(govkit: Run, folder: Path, *words: str, id: str = "EXA-DUE-01") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(govkit, folder, "history", id, *words)["changes"]
    return found


def classes(listed: list[dict[str, Any]]) -> list[Any]:
    return [each["class"] for each in listed]
