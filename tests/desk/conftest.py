"""A small coalition with a history, and a browser at its desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import BASE, commit, git

from .browsing import Browser


@pytest.fixture(scope="session")
def _committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, _committed: Path) -> Path:
    """The small coalition of tests/rules, with one commit on `main`."""
    copy = tmp_path / "coalition"
    shutil.copytree(_committed, copy, symlinks=True)
    return copy


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory, _committed: Path) -> Browser:
    """One desk for many requests that may change nothing; each takes a browser of its own."""
    copy = tmp_path_factory.mktemp("one") / "coalition"
    shutil.copytree(_committed, copy, symlinks=True)
    return Browser(copy)


@pytest.fixture
def browser(folder: Path) -> Browser:
    return Browser(folder)
