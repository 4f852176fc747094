"""`govkit hook update` as git runs it: real pushes to a bare repository."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.seals import seal_log

from .conftest import GOVKIT, Run, commit, git
from .register import NOW, A

ENTRY = "governance/log/000002.yaml"


@pytest.fixture
def server(founded: Path, tmp_path: Path) -> Path:
    """A bare repository with the hook, to which the founded coalition was pushed."""
    bare = tmp_path / "texts.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    git(bare, "config", "receive.denyDeleteCurrent", "ignore")  # else git itself refuses it first
    hook = bare / "hooks/update"
    hook.write_text(f'#!/bin/sh\nexec {shlex.quote(str(GOVKIT))} hook update "$@"\n')
    hook.chmod(0o755)
    git(founded, "remote", "add", "server", str(bare))
    return bare


def push(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        ["git", "push", "-q", "server", *words],
        cwd=folder,
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def refused(folder: Path, *words: str) -> str:
    server_had = git(folder, "ls-remote", "server")
    code, said = push(folder, *words)
    assert code == 1, said
    assert "Traceback" not in said
    assert git(folder, "ls-remote", "server") == server_had
    return said


def test_what_is_added_is_taken_and_what_rewrites_is_refused(founded: Path, server: Path) -> None:
    git(founded, "tag", "-a", "-m", "x", "provisions/v1.0.0")
    assert push(founded, "main", "main:draft", "provisions/v1.0.0") == (0, "")
    assert push(founded, "--delete", "draft") == (0, "")
    git(founded, "tag", "-f", "-a", "-m", "y", "provisions/v1.0.0")
    git(founded, "commit", "-q", "--amend", "-m", "other words")
    said = refused(founded, "--force", "main", "provisions/v1.0.0")
    assert "refs/heads/main is added to and never rewritten" in said
    assert "refs/tags/provisions/v1.0.0 is a release, and stays" in said
    assert "holds the log, and is not deleted" in refused(founded, "--delete", "main")
    git(founded, "reset", "-q", "--hard", "server/main")
    (founded / ENTRY).unlink()
    commit(founded)
    said = refused(founded, "main")
    assert "number 2 of the log is gone" in said
    assert "push without --force" in said


def test_what_is_in_the_log_stays_however_it_is_changed(founded: Path, govkit: Run) -> None:
    seal_log(founded)
    commit(founded)
    first = git(founded, "rev-parse", "HEAD")

    def hook(old: str) -> tuple[int, str]:
        """What the hook says of a push of the folder as it is, which is then put back."""
        commit(founded)
        new = git(founded, "rev-parse", "HEAD")
        done = govkit(founded / ".git", "hook", "update", "refs/heads/main", old, new)
        git(founded, "reset", "-q", "--hard", first)
        return done.returncode, done.stderr.decode()

    log = founded / "governance/log"
    [head], last = log.glob("heads/*.yaml"), max(log.glob("*.yaml"))
    entry, words, seq = founded / ENTRY, (founded / ENTRY).read_bytes(), int(last.stem)
    moved = last.read_bytes().replace(f"seq: {seq}".encode(), b"seq: 99", 1)
    genesis = founded / "governance/genesis.yaml"
    for path, data, old, said in (
        (genesis, None, first, "the founding is what every proof begins with"),
        (entry, words.replace(b"2026-02", b"2026-01", 1), first, "number 2 of the log is another"),
        (entry, b"kind: nothing\n", first, f"{ENTRY} is no entry of the log"),
        (head, None, first, "the head of the log at number"),
        (last.with_name(f"{seq + 1:06d}.yaml"), last.read_bytes(), first, "the number of its name"),
        (last.with_name("000099.yaml"), moved, first, "number 99 does not follow on the entry"),
        (entry, None, "0" * 40, "number 3 does not follow on the entry"),
    ):
        _ = path.unlink() if data is None else path.write_bytes(data)
        code, answer = hook(old)
        assert (code, said in answer) == (1, True), answer
    # More seals and more entries are no loss.
    done = govkit(founded, "consent", A, "2026-001", "consent", "--by", A, "--now", NOW)
    assert done.returncode == 0, done.stderr
    seal_log(founded)
    assert hook(first) == (0, "")


def test_it_reads_what_differs_and_no_more(
    founded: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govkit.store import bare
    from govkit.workspace.pushes import rewritten

    read: list[str] = []
    plain = bare.bytes_of
    monkeypatch.setattr(
        bare,
        "bytes_of",
        lambda git, ids, most: read.extend(found := [*ids]) or plain(git, found, most),
    )
    old = git(founded, "rev-parse", "HEAD")
    (founded / "README.md").write_text("x")
    commit(founded)
    new = git(founded, "rev-parse", "HEAD")
    assert list(rewritten(founded / ".git", "refs/heads/main", old, new)) == []
    assert read == []
    assert list(rewritten(founded / ".git", "refs/heads/main", "0" * 40, new)) == []
    assert len(read) >= len([*(founded / "governance/log").glob("*.yaml")])


@pytest.mark.parametrize(
    ("where", "words", "said"),
    [
        ("server", ("refs/heads/main", "HEAD", "HEAD"), "no full id"),
        ("server", ("refs/heads/main", "--all", "0" * 40), "no such option"),
        ("founded", ("refs/heads/main", "0" * 40, "1" * 40), "is no git folder"),
        ("server", ("refs/heads/main", "0" * 40, "1" * 40), ""),
    ],
)
def test_what_is_no_push_is_no_traceback(
    founded: Path, server: Path, govkit: Run, where: str, words: tuple[str, ...], said: str
) -> None:
    done = govkit({"server": server, "founded": founded}[where], "hook", "update", *words)
    assert done.returncode in (2, 3)
    assert said in done.stderr.decode().lower()
    assert b"Traceback" not in done.stderr
