"""One coordinator publishes while another one writes in the register: both keep what they did."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.release import scene
from tests.release.conftest import Ask
from tests.release.scene import FINAL, A, B, commit, git, run

NOON = "2026-06-20T12:00:00Z"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one repository, with a candidate that both coordinators have signed."""
    (tmp_path / "a").mkdir()
    first = scene.founded(tmp_path / "a")
    scene.cut(first)
    for member in (A, B):
        scene.sign(first, member)
    git(first, "init", "-q", "--bare", str(tmp_path / "origin"))
    git(first, "remote", "add", "origin", str(tmp_path / "origin"))
    git(first, "push", "-q", "-u", "origin", "main")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    return first, tmp_path / "b/coalition"


def test_a_publication_whose_number_was_given_twice_stands_under_the_next_one(
    two: tuple[Path, Path], ask: Ask
) -> None:
    first, second = two
    add = ("member", "add", "third-society", "--name", "Third Society (invented)")
    more = ("--kind", "organisation", "--group", "civil-society", "--by", A, "--now", NOON)
    run(second, *add, *more)
    scene.seal(second)
    commit(second, "A member joins")
    git(second, "push", "-q", "origin", "main")
    scene.publish(first)
    git(first, "fetch", "-q", "origin")
    told = ask(first, "intake", "--resume")
    assert told.code == 0, told.err
    assert f"publication {FINAL.place('published.yaml')}" in told.out
    scene.seal(first)
    commit(first, "Bring the two logs together")
    git(first, "pull", "-q", "--no-rebase")
    assert ask(first, "check", "--today", "2026-12-01").code == 0
    told = ask(first, "release", "verify", FINAL.tag, "--no-rebuild")
    assert told.code == 0, told.out
