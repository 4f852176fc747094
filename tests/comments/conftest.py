"""The real command on a real repository with an open proposal; each test has its own copy."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.main import _run
from govkit.corpus.commitments import disclosed, named_author
from govkit.corpus.record_digests import digest_for
from govkit.records.comments import Author, Comment
from govkit.records.log import LogEntry
from govkit.workspace import open_workspace
from tests.comments.proposal_folder import FOLDER, coalition_with_proposal
from tests.shared import made_once

Run = Callable[..., subprocess.CompletedProcess[str]]
COORDINATOR = "other-society"


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = made_once(
        tmp_path_factory, "comments", lambda folder: coalition_with_proposal(folder / "texts")
    )
    return made / "texts"


@pytest.fixture
def texts(_made: Path, tmp_path: Path) -> Path:
    """A coalition with an open proposal, in a repository of its own."""
    shutil.copytree(_made, tmp_path / "texts", symlinks=True)
    (tmp_path / "texts-private").mkdir(mode=0o700)
    return tmp_path / "texts"


@pytest.fixture
def run(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `govkit comment WORDS`, or the command `of`, as a coordinator, in a folder of others.

    It is the real command with its real exit codes, called in this process, since a test needs
    several.
    """
    (tmp_path / "desk").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    for name in ("GOVKIT_PRIVATE", "GOVKIT_MEMBER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (
        ("NO_COLOR", "1"),
        ("COLUMNS", "1000"),
        ("HOME", str(tmp_path / "home")),
        ("GIT_CONFIG_GLOBAL", os.devnull),
        ("GIT_CONFIG_SYSTEM", os.devnull),
    ):
        monkeypatch.setenv(name, value)

    def command(
        *words: str | Path, by: str | None = COORDINATOR, of: str = "comment", **more: str
    ) -> subprocess.CompletedProcess[str]:
        named = ["--by", by] if by and (words[0] in _FILING or of != "comment") else []
        arguments = ["-C", str(texts), of, *map(str, words), *named]
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            for name, value in more.items():
                patched.setenv(name, value)
            code = _run(arguments)
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    return command


_FILING = ("add", "import", "collect", "publish", "dispose", "hold-back", "restore")


def ok(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def comment(texts: Path, number: int) -> Comment:
    """Return a filed comment, read by the strict reader."""
    document = open_workspace(texts).corpus.by_path[f"{FOLDER}/comments/{number:04d}.yaml"]
    assert isinstance(document.record, Comment), document.faults
    return document.record


def author_of(texts: Path, number: int) -> Author:
    """Return who made a comment, with the name that the file beside it discloses."""
    path = f"{FOLDER}/comments/{number:04d}.yaml"
    return named_author(
        comment(texts, number).author, disclosed(open_workspace(texts).corpus, path)
    )


def entries(texts: Path) -> list[LogEntry]:
    """Return the log, and hold that each newest entry fits what it covers."""
    corpus = open_workspace(texts).corpus
    found = [each.record for each in corpus.of_kind("log-entry")]
    log = [each for each in found if isinstance(each, LogEntry)]
    assert len(log) == len(found)
    newest = {(each.path, each.kind): each for each in log}
    for (path, kind), entry in newest.items():
        record = corpus.by_path[path or ""].record
        assert record is not None
        assert entry.digest == digest_for(kind, record)
    return log


def everything(texts: Path) -> dict[str, bytes]:
    """Return every file outside git's own folder."""
    return {
        str(path.relative_to(texts)): path.read_bytes()
        for path in sorted(texts.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def private_files(texts: Path) -> list[Path]:
    folder = texts.parent / "texts-private"
    return sorted(path for path in folder.rglob("*") if path.is_file())
