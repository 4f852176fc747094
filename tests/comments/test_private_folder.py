"""The private folder: beside the texts, or in them where git ignores it; held to the records."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import commit, git
from tests.comments.conftest import Run, comment, ok

MAIL = ("add", "--name", "A. Example", "--channel", "personal-mail", "--text", "Too short.")
IN_TIME = ("--received", "2026-04-02T09:15Z")


@pytest.fixture
def inside(texts: Path) -> Path:
    """A private folder in the governed one, and none beside it."""
    shutil.rmtree(texts.parent / "texts-private")
    (texts / "private").mkdir(mode=0o700)
    return texts / "private"


def ignore(texts: Path) -> None:
    (texts / ".gitignore").write_text("/private/\n", encoding="utf-8")


def private_line(run: Run) -> dict[str, object]:
    done = run("--format", "json", of="audit", by=None)
    [found] = [
        each for each in json.loads(done.stdout)["rules"] if each["rule"] == "private sources"
    ]
    return dict(found)


def test_what_git_ignores_is_kept_in_the_folder_and_never_committed(
    texts: Path, run: Run, inside: Path
) -> None:
    ignore(texts)
    ok(run(*MAIL, *IN_TIME))
    kept = [each.name for each in sorted(inside.rglob("*")) if each.is_file()]
    assert kept == ["salt", "source"]
    commit(texts)
    assert "private" not in git(texts, "ls-files")
    ok(run("publish", "1", "--as", "public", *IN_TIME))
    assert comment(texts, 1).comment == "Too short."


def test_what_git_would_commit_is_no_private_folder(texts: Path, run: Run, inside: Path) -> None:
    done = run(*MAIL, *IN_TIME)
    assert done.returncode == 2
    assert "lies inside the public folder, so it would not stay private" in done.stderr
    assert "with the line /private/ in .gitignore" in done.stderr
    assert list(inside.iterdir()) == []


def test_a_folder_that_was_committed_before_git_was_told_is_refused(
    texts: Path, run: Run, inside: Path
) -> None:
    (inside / "minutes.txt").write_text("Of the meeting.\n", encoding="utf-8")
    commit(texts)
    ignore(texts)
    assert run(*MAIL, *IN_TIME).returncode == 2


def test_a_link_in_the_place_of_the_private_folder_is_refused(
    texts: Path, run: Run, inside: Path
) -> None:
    ignore(texts)
    inside.rmdir()
    (texts / "governance/elsewhere").mkdir()
    inside.symlink_to(texts / "governance/elsewhere")
    assert run(*MAIL, *IN_TIME).returncode == 2


def test_the_audit_says_what_was_compared_and_what_was_not_here(texts: Path, run: Run) -> None:
    ok(run(*MAIL, *IN_TIME))
    line = private_line(run)
    assert line["looked_at"] == "1 salted digest: 1 compared with the private folder"
    assert line["kept"]
    [source] = (texts.parent / "texts-private").rglob("source")
    source.write_bytes(source.read_bytes().replace(b"Too short", b"Just fine"))
    line = private_line(run)
    assert line["missing"] == [
        f"what is kept as {comment(texts, 1).withheld} is not what the record was made from"
    ]
    shutil.rmtree(texts.parent / "texts-private/sources")
    line = private_line(run)
    assert line["looked_at"] == (
        "1 salted digest: 0 compared with the private folder, 1 not on this machine, so nothing is "
        "said of them"
    )
    assert line["kept"]
