"""What the minutes of a meeting say, filed: positions with the minutes as what shows them, and who
was there. Nothing here happens without a person's yes, and nothing is filed a second time.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.procedures.proposals.evidence import EvidenceInput
from govkit.procedures.proposals.filed_positions import FiledPositions, file_positions, keep_source
from govkit.procedures.proposals.positions import (
    NewPosition,
    PositionInput,
    prepare_position,
    require_said_since,
)
from govkit.proposals.minutes import KnownNames, Minutes, SaidPosition
from govkit.records.governance import Member
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.records.proposals import Revision
from govkit.records.registers import Event
from govkit.round.docket import docket_of
from govkit.round.states import FINAL, OPEN_FOR_POSITIONS, state_of
from govkit.source.loader import load
from govkit.source.reading import read_record
from govkit.source.revising import revised
from govkit.workspace import Workspace


class MinutesPlan(NamedTuple):
    """What minutes amount to: new positions by proposal, those that are on record already, and the
    entry of the meeting with those who came (None where nothing of it is new).
    """

    positions: dict[str, list[NewPosition]]
    known: list[SaidPosition]
    attendance: Filing | None
    came: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing of it is new."""
        return not self.positions and self.attendance is None


class FiledMinutes(NamedTuple):
    """What was filed: positions, one value for each proposal, and all entries of the log."""

    positions: tuple[FiledPositions, ...]
    entries: tuple[LogEntry, ...]


def open_proposals(workspace: Workspace, now: datetime.datetime) -> dict[str, str]:
    """Return the titles of the proposals on which positions are taken, by id."""
    found = {}
    for each in workspace.corpus.of_kind("proposal"):
        docket = docket_of(workspace.corpus, each.id)
        if docket is not None and state_of(docket, now).name in OPEN_FOR_POSITIONS:
            found[each.id] = each.title
    return found


def names_for_minutes(workspace: Workspace, now: datetime.datetime) -> KnownNames:
    """Return what minutes may name: members who may speak, and texts of proposals."""
    corpus = workspace.corpus
    members = [
        each.id
        for each in corpus.of_kind("member")
        if isinstance(each.record, Member) and each.record.state == "enrolled"
    ]
    texts = {}
    for each in corpus.of_kind("proposal"):
        docket = docket_of(corpus, each.id)
        if docket is None or not docket.revisions:
            continue
        if state_of(docket, now).name in FINAL:
            continue
        revision = docket.revisions[-1].record
        assert isinstance(revision, Revision)
        texts[each.id] = [unit.id for unit in revision.units]
    return KnownNames(members, texts)


def plan_minutes(
    workspace: Workspace, minutes: Minutes, event: Document | None, receipt: FilingReceipt
) -> MinutesPlan:
    """Return what of the minutes is new. Raises `WrongUse` where something of it can't stand."""
    positions: dict[str, list[NewPosition]] = {}
    known = []
    for said in minutes.positions:
        words = PositionInput(
            member=said.member,
            proposal=said.proposal,
            stance=said.stance,
            units=said.units,
            reason=said.reason or None,
        )
        require_said_since(workspace, words, receipt.received_at)
        new = prepare_position(workspace, words)
        if _is_known(workspace, said.proposal, new.position):
            known.append(said)
        else:
            of_proposal = positions.setdefault(said.proposal, [])
            of_proposal.append(_placed(new, of_proposal))
    attendance, came = _attendance(workspace, minutes, event)
    return MinutesPlan(positions, known, attendance, came)


def file_minutes(
    workspace: Workspace, plan: MinutesPlan, name: str, data: bytes, receipt: FilingReceipt
) -> FiledMinutes:
    """File what is new. The minutes are kept privately, and each position names their digest."""
    shown = EvidenceInput(kind="meeting", level="E1")
    further = [plan.attendance] if plan.attendance is not None else []
    filed: list[FiledPositions] = []
    if plan.positions:
        shown = replace(shown, source=keep_source(workspace, name, data))
    for proposal, positions in plan.positions.items():
        filed.append(
            file_positions(
                workspace, proposal, positions, lambda _: shown, receipt, further=further
            )
        )
        further = []
    entries = [entry for each in filed for entry in each.entries]
    if further:
        entries += file_received(workspace.root, further, receipt)
    return FiledMinutes(tuple(filed), tuple(entries))


def _is_known(workspace: Workspace, proposal: str, position: Position) -> bool:
    """Say whether this is the last word of the member on these texts already."""
    docket = docket_of(workspace.corpus, proposal)
    ids = {pair.id for pair in position.units}
    last = None
    for each in docket.positions if docket is not None else ():
        if each.record.member == position.member and ids & {p.id for p in each.record.units}:
            last = each.record
    if last is None:
        return False
    return (last.position, last.reason, last.units, last.revision) == (
        position.position,
        position.reason,
        position.units,
        position.revision,
    )


def _placed(new: NewPosition, others: Sequence[NewPosition]) -> NewPosition:
    """Return a position at a place that none of the others has."""
    taken = {each.path for each in others}
    path, number = new.path, 0
    stem, _, rest = path.rpartition("-")
    while path in taken:
        number += 1
        path = f"{stem}-{int(rest.removesuffix('.yaml')) + number:02d}.yaml"
    return new._replace(path=path)


def _attendance(
    workspace: Workspace, minutes: Minutes, event: Document | None
) -> tuple[Filing | None, tuple[str, ...]]:
    if event is None or not minutes.has_list or genesis_of(workspace.corpus) is None:
        return None, ()
    record, data = event.record, workspace.files[event.path]
    if not isinstance(record, Event):
        raise WrongUse(f"{event.path} is no event that can be read", "`govkit check` says why.")
    came = tuple(dict.fromkeys((*record.attended, *minutes.present)))
    new = data
    if came != record.attended:
        new = revised("event", data, {**load(data.decode()), "attended": [*came]})
    changed, _ = read_record(event.path, "event", new)
    entry = valid_entries(workspace.corpus).get((event.path, "event"))
    if changed is None or (entry is not None and entry.digest == digest_for("event", changed)):
        return None, came
    return Filing(event.path, new, "event", was=data), came
