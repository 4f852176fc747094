"""The states of a proposal: computed from its records and a moment, never stored.

The table is data: the diagram of the handbook is made from it, and a test holds it free of dead
ends.
"""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.periods import after
from govkit.records.decisions import ADOPTED, Decision
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round

StateName = Literal[
    "draft", "comment", "last-call", "decided", "applied", "released", "withdrawn", "lapsed"
]


class Transition(NamedTuple):
    """A step from one state to another: what makes it, and what it needs."""

    begin: StateName
    event: str
    end: StateName
    needs: str


STEPS: tuple[Transition, ...] = (
    Transition("draft", "open", "comment", "the whole text of every unit, and its class"),
    Transition(
        "comment",
        "revise",
        "comment",
        "every text and clause is still there, or named with the reason",
    ),
    Transition("comment", "last-call", "last-call", "every comment has an answer"),
    Transition(
        "last-call", "revise", "comment", "a normative edit; the new revision has its own time"
    ),
    Transition("last-call", "decide", "decided", "the close has passed, and the time of intake"),
    Transition("decided", "apply", "applied", "it was adopted, and the words are those decided"),
    Transition("decided", "revise", "comment", "it was not adopted"),
    Transition("applied", "release", "released", "a release holds the words"),
    Transition(
        "draft", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"
    ),
    Transition(
        "comment", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"
    ),
    Transition(
        "last-call", "withdraw", "withdrawn", "the reason of the proposer or of two coordinators"
    ),
    Transition("decided", "withdraw", "withdrawn", "the reason; what is applied stands"),
    Transition("comment", "lapse", "lapsed", "no step for the time of the policy"),
    Transition("last-call", "lapse", "lapsed", "no decision for the time of the policy"),
    Transition("decided", "lapse", "lapsed", "it was not adopted, and nobody took it further"),
)

FINAL: tuple[StateName, ...] = ("released", "withdrawn", "lapsed")
"""Where a proposal ends. The same words can be proposed again, and nothing is carried over."""


OVER: tuple[StateName, ...] = ("withdrawn", "lapsed")
"""Where it ends without a decision."""


UNDECIDED: tuple[StateName, ...] = ("draft", "comment", "last-call")
"""Where nothing was decided yet, and it goes on."""

OPEN_FOR_POSITIONS: tuple[StateName, ...] = ("comment", "last-call")
"""Where a revision is open, and members can say where they stand."""

MAY_CHANGE_TEXTS: tuple[StateName, ...] = ("comment", "last-call", "decided")
"""Where the words of a revision may still come into the texts."""

BEYOND_WITHDRAWAL: tuple[StateName, ...] = ("withdrawn", "applied", "released")
"""Where nobody can withdraw it: it is withdrawn, or its words stand in the texts."""

NEAR = datetime.timedelta(days=14)
"""So long before a proposal lapses, its coordinators are told."""


def way_on(proposal: str) -> str:
    """Return what can be done with a proposal that was decided and not adopted."""
    return (
        f"Revise it with other words (`govkit propose revise {proposal}`), or withdraw it "
        f"(`govkit propose withdraw {proposal} --reason WORDS`)"
    )


class ProposalState(NamedTuple):
    """The state of a proposal: since when, until when, and for which revision.

    `lapses` is when it ends, if nobody takes it further; None where it can't lapse.
    """

    name: StateName
    revision: int
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    lapses: datetime.datetime | None = None

    def lapses_soon(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return when it lapses, where everything else is over and that day is near."""
        near = self.lapses is not None and now >= self.lapses - NEAR
        return self.lapses if near and (self.until is None or self.until <= now) else None


def state_of(docket: Docket, now: datetime.datetime) -> ProposalState:
    """Return the state of a proposal at `now`, an aware instant in UTC."""
    if not docket.revisions:
        return ProposalState("draft", 0)
    round = Round(docket, now)
    filed = docket.decided_by(now)
    decided = filed.record if filed is not None else None
    if decided is not None and docket.applied:
        name: StateName = "released" if docket.released else "applied"
        return ProposalState(name, docket.number, since=decided.now)
    # After "applied" on purpose: adopted words go by a new proposal, not by a withdrawal
    # (decision 11).
    withdrawn = round.acts("withdrawal")
    if withdrawn:
        entry = withdrawn[-1].entry
        return ProposalState("withdrawn", docket.number, since=entry.recorded_at if entry else None)
    return _in_progress(round, decided)


def _in_progress(round: Round, decided: Decision | None) -> ProposalState:
    dates, number = round.dates, round.docket.number
    lost = round.docket.decision_lost_by(round.now)
    # A file that was lost or edited undoes no decision: the log has it.
    if lost is not None:
        return ProposalState("decided", number, since=lost.received_at)
    if decided is not None:
        if decided.outcome in ADOPTED:
            return ProposalState("decided", number, since=decided.now)
        return _or_lapsed(round, ProposalState("decided", number, since=decided.now), decided.now)
    if dates.closes is not None:
        return _or_lapsed(
            round, ProposalState("last-call", number, dates.last_call, dates.closes), dates.closes
        )
    comment = ProposalState("comment", number, dates.opened, dates.comment_until)
    return _or_lapsed(round, comment, dates.comment_until)


def _or_lapsed(round: Round, state: ProposalState, begins: datetime.datetime) -> ProposalState:
    """Return the state, or that it lapsed: nobody took the proposal further for the time set."""
    if round.highest is None:
        return state
    lapses = after(begins, round.highest.periods.lapse, round.docket.quiet)
    if round.now >= lapses:
        return ProposalState("lapsed", state.revision, since=lapses)
    return state._replace(lapses=lapses)


def is_under_way(state: ProposalState) -> bool:
    """Say whether a proposal has not ended, and its words are not in their place."""
    return state.name not in (*FINAL, "applied")


def is_running(state: ProposalState) -> bool:
    """Say whether a proposal is talked about: it takes comments, and was not decided."""
    return state.name in UNDECIDED


def ended_in_words(state: ProposalState) -> str:
    """Return that a proposal ended without a decision, and when; nothing where it did not."""
    if state.name not in OVER:
        return ""
    verb = "was withdrawn" if state.name == "withdrawn" else "lapsed: nobody took it further"
    return f"{verb}, on {state.since.date()}" if state.since else verb


def open_dockets(corpus: Corpus, now: datetime.datetime) -> list[Docket]:
    """Return the proposals that are on their way, by number."""
    found = [docket_of(corpus, document.id) for document in corpus.of_kind("proposal")]
    return [
        docket for docket in found if docket is not None and is_under_way(state_of(docket, now))
    ]
