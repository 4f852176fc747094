"""What would change an outcome, in words that somebody can act on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.consent.decision import OutcomeChange, UnitDecision
from govkit.consent.objections import NO_BODY, Objection
from govkit.consent.tally import Requirement
from govkit.records.decisions import ADOPTED


def would_change(
    units: tuple[UnitDecision, ...], closes: datetime.datetime | None, now: datetime.datetime
) -> tuple[OutcomeChange, ...]:
    """Return what would change the outcome, each with the texts that it is true of."""
    found: dict[str, list[str]] = {}
    for unit in units:
        for words in _of(unit, closes is None or now < closes):
            found.setdefault(words, []).append(unit.id)
    return tuple(OutcomeChange(tuple(ids), words) for words, ids in found.items())


def _of(unit: UnitDecision, is_open: bool) -> Iterator[str]:
    for each in unit.blocking:
        yield {
            "unanswered": f"an answer to the objection of {each.member}",
            "answered": f"{each.member} being satisfied, or {_step(each)}",
            "escalated": f"the ruling of {each.decides or NO_BODY}: {_signers(each)}",
            "upheld": f"other words in a new revision, or {each.member} being satisfied",
            "reason-asked": f"the reason of {each.member}, or the end of the time for it",
        }[each.state]
        if each.asks:
            yield f"{each.member} confirming that the objection is withdrawn"
    if unit.outcome in ADOPTED:
        if is_open:
            yield "an objection with a reason, received in time"
        return
    for requirement in unit.requirements:
        if not requirement.met:
            yield _missing(requirement)
    for member in unit.stale:
        yield f"{member} giving a position to the words as they stand now"


def _step(each: Objection) -> str:
    """Return what can be done about an objection that was answered and not settled."""
    if not each.escalates:
        return "the step of the policy"
    if each.decides:
        return f"two coordinators passing the objection on to {each.decides}"
    return (
        "a ruling of the body that the charter names; it names none yet, and `escalate_to` in the "
        "charter does by an act of the coalition (`govkit amend charter`)"
    )


def _signers(each: Objection) -> str:
    """Return who signs a ruling, and what is wrong where they are too few."""
    sitting = ", ".join(each.sitting) or "nobody"
    few = "" if len(each.sitting) >= each.needed else "; these are too few, so members come first"
    return f"{each.needed} of its members sign it; at present these are {sitting}{few}"


def _missing(each: Requirement) -> str:
    if not each.reachable:
        return f"a waiver by two coordinators{f' for {each.group}' if each.group else ''}"
    where = f" from {each.group}" if each.group else ""
    if each.missing is None:
        return f"no objection{where} any more"
    one = each.missing == 1
    groups = "one more group" if one else f"{each.missing} more groups"
    named = {
        "groups": f"consents from {groups}",
        "quorum": f"{each.missing} more to take part",
        "endorsers": f"{each.missing} more endorser{'' if one else 's'}",
    }
    return named.get(each.what, f"{each.missing} more consent{'' if one else 's'}{where}")
