"""How verifying grows: each file is read once, and more records start no more programs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.log import keys, merkle
from govkit.source import reading, ssh_signatures
from govkit.store import committed_files
from tests import command
from tests.release.verifying import large, scene
from tests.release.verifying.scene import failures

OTHERS = 15
"""The manifest and the publication, alone and in the states that know them, the entry and the head
that the publication added, today's log entry, founding and heads, and two decisions as they are
reckoned again."""


class Counts(NamedTuple):
    """What verifying a release took.

    `files` are those that it has, `entries` those of its log, `vouched` the countersignatures among
    these.
    """

    files: int
    entries: int
    vouched: int
    read: int
    programs: int
    leaves: int
    nodes: int
    proved: int


FEW_SIGNATURES = 10


def counted(root: Path, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Verify a release, and count files read, programs, hashes and signatures proved."""
    counts = dict.fromkeys(("files", "programs", "leaves", "nodes", "proved"), 0)
    load, start = reading._loaded, subprocess.Popen.__init__

    def counting(name: str, function: Any) -> Any:
        def called(*arguments: Any, **more: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **more)

        return called

    def loaded(*arguments: Any, **more: Any) -> Any:
        counts["files"] += 1
        return load(*arguments, **more)

    def started(*arguments: Any, **more: Any) -> Any:
        counts["programs"] += 1
        return start(*arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_loaded", loaded)
        patch.setattr(subprocess.Popen, "__init__", started)
        patch.setattr(merkle, "leaf_hash", counting("leaves", merkle.leaf_hash))
        patch.setattr(merkle, "node_hash", counting("nodes", merkle.node_hash))
        patch.setattr(ssh_signatures, "_prove", counting("proved", ssh_signatures._prove))
        # As in a command of its own, which has seen nothing yet.
        patch.setattr(command, "READS_ANEW", True)
        keys._is_by.cache_clear()
        committed_files._governed_files.cache_clear()
        verified = scene.by_tag(root)
    assert failures(verified) == []
    held = [look.message for look in verified.verdict.of("holds") if look.subject == "records"]
    log = [each.read_text() for each in (root / "governance/log").glob("*.yaml")]
    return Counts(
        int(held[0].split(" ", 1)[0].replace(",", "")),
        len(log),
        sum("kind: countersigned" in each for each in log),
        counts["files"],
        counts["programs"],
        counts["leaves"],
        counts["nodes"],
        counts["proved"],
    )


def test_more_texts_members_and_positions_start_no_more_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = large.released(tmp_path / "small", provisions=4, members=6, proposals=2, positions=1)
    bigger = large.released(tmp_path / "big", provisions=8, members=18, proposals=2, positions=2)
    few = counted(small, monkeypatch)
    many = counted(bigger, monkeypatch)
    assert many.files > few.files * 1.8
    assert many.programs == few.programs <= 30
    # Each file once, and a few others; no record of a member a second time.
    for each in (few, many):
        assert each.read == each.files + OTHERS
        # Each signature once: beside the countersignatures those of the founding, the decisions'
        # sealed heads, the release and its publication.
        assert each.proved == each.vouched + FEW_SIGNATURES
        # The log is one tree in each state that is looked at, so the hashes grow with its entries.
        assert max(each.leaves, each.nodes) <= 5 * each.entries
    more = many.entries - few.entries
    assert many.leaves - few.leaves <= 4 * more
    assert many.nodes - few.nodes <= 4 * more
