"""When those who were not heard are reminded: by the policy, before the last call ends.

Each number of days in the policy is one reminder of one revision, also where the close is moved: so
nobody is reminded more often than the policy says.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from govkit.consent.decide import decide
from govkit.round.docket import Docket
from govkit.round.rounds import Round
from govkit.round.states import state_of


class Reminder(NamedTuple):
    """A reminder: how many days before the close, and from which instant on it is written."""

    days: int
    at: datetime.datetime


def reminders_of(docket: Docket, now: datetime.datetime) -> tuple[Reminder, ...]:
    """Return the reminders of the last call that runs, by time; none in any other state.

    A day that lies before the last call was announced is none: everybody had a mail just then.
    """
    if state_of(docket, now).name != "last-call":
        return ()
    round = Round(docket, now)
    closes, begun, policy = round.dates.closes, round.dates.last_call, round.highest
    if closes is None or begun is None or policy is None or now >= closes:
        return ()
    every = {Reminder(days, closes - datetime.timedelta(days=days)) for days in policy.remind}
    return tuple(sorted((each for each in every if each.at > begun), key=lambda each: each.at))


def reminder_due(reminders: tuple[Reminder, ...], now: datetime.datetime) -> Reminder | None:
    """Return the newest reminder whose day has come: an earlier one that nobody wrote is over."""
    return next((each for each in reversed(reminders) if each.at <= now), None)


def not_heard(docket: Docket, now: datetime.datetime) -> Mapping[str, tuple[str, ...]]:
    """Return the members of the roll who said nothing about the words of today, and the texts.

    Who spoke about other words is among them. Who spoke, and does not count for want of evidence,
    is not: that is for the coordinators to see to.
    """
    questions = Round(docket, now).questions
    said = {
        (filed.record.member, id)
        for filed in docket.positions
        if filed.logged and filed.entry is not None and filed.entry.received_at <= now
        for id, question in questions.items()
        if question.is_about(filed.record)
    }
    found: dict[str, list[str]] = {}
    for unit in decide(docket, now).units:
        for id in dict.fromkeys((*unit.not_heard, *unit.stale)):
            if (id, unit.id) not in said:
                found.setdefault(id, []).append(unit.id)
    return {id: tuple(found[id]) for id in sorted(found)}
