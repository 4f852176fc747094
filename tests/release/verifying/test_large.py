"""How verifying grows: each file is read once, and more records start no more programs."""

from __future__ import annotations

import subprocess
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from govkit import workspace
from govkit.source import reading
from tests.release.verifying import large, scene
from tests.release.verifying.scene import failures

OTHERS = 15
"""The manifest and the publication, alone and in the states that know them, the entry and the head
that the publication added, today's log entry, founding and heads, and two decisions as they are
reckoned again."""


def counted(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, int]:
    """Verify a release; return how many files it has, how many were read, and programs started."""
    counts = {"files": 0, "programs": 0}
    load, start = reading._loaded, subprocess.Popen.__init__

    def loaded(*arguments: Any, **more: Any) -> Any:
        counts["files"] += 1
        return load(*arguments, **more)

    def started(*arguments: Any, **more: Any) -> Any:
        counts["programs"] += 1
        return start(*arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_loaded", loaded)
        patch.setattr(workspace, "_documents_of", unwrap(workspace._documents_of))  # as a command
        patch.setattr(subprocess.Popen, "__init__", started)
        verified = scene.by_tag(root)
    assert failures(verified) == []
    held = [look.message for look in verified.verdict.of("holds") if look.subject == "records"]
    return int(held[0].split(" ", 1)[0].replace(",", "")), counts["files"], counts["programs"]


def test_more_texts_members_and_positions_start_no_more_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = large.released(tmp_path / "small", provisions=4, members=6, proposals=2, positions=1)
    bigger = large.released(tmp_path / "big", provisions=8, members=18, proposals=2, positions=2)
    few = counted(small, monkeypatch)
    many = counted(bigger, monkeypatch)
    assert many[0] > few[0] * 1.8
    assert many[2] == few[2] <= 30
    # Each file once, and a few others; no record of a member a second time.
    for files, read, _ in (few, many):
        assert read == files + OTHERS
