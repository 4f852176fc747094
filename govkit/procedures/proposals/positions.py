"""Positions that a coordinator writes down: bound to the exact words, with what shows them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from govkit.consent.counting import Cause, Counting
from govkit.corpus.naming import proposal_named
from govkit.correspondence.position_receipts import PositionReceipt
from govkit.errors import WrongUse
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import member_of
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG
from govkit.log.periods import after
from govkit.procedures.log.disclosures import withhold_reason
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_path
from govkit.procedures.log.register import require_begun
from govkit.records.corrections import Correction
from govkit.records.enumerations import Stance
from govkit.records.evidence import Evidence
from govkit.records.governance import Member
from govkit.records.kinds import folder_of_proposal
from govkit.records.log import LogEntry
from govkit.records.positions import Pair, Position, Publish, SeenHead
from govkit.records.proposals import Proposal, Revision
from govkit.round.docket import docket_of
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.source.record_bytes import record_bytes
from govkit.source.scaffolds import NameRefused, paragraphs
from govkit.store import committed_files, private, refs
from govkit.workspace import Workspace

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PositionInput:
    """What was said, and by whom.

    `units` empty means all of the revision; `revision` None means the current one. `head` is the
    newest entry of the log that the member has seen.
    """

    member: str
    proposal: str
    stance: Stance
    units: tuple[str, ...] = ()
    revision: int | None = None
    reason: str | None = None
    cast_by: str | None = None
    claimed_at: datetime.datetime | None = None
    confirms_withdrawal: bool = False
    publish_name: bool = True
    withhold_reason: bool = False
    head: SeenHead | None = None


def seen_head(workspace: Workspace) -> SeenHead | None:
    """Return the newest entry of the log that a member is shown; None where there is none.

    What is not pushed may get another number yet (`intake --resume`), and a statement can't change.
    """
    fetched = refs.fetched_line(workspace.root)
    newest = committed_files.newest_below(workspace.root, fetched, LOG) if fetched else None
    if fetched is None:
        head = newest_entry_of(workspace.corpus)
        return SeenHead(seq=head.seq, digest=head.digest) if head else None
    document = workspace.corpus.by_path.get(newest[0]) if newest else None
    entry = document.record if document else None
    if not isinstance(entry, LogEntry):
        return None
    return SeenHead(seq=entry.seq, digest=entry_digest(entry))


class NewPosition(NamedTuple):
    """A position that was given, and its place. `repeats` is the place of what it says again."""

    position: Position
    path: str
    repeats: str = ""
    beside: tuple[Filing, ...] = ()
    """What discloses a reason that is not to be printed."""


class CurrentRevision(NamedTuple):
    """A proposal and one of its revisions."""

    proposal: Proposal
    number: int
    revision: Revision


def asked_of(workspace: Workspace, id: str, number: int | None = None) -> CurrentRevision:
    """Return a proposal and its current revision, or the one with a number. Raises `WrongUse`."""
    corpus = workspace.corpus
    proposal = proposal_named(corpus, id)
    revisions = {
        int(each.id.rsplit("-", 1)[1]): each.record
        for each in corpus.of_kind("revision")
        if each.id.startswith(f"{id}/rev-") and isinstance(each.record, Revision)
    }
    if not revisions:
        raise WrongUse(f"the proposal {id} has no revision that is open", "Open one first.")
    number = max(revisions) if number is None else number
    if number not in revisions:
        raise WrongUse(
            f"the proposal {id} has no revision {number}", f"The current one is {max(revisions)}."
        )
    return CurrentRevision(proposal, number, revisions[number])


def pairs_of(asked: CurrentRevision, units: Sequence[str]) -> tuple[Pair, ...]:
    """Return the words before and after of some texts of a revision; of all where none is named.

    Where another open proposal changes a text, too, both cases were shown, and a word is given to
    both: else every consent would be stale once the other one is applied.
    """
    known = {unit.id: unit for unit in asked.revision.units}
    for id in units:
        if id not in known:
            raise WrongUse(
                f"revision {asked.number} of {asked.proposal.id} has no text `{id}`",
                f"It has: {', '.join(known)}.",
                typed=id,
                known=list(known),
            )
    found: dict[Pair, None] = {}
    for id in units or known:
        found |= dict.fromkeys(Pair(id=id, before=b, after=a) for b, a in known[id].pairs)
    return tuple(found)


def prepare_position(workspace: Workspace, said: PositionInput) -> NewPosition:
    """Return the position that was given. Raises `WrongUse` where it can't stand."""
    asked = asked_of(workspace, said.proposal, said.revision)
    cast_by = said.cast_by or said.member
    member = require_may_speak(workspace, cast_by, said.member)
    reason = _reason(said)
    pairs = pairs_of(asked, said.units)
    if said.stance == "withdraw":
        require_said_before(workspace, said.proposal, said.member, said.units)
    position = Position(
        member=said.member,
        cast_by=cast_by,
        capacity=member.kind,
        revision=asked.number,
        position=said.stance,
        reason=reason,
        confirms_withdrawal=said.confirms_withdrawal,
        units=pairs,
        claimed_at=said.claimed_at.replace(microsecond=0) if said.claimed_at else None,
        head=said.head,
        publish=Publish(name=said.publish_name),
    )
    path = path_of_position(workspace, said.proposal, said.member)
    if said.withhold_reason:
        position, beside = withhold_reason(path, position, private.new_salt())
        return NewPosition(position, path, "", beside)
    return NewPosition(position, path)


def require_said_since(
    workspace: Workspace, said: PositionInput, came: datetime.datetime | None
) -> None:
    """Raise `WrongUse` where words are said to have come before what they are about."""
    if came is None and said.claimed_at is None:
        return
    asked = asked_of(workspace, said.proposal, said.revision)
    named = f"revision {asked.number} of proposal {asked.proposal.id}"
    require_begun(came, asked.revision.opened, "--received", named)
    require_begun(said.claimed_at, asked.revision.opened, "--said-at", named)


def require_said_before(
    workspace: Workspace, proposal: str, member: str, units: Sequence[str]
) -> None:
    """Raise `WrongUse` where a member would take back what they never said; no units means all."""
    folder = f"{folder_of_proposal(proposal)}positions/"
    for each in workspace.corpus.of_kind("position"):
        record = each.record
        if not each.path.startswith(folder) or not isinstance(record, Position):
            continue
        if record.member == member and (
            not units or set(units) & {pair.id for pair in record.units}
        ):
            return
    texts = f" about {', '.join(units)}" if units else ""
    raise WrongUse(
        f"{member} has given no position on {proposal}{texts}, so there is nothing to withdraw",
        f"`govkit status {proposal}` lists who said what. Nothing was written.",
    )


def said_within_a_day(
    workspace: Workspace, proposal: str, position: Position, came: datetime.datetime
) -> str:
    """Return the last position of a member, where it is just this one and came within a day."""
    docket = docket_of(workspace.corpus, proposal)
    every = docket.positions if docket else ()
    last = next((each for each in reversed(every) if each.record.member == position.member), None)
    if last is None or last.entry is None or abs(came - last.entry.received_at) > _A_DAY:
        return ""
    # The same words may be seen below another head, or be dated to another minute.
    other: dict[str, object] = {"head": last.record.head, "claimed_at": last.record.claimed_at}
    if position.reason_withheld and last.record.reason_withheld:
        # Each has a salt of its own, so the commitments say nothing about the words.
        other["reason_withheld"] = last.record.reason_withheld
    return last.id if position.model_copy(update=other) == last.record else ""


def path_of_position(workspace: Workspace, proposal: str, member: str) -> str:
    """Return the place of the next position of a member."""
    return next_path(workspace, f"{folder_of_proposal(proposal)}positions", 2, f"{member}-")


def filing_of(position: Position, path: str) -> Filing:
    """Return the filing of a position."""
    return Filing(path, record_bytes("position", position, path), "position")


def _reason(said: PositionInput) -> str | None:
    if said.reason is None:
        if said.stance == "consent-with-reservation":
            raise WrongUse(
                "a reservation needs words: what is reserved", 'Add --reason "the words".'
            )
        return None
    try:
        return paragraphs(said.reason)
    except NameRefused as reason:
        raise WrongUse(f"the reason can't be taken: {reason}", "Write it otherwise.") from None


def require_may_speak(workspace: Workspace, speaker: str, member: str) -> Member:
    """Return the member in whose name is spoken. Raises `WrongUse` where nobody may speak so."""
    record = member_of(workspace.corpus, member)
    if record.state != "enrolled":
        what = "was only listed and has not enrolled" if record.state == "listed" else "has left"
        raise WrongUse(
            f"{member} {what}, so no position can be taken",
            f"`govkit member add {member}` takes them in." if record.state == "listed" else "",
        )
    if speaker != member and member_of(workspace.corpus, speaker).represents != member:
        raise WrongUse(
            f"{speaker} does not represent {member}",
            f"Who speaks for {member} has `represents: {member}` in their own record.",
        )
    return record


@dataclass(frozen=True)
class PositionVerdict:
    """Whether a position that was filed counts as things stand.

    `causes` say why not, and what can be done. `objection` is the file of an earlier objection of
    the same person that stands all the same; None where there is none, or this is the objection.
    """

    causes: tuple[Cause, ...] = ()
    objection: str | None = None
    intake_ended: datetime.datetime | None = None
    """When the time of intake ended, where it was filed after that; it changes no sum."""


class FiledPosition(NamedTuple):
    """A position and what shows it, each with its place and its entry in the log."""

    position: Position
    path: str
    entry: LogEntry
    evidence: Evidence
    shown_at: str
    shown_by: LogEntry


def verdict_on(
    workspace: Workspace,
    proposal: str,
    filed: Sequence[FiledPosition],
    now: datetime.datetime,
    corrections: Sequence[FiledRecord[Correction]] = (),
) -> list[PositionVerdict]:
    """Return whether positions count that were just filed; `workspace` is from before that."""
    docket = docket_of(workspace.corpus, proposal)
    if docket is None or docket.revision is None:
        return [PositionVerdict() for _ in filed]
    folder = folder_of_proposal(proposal)

    def named(path: str) -> str:
        return path.removeprefix(folder).removesuffix(".yaml")

    new = [FiledRecord(named(each.path), each.position, each.entry) for each in filed]
    shown = [FiledRecord(named(each.shown_at), each.evidence, each.shown_by) for each in filed]
    counting = Counting(
        replace(
            docket,
            positions=(*docket.positions, *new),
            evidence=(*docket.evidence, *shown),
            corrections=(*docket.corrections, *corrections),
        ),
        now,
    )
    return [
        PositionVerdict(
            counting.causes(each.id),
            _standing(counting, each, folder),
            _intake_ended(counting.round, each),
        )
        for each in new
    ]


def _intake_ended(round: Round, each: FiledRecord[Position]) -> datetime.datetime | None:
    closes = round.dates.closes
    if closes is None or round.highest is None or each.entry is None:
        return None
    ended = after(closes, round.highest.periods.intake, round.docket.quiet)
    return ended if each.entry.recorded_at >= ended else None


def _standing(counting: Counting, each: FiledRecord[Position], folder: str) -> str | None:
    if each.record.position == "object":
        return None
    name = counting.objection_of(each.id)
    return f"{folder}{name}.yaml" if name else None


def receipt_for(
    workspace: Workspace, proposal: str, filed: FiledPosition, causes: Sequence[Cause]
) -> PositionReceipt:
    """Return what a member keeps of a position. `causes` say why it does not count."""
    charter = workspace.corpus.charter
    return PositionReceipt(
        charter.name if charter else "the coalition",
        proposal,
        asked_of(workspace, proposal, filed.position.revision).proposal.title,
        filed.position,
        filed.entry,
        filed.evidence,
        causes,
        not_pushed=refs.fetched_line(workspace.root) is not None,
    )


def verdict_lines(causes: Sequence[Cause]) -> Iterator[str]:
    """Yield that a position does not count, why, and what the member can do."""
    for each in causes:
        about = f" for {', '.join(each.units)}" if each.units else ""
        yield f"As things stand, this does not count{about}: {each.why}."
        if each.remedy:
            yield f"  {each.remedy}."
