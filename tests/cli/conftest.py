"""The real command, started as a person starts it, on a small coalition of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.command import started
from tests.seals import pair_of, private_file
from tests.shared import made_once

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
GOVKIT = Path(sys.executable).with_name("govkit")

D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
D2 = "provisions/due-process/EXA-DUE-02-complaint.yaml"
V1 = "provisions/privacy/EXA-PRV-01-export.yaml"
USER = "registers/terms/user.yaml"
SOURCE = "registers/sources/example-act.yaml"
CHARTER = "governance/charter.yaml"
DAY = ("--today", "2026-03-01")
RECORDS = 19


class Run(Protocol):
    """Runs `govkit -C FOLDER WORDS`, in another folder if `cwd` is given, at `clock`.

    With `anew`, pages that were printed before are printed again.
    """

    def __call__(
        self,
        folder: Path | None,
        *words: str | bytes,
        cwd: Path | None = None,
        clock: str | None = None,
        anew: bool = False,
        **more: str,
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture
def govkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run the installed command in another process; `more` are environment variables.

    `clock` is what the clock of the machine says, where that matters.
    """

    def run(
        folder: Path | None,
        *words: str | bytes,
        cwd: Path | None = None,
        clock: str | None = None,
        anew: bool = False,
        **more: str,
    ) -> subprocess.CompletedProcess[bytes]:
        where = ["-C", str(folder)] if folder is not None else []
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        return started(
            [str(GOVKIT), *where, *words],
            cwd=cwd or elsewhere,
            env=environment | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            clock=clock,
            anew=anew,
        )

    with tempfile.TemporaryDirectory(dir=tmp_path_factory.getbasetemp()) as elsewhere:
        yield run


@pytest.fixture
def coalition(tmp_path: Path) -> Path:
    """The small coalition of tests/rules, without a fault, in no repository."""
    folder = tmp_path / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    return folder


def git(folder: Path, *words: str) -> str:
    """Run git as a person without any configuration."""
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def _committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("committed") / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    git(folder, "init", "-q", "-b", "main")
    for sample in (folder / ".git/hooks").glob("*.sample"):
        sample.unlink()
    commit(folder)
    git(folder, "tag", "start")
    return folder


@pytest.fixture
def repository(coalition: Path, _committed: Path) -> Path:
    """The same coalition with one commit on `main`, tagged `start`."""
    shutil.copytree(_committed / ".git", coalition / ".git")
    return coalition


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "a state")


def change(folder: Path, path: str, old: str, new: str) -> None:
    """Replace words that have to be there."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil(folder: Path, path: str = USER) -> None:
    """Put one error into one file."""
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write("colour: red\n")


def report(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """Read the JSON answer; nothing else may have been said."""
    assert done.stderr == b""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rules(done: subprocess.CompletedProcess[bytes]) -> list[tuple[str, str]]:
    """Return path and rule of each finding of a JSON answer."""
    return [(finding["path"], finding["rule"]) for finding in report(done)["findings"]]


@pytest.fixture(scope="session")
def _founded(_committed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from .register import found, open_proposal

    def make(folder: Path) -> None:
        texts = shutil.copytree(_committed, folder / "coalition", symlinks=True)
        found(texts)
        open_proposal(texts)

    return made_once(tmp_path_factory, "founded", make) / "coalition"


@pytest.fixture
def founded(_founded: Path, coalition: Path) -> Path:
    """The same coalition, founded by two coordinators, with an open proposal of two texts."""
    shutil.rmtree(coalition)
    shutil.copytree(_founded, coalition, symlinks=True)
    return coalition


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    """The private keys of two coordinators and a member."""
    from .register import A, B, C

    return {id: private_file(tmp_path / "keys", id) for id in (A, B, C)}


@pytest.fixture
def filed(founded: Path, govkit: Run, keys: dict[str, Path]) -> Path:
    """A founded coalition: A and B coordinate, C is a member with a key; one position is filed."""
    from .register import BY_A, A, C, key_changed

    key_changed(founded, C, pair_of(C))
    member = ("--name", "Third (invented)", "--kind", "organisation", "--group", "academia")
    assert govkit(founded, "member", "add", C, *member, *BY_A).returncode == 0
    assert govkit(founded, "consent", A, "2026-001", "consent", *BY_A).returncode == 0
    return founded


@pytest.fixture
def seal(filed: Path, govkit: Run, keys: dict[str, Path]) -> Callable[..., None]:
    """Seals the log as a coordinator."""
    from .register import NOW, A

    def sealed(folder: Path = filed, by: str = A) -> None:
        words = ("--key", str(keys[by]), "--by", by, "--now", NOW, "--yes")
        done = govkit(folder, "seal", *words)
        assert done.returncode == 0, done.stderr

    return sealed
