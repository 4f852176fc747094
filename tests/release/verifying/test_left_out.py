"""A release holds whether names of people who are no members are there, erased, or gone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from govkit.source.archives import files_in
from tests.release.scene import commit, run, seal
from tests.release.verifying import scene
from tests.release.verifying.scene import failures

NAMES = "governance/proposals/2026-001/names"


def comment(root: Path, number: int, name: str) -> None:
    """Take in a comment of somebody outside, and answer it."""
    at = ("--proposal", "2026-001", "--now", f"2026-06-16T12:0{number}:00Z")
    run(root, "comment", "add", "--name", name, "--text", "Too short.", "--again", *at)
    answer = ("--action", "not-accepted", "--reply", "It stays.")
    run(root, "comment", "dispose", str(number), *answer, *at)


def erase(root: Path, number: int, at: str) -> None:
    run(root, "erase", f"2026-001/comments/000{number}", "--yes", "--now", at)
    seal(root, scene.A)
    commit(root, "Leave a name out")


def said(verified: scene.Verification, verdict: Any) -> list[str]:
    messages = (each.message for each in verified.verdict.of(verdict))
    return [each for each in messages if "name or reason" in each]


def test_a_release_holds_before_and_after_names_are_erased(adopted: Path, tmp_path: Path) -> None:
    comment(adopted, 1, "B. Example")
    comment(adopted, 2, "D. Example")
    erase(adopted, 1, "2026-06-17T12:00:00Z")
    scene.release(adopted)
    folder = adopted.parent / "dist" / str(scene.NAME)
    assert not [path for path in files_in((folder / "evidence.tar").read_bytes()) if NAMES in path]
    assert NAMES not in (folder / "RECORDS").read_text()
    one = "left out at the person's request: 1 name or reason; what was said is here"
    before = scene.by_tag(adopted)
    assert (failures(before), said(before, "holds")) == ([], [one])

    alone = tmp_path / "alone"
    shutil.copytree(folder, alone)
    away = scene.by_folder(alone)
    assert failures(away) == []
    other = "not part of a release, which has commitments in their place: 1 name or reason"
    assert other in said(away, "not-checked")

    erase(adopted, 2, "2026-06-21T12:00:00Z")
    after = scene.by_tag(adopted)
    assert (failures(after), said(after, "holds")) == ([], [one])
