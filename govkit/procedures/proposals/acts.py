"""What coordinators, approvers or a minority do about a proposal, each with its reason.

Who may do what is the rule of the decision itself (`round.rounds`): an act that would not count
is not filed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govkit.consent.decide import decide
from govkit.consent.objections import SETTLED, Objection
from govkit.errors import WrongUse
from govkit.log.amendments import own_rules
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import member_of
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_path
from govkit.procedures.proposals.revision import docket_named
from govkit.procedures.proposals.revision_files import filed
from govkit.records.decisions import ObjectionState
from govkit.records.enumerations import ActKind
from govkit.records.log import LogEntry
from govkit.records.proposals import Act
from govkit.records.record_kind import PROPOSALS
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import TWO_COORDINATORS, Round
from govkit.workspace import Workspace


def prepare_act(
    workspace: Workspace, proposal: str, act: Act, now: datetime.datetime, registrar: str
) -> Filing:
    """Return the filing of an act. Raises `WrongUse` where it would not count."""
    docket = docket_named(workspace, proposal)
    if docket.revision is None:
        raise WrongUse(f"{proposal} has no revision yet", "Open one: `govkit propose open`.")
    for member in act.by:
        member_of(workspace.corpus, member)
    _require_units(act.units, [unit.id for unit in docket.revision.units], proposal)
    newest = newest_entry_of(workspace.corpus)
    entry = LogEntry(
        seq=newest.seq + 1 if newest else 1,
        kind="act",
        received_at=now,
        received_basis="registrar",
        recorded_at=now,
        by=registrar,
    )
    new = FiledRecord("acts/new", act, entry)
    fault = Round(replace(docket), now).fault_of(new)
    if fault:
        raise WrongUse(
            f"the act `{act.kind}` would not count: {fault}",
            f"{_way_out(docket, act, fault)} Nothing was changed.",
        )
    rules = own_rules(workspace.corpus)
    for member in Round(replace(docket, signed={new.id: ()}), now).unsigned(new):
        if rules and not rules.keys.holding(member, now, entry.seq):
            raise WrongUse(
                f"{member} has no key that counts, so could never sign the act `{act.kind}`",
                f"`govkit member key add {member} --file FILE.pub` first. Nothing was changed.",
            )
    return filed(next_path(workspace, f"{PROPOSALS}/{proposal}/acts", 2), "act", act)


def _way_out(docket: Docket, act: Act, fault: str) -> str:
    """Return what to do about an act that would not count."""
    id, charter = docket.proposal.id, docket.charter
    if fault == TWO_COORDINATORS:
        named = ", ".join(charter.coordinators.ids)
        return f"Name two of the coordinators ({named}), who are two people: --who MEMBER twice."
    if act.kind == "override":
        return "Name approvers of two stakeholder groups: --who MEMBER, once for each."
    if act.kind == "minority-statement":
        return f"Name whose view it is, who is on the roll of {id}: --who MEMBER, once for each."
    if act.kind == "ruling" and charter.escalate_to is not None:
        body = charter.escalate_to
        if fault.startswith("it takes"):
            return (
                f"Name {body.threshold} who represent {body.body} in their records: --who MEMBER, "
                f"once for each. `govkit show {body.body}` names them."
            )
        return f"`govkit status {id}` says which objections were passed on, and which are decided."
    return f"`govkit status {id}` says how the objections stand."


def prepare_answer(
    workspace: Workspace, proposal: str, member: str, act: Act, now: datetime.datetime
) -> Act:
    """Return an answer or a settlement with the objections of a member that it is about.

    Raises `WrongUse` where no objection of the member stands.
    """
    docket = docket_named(workspace, proposal)
    member_of(workspace.corpus, member)
    open_ = _open_objections(docket, act, now)
    own = [each for each in open_ if each.member == member]
    if not own:
        others = ", ".join(sorted({each.member for each in open_}))
        raise WrongUse(
            f"no objection of {member} to {proposal} stands",
            f"Objections stand of: {others}."
            if others
            else f"`govkit status {proposal}` says how it stands.",
        )
    return _about(act, own)


_PASSED_ON: dict[ActKind, tuple[ObjectionState, str]] = {
    "escalation": ("answered", "is answered and not settled"),
    "ruling": ("escalated", "was passed on and not decided"),
}


def prepare_escalation(
    workspace: Workspace,
    proposal: str,
    objectors: tuple[str, ...],
    act: Act,
    now: datetime.datetime,
) -> Act:
    """Return an escalation or a ruling with the objections that it is about.

    They are those that wait for it: of the members named, or all. Raises `WrongUse` where there is
    none, or where the charter names no body that decides.
    """
    docket = docket_named(workspace, proposal)
    for member in objectors:
        member_of(workspace.corpus, member)
    if docket.charter.escalate_to is None:
        raise WrongUse(
            "the charter names no body that decides about objections, so nobody could rule on it",
            "Write one into governance/charter.yaml, `escalate_to: {body: MEMBER, threshold: 2}`, "
            "and file it by an act of the coalition: `govkit amend charter`. Or revise the words, "
            "or withdraw the proposal.",
        )
    state, waits = _PASSED_ON[act.kind]
    open_ = [
        each
        for each in _open_objections(docket, act, now)
        if not objectors or each.member in objectors
    ]
    found = [each for each in open_ if each.state == state and each.escalates]
    if not found:
        raise WrongUse(f"no objection to {proposal} {waits}", *_why_not(proposal, open_))
    return _about(act, found)


def _open_objections(docket: Docket, act: Act, now: datetime.datetime) -> list[Objection]:
    """Return the objections that are not settled: to the texts that an act names, else to all."""
    return [
        each
        for unit in decide(docket, now).units
        for each in unit.objections
        if each.state not in SETTLED and (not act.units or each.unit in act.units)
    ]


def _about(act: Act, objections: Sequence[Objection]) -> Act:
    """Return an act with the objections that it is about, and their texts."""
    units = dict.fromkeys(each.unit for each in objections)
    positions = dict.fromkeys(each.position for each in objections)
    return act.model_copy(update={"units": tuple(units), "objections": tuple(positions)})


def _why_not(proposal: str, objections: Sequence[Objection]) -> Iterator[str]:
    unanswered = [each.member for each in objections if each.state == "unanswered"]
    if unanswered:
        yield f"Answer it first: `govkit answer {proposal} {unanswered[0]} --reply WORDS`."
    elif any(each.state == "answered" and not each.escalates for each in objections):
        yield "Its policy lets none be passed on. Revise the words, or withdraw the proposal."
    else:
        yield f"`govkit status {proposal}` says how it stands."


def _require_units(asked: Sequence[str], known: Sequence[str], proposal: str) -> None:
    for id in asked:
        if id not in known:
            raise WrongUse(
                f"the current revision of {proposal} has no text `{id}`",
                f"It has: {', '.join(known)}.",
            )
