"""What `check` sees, `release plan` sees: no file hides from the one and stops the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.cli.main import _run

from .conftest import CHARTER, D1, commit, git

HIDDEN = ("governance/.x.yaml", "provisions/due-process/.EXA-DUE-01-notice.yaml")


@pytest.fixture
def committed(coalition: Path) -> Path:
    git(coalition, "init", "-q", "-b", "main")
    commit(coalition)
    return coalition


def said(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = _run(["-C", str(folder), *words])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.mark.parametrize("path", HIDDEN)
def test_a_hidden_file_is_named_and_stops_nothing(
    path: str, committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = said(committed, capsys, "release", "plan", "provisions")
    (committed / path).write_text("not: [yaml")
    for _ in ("beside what is committed", "committed"):
        code, words = said(committed, capsys, "check", "--today", "2026-03-01")
        assert (code, words.count(f"{path}:1:1\n")) == (0, 1)
        assert "this file is hidden, and nothing reads it" in words
        assert said(committed, capsys, "release", "plan", "provisions") == plan
        commit(committed)


@pytest.mark.parametrize("name", [".gitkeep", ".gitignore"])
def test_what_git_needs_may_be_hidden(
    name: str, committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (committed / "registers/terms" / name).touch()
    assert "nothing found" in said(committed, capsys, "check", "--today", "2026-03-01")[1]


def test_a_coalition_without_its_charter_is_not_well(
    coalition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (coalition / CHARTER).unlink()
    for folder in (coalition, coalition / "provisions"):
        code, words = said(folder, capsys, "check")
        assert (code, words.count("error: ")) == (1, 1)
        assert "error: the charter is not there  [no-charter]" in words


def test_a_coalition_inside_another_that_lost_its_charter_is_not_taken_for_the_other(
    coalition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = coalition / "examples/inner"
    inner.parent.mkdir()
    (tmp_path / "copy").mkdir()
    for part in ("governance", "provisions", "registers"):
        (coalition / part).rename(tmp_path / "copy" / part)
    (tmp_path / "copy").rename(inner)
    (coalition / "governance").mkdir()
    (coalition / CHARTER).write_bytes((inner / CHARTER).read_bytes())
    (inner / CHARTER).unlink()
    assert "[no-charter]" in said(inner, capsys, "check")[1]


@pytest.mark.parametrize("path", [CHARTER, D1, "registers/terms/fee.yaml"])
def test_a_folder_that_is_named_like_a_record_is_an_error(
    path: str, coalition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (coalition / path).unlink(missing_ok=True)
    (coalition / path).mkdir()
    code, words = said(coalition, capsys, "check", "--today", "2026-03-01")
    assert (code, words.count("error: ")) == (1, 1)
    assert f"{path}:1:1\n" in words
    assert "a folder that is named like a record" in words
