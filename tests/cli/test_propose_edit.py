"""`govkit propose edit`: a text in the person's editor, until it is right or given up."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.terminals import open_terminal

from .conftest import D1, GOVKIT, Run, git
from .register import refused, state

RIGHT = "s/before it begins/before it starts/"
WRONG = "s/addressee: platform/addressee: plattform/"


def sed(folder: Path, *scripts: str) -> str:
    """An editor that does one of these edits each time that it is opened, then the last again."""
    editor = folder.parent / "editor"
    cases = "".join(
        f'{number}) sed -i "{script}" "$1";;\n' for number, script in enumerate(scripts[:-1])
    )
    editor.write_text(
        f'#!/bin/sh\nn=$(cat "$0.count" 2>/dev/null || echo 0)\necho $((n + 1)) > "$0.count"\n'
        f'case $n in\n{cases}*) sed -i "{scripts[-1]}" "$1";;\nesac\n'
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    return str(editor)


def test_an_edit_that_is_right_shows_what_it_changes(govkit: Run, repository: Path) -> None:
    done = govkit(repository, "propose", "edit", "EXA-DUE-01", EDITOR=sed(repository, RIGHT))
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert "[-begins-] [+starts+]" in said
    assert said.endswith("Next: govkit submit\n")
    assert git(repository, "diff", "--name-only") == D1


def test_no_repository_is_needed(govkit: Run, coalition: Path) -> None:
    done = govkit(coalition, "propose", "edit", "EXA-DUE-01", EDITOR=sed(coalition, RIGHT))
    assert done.returncode == 0, done.stderr
    assert "[+starts+]" in done.stdout.decode()
    refused(govkit(coalition, "submit"), "is in no git repository", code=3)


def test_an_edit_that_is_wrong_stays_and_says_so_where_nobody_can_be_asked(
    govkit: Run, repository: Path
) -> None:
    done = govkit(repository, "propose", "edit", D1, EDITOR=sed(repository, WRONG))
    assert done.returncode == 1
    said = done.stdout.decode()
    assert "`plattform` is not in the charter's list" in said
    assert f"The file stays as you edited it: {D1}" in said
    assert "plattform" in (repository / D1).read_text()


def at_terminal(folder: Path, keys: str, editor: str) -> tuple[int, str]:
    host, terminal = open_terminal()
    os.write(host, f"{keys}\n".encode())
    done = subprocess.run(
        [str(GOVKIT), "-C", str(folder), "propose", "edit", "EXA-DUE-01"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        timeout=60,
        check=False,
        env={**os.environ, "VISUAL": editor},
    )
    os.close(terminal)
    said = os.read(host, 100_000).decode()
    os.close(host)
    return done.returncode, said


def test_one_edits_again_until_it_is_right(repository: Path) -> None:
    mended = "s/plattform/platform/; " + RIGHT
    code, said = at_terminal(repository, "e", sed(repository, WRONG, mended))
    assert code == 0, said
    assert "1 mistake in the words." in said or "mistakes in the words." in said
    assert "[+starts+]" in said


@pytest.mark.parametrize(("key", "code"), [("k", 1), ("u", 0)])
def test_who_gives_up_keeps_the_words_or_has_both(repository: Path, key: str, code: int) -> None:
    before = (repository / D1).read_bytes()
    ended, said = at_terminal(repository, key, sed(repository, WRONG))
    assert ended == code, said
    if key == "k":
        assert "plattform" in (repository / D1).read_text()
        return
    assert (repository / D1).read_bytes() == before
    assert "Your words are kept in" in said
    (kept,) = undone(repository)
    assert "plattform" in kept.read_text()


def undone(repository: Path) -> list[Path]:
    return [*(repository / ".git/govkit").rglob("EXA-DUE-01-notice-*.yaml")]


def test_what_was_undone_before_is_never_overwritten(repository: Path) -> None:
    for wrong in (WRONG, WRONG.replace("plattform", "platfform"), WRONG):
        ended, said = at_terminal(repository, "u", sed(repository, wrong))
        assert ended == 0, said
    first, second = sorted(undone(repository), key=lambda each: "platfform" in each.read_text())
    assert "plattform" in first.read_text()
    assert "platfform" in second.read_text()


def test_what_is_odd_is_told_and_nothing_is_lost(govkit: Run, repository: Path) -> None:
    before = state(repository)

    def edit(name: str = "EXA-DUE-01", **more: str) -> subprocess.CompletedProcess[bytes]:
        return govkit(repository, "propose", "edit", name, **{"VISUAL": "", "EDITOR": "", **more})

    refused(edit(), "there is no terminal here for an editor")
    refused(edit(EDITOR="no-such-editor"), "the editor `no-such-editor` is not on this machine")
    refused(edit(EDITOR="'half"), "is not on this machine")
    refused(edit("charter", EDITOR="true"), "is none of the files that contributors edit")
    refused(edit("EXA-DUE-99", EDITOR="true"), "EXA-DUE-99")
    assert b"Nothing was changed." in edit(EDITOR="true").stdout
    failed = edit(EDITOR="false")
    assert failed.returncode == 1
    assert b"The editor reported a failure (1)" in failed.stdout
    gone = edit(EDITOR="rm")
    assert gone.returncode == 1
    assert b"is as it was before." in gone.stdout
    assert state(repository) == before
