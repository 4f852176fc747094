"""Positions that a coordinator writes down: bound to the exact words, with what shows them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from govkit.corpus.coordinators import member_of
from govkit.corpus.record_digests import entry_digest, plain_text
from govkit.errors import WrongUse
from govkit.records.governance import Member
from govkit.records.log import LogEntry
from govkit.records.positions import Evidence, Pair, Position, Publish, Stance
from govkit.records.proposals import Proposal, Revision
from govkit.source.record_bytes import instant_text, record_bytes
from govkit.source.scaffolds import NotTaken, paragraphs
from govkit.source.validation import nearest
from govkit.workspace import Workspace
from govkit.workspace.filing import Filing
from govkit.workspace.numbering import next_path

SAYS = {
    "consent": "consents",
    "consent-with-reservation": "consents with a reservation",
    "stand-aside": "stands aside",
    "object": "objects",
    "abstain": "abstains",
    "withdraw": "withdraws what was said before",
}


@dataclass(frozen=True)
class Spoken:
    """What was said, by whom, and how it is known.

    `units` empty means all of the revision; `revision` None means the current one. `source` is the
    salted digest of what the coordinators keep, None where nothing is kept.
    """

    member: str
    proposal: str
    stance: Stance
    units: tuple[str, ...] = ()
    revision: int | None = None
    reason: str | None = None
    cast_by: str | None = None
    how: str = "reported"
    note: str | None = None
    claimed_at: datetime.datetime | None = None
    confirms_withdrawal: bool = False
    publish_name: bool = True


class Asked(NamedTuple):
    """A proposal and one of its revisions."""

    proposal: Proposal
    number: int
    revision: Revision


def asked_of(workspace: Workspace, id: str, number: int | None = None) -> Asked:
    """Return a proposal and its current revision, or the one with a number. Raises `WrongUse`."""
    corpus = workspace.corpus
    document = corpus.find(("proposal",), id)
    proposal = document.record if document else None
    if not isinstance(proposal, Proposal):
        near = nearest(id, [each.id for each in corpus.of_kind("proposal")])
        raise WrongUse(
            f"there is no proposal `{id}` that can be read",
            f"Did you mean `{near}`?" if near else "`govkit list proposal` lists them.",
        )
    revisions = {
        int(each.id.rsplit("-", 1)[1]): each.record for each in corpus.of_kind("revision")
        if each.id.startswith(f"{id}/rev-") and isinstance(each.record, Revision)
    }  # fmt: skip
    if not revisions:
        raise WrongUse(f"the proposal {id} has no revision that is open", "Open one first.")
    number = max(revisions) if number is None else number
    if number not in revisions:
        raise WrongUse(
            f"the proposal {id} has no revision {number}", f"The current one is {max(revisions)}."
        )
    return Asked(proposal, number, revisions[number])


def pairs_of(asked: Asked, units: Sequence[str]) -> tuple[Pair, ...]:
    """Return the words before and after of some texts of a revision; of all where none is named."""
    known = {unit.id: unit for unit in asked.revision.units}
    for id in units:
        if id not in known:
            near = nearest(id, list(known))
            raise WrongUse(
                f"revision {asked.number} of {asked.proposal.id} has no text `{id}`",
                (f"Did you mean `{near}`? " if near else "") + f"It has: {', '.join(known)}.",
            )
    return tuple(
        Pair(id=id, before=known[id].before, after=known[id].after)
        for id in dict.fromkeys(units or known)
    )


def spoken(
    workspace: Workspace, said: Spoken, level: str, source: str | None = None
) -> tuple[Position, str]:
    """Return the position that was given, and its path. Raises `WrongUse` where it can't stand."""
    asked = asked_of(workspace, said.proposal, said.revision)
    cast_by = said.cast_by or said.member
    member = hold_may_speak(workspace, cast_by, said.member)
    reason = _reason(said)
    position = Position(
        member=said.member, cast_by=cast_by, capacity=member.kind, revision=asked.number,
        position=said.stance, reason=reason, confirms_withdrawal=said.confirms_withdrawal,
        units=pairs_of(asked, said.units),
        claimed_at=said.claimed_at.replace(microsecond=0) if said.claimed_at else None,
        evidence=Evidence(level=cast("Any", level), kind=cast("Any", said.how), source=source,
                          note=said.note),
        publish=Publish(name=said.publish_name),
    )  # fmt: skip
    return position, path_of_position(workspace, said.proposal, said.member)


def path_of_position(workspace: Workspace, proposal: str, member: str) -> str:
    """Return the place of the next position of a member."""
    return next_path(workspace, f"governance/proposals/{proposal}/positions", 2, f"{member}-")


def filing_of(position: Position, path: str) -> Filing:
    """Return the filing of a position."""
    return Filing(path, record_bytes("position", position, path), "position")


def _reason(said: Spoken) -> str | None:
    if said.reason is None:
        if said.stance == "consent-with-reservation":
            raise WrongUse(
                "a reservation needs words: what is reserved", 'Add --reason "the words".'
            )
        return None
    try:
        return paragraphs(said.reason)
    except NotTaken as reason:
        raise WrongUse(f"the reason can't be taken: {reason}", "Write it otherwise.") from None


def hold_may_speak(workspace: Workspace, speaker: str, member: str) -> Member:
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


def open_objection(workspace: Workspace, position: Position, proposal: str) -> str | None:
    """Return an earlier objection of the same person that this position does not take back."""
    if position.position in ("object", "withdraw") or position.confirms_withdrawal:
        return None
    folder = f"governance/proposals/{proposal}/positions/"
    ids = {pair.id for pair in position.units}
    found: dict[int, tuple[str, Position]] = {}
    for document in workspace.corpus.of_kind("position"):
        record = document.record
        if (
            isinstance(record, Position) and document.path.startswith(folder)
            and (record.member, record.cast_by) == (position.member, position.cast_by)
            and ids & {pair.id for pair in record.units}
        ):  # fmt: skip
            number = re.search(r"([0-9]+)\.yaml$", document.path)
            found[int(number[1]) if number else 0] = (document.path, record)
    for _, (path, record) in sorted(found.items(), reverse=True):
        if record.position == "withdraw" or record.confirms_withdrawal:
            return None
        if record.position == "object":
            return path
    return None


def receipt(
    workspace: Workspace, position: Position, proposal: str, entry: LogEntry, pushed_later: bool
) -> Iterator[str]:
    """Yield the lines of a receipt, which a member keeps."""
    asked = asked_of(workspace, proposal, position.revision)
    charter = workspace.corpus.charter
    yield f"Receipt of {charter.name if charter else 'the coalition'}"
    yield f"Proposal {proposal}, revision {position.revision}: {asked.proposal.title}"
    by = "" if position.cast_by == position.member else f", through {position.cast_by}"
    yield f"{position.member}{by} {SAYS[position.position]}."
    if position.reason:
        yield "Reason:"
        yield from (f"  {line}".rstrip() for line in plain_text(position.reason).split("\n"))
    yield "The exact words, by their digests before and after:"
    for pair in position.units:
        yield f"  {pair.id}"
        yield f"    before {pair.before or 'nothing: never adopted'}"
        yield f"    after  {pair.after or 'nothing: withdrawn'}"
    evidence = position.evidence
    kept = f", source kept by the coordinators: {evidence.source}" if evidence.source else ""
    yield f"How sure it is: {evidence.level} ({evidence.kind}){kept}"
    yield f"Received {instant_text(entry.received_at)}, written down by {entry.by}"
    yield f"Number {entry.seq} in the log, {entry_digest(entry)}"
    if pushed_later:
        yield "The number is final once the log is pushed: send this receipt after the push."
    yield f'To withdraw, tell any coordinator: "I withdraw my position on {proposal}".'
