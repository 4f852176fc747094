"""What somebody makes up as a correction, to change what a member said: found, in which words."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.kinds import kind_of_path
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.positions import of_positions
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.examples.test_attacks import said
from tests.examples.test_forged_evidence import DECIDED, OPEN, PROPOSAL, by, key_of
from tests.release.verifying.scene import log_done_again

CHAT = "example-chat"
SLIP = f"positions/{CHAT}-02"
RIGHT = f"positions/{CHAT}-03"
SHOWN = f"evidence/{CHAT}-03-01"
NOW = datetime.datetime.fromisoformat(OPEN)
CAME = "2026-05-27T12:00:00Z"
BLOCKS = "objects: example-chat"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    """The example in last call; Chat has objected, and the objection was answered."""
    root = Path(shutil.copytree(played, tmp_path / "agora"))
    (tmp_path / "agora-private").mkdir()
    return root


def record(root: Path, id: str) -> Any:
    return open_workspace(root).corpus.by_path[f"{PROPOSAL}/{id}.yaml"].record


def received(root: Path, id: str) -> datetime.datetime:
    entries = open_workspace(root).corpus.of_kind("log-entry")
    path = f"{PROPOSAL}/{id}.yaml"
    return next(e.record.received_at for e in entries if cast("Any", e.record).path == path)  # type: ignore[union-attr]


def file_by_hand(root: Path, *records: tuple[str, Any], came: datetime.datetime = NOW) -> None:
    """File records with their entries, as one coordinator can by hand."""
    filings = []
    for id, each in records:
        path = f"{PROPOSAL}/{id}.yaml"
        kind = cast("Any", kind_of_path(path))
        filings.append(Filing(path, record_bytes(kind, each, path), kind))
    file_all(
        root,
        filings,
        by="a-example",
        received_at=came,
        received_basis="registrar",
        recorded_at=Stamp(NOW, NOW),
    )


def consenting(root: Path, **more: Any) -> Any:
    """What Chat said, as a consent."""
    was = record(root, SLIP)
    return was.model_copy(update={"position": "consent", "reason": None, "corrects": SLIP, **more})


def correction(root: Path, right: Any, id: str = RIGHT, of: str = SLIP) -> dict[str, Any]:
    return {
        "corrects": of,
        "digest": digest_for("position", record(root, of)),
        "right": id,
        "right_digest": digest_for("position", right),
        "reason": "I misread it.",
    }


def found_false(govkit: Run, root: Path, words: str, id: str = "corrections/01") -> None:
    """Hold that check, audit and the verification of a release name it, and that nothing counts."""
    place = f"{PROPOSAL}/{id}.yaml"
    checked = said(govkit, root, "check")
    assert place in checked
    assert f"this correction is false, and changes nothing: {words}" in checked
    assert f"{place}: false: {words}" in said(govkit, root, "audit", "--now", OPEN)
    false = f"this correction is false, and changes nothing: {words}"
    assert any(at == place and told.startswith(false) for at, told in verified(root))
    assert BLOCKS in said(govkit, root, "status", "2026-001", "--now", DECIDED, ends=0)


def verified(root: Path) -> list[tuple[str, str]]:
    """What `release verify` says of a release that rests on this decision."""
    units = [SimpleNamespace(adopted_by=f"{PROPOSAL}/decision.yaml")]
    found = SimpleNamespace(
        corpus=open_workspace(root).corpus,
        manifest=SimpleNamespace(units=units),
        kept=None,
        mail_faults={},
    )
    looks = of_positions(cast("ReleaseEvidence", found))
    return [(each.place, each.message) for each in looks]


def decide(govkit: Run, root: Path) -> None:
    words = ("decide", "2026-001", "--apply", *by("a-example")[:2], "--now", DECIDED)
    said(govkit, root, *words, ends=0)


# --- one coordinator ------------------------------------------------------------------------------


def test_one_coordinator_alone_corrects_an_objection_into_a_consent_and_it_stands(
    agora: Path, govkit: Run
) -> None:
    words = ("correct", f"2026-001/{SLIP}", "consent", "--text", "", "--reason", "A slip.")
    said(govkit, agora, *words, *by("a-example"), ends=0)
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert BLOCKS in status
    assert f"Not counted: {RIGHT}: corrections/01 is not confirmed" in status
    checked = said(govkit, agora, "check")
    lacks = f"neither a second coordinator nor {CHAT} has confirmed it"
    assert f"this correction does not count: {lacks}" in checked
    assert f"not confirmed: {lacks}" in said(govkit, agora, "audit", "--now", OPEN)
    decide(govkit, agora)
    decision = record(agora, "decision")
    assert RIGHT in {each.record for each in decision.reported}
    objections = {each.position for unit in decision.units for each in unit.objections}
    assert SLIP in objections
    assert any("was not confirmed, so the more cautious" in words for _, words in verified(agora))


def test_minutes_that_one_coordinator_typed_confirm_no_correction(agora: Path, govkit: Run) -> None:
    """As a mail of the member, too: what one coordinator wrote down counts for nobody."""
    letter = agora.parent / "letter.txt"
    letter.write_text("We consent.\n")
    words = ("correct", f"2026-001/{SLIP}", "consent", "--text", "", "--reason", "A slip.")
    said(govkit, agora, *words, "--source", str(letter), *by("a-example"), ends=0)
    confirmed = ("evidence", "2026-001", f"{CHAT}-03", "--source", str(letter), "--confirmed")
    said(govkit, agora, *confirmed, *by("a-example"), ends=0)
    assert BLOCKS in said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)


def test_one_coordinator_who_corrects_in_the_name_of_the_other_and_vouches_is_found(
    agora: Path, played: Path, govkit: Run
) -> None:
    key = str(key_of(played, "a-example"))
    words = ("correct", f"2026-001/{SLIP}", "consent", "--text", "", "--reason", "A slip.")
    said(govkit, agora, *words, *by("c-example"), ends=0)
    vouch = ("countersign", f"2026-001/{SHOWN}", "--seen", "It.", "--key", key)
    said(govkit, agora, *vouch, *by("a-example"), ends=0)
    said(govkit, agora, "seal", "--key", key, *by("a-example"), ends=0)
    assert "it may be the word of a-example alone, in two names" in said(govkit, agora, "check")
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert BLOCKS in status
    assert "has not sealed that" in status


def test_a_decision_written_as_if_the_correction_had_counted_is_found(
    agora: Path, govkit: Run
) -> None:
    """Applied rightly, and then the objection is taken out of the record of the decision."""
    words = ("correct", f"2026-001/{SLIP}", "consent", "--text", "", "--reason", "A slip.")
    said(govkit, agora, *words, *by("a-example"), ends=0)
    decide(govkit, agora)
    decision = record(agora, "decision")
    units = tuple(
        each.model_copy(update={"objections": (), "outcome": "adopted"}) for each in decision.units
    )
    path = agora / f"{PROPOSAL}/decision.yaml"
    forged = decision.model_copy(update={"units": units, "outcome": "adopted"})
    path.write_bytes(record_bytes("decision", forged, f"{PROPOSAL}/decision.yaml"))
    log_done_again(agora)
    found = said(govkit, agora, "check")
    assert "its records do not give this decision: it says `adopted`" in found


def test_a_correction_after_the_decision_is_shown_and_leaves_the_sum_as_it_was(
    agora: Path, played: Path, govkit: Run
) -> None:
    decide(govkit, agora)
    words = ("correct", f"2026-001/{SLIP}", "consent", "--text", "", "--reason", "A slip.")
    then = ("--by", "a-example", "--now", "2026-06-16T12:00:00Z")
    said(govkit, agora, *words, *then, ends=0)
    key = str(key_of(played, "c-example"))
    vouch = ("countersign", f"2026-001/{SHOWN}", "--seen", "It.", "--key", key)
    said(govkit, agora, *vouch, "--by", "c-example", *then[2:], ends=0)
    status = said(govkit, agora, "status", "2026-001", *then[2:], ends=0)
    assert "Reckoned again from what it rested on: the same." in status
    assert f"{RIGHT}: consent of {CHAT}: filed after the decision" in status
    assert "its records do not give this decision" not in said(govkit, agora, "check")


# --- false ----------------------------------------------------------------------------------------


def test_a_correction_that_came_earlier_than_what_it_corrects(agora: Path, govkit: Run) -> None:
    right = consenting(agora)
    came = received(agora, SLIP) - datetime.timedelta(days=1)
    file_by_hand(agora, (RIGHT, right), ("corrections/01", correction(agora, right)), came=came)
    found_false(govkit, agora, f"{RIGHT} says that it was received on {came:%Y-%m-%dT%H:%M:%SZ}")


def test_a_correction_of_a_correction(agora: Path, govkit: Run) -> None:
    """Each changes a little, until nobody said it."""
    came = received(agora, SLIP)
    words = ("correct", f"2026-001/{SLIP}", "stand-aside", "--reason", "A slip.")
    said(govkit, agora, *words, *by("a-example"), ends=0)
    again, third = consenting(agora, corrects=RIGHT), f"positions/{CHAT}-04"
    made = correction(agora, again, third, RIGHT)
    file_by_hand(agora, (third, again), ("corrections/02", made), came=came)
    words = f"{RIGHT} is a correction itself: what was written down wrongly is {SLIP}"
    found_false(govkit, agora, words, "corrections/02")


def test_what_a_member_said_later_is_no_correction_of_what_they_said_before(
    agora: Path, govkit: Run
) -> None:
    """A second position is passed off as what was said at first, so that the objection is gone."""
    came = received(agora, SLIP)
    later = consenting(agora, corrects=None)
    file_by_hand(agora, (RIGHT, later), ("corrections/01", correction(agora, later)), came=came)
    found_false(govkit, agora, f"{RIGHT} does not say that it corrects {SLIP}")


def test_a_correction_of_other_words_than_those_that_were_filed(agora: Path, govkit: Run) -> None:
    right = consenting(agora)
    made = correction(agora, right) | {"digest": digest_for("position", right)}
    file_by_hand(agora, (RIGHT, right), ("corrections/01", made), came=received(agora, SLIP))
    found_false(govkit, agora, f"it is about other words than those of {SLIP}")


def test_a_position_that_says_that_it_corrects_another_and_no_correction_says_so(
    agora: Path, govkit: Run
) -> None:
    file_by_hand(agora, (RIGHT, consenting(agora)), came=received(agora, SLIP))
    found_false(
        govkit,
        agora,
        f"it says that it corrects {SLIP}, and no correction in the log says so",
        RIGHT,
    )
