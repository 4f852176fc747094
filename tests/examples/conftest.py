"""The invented coalition of `examples/agora`, on throw-away copies, by the real command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from scripts.cycle import play
from tests.command import started
from tests.shared import made_once

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def agora() -> Path:
    """Its folder in the repository. It is read and never written."""
    return Path(__file__).resolve().parents[2] / "examples/agora"


@pytest.fixture
def copy(agora: Path, tmp_path: Path) -> Path:
    """Give a copy of it, to write in."""
    return Path(shutil.copytree(agora, tmp_path / "agora"))


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after the last call, before the decision is applied. Not to be changed.

    Beside it lies what was printed on the way.
    """

    def make(folder: Path) -> None:
        with (folder / "told.txt").open("w", encoding="utf-8") as told, redirect_stdout(told):
            play(folder, whole=False, start=started)

    return made_once(tmp_path_factory, "played", make) / "agora"


@pytest.fixture
def govkit(tmp_path: Path) -> Run:
    """Start `govkit -C FOLDER WORDS` in its own process."""

    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        return started(
            [sys.executable, "-m", "govkit", "-C", str(folder), *words],
            cwd=tmp_path,
            env=os.environ | {"NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
