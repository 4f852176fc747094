"""A command that writes in the log, killed at any moment: it is done whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.log.chain import breaks_of
from govkit.log.heads import seals_of
from govkit.workspace import open_workspace
from tests.killing import in_a_child
from tests.seals import pair_of, private_file, seal_log

from .conftest import Run
from .register import BY_A, BY_B, A, B, found, open_proposal

POINTS = 4
REASON = ("--reason", "We agreed on it.")

FILED = ("consent", A, "2026-001", "consent", *BY_A)
KEY_ACT = ("member", "key", "add", B, "--file", "../keys/new.pub", *BY_A)

VOUCH = ("countersign", f"2026-001/evidence/{A}-01-01", "--seen", "It.")

COMMANDS: dict[str, tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "consent": ((), FILED),
    "propose withdraw": ((), ("propose", "withdraw", "2026-001", *REASON, *BY_A)),
    "member key add": ((), KEY_ACT),
    "sign": ((KEY_ACT,), ("sign", "01", "--key", f"../keys/{B}", *BY_B)),
    "countersign": ((FILED,), (*VOUCH, B, "--key", f"../keys/{B}", *BY_B)),
    "correct": ((FILED,), ("correct", "7", "object", *REASON, *BY_A)),
    "seal": ((FILED,), ("seal", "--key", f"../keys/{A}", "--yes", *BY_A)),
    "witness": ((), ("witness", "--key", f"../keys/{B}", *BY_B)),
}
"""What is done before, and what is killed."""


@pytest.fixture
def begun(repository: Path) -> Path:
    found(repository)
    open_proposal(repository)
    seal_log(repository)
    keys = repository.parent / "keys"
    for id in (A, B):
        private_file(keys, id)
    (keys / "new.pub").write_text(f"{pair_of('new').public}\n")
    return repository


def run(folder: Path, *words: str) -> Callable[[], None]:
    def do() -> None:
        os.chdir(folder)
        os.environ["GOVKIT_MEMBER"] = A
        assert _run(list(words)) == 0

    return do


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {".git", ".govkit"} & {*path.relative_to(folder).parts}
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_it_is_done_whole_or_not_at_all_and_the_next_one_goes_on(
    name: str, begun: Path, govkit: Run, tmp_path: Path
) -> None:
    before, words = COMMANDS[name]
    for each in before:
        done = govkit(begun, *each, cwd=begun)
        assert done.returncode == 0, done.stderr
    here = tmp_path / "here" / "texts"
    shutil.copytree(begun.parent / "keys", here.parent / "keys")

    def again() -> dict[str, bytes]:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(begun, here)
        return state(here)

    nothing = again()
    many = in_a_child(run(here, *words), None)
    whole = state(here)
    assert whole != nothing
    for point in sorted({round(at * (many - 1) / (POINTS - 1)) for at in range(POINTS)}):
        again()
        in_a_child(run(here, *words), point)
        in_a_child(run(here, "list"), None)
        now = state(here)
        assert now in (nothing, whole), point
        assert [path.name for path in here.rglob(".govkit-*")] == [], point
        if now == nothing:
            in_a_child(run(here, *words), None)
        assert state(here) == whole, point
    corpus = open_workspace(here).corpus
    assert breaks_of(corpus) == ()
    assert seals_of(corpus).faults == ()
