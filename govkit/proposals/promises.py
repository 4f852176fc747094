"""The calendar: which dates were planned and promised, which were moved, and which were kept.

Every date in a call is a promise. One that passes without its event is not forgotten: it is shown
as missed until somebody says "moved from … to …, because …".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from govkit.log.periods import after, end_of_day, last_day
from govkit.records.calls import Call
from govkit.records.enumerations import StepName
from govkit.records.policies import Policy
from govkit.round.corrections import standing_notices
from govkit.round.docket import Docket
from govkit.round.rounds import Round

Mark = Literal["planned", "kept", "late", "missed"]


class DateChange(NamedTuple):
    """A date that was given up for another, when that was said, and why."""

    before: datetime.datetime
    to: datetime.datetime
    because: str
    announced: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Promise:
    """One date: what for, until when, how it was moved, and when it was done.

    `first` is what was promised at first, `until` what holds now. A date is kept where the event
    came before its end, late where it came after, missed where it passed without the event.
    """

    step: StepName
    revision: int
    first: datetime.datetime
    until: datetime.datetime
    moves: tuple[DateChange, ...] = ()
    done: datetime.datetime | None = None
    now: datetime.datetime | None = None

    @property
    def mark(self) -> Mark:
        """Return how the date stands."""
        if self.done is not None:
            return "kept" if self.done < self.until else "late"
        passed = self.now is not None and self.now >= self.until
        return "missed" if passed else "planned"

    @property
    def day(self) -> datetime.date:
        """Return the date as a day: the last one that has ended everywhere by then."""
        return last_day(self.until)


def promises_of_call(
    call: Call, docket: Docket | None, now: datetime.datetime
) -> tuple[Promise, ...]:
    """Return the dates of a call, with what came of them in the proposal that followed.

    `docket` is None while there is no proposal. What counts: a draft is there when its revision is
    opened, comments are over when their time is, a last call is announced, a decision recorded.
    """
    found = [_promise(call, "inputs", 1, call.closes, _events(docket, now), now)]
    for planned in call.plan:
        end = end_of_day(planned.by)
        found.append(_promise(call, planned.step, planned.revision, end, _events(docket, now), now))
    order = {id(each): at for at, each in enumerate(found)}
    return tuple(sorted(found, key=lambda each: (each.first, order[id(each)])))


def _promise(
    call: Call,
    step: StepName,
    revision: int,
    first: datetime.datetime,
    events: dict[tuple[str, int], datetime.datetime],
    now: datetime.datetime,
) -> Promise:
    until, moves = first, []
    for each in call.moves:
        if (each.step, each.revision) == (step, revision) and each.announced <= now:
            moves.append(DateChange(until, end_of_day(each.to), each.because, each.announced))
            until = moves[-1].to
    done = events.get((step, revision))
    if step == "inputs" and now >= until:
        done = until - datetime.timedelta(microseconds=1)  # a period is kept by running out
    known = done is not None and done <= now
    return Promise(step, revision, first, until, tuple(moves), done if known else None, now)


def _events(
    docket: Docket | None, now: datetime.datetime
) -> dict[tuple[str, int], datetime.datetime]:
    """Return when each step really came."""
    if docket is None:
        return {}
    found: dict[tuple[str, int], datetime.datetime] = {}
    for number, each in enumerate(docket.revisions, 1):
        found["draft", number] = each.record.opened
        found["comments", number] = _comments_over(docket, number, now)
    for notice in standing_notices(docket, now):
        if notice.entry and notice.record.kind == "last-call":
            found.setdefault(("last-call", notice.record.revision), notice.entry.recorded_at)
    decision = docket.decision
    if decision is not None and decision.logged and decision.entry:
        for number in range(1, decision.record.revision + 1):
            found["decision", number] = decision.entry.recorded_at
    return found


def _comments_over(docket: Docket, number: int, now: datetime.datetime) -> datetime.datetime:
    """Return when the time for comments of a revision ended, less the last instant of it."""
    until = docket.revisions[number - 1].record.comment_until
    for notice in standing_notices(docket, now):
        if notice.record.revision == number:
            until = notice.record.comment_until or until
    return until - datetime.timedelta(microseconds=1)


def promises_of_proposal(docket: Docket, now: datetime.datetime) -> tuple[Promise, ...]:
    """Return the dates that a proposal itself promises: comments and last call of each revision."""
    return tuple(_of_proposal(docket, now))


def _of_proposal(docket: Docket, now: datetime.datetime) -> Iterator[Promise]:
    for number, each in enumerate(docket.revisions, 1):
        at = Round(as_of(docket, number), now)
        first = each.record.comment_until
        yield _running(docket, "comments", number, first, at.dates.comment_until, now)
        if at.dates.closes is not None:
            announced = next(
                notice.record.closes for notice in at.notices() if notice.record.kind == "last-call"
            )
            assert announced is not None
            yield _running(docket, "last-call", number, announced, at.dates.closes, now)


def _running(
    docket: Docket,
    step: StepName,
    number: int,
    first: datetime.datetime,
    until: datetime.datetime,
    now: datetime.datetime,
) -> Promise:
    moves, before = [], first
    for notice in standing_notices(docket, now):
        record = notice.record
        to = record.comment_until if step == "comments" else record.closes
        if record.kind == "moved" and record.revision == number and to:
            announced = notice.entry.recorded_at if notice.entry else None
            moves.append(DateChange(before, to, record.because or "", announced))
            before = to
    done = until - datetime.timedelta(microseconds=1) if now >= until else None
    return Promise(step, number, first, until, tuple(moves), done, now)


def as_of(docket: Docket, number: int) -> Docket:
    """Return the docket as it was while a revision was the current one."""
    return replace(docket, revisions=docket.revisions[:number])


class EarliestDates(NamedTuple):
    """The earliest dates of a cycle that begins at a moment."""

    opened: datetime.datetime
    comment_until: datetime.datetime
    closes: datetime.datetime
    decided: datetime.datetime


def plan(policy: Policy, opened: datetime.datetime, quiet: Sequence[str] = ()) -> EarliestDates:
    """Return the earliest dates that a policy allows, if nothing has to be revised."""
    comment = after(opened, policy.periods.comment, quiet)
    closes = after(comment, policy.periods.last_call, quiet)
    return EarliestDates(opened, comment, closes, after(closes, policy.periods.intake, quiet))
