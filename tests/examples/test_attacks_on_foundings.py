"""What the sum rests on, made anew by one person: the founding, and what a decision kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.examples.test_attacks import DECIDED, LATE, A, said
from tests.release.scene import commit, git
from tests.release.verifying.scene import log_done_again

PROPOSAL = "governance/proposals/2026-001"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


def test_one_coordinator_who_founds_again_alone_is_named(
    agora: Path, played: Path, govkit: Run
) -> None:
    """With an own threshold and an own seal; keys and records of the others may be gone, too."""
    for name, value in (("user.name", "A. Example"), ("user.email", "a@agora.example")):
        git(agora, "config", name, value)
    commit(agora)
    alone = (
        "--coordinator",
        A,
        "--threshold",
        "1",
        "--by",
        A,
        "--now",
        f"{LATE:%Y-%m-%dT%H:%M:%SZ}",
    )
    said(govkit, agora, "found", "--again", "--reason", "So.", *alone, ends=0)
    key = ("--key", str(played.parent / "keys" / A))
    said(govkit, agora, "found", "--sign", *key, *alone[4:], ends=0)
    said(govkit, agora, "seal", "--yes", *key, *alone[4:], ends=0)
    assert "the coalition was founded again: main (commit" in said(govkit, agora, "check")
    words = "the coalition was founded again"
    assert words in said(govkit, agora, "check", "--since", "HEAD")
    whether = f"{words} on 2026-06-10: whether those who coordinated before agreed is in no record"
    assert whether in said(govkit, agora, "audit")


def test_a_founding_that_is_said_to_take_the_place_of_another_is_named_in_a_folder_alone(
    agora: Path, govkit: Run
) -> None:
    """Nothing but the files: no commit that has the founding of before."""
    alone = ("--coordinator", A, "--threshold", "1", "--by", A)
    now = ("--now", f"{LATE:%Y-%m-%dT%H:%M:%SZ}")
    said(govkit, agora, "found", "--again", "--reason", "So.", *alone, *now, ends=0)
    shutil.rmtree(agora / ".git")
    words = "founded again on 2026-06-10: whether those who coordinated before agreed is in no"
    assert words in said(govkit, agora, "check")


def test_a_founding_made_anew_by_hand_is_named_by_the_tag_of_a_release(
    agora: Path, govkit: Run
) -> None:
    """It names no founding before it; the heads of before are taken out, the log is done again."""
    for name, value in (("user.name", "A. Example"), ("user.email", "a@agora.example")):
        git(agora, "config", name, value)
    commit(agora)
    git(agora, "tag", "-a", "-m", "released", "provisions/v1.0.0")
    place = "governance/genesis.yaml"
    genesis = open_workspace(agora).corpus.by_path[place].record
    assert genesis is not None
    own = genesis.model_copy(update={"threshold": 1, "signatures": ()})
    (agora / place).write_bytes(record_bytes("genesis", own, place))
    shutil.rmtree(agora / "governance/log/heads")
    log_done_again(agora)
    commit(agora)
    words = "the release provisions/v1.0.0 was made under another founding"
    assert words in said(govkit, agora, "check")


def test_a_founding_that_binds_no_member_is_named_with_the_way_out(
    agora: Path, played: Path, govkit: Run
) -> None:
    """As foundings were made before they named all members; founding again names them."""
    place = agora / "governance/genesis.yaml"
    genesis = open_workspace(agora).corpus.by_path["governance/genesis.yaml"].record
    assert genesis is not None
    bare = genesis.model_copy(update={"members": (), "signatures": ()})
    place.write_bytes(record_bytes("genesis", bare, "governance/genesis.yaml"))
    found = said(govkit, agora, "check")
    assert "this founding names no members, so nothing binds what their voices rest on" in found
    assert "`govkit found --again --reason" in found
    again = ("found", "--again", "--reason", "Bind the members.", "--by", A)
    said(govkit, agora, *again, "--now", f"{LATE:%Y-%m-%dT%H:%M:%SZ}", ends=0)
    assert "this founding names no members" not in said(govkit, agora, "check")


def test_members_of_then_whom_nobody_knew_so_are_found_in_what_a_decision_kept(
    agora: Path, govkit: Run
) -> None:
    """One coordinator moves a member in the ground of a decision, digests and log made to fit."""
    said(govkit, agora, "decide", "2026-001", "--apply", "--by", A, "--now", DECIDED, ends=0)
    corpus = open_workspace(agora).corpus
    kept, place = f"{PROPOSAL}/ground.yaml", f"{PROPOSAL}/decision.yaml"
    ground = corpus.by_path[kept].record
    assert ground is not None
    chat = ground.members["example-chat"]  # type: ignore[attr-defined]
    moved = chat.model_copy(
        update={"terms": (chat.terms[0].model_copy(update={"group": "academia"}),)}
    )
    members = ground.members | {"example-chat": moved}  # type: ignore[attr-defined]
    forged = ground.model_copy(update={"members": members})
    was, now = (digest_for("ground", each) for each in (ground, forged))
    (agora / kept).write_bytes(record_bytes("ground", forged, kept))
    data = (agora / place).read_text(encoding="utf-8")
    assert was in data
    (agora / place).write_text(data.replace(was, now), encoding="utf-8")
    log_done_again(agora)
    words = f"{kept} has other words for example-chat than the log had then"
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
