"""`govkit check` reads everything and writes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from .conftest import D1, D2, V1, Run, commit, git, spoil


def fingerprint(folder: Path) -> dict[str, tuple[str, int, int, int]]:
    """Every file and folder, git's own included: what it holds, when it changed, its rights."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path.relative_to(folder))] = (
            hashlib.sha256(data).hexdigest(),
            about.st_mtime_ns,
            about.st_size,
            about.st_mode,
        )
    return found


@pytest.fixture
def busy(repository: Path) -> Path:
    """A repository in the middle of work: untracked, ignored, staged and modified files."""
    (repository / ".gitignore").write_text("*.tmp\nignored.yaml\n")
    commit(repository)
    git(repository, "branch", "other")
    (repository / "registers/terms/new.yaml").write_text("term: new\n")
    (repository / "registers/terms/ignored.yaml").write_text("term: ignored\n")
    (repository / "registers/terms/notes.tmp").write_text("notes\n")
    spoil(repository, D1)
    git(repository, "add", D1)
    spoil(repository, D2)
    (repository / V1).touch()  # the index holds an older time: a refresh would write it anew
    return repository


@pytest.mark.parametrize("format_", ["text", "json", "github"])
@pytest.mark.parametrize("compared", [(), ("--since", "other")])
def test_check_writes_nothing(
    format_: str, compared: tuple[str, ...], busy: Path, govkit: Run
) -> None:
    refs = git(busy, "for-each-ref")
    before = fingerprint(busy)
    done = govkit(busy, "check", "--format", format_, *compared)
    assert done.returncode == 1
    after = fingerprint(busy)
    cache = {path for path in after if path.startswith(".git/govkit")}
    assert {path: what for path, what in after.items() if path not in cache} == before
    assert git(busy, "for-each-ref") == refs
