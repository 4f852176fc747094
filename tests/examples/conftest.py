"""The invented coalition of `examples/agora`, on throw-away copies, by the real command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.cycle import play
from tests.command import started

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
    """The folder after the last call, before the decision is applied. Not to be changed."""
    folder = tmp_path_factory.mktemp("played")
    play(folder, whole=False, start=started)
    return folder / "agora"


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
