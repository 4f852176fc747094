"""A statement that a member signed by themselves: written for them to sign, and taken in."""

from __future__ import annotations

from typing import NamedTuple

from govkit.consent.evidence import EntryDates
from govkit.consent.position_statement import (
    Statement,
    StatementFault,
    bases_of,
    read_statement,
    statement_of,
)
from govkit.errors import WrongUse
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of
from govkit.procedures.proposals.evidence import (
    EvidenceInput,
    basis_of,
    docket_asked,
    signed_elsewhere,
)
from govkit.procedures.proposals.positions import (
    NewPosition,
    PositionInput,
    asked_of,
    pairs_of,
    path_of_position,
    prepare_position,
    require_may_speak,
    require_said_before,
    seen_head,
)
from govkit.records.enumerations import STANCES
from govkit.records.kinds import path_in_proposal
from govkit.records.positions import Position
from govkit.round.docket import Docket
from govkit.workspace import Workspace

NOTHING = "Nothing was written."


class SignedStatement(NamedTuple):
    """What a signed statement comes to: a position, where it stands, and the proof.

    `is_filed` says that the position is in the log already, and that only its evidence rises.
    """

    proposal: str
    position: NewPosition
    shown: EvidenceInput
    is_filed: bool


def statement_to_sign(
    workspace: Workspace, said: PositionInput | None, member: str, id: str
) -> str:
    """Return the statement for a member to sign: of a new position, or of their last one.

    `said` is None for the last one, which is in the log already. Raises `WrongUse`.
    """
    docket = docket_asked(workspace, id)
    if said is not None:
        seen = seen_head(workspace)
        position = prepare_position(workspace, said).position.model_copy(update={"head": seen})
        return statement_of(position, basis_of(docket, position.revision))
    own = [each for each in docket.positions if each.record.member == member and each.logged]
    if not own:
        raise WrongUse(
            f"{member} has given no position on {id} yet, so it is not known what to sign",
            f"Say what the position is, with --position: {', '.join(STANCES)}.",
        )
    record = own[-1].record
    return statement_of(record, basis_of(docket, record.revision))


def taken_statement(
    workspace: Workspace, data: bytes, signature: str, dates: EntryDates
) -> SignedStatement:
    """Return what a statement and the signature over it come to, once both are proved.

    Raises `WrongUse` with one cause and the way out.
    """
    try:
        read = read_statement(data)
    except StatementFault as fault:
        raise WrongUse(f"this statement can't be taken: {fault}", NOTHING) from None
    _require_ours(workspace, read)
    docket = docket_asked(workspace, read.basis.proposal)
    _require_of_this_revision(workspace, docket, read)
    shown = signed_elsewhere(docket, read.position, signature, dates, data.decode())
    known = _filed_before(docket, data.decode())
    if known is None and read.position.corrects:
        raise WrongUse(
            f"this statement corrects {read.position.corrects}, and no such correction is filed",
            "File it first: `govkit correct`. Then let the member sign what `govkit status "
            f"{read.basis.proposal} --statement {read.position.member}` writes. {NOTHING}",
        )
    if known is None:
        _require_may_be_said(workspace, read)
        known = path_of_position(workspace, read.basis.proposal, read.position.member)
        return SignedStatement(read.basis.proposal, NewPosition(read.position, known), shown, False)
    path = path_in_proposal(read.basis.proposal, known)
    return SignedStatement(read.basis.proposal, NewPosition(read.position, path), shown, True)


def _filed_before(docket: Docket, statement: str) -> str | None:
    """Return the position in the log that has exactly this statement, or None."""
    for each in docket.positions:
        if each.logged and 1 <= each.record.revision <= docket.number:
            bases = bases_of(docket, each.record.revision)
            if any(statement_of(each.record, basis) == statement for basis in bases):
                return each.id
    return None


def _require_ours(workspace: Workspace, read: Statement) -> None:
    charter = workspace.corpus.charter
    ours = charter.id if charter else ""
    if read.basis.coalition != ours:
        raise WrongUse(
            f"this statement is for the coalition {read.basis.coalition}, and this is {ours}",
            f"Send it there. {NOTHING}",
        )


def _require_of_this_revision(workspace: Workspace, docket: Docket, read: Statement) -> None:
    """Raise `WrongUse` where a statement is bound to something that is not in this register."""
    position, id = read.position, read.basis.proposal
    asked_of(workspace, id, position.revision)
    again = (
        f"Let {position.cast_by} sign what `govkit status {id} --statement {position.member}` "
        f"writes. {NOTHING}"
    )
    bases = bases_of(docket, position.revision)
    if read.basis.root not in {each.root for each in bases}:
        raise WrongUse(
            "this statement is bound to another founding than that of this coalition", again
        )
    if read.basis not in bases:
        raise WrongUse(
            f"this statement is about another change than revision {position.revision} of {id}",
            again,
        )
    _require_same_log(workspace, position)


def _require_same_log(workspace: Workspace, position: Position) -> None:
    if position.head is None:
        return
    known = {entry.seq: entry for _, entry in entries_of(workspace.corpus)}
    entry = known.get(position.head.seq)
    if entry is None:
        raise WrongUse(
            f"it names number {position.head.seq} of the log as the newest, and this log ends "
            f"before that",
            f"Bring in what the others have: `git pull`. {NOTHING}",
        )
    if entry_digest(entry) != position.head.digest:
        raise WrongUse(
            f"{position.cast_by} was shown another number {position.head.seq} of the log than the "
            "one here: somebody showed two histories",
            f"Tell the other coordinators, and ask {position.cast_by} where the file came from. "
            f"{NOTHING}",
        )


def _require_may_be_said(workspace: Workspace, read: Statement) -> None:
    """Raise `WrongUse` where nobody could file such a position by a command either."""
    position, id = read.position, read.basis.proposal
    member = require_may_speak(workspace, position.cast_by, position.member)
    if position.capacity != member.kind:
        raise WrongUse(
            f"it is given as {position.capacity}, and {position.member} is a member as "
            f"{member.kind}",
            f"`govkit status {id} --statement {position.member}` writes the right one. {NOTHING}",
        )
    right = pairs_of(asked_of(workspace, id, position.revision), [e.id for e in position.units])
    if not position.units or set(right) != set(position.units):
        raise WrongUse(
            f"it is about words that revision {position.revision} of {id} does not hold",
            f"`govkit status {id} --statement {position.member}` writes the right ones. {NOTHING}",
        )
    if position.position == "consent-with-reservation" and not (
        position.reason or position.reason_withheld
    ):
        raise WrongUse("a reservation needs words: what is reserved", NOTHING)
    if position.position == "withdraw":
        require_said_before(workspace, id, position.member, position.texts)
