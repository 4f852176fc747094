"""One whole story, told once; each test gets a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.release.verifying import scene
from tests.shared import made_once


@pytest.fixture(scope="session")
def _adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(
        tmp_path_factory, "verifying-adopted", lambda folder: scene.adopt(scene.found(folder))
    )


@pytest.fixture(scope="session")
def _released(_adopted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:

    def make(folder: Path) -> None:
        shutil.copytree(_adopted, folder / "story")
        scene.release(folder / "story/agora")

    return made_once(tmp_path_factory, "verifying-released", make) / "story"


@pytest.fixture
def adopted(_adopted: Path, tmp_path: Path) -> Path:
    """The clone with three adopted texts, before anything is released."""
    return Path(shutil.copytree(_adopted, tmp_path / "story")) / "agora"


@pytest.fixture
def clone(_released: Path, tmp_path: Path) -> Path:
    """The clone with a published release."""
    return Path(shutil.copytree(_released, tmp_path / "story")) / "agora"


@pytest.fixture
def folder(clone: Path) -> Path:
    """The folder of that release as it is downloaded, beside the clone."""
    return clone.parent / "dist/provisions/1.0.0-draft.1"
