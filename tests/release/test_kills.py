"""Each step of a release, killed at 50 points of its run, leaves nothing or the whole.

Five of the points are tried by default, and all of them in the weekly run.

The points are spread over all that a step does to the world: files opened to be written, renamed,
removed, folders made, programs started. The step runs in a forked child, which kills itself there
with SIGKILL. Everything is deterministic, so the next run has to end with the very same commits,
tag and files as a run that nobody disturbed.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.procedures.log.filing import recover
from govkit.store.clone_lock import LANDING, state_folder_of
from tests.killing import in_a_child
from tests.release import scene

POINTS = 50
CHUNKS = 10


class Act(NamedTuple):
    """A step: what it does to a clone, and whether it was done there."""

    do: Callable[[Path], Any]
    is_done: Callable[[Path], bool]


def _has(file: str) -> Callable[[Path], bool]:
    def look(root: Path) -> bool:
        listed = scene.git(root, "ls-tree", "-r", "--name-only", "HEAD", "--", "releases")
        return f"releases/provisions/1.0.0/{file}" in listed.splitlines()

    return look


ACTS = {
    "cut": Act(scene.cut, _has("manifest.yaml")),
    "sign": Act(lambda root: scene.sign(root, scene.B), _has(f"signatures/{scene.B}.sig")),
    "publish": Act(scene.publish, _has("published.yaml")),
}


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder with the clone as it is before each step."""
    start = tmp_path_factory.mktemp("kills")
    root = scene.founded(start)
    found = {}
    for name in ACTS:
        if name == "sign":
            scene.sign(root, scene.A)
        found[name] = start.parent / f"{start.name}-{name}"
        shutil.copytree(start, found[name])
        ACTS[name].do(root)
    found["after"] = start
    return found


def seen(root: Path) -> tuple[str, str, dict[str, str]]:
    """All refs, what git calls changed, and the digest of every printed file."""
    dist = root / "dist"
    printed = {
        path.relative_to(dist).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }
    return refs(root), scene.git(root, "status", "--porcelain"), printed


def refs(root: Path) -> str:
    return scene.git(root, "for-each-ref", "--format=%(refname) %(objectname)")


@pytest.fixture
def fresh(
    clones: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """A copy of the clone before a step; what a killed run leaves elsewhere stays in its folder."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    here = tmp_path / "here"

    def copy(name: str) -> Path:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(clones[name], here, symlinks=True)
        return here / "coalition"

    return copy


class Undisturbed(NamedTuple):
    """A run that nobody disturbed."""

    points: list[int]
    """50 points of it, or all that there are, from its first effect to its last."""
    whole: tuple[str, str, dict[str, str]]
    """What is seen after it."""


@pytest.fixture(scope="module")
def undisturbed(
    clones: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Undisturbed]:
    """Return what runs a step in a copy, once for all the chunks of its points."""

    @cache
    def run(name: str) -> Undisturbed:
        root = Path(shutil.copytree(clones[name], tmp_path_factory.mktemp(name) / "here"))
        root /= "coalition"
        many = in_a_child(lambda: ACTS[name].do(root), None)
        most = min(many, POINTS)
        points = [round(at * (many - 1) / (most - 1)) for at in range(most)]
        return Undisturbed(points, seen(root))

    return run


@pytest.mark.parametrize(
    "chunk", [0, *(pytest.param(chunk, marks=pytest.mark.slow) for chunk in range(1, CHUNKS))]
)
@pytest.mark.parametrize("name", ACTS)
def test_a_kill_leaves_nothing_or_the_whole_and_the_next_run_succeeds(
    name: str,
    chunk: int,
    clones: dict[str, Path],
    fresh: Callable[[str], Path],
    undisturbed: Callable[[str], Undisturbed],
) -> None:
    before = refs(clones[name] / "coalition")
    act, (points, whole) = ACTS[name], undisturbed(name)
    assert whole[1] == ""
    for point in points[chunk::CHUNKS]:
        root = fresh(name)
        in_a_child(lambda root=root: act.do(root), point)  # type: ignore[misc]
        # All refs are as they were, or all as they are to be: never one without the other.
        assert refs(root) in (before, whole[0]), point
        recover(root)
        assert not (state_folder_of(root) / LANDING).exists(), point
        assert scene.git(root, "status", "--porcelain") == "", point
        assert act.is_done(root) == (refs(root) == whole[0]), point
        if not act.is_done(root):
            act.do(root)
        assert seen(root) == whole, point


@pytest.mark.parametrize("name", ACTS)
def test_there_are_enough_points(name: str, undisturbed: Callable[[str], Undisturbed]) -> None:
    points = undisturbed(name).points
    assert len(set(points)) == len(points)
    assert len(points) == POINTS


PDF = ("md", "pdf")


@pytest.mark.parametrize("stage", ["before provisions.pdf", "before consent.pdf", "set the refs"])
def test_the_same_with_pdf(stage: str, fresh: Callable[[str], Path]) -> None:
    root = fresh("cut")
    before = refs(root)

    def kill(step: str) -> None:
        if step == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    in_a_child_that_stops(lambda: scene.cut(root, formats=PDF, step=kill))
    landed = stage == "set the refs"
    assert (refs(root) == before) != landed
    recover(root)
    dist = root / "dist/provisions/1.0.0"
    assert scene.git(root, "status", "--porcelain") == ""
    assert dist.is_dir() == landed
    if landed:
        sums = (root / "releases/provisions/1.0.0/SHA256SUMS").read_text(encoding="utf-8")
        listed = dict(line.split("  ")[::-1] for line in sums.splitlines())
        assert {name: sha256((dist / name).read_bytes()).hexdigest() for name in listed} == listed
        assert "provisions.pdf" in listed
    else:
        assert list((root / "dist").rglob("*.pdf")) == []
        scene.cut(root)
        assert dist.is_dir()


def in_a_child_that_stops(do: Callable[[], Any]) -> None:
    """Run in a child that kills itself."""
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
