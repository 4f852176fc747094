"""Calls for inputs: opened with dates, moved with a reason, closed after their last day.

Every date is a promise. It is never written over: a new date stands beside the old one, with the
reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, cast

from govkit.errors import WrongUse
from govkit.log.coordinators import charter_of
from govkit.log.periods import end_of_day, last_day
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.proposals.announcements import require_running
from govkit.procedures.proposals.revision import docket_named
from govkit.proposals.call_inputs import inputs_until
from govkit.records.calls import Call, Moved
from govkit.records.enumerations import STEPS
from govkit.records.kinds import path_in_proposal
from govkit.round.states import state_of
from govkit.source.record_bytes import plain, record_bytes
from govkit.source.scaffolds import NameRefused, one_line, paragraphs
from govkit.workspace import Workspace

CALLS = "governance/calls"
_OTHERS_WAIT_FOR = ("inputs", "comments", "last-call")
"""Times that others have to act in: they are never made shorter."""


class PlannedStep(NamedTuple):
    """A date of the plan: which step, of which revision, until the end of which day."""

    name: str
    revision: int
    day: datetime.date


def prepare_call(
    workspace: Workspace,
    title: str,
    asks: str,
    inputs: datetime.date,
    plan: Sequence[PlannedStep],
    now: datetime.datetime,
) -> tuple[str, Filing]:
    """Return the id of a new call, and its filing. Raises `WrongUse` where a date can't be."""
    charter_of(workspace.corpus)
    _require_dates([PlannedStep("inputs", 1, inputs), *plan], now)
    try:
        record = {
            "title": one_line(title),
            "asks": paragraphs(asks),
            "opened": now,
            "closes": end_of_day(inputs),
            "notice": {"message_id": None, "digest": None},
            "plan": [
                {"step": each.name, "revision": each.revision, "by": each.day} for each in plan
            ],
            "moves": [],
            "closed": None,
        }
    except NameRefused as reason:
        raise WrongUse(f"the words can't be taken: {reason}", "Write them otherwise.") from None
    id = _next_id(workspace, now.year)
    path = f"{CALLS}/{id}.yaml"
    return id, Filing(path, record_bytes("call", record, path), "call")


def _next_id(workspace: Workspace, year: int) -> str:
    names = [
        path.removeprefix(f"{CALLS}/").removesuffix(".yaml")
        for path in workspace.files
        if path.startswith(f"{CALLS}/{year}-")
    ]
    numbers = [int(name[5:]) for name in names if name[5:].isdigit()]
    return f"{year}-{max(numbers, default=0) + 1:03d}"


def _require_dates(steps: Sequence[PlannedStep], now: datetime.datetime) -> None:
    seen: set[tuple[str, int]] = set()
    for each in steps:
        if (each.name, each.revision) in seen:
            raise WrongUse(f"{_named(each)} has two dates", "Give one date for each step.")
        seen.add((each.name, each.revision))
        if end_of_day(each.day) <= now:
            raise WrongUse(
                f"{each.day} has passed already, and {_named(each)} can't be promised for it",
                "Give a day that is still to come.",
            )
    ordered = sorted(steps, key=lambda each: (each.revision, STEPS.index(each.name)))
    # A decision is promised once and comes after all revisions.
    ordered.sort(key=lambda each: each.name in ("last-call", "decision"))
    for before, after in pairwise(ordered):
        if after.day < before.day:
            raise WrongUse(
                f"{_named(after)} would be on {after.day}, before {_named(before)} on {before.day}",
                "Put the dates into the order of the steps: inputs, draft, comments, second draft, "
                "last call, decision.",
            )


def _named(step: PlannedStep) -> str:
    return step.name if step.revision == 1 else f"{step.name}:{step.revision}"


def call_of(workspace: Workspace, id: str | None, now: datetime.datetime) -> tuple[str, Call]:
    """Return a call and its id: the one that is named, or the only one there is."""
    calls = {
        document.id.removeprefix("calls/"): cast("Call", document.record)
        for document in workspace.corpus.of_kind("call")
        if document.record is not None
    }
    if id is None and len(calls) == 1:
        return next(iter(calls.items()))
    if id is None or id not in calls:
        raise WrongUse(
            f"there is no call `{id}` that can be read" if id else "it is not clear which call",
            f"Name it with --call. Calls: {', '.join(calls) or 'none yet'}.",
            typed=id or "",
            known=[*calls],
        )
    return id, calls[id]


def promised_day(call: Call, name: str, revision: int) -> datetime.date | None:
    """Return the day that holds now for a step, or None where none was promised."""
    days = [last_day(call.closes)] if (name, revision) == ("inputs", 1) else []
    days += [each.by for each in call.plan if (each.step, each.revision) == (name, revision)]
    days += [each.to for each in call.moves if (each.step, each.revision) == (name, revision)]
    return days[-1] if days else None


def prepare_call_date(
    workspace: Workspace,
    id: str,
    call: Call,
    step: PlannedStep,
    because: str,
    now: datetime.datetime,
) -> tuple[datetime.date, Filing]:
    """Return the day that is given up, and the filing of the new one."""
    before = promised_day(call, step.name, step.revision)
    if before is None:
        steps = ["inputs", *(_named(PlannedStep(e.step, e.revision, e.by)) for e in call.plan)]
        raise WrongUse(
            f"the call {id} promises no date for {_named(step)}", f"It has: {', '.join(steps)}."
        )
    if step.name == "inputs" and call.closed is not None:
        raise WrongUse(
            f"the call {id} was closed on {call.closed.date()}, and takes no date for inputs",
            "What still comes is filed with `govkit call add`, and is late. Or open another call.",
        )
    if step.day == before:
        raise WrongUse(f"{_named(step)} is on {before} already", "Nothing is to be done.")
    if step.name in _OTHERS_WAIT_FOR and step.day < before:
        raise WrongUse(
            f"others rely on it that they have until {before}",
            "This time can be made longer, never shorter.",
        )
    if end_of_day(step.day) <= now:
        raise WrongUse(f"{step.day} has passed already", "Give a day that is still to come.")
    try:
        words = paragraphs(because)
    except NameRefused as reason:
        raise WrongUse(f"the reason can't be taken: {reason}", "Write it otherwise.") from None
    move = Moved(
        step=cast("Any", step.name),
        revision=step.revision,
        to=step.day,
        because=words,
        announced=now.replace(microsecond=0),
    )
    return before, _changed(workspace, id, {"moves": [*plain(call.moves), plain(move)]})


def prepare_closing(workspace: Workspace, id: str, call: Call, now: datetime.datetime) -> Filing:
    """Return the filing that closes a call, once its last day is over."""
    if call.closed is not None:
        raise WrongUse(f"the call {id} is closed already", "Nothing was changed.")
    until = inputs_until(call)
    if now < until:
        raise WrongUse(
            f"the call {id} promises to stay open until the end of {last_day(until)}, anywhere on "
            "earth",
            f"Close it after {until:%Y-%m-%d %H:%M} UTC.",
        )
    return _changed(workspace, id, {"closed": now.replace(microsecond=0)})


def prepare_joining(
    workspace: Workspace, id: str, call: Call, proposal: str, now: datetime.datetime
) -> Filing:
    """Return the filing that joins an open proposal to the call that it came from."""
    docket = docket_named(workspace, proposal)
    require_running(docket, state_of(docket, now))
    if docket.proposal.call is not None:
        raise WrongUse(
            f"{proposal} comes from the call {docket.proposal.call}",
            "That was announced with it, and stays. Nothing was changed.",
        )
    opened = docket.revisions[0].record.opened
    if opened < call.opened:
        raise WrongUse(
            f"{proposal} was opened on {opened.date()}, before the call {id}, on "
            f"{call.opened.date()}",
            "It can't have come from it: no date of the call is kept by what was there before.",
        )
    path = path_in_proposal(proposal, "proposal")
    was = workspace.files[path]
    return Filing(path, with_values(path, was, {"call": id}), "proposal", was=was)


def _changed(workspace: Workspace, id: str, values: dict[str, Any]) -> Filing:
    path = f"{CALLS}/{id}.yaml"
    was = workspace.files[path]
    return Filing(path, with_values(path, was, values), "call", was=was)
