"""Temporary folders: what a kill leaves goes away with the next command, and nothing else does."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from govkit.store import repository
from govkit.store.temporary import new_folder
from tests.store.test_repository import make


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp" / f"govkit-{os.geteuid()}"


def killed(root: Path) -> None:
    """Another process asks git about the folder, and is killed."""
    child = os.fork()
    if child == 0:
        try:
            repository.commits(root)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def test_what_a_killed_command_left_goes_away_with_the_next(place: Path, tmp_path: Path) -> None:
    root = make(tmp_path / "repo")
    killed(root)
    (left,) = place.iterdir()
    assert (left / "config").is_file()
    with new_folder() as mine:
        assert [str(each) for each in place.iterdir()] == [mine]
        killed(root)
        assert len(list(place.iterdir())) == 2
        with new_folder() as other:  # that of a living one stays
            assert {str(each) for each in place.iterdir()} == {mine, other}
    assert list(place.iterdir()) == []
    assert (root / ".git/objects").is_dir()


def test_a_folder_that_somebody_else_could_open_is_not_used(place: Path) -> None:
    place.mkdir(mode=0o700)
    place.chmod(0o777)
    with new_folder() as mine:
        assert Path(mine).parent == place.parent
    assert list(place.iterdir()) == []
