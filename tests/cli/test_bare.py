"""A repository without files: every command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, git


@pytest.mark.parametrize("words", [("check",), ("show", "EXA-PRV-01"), ("history", "EXA-PRV-01")])
def test_a_bare_repository_is_told_from_no_folder_of_a_coalition(
    repository: Path, govkit: Run, words: tuple[str, ...]
) -> None:
    git(repository, "clone", "-q", "--bare", ".", "../bare")
    done = govkit(repository.parent / "bare", *words)
    assert done.returncode == 2
    assert b"is a git repository without files" in done.stderr
    assert b"git clone" in done.stderr
