"""The dates of a coalition: what each call and each proposal promised, moved and kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.periods import end_of_day, is_for_ever, last_day
from govkit.proposals.call_inputs import FiledInput, counted_inputs, inputs_of
from govkit.proposals.promises import Promise, as_of, plan, promises_of_call, promises_of_proposal
from govkit.proposals.reminders import Reminder, reminders_of
from govkit.records.calls import Call
from govkit.records.policies import Policy
from govkit.records.proposals import Proposal
from govkit.round.docket import Docket, docket_of

_NAMES = {
    "inputs": "inputs",
    "draft": "draft",
    "comments": "comments",
    "last-call": "last call",
    "decision": "decision",
}


@dataclass(frozen=True)
class PromisedDates:
    """The dates of one call or proposal, in the order in which they were promised first.

    `begun` is when the call or proposal was opened; `reminders` are those of a last call that runs,
    `inputs` what answered a call.
    """

    kind: Literal["call", "proposal"]
    id: str
    title: str
    begun: datetime.datetime
    promises: tuple[Promise, ...]
    reminders: tuple[Reminder, ...] = ()
    inputs: tuple[FiledInput, ...] = ()

    def named(self, promise: Promise) -> str:
        """Return a date's name; behind that of inputs stands what came so far."""
        name = name_of(promise)
        return f"{name} ({counted_inputs(self.inputs)})" if promise.step == "inputs" else name


def dates_of(corpus: Corpus, now: datetime.datetime) -> tuple[PromisedDates, ...]:
    """Return the dates of all calls, then of all proposals, by number, as they stand at `now`."""
    dockets = {
        document.id: docket
        for document in corpus.of_kind("proposal")
        if (docket := docket_of(corpus, document.id)) is not None
    }
    return (*_of_calls(corpus, dockets, now), *_of_proposals(dockets, now))


def _of_calls(
    corpus: Corpus, dockets: dict[str, Docket], now: datetime.datetime
) -> Iterator[PromisedDates]:
    for document in corpus.of_kind("call"):
        call, id = document.record, document.id.removeprefix("calls/")
        if isinstance(call, Call) and call.opened <= now:
            followed = [each for each in dockets.values() if each.proposal.call == id]
            promises = promises_of_call(call, followed[0] if followed else None, now)
            yield PromisedDates(
                "call", id, call.title, call.opened, promises, inputs=inputs_of(corpus, id)
            )


def _of_proposals(dockets: dict[str, Docket], now: datetime.datetime) -> Iterator[PromisedDates]:
    for id, docket in sorted(dockets.items()):
        proposal: Proposal = docket.proposal
        revisions = [each for each in docket.revisions if each.record.opened <= now]
        if revisions:
            known = as_of(docket, len(revisions))
            begun = revisions[0].record.opened
            promises, reminders = promises_of_proposal(known, now), reminders_of(known, now)
            yield PromisedDates("proposal", id, proposal.title, begun, promises, reminders)


def name_of(promise: Promise) -> str:
    """Return a date's name in words: `draft`, `draft 2`, `last call`."""
    name = _NAMES[promise.step]
    return name if promise.revision == 1 else f"{name} {promise.revision}"


# --- a cycle that is planned ----------------------------------------------------------------------


class PlannedDate(NamedTuple):
    """One date of a plan: the first day that the policy allows, and the step of a call."""

    step: str
    name: str
    day: datetime.date


def plan_cycle(
    policy: Policy, start: datetime.date, quiet: tuple[str, ...]
) -> tuple[PlannedDate, ...]:
    """Return the earliest days of a cycle whose draft is there on `start`, with nothing revised.

    Raises `WrongUse` for a cycle that is not over before the calendar is.
    """
    opened = end_of_day(start)
    dates = plan(policy, opened, quiet)
    if is_for_ever(dates.decided):
        raise WrongUse(
            f"a cycle that begins on {start} ends beyond what is reckoned", "Name an earlier day."
        )
    return (
        PlannedDate("draft", "the draft is there, comments open", start),
        PlannedDate("comments", "comments end", _day_of(dates.comment_until)),
        PlannedDate("last-call", "the last call ends", _day_of(dates.closes)),
        PlannedDate(
            "decision", "what came in time is taken in; the decision", _day_of(dates.decided)
        ),
    )


def _day_of(instant: datetime.datetime) -> datetime.date:
    """Return the first day whose end is not before an instant."""
    day = last_day(instant)
    return day if end_of_day(day) >= instant else day + datetime.timedelta(days=1)
