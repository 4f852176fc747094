"""The hooks that others take from here with pre-commit, run as it runs them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import D1, USER, Run, change, git

ROOT = Path(__file__).resolve().parents[2]
HOOKS = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def words(id: str, changed: list[str]) -> list[str]:
    """Return what pre-commit starts for changed files: the entry, with the names that it wants."""
    hook: dict[str, Any] = HOOKS[id]
    assert hook["language"] == "python"
    wanted = [
        path
        for path in changed
        if re.search(hook.get("files", ""), path) and not re.search(hook.get("exclude", "^$"), path)
    ]
    entry = shlex.split(hook["entry"])
    assert entry[0] == "govkit"
    assert wanted or hook.get("always_run")
    return [*entry[1:], *(wanted if hook.get("pass_filenames", True) else [])]


def test_check_says_what_the_change_can_have_caused(repository: Path, govkit: Run) -> None:
    assert govkit(repository, *words("govkit-check", [])).returncode == 0
    git(repository, "rm", "-q", USER)  # pre-commit names no file that is gone
    done = govkit(repository, *words("govkit-check", []))
    assert done.returncode == 1
    assert b"user" in done.stdout


def test_fmt_gets_only_what_it_can_take(repository: Path, govkit: Run) -> None:
    change(repository, D1, "rationale: |\n", "rationale:   |\n")
    (repository / "registers/papers").mkdir()
    others = ["registers/papers/1.yaml", "README.md", "governance/proposals/1/1/texts/A.yaml"]
    done = govkit(repository, *words("govkit-fmt", [D1, *others]), cwd=repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(D1.encode())
    assert "rationale: |\n" in (repository / D1).read_text()


@pytest.mark.parametrize("path", ["registers/.x.yaml", "registers/papers/a.yaml", "x/a.yaml"])
def test_what_is_no_record_is_not_handed_to_fmt(path: str) -> None:
    with pytest.raises(AssertionError):
        words("govkit-fmt", [path])
