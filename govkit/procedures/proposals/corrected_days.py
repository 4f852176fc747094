"""Corrections of when something came, as they are filed: no words change, and both moments stay."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_free, taken_places
from govkit.procedures.log.register import require_begun
from govkit.procedures.proposals.corrections import KnownRecord, require_other, require_published
from govkit.records.comments import Comment
from govkit.records.corrections import Correction
from govkit.records.positions import Position
from govkit.records.scalars import iso
from govkit.round.corrected_days import too_late_to_correct
from govkit.source.record_bytes import record_bytes
from govkit.workspace import Workspace

_NOTHING = "Nothing was written."


class NewCorrectedDay(NamedTuple):
    """A correction of when something came: its place in the proposal, and its filing."""

    id: str
    filing: Filing
    lines: tuple[str, ...]
    """What a receipt says: both moments, and that neither goes."""


def prepare_corrected_day(
    workspace: Workspace,
    wrong: KnownRecord,
    came: datetime.datetime,
    reason: str,
    now: datetime.datetime,
) -> NewCorrectedDay:
    """Return the correction of when a position or comment came. Raises `WrongUse`."""
    filed, entry, came = wrong.filed, wrong.filed.entry, came.replace(microsecond=0)
    assert entry is not None
    assert entry.digest is not None
    _require_possible(wrong, came)
    late = too_late_to_correct(wrong.docket, filed, now)
    if late:
        raise WrongUse(
            f"when it came is corrected no more: {late}",
            "By then all words are known, and their order stays. Two coordinators can take in what "
            f"came too late: `govkit propose act reopen --help`. {_NOTHING}",
        )
    folder = "/".join(wrong.path.split("/")[:3])
    path = next_free(taken_places(workspace), f"{folder}/corrections", 2)
    correction = Correction(
        corrects=filed.id,
        digest=entry.digest,
        right=filed.id,
        right_digest=entry.digest,
        received_at=came,
        reason=reason,
    )
    lines = (
        f"{filed.id} (number {entry.seq} of the log) was received at {iso(came)}.",
        f"Written down was {iso(wrong.received_at)}, wrongly:",
        *(f"  {line}".rstrip() for line in reason.split("\n")),
        "Both stay in the log. What was written down holds until a second coordinator vouches.",
    )
    data = record_bytes("correction", correction, path)
    id = path.removeprefix(f"{folder}/").removesuffix(".yaml")
    return NewCorrectedDay(id, Filing(path, data, "correction"), lines)


def _require_possible(wrong: KnownRecord, came: datetime.datetime) -> None:
    docket, filed, entry = wrong.docket, wrong.filed, wrong.filed.entry
    assert entry is not None
    said: Position | Comment = filed.record
    if entry.received_basis != "registrar":
        raise WrongUse(
            f"a host says when {filed.id} came, and nobody's word stands against that",
            f"Look at the mail, or at the event on the host. {_NOTHING}",
        )
    if isinstance(said, Comment):
        require_published(filed.id, said)
    if came == wrong.received_at:
        require_other(said, said)
    if came > entry.recorded_at:
        raise WrongUse(
            f"{filed.id} was in the log by {iso(entry.recorded_at)}, so it came before",
            f"Look at the day and the year. {_NOTHING}",
        )
    number = said.revision if isinstance(said, Position) else said.target.revision
    opened = docket.revisions[number - 1].record.opened
    require_begun(came, opened, "--received", f"revision {number}")
    decided = docket.decision_entry
    if decided is not None and decided.seq > filed.seq:
        raise WrongUse(
            f"{docket.proposal.id} was decided after {filed.id} had been filed, and that stands",
            f"Propose other words, if it should have been decided otherwise. {_NOTHING}",
        )
    for each in docket.corrected_days:
        if (each.of, each.came, each.fault) == (filed.id, came, ""):
            raise WrongUse(f"{each.id} says just this already", _NOTHING)
