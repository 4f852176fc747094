"""A clone whose files git laid out with the line ends of Windows (`core.autocrlf`)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.release import scene
from tests.release.conftest import Ask
from tests.release.scene import A, B, commit, git, key_of

NOW = ("--now", "2026-06-20T12:00:00Z")
TEXT = "provisions/due-process/EXA-DUE-01-notice.yaml"


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clone of a coalition that can release, beside its keys."""
    root = scene.founded(tmp_path_factory.mktemp("a"))
    (root / TEXT).write_text(
        (root / TEXT).read_text().replace("status: adopted", "status: adopted  # the second")
    )
    commit(root)
    clone = root.parent / "windows"
    git(root.parent, "clone", "-q", "-c", "core.autocrlf=true", str(root), str(clone))
    for name, value in (
        ("user.name", "E. Example"),
        ("user.email", "e@example.org"),
        ("govkit.member", A),
    ):
        git(clone, "config", name, value)
    assert b"\r\n" in (clone / TEXT).read_bytes()
    return clone


def carriage_returns(root: Path) -> str:
    """The files of HEAD that git would store with the line ends of Windows."""
    return subprocess.run(
        ["git", "grep", "-l", "-I", "\r", "HEAD"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_line_ends_of_windows_are_no_change(windows: Path, ask: Ask) -> None:
    one = ask(windows, "check", "--since", "HEAD~1", "--format", "json").data
    whole = ask(windows, "check", "--format", "json").data
    assert one["findings"] == [each for each in whole["findings"] if each["path"] == TEXT]
    assert ask(windows, "diff", "HEAD").out == ask(windows, "diff", "HEAD", "HEAD").out
    assert "not committed" not in ask(windows, "history", "EXA-DUE-01").out
    assert ask(windows, "show", "EXA-DUE-01").code == 0


def test_a_release_is_made_with_the_line_ends_of_windows(windows: Path, ask: Ask) -> None:
    text = windows / TEXT
    kept = text.read_bytes()
    text.write_bytes(kept.replace(b"# the second", b"# the third"))
    told = ask(windows, "release", "cut", "provisions", "--formats", "md", *NOW)
    assert (told.code, f"not what is committed: {TEXT}\n" in told.err) == (2, True)
    text.write_bytes(kept)
    told = ask(windows, "release", "cut", "provisions", "--formats", "md", *NOW)
    assert told.code == 0, told
    for member in (A, B):
        key = str(key_of(windows, member))
        told = ask(
            windows, "release", "sign", "provisions/1.0.0", "--by", member, "--key", key, *NOW
        )
        assert told.code == 0, told
    # As git lays them out anew after a change of branch.
    for path in (windows / "releases").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    told = ask(
        windows, "release", "publish", "provisions/1.0.0", "--key", str(key_of(windows, A)), *NOW
    )
    assert told.code == 0, told
    assert carriage_returns(windows) == ""
    assert ask(windows, "release", "verify", "provisions/1.0.0").code == 0
