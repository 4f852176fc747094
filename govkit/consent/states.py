"""The states of a proposal: computed from its records and a moment, never stored.

The table is data: the diagram of the handbook is made from it, and a test holds it free of dead
ends.
"""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from govkit.consent.docket import Docket
from govkit.consent.periods import after
from govkit.consent.rounds import Round
from govkit.records.decisions import Decision as DecisionRecord

StateName = Literal[
    "draft", "comment", "last-call", "decided", "applied", "released", "withdrawn", "lapsed"
]


class Step(NamedTuple):
    """A step from one state to another: what makes it, and what it needs."""

    begin: StateName
    event: str
    end: StateName
    needs: str


STEPS: tuple[Step, ...] = (
    Step("draft", "open", "comment", "the whole text of every unit, and its class"),
    Step("comment", "revise", "comment",
         "every text and clause is still there, or named with the reason"),
    Step("comment", "last-call", "last-call", "every comment has an answer"),
    Step("last-call", "revise", "comment", "a normative edit; the new revision has its own time"),
    Step("last-call", "decide", "decided", "the close has passed, and the time of intake"),
    Step("decided", "apply", "applied", "it was adopted, and the words are those decided"),
    Step("decided", "revise", "comment", "it was not adopted"),
    Step("applied", "release", "released", "a release holds the words"),
    Step("draft", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"),
    Step("comment", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"),
    Step("last-call", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"),
    Step("decided", "withdraw", "withdrawn", "the reason; what is applied stands"),
    Step("comment", "lapse", "lapsed", "no step for the time of the policy"),
    Step("last-call", "lapse", "lapsed", "no decision for the time of the policy"),
    Step("decided", "lapse", "lapsed", "it was not adopted, and nobody took it further"),
)  # fmt: skip

FINAL: tuple[StateName, ...] = ("released", "withdrawn", "lapsed")
"""Where a proposal ends. The same words can be proposed again, and nothing is carried over."""


OVER: tuple[StateName, ...] = ("withdrawn", "lapsed")
"""Where it ends without a decision."""


def way_on(proposal: str) -> str:
    """Return what can be done with a proposal that was decided and not adopted."""
    return (
        f"Revise it with other words (`govkit propose revise {proposal}`), or withdraw it "
        f"(`govkit propose withdraw {proposal}`)"
    )


class State(NamedTuple):
    """The state of a proposal: since when, until when, and for which revision."""

    name: StateName
    revision: int
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


def state_of(docket: Docket, now: datetime.datetime) -> State:
    """Return the state of a proposal at `now`, an aware instant in UTC."""
    if not docket.revisions:
        return State("draft", 0)
    round = Round(docket, now)
    filed = docket.decided_by(now)
    decided = filed.record if filed is not None else None
    if decided is not None and docket.applied:
        name: StateName = "released" if docket.released else "applied"
        return State(name, docket.number, since=decided.now)
    withdrawn = round.acts("withdrawal")
    if withdrawn:
        entry = withdrawn[-1].entry
        return State("withdrawn", docket.number, since=entry.recorded_at if entry else None)
    return _in_progress(round, decided)


def _in_progress(round: Round, decided: DecisionRecord | None) -> State:
    dates, number = round.dates, round.docket.number
    lost = round.docket.decision_lost_by(round.now)
    if lost is not None:
        return State("decided", number, since=lost.received_at)
    if decided is not None:
        if decided.outcome.startswith("adopted"):
            return State("decided", number, since=decided.now)
        return _or_lapsed(round, State("decided", number, since=decided.now), decided.now)
    if dates.closes is not None:
        return _or_lapsed(
            round, State("last-call", number, dates.last_call, dates.closes), dates.closes
        )
    comment = State("comment", number, dates.opened, dates.comment_until)
    return _or_lapsed(round, comment, dates.comment_until)


def _or_lapsed(round: Round, state: State, begins: datetime.datetime) -> State:
    """Return the state, or that it lapsed: nobody took the proposal further for the time set."""
    if round.highest is None:
        return state
    lapses = after(begins, round.highest.periods.lapse, round.docket.quiet)
    return State("lapsed", state.revision, since=lapses) if round.now >= lapses else state
