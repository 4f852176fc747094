"""Who came to a meeting, written by one person alone: it lowers no quorum of the active."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from govkit.consent.decide import decide
from govkit.corpus.record_digests import digest_for
from govkit.log.coordinators import genesis_of
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.decision_basis import MeetingHeld
from govkit.records.policies import Active, Quorum
from govkit.round.docket import Docket, docket_of, meetings_before
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.examples.test_attacks import DECIDED, LATE, A, C, said
from tests.release.verifying.scene import change, log_done_again

EVENT = "registers/events/first-meeting.yaml"
PROPOSAL = "governance/proposals/2026-001"
ALONE = "no second coordinator has vouched for it, and it counts as if everybody had come"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


@pytest.fixture
def keys(played: Path) -> Path:
    return played.parent / "keys"


def meeting(root: Path, *came: str, starts: str = "2026-04-01", path: str = EVENT) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    words = f"title: A meeting\nstarts: {starts}\nkind: meeting\nattended: [{', '.join(came)}]\n"
    (root / path).write_text(words, encoding="utf-8")


def everybody(root: Path) -> list[str]:
    genesis = genesis_of(open_workspace(root).corpus)
    assert genesis is not None
    return [each.id for each in genesis.members]


def log_event(root: Path, path: str = EVENT) -> None:
    data = (root / path).read_bytes()
    at = LATE + datetime.timedelta(days=2)
    stamp = Stamp(at, at)
    file_all(
        root,
        [Filing(path, data, "event", was=data)],
        by=A,
        received_at=at,
        received_basis="registrar",
        recorded_at=stamp,
    )


def seal(govkit: Run, root: Path, key: Path, by: str) -> None:
    now = ("--now", "2026-06-12T12:00:00Z")
    said(govkit, root, "seal", "--yes", "--key", str(key), "--by", by, *now, ends=0)


def logged_by_two(govkit: Run, root: Path, keys: Path, name: str = "first-meeting") -> None:
    own = (("--key", str(keys / C)), ("--by", C, "--now", "2026-06-12T12:00:00Z"))
    said(govkit, root, "attendance", name, "--by", A, "--now", LATER, ends=0)
    seal(govkit, root, keys / A, A)
    assert ALONE in said(govkit, root, "check")
    vouch = ("countersign", name, "--seen", "The list of those who came.")
    said(govkit, root, *vouch, *own[0], *own[1], ends=0)
    seal(govkit, root, keys / C, C)


LATER = "2026-06-12T12:00:00Z"


def opened_later(root: Path) -> Docket:
    """The proposal as if it had been opened today, under a policy that counts who is active."""
    docket = docket_of(open_workspace(root).corpus, "2026-001")
    assert docket is not None
    last = docket.revisions[-1]
    assert last.entry is not None
    opened = replace(
        last,
        record=last.record.model_copy(update={"opened": LATE + datetime.timedelta(days=3)}),
        entry=last.entry.model_copy(update={"seq": 10**6}),
    )
    corpus = open_workspace(root).corpus
    quorum = Quorum(of="active", more_than="1/2", active=Active(meetings=3))
    policies = {
        name: each.model_copy(update={"quorum": quorum}) for name, each in docket.policies.items()
    }
    return replace(
        docket,
        revisions=(*docket.revisions[:-1], opened),
        policies=policies,
        meetings=meetings_before(corpus, opened),
    )


def needed(root: Path) -> Fraction:
    """How many have to take part, more than."""
    decision = decide(opened_later(root), LATE + datetime.timedelta(days=4))
    return next(each.needed for each in decision.units[0].requirements if each.what == "quorum")


@pytest.fixture
def whole(agora: Path) -> Fraction:
    return needed(agora)


def test_a_list_that_two_have_seen_says_who_is_active(
    agora: Path, keys: Path, whole: Fraction, govkit: Run
) -> None:
    meeting(agora, *everybody(agora)[:2])
    logged_by_two(govkit, agora, keys)
    said(govkit, agora, "check", ends=0)
    assert needed(agora) < whole
    again = said(govkit, agora, "attendance", "first-meeting", "--by", A, ends=2)
    assert "has first-meeting as it stands" in again


def test_a_list_that_nobody_logged_lowers_no_quorum(agora: Path, whole: Fraction) -> None:
    meeting(agora, everybody(agora)[0])
    assert needed(agora) == whole
    warned = decide(opened_later(agora), LATE + datetime.timedelta(days=4)).warnings
    assert any("the meeting of 2026-04-01 counts as if everybody had come" in w for w in warned)


def test_a_list_that_one_coordinator_alone_logged_lowers_no_quorum(
    agora: Path, keys: Path, whole: Fraction, govkit: Run
) -> None:
    meeting(agora, everybody(agora)[0])
    log_event(agora)
    seal(govkit, agora, keys / A, A)
    found = said(govkit, agora, "check")
    assert f"says who came to this meeting, and {A} alone says it: {ALONE}" in found
    assert needed(agora) == whole


@pytest.mark.parametrize("how", ["a name", "the day", "the kind", "gone", "logged again"])
def test_a_list_that_was_agreed_and_is_edited_lowers_no_quorum(
    how: str, agora: Path, keys: Path, whole: Fraction, govkit: Run
) -> None:
    """Also a meeting that many came to, and that is made to have been on a later day."""
    meeting(agora, *everybody(agora)[:3])
    logged_by_two(govkit, agora, keys)
    if how == "gone":
        (agora / EVENT).unlink()
    elif how == "the kind":
        change(agora / EVENT, lambda data: data.replace(b"kind: meeting", b"kind: webinar"))
    elif how == "the day":
        change(agora / EVENT, lambda data: data.replace(b"2026-04-01", b"2026-06-30"))
    else:
        meeting(agora, everybody(agora)[0])
    if how == "logged again":
        log_event(agora)
        seal(govkit, agora, keys / A, A)
    found = said(govkit, agora, "check")
    assert EVENT in found
    assert (ALONE if how == "logged again" else "of the log" if how != "gone" else "gone") in found
    assert needed(agora) == whole


def test_a_meeting_that_one_coordinator_calls_none_lowers_no_quorum(
    agora: Path, keys: Path, govkit: Run
) -> None:
    """Else those who came to it would be active no more, and fewer would have to take part."""
    meeting(agora, *everybody(agora))
    logged_by_two(govkit, agora, keys)
    small = EVENT.replace("first", "small")
    meeting(agora, everybody(agora)[0], starts="2026-03-01", path=small)
    logged_by_two(govkit, agora, keys, "small-meeting")
    before = needed(agora)
    change(agora / EVENT, lambda data: data.replace(b"kind: meeting", b"kind: webinar"))
    log_event(agora)
    seal(govkit, agora, keys / A, A)
    assert ALONE in said(govkit, agora, "check")
    assert needed(agora) == before


def test_a_list_of_a_meeting_before_that_is_logged_after_the_opening_moves_nothing(
    agora: Path, keys: Path, govkit: Run
) -> None:
    """Else who calls a meeting later would move the quorum of what is open."""
    meeting(agora, everybody(agora)[0])
    logged_by_two(govkit, agora, keys)
    docket = docket_of(open_workspace(agora).corpus, "2026-001")
    assert docket is not None
    assert [each.attended for each in docket.meetings] == [None]


def test_a_decision_that_kept_other_people_at_a_meeting_is_found(agora: Path, govkit: Run) -> None:
    """One coordinator writes a meeting into the ground of a decision; digests and log fit."""
    said(govkit, agora, "decide", "2026-001", "--apply", "--by", A, "--now", DECIDED, ends=0)
    kept, place = f"{PROPOSAL}/ground.yaml", f"{PROPOSAL}/decision.yaml"
    ground = open_workspace(agora).corpus.by_path[kept].record
    assert ground is not None
    came = MeetingHeld(day=datetime.date(2026, 4, 1), attended=("example-chat",))
    forged = ground.model_copy(update={"meetings": (came,)})
    was, now = (digest_for("ground", each) for each in (ground, forged))
    (agora / kept).write_bytes(record_bytes("ground", forged, kept))
    change(agora / place, lambda data: data.replace(was.encode(), now.encode()))
    log_done_again(agora)
    words = f"{kept} has other people at meetings than the log"
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")


def test_who_came_is_filed_for_an_event_of_a_founded_coalition_only(
    agora: Path, govkit: Run
) -> None:
    assert "is no event that can be read" in said(
        govkit, agora, "attendance", "example-chat", "--by", A, ends=2
    )
