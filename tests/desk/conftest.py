"""A small coalition with a history, and a browser at its desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import BASE, GOVKIT, commit, git
from tests.command import started
from tests.comments.proposal_folder import coalition_with_proposal

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


@pytest.fixture(scope="session")
def discussed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coalition with an open proposal, and two comments on a clause, one with a script in it."""
    folder = coalition_with_proposal(tmp_path_factory.mktemp("discussed") / "coalition")
    for member, words in (
        ("example-institute", "Too long. <script>alert(1)</script>"),
        ("example-society", "Too short."),
    ):
        said = (
            *("comment", "add", "--unit", "EXA-DUE-01", "--member", member, "--text", words),
            *("--proposed", "Twenty days.", "--by", "other-society"),
            *("--now", "2026-03-12T12:00:00Z"),
        )
        done = started([str(GOVKIT), "-C", str(folder), *said], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder
