"""Days whose year is plainly wrong: asked about where they are typed, named where they stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Keys, Route
from govkit.log.amendments import GENESIS_PATH
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.log.periods import days_of, instant_of, last_day
from govkit.records.policies import Policy

DayUse = Literal["planned", "membership", "lasting"]
"""What a day is for: a date of a round, the first or last day of a membership or key, or the end of
something that is made to last, as a mandate or the words of a release."""

_LASTING_YEARS = 10


class UnlikelyDay(NamedTuple):
    """A day of a record whose year is plainly wrong: where it stands, and why."""

    route: Route
    day: datetime.date
    why: str


def why_unlikely(
    corpus: Corpus, day: datetime.date, today: datetime.date, use: DayUse = "planned"
) -> str:
    """Return why the year of a day is plainly wrong, or an empty text.

    It lies more than twice as far away as a proposal with two revisions takes at most by the
    policies, or more than ten years where it lasts; or, of a membership or key, before the
    coalition was founded.
    """
    founding = valid_entries(corpus).get((GENESIS_PATH, "genesis"))
    if use == "membership" and founding is not None and day < founding.received_at.date():
        return f"{day} is before the coalition was founded, on {founding.received_at:%Y-%m-%d}"
    if use == "lasting":
        far = day.year - today.year > _LASTING_YEARS
        return f"{day} is more than {_LASTING_YEARS} years away" if far else ""
    if day <= today:
        return ""
    most = 2 * max(_longest(corpus, today), default=182)
    if (day - today).days > most:
        return f"{day} is more than {most} days away, and no proposal takes half of that"
    return ""


def _longest(corpus: Corpus, today: datetime.date) -> Iterator[int]:
    """Yield for each policy the days from the first draft to where a proposal lapses."""
    for document in corpus.of_kind("policy"):
        if isinstance(document.record, Policy):
            periods = document.record.periods
            each = (periods.comment, periods.comment, periods.last_call, periods.intake)
            yield sum(days_of(period, today) for period in (*each, periods.lapse))


def unlikely_days(
    corpus: Corpus, document: Document, today: datetime.date
) -> Iterator[UnlikelyDay]:
    """Yield the days of a record whose year is plainly wrong, in the order of its fields.

    Whom the founding names was a member before it.
    """
    for keys, day, use in _days_in(document):
        as_first = use == "membership" and document.id in corpus.once(_first_members)
        why = why_unlikely(corpus, day, today, "planned" if as_first else use)
        if why:
            yield UnlikelyDay(Route(keys), day, why)


def _first_members(corpus: Corpus) -> frozenset[str]:
    genesis = genesis_of(corpus)
    return frozenset(each.id for each in genesis.members) if genesis else frozenset()


_PLANNED: DayUse = "planned"
_MEMBERSHIP: DayUse = "membership"
_LASTING: DayUse = "lasting"
_TYPED: dict[str, tuple[tuple[str, str, DayUse], ...]] = {
    "member": (
        *((each, "since", _MEMBERSHIP) for each in ("terms", "accounts", "keys")),
        *((each, "until", _LASTING) for each in ("terms", "accounts", "keys")),
    ),
    "event": (("", "starts", _PLANNED), ("", "ends", _PLANNED)),
    "call": (("", "closes", _PLANNED), ("plan", "by", _PLANNED), ("moves", "to", _PLANNED)),
    "notice": (("", "comment_until", _PLANNED), ("", "closes", _PLANNED)),
    "revision": (("", "comment_until", _PLANNED),),
}
"""The days that somebody types, by the kind of the record: the list in which they stand, if any,
the key, and the use."""


def _days_in(document: Document) -> Iterator[tuple[Keys, datetime.date, DayUse]]:
    record = document.record
    for several, key, use in _TYPED.get(document.kind or "", ()) if record else ():
        parts = getattr(record, several) if several else (record,)
        for place, part in enumerate(parts):
            day = _day_of(getattr(part, key))
            if day is not None:
                yield ((several, place, key) if several else (key,)), day, use


def _day_of(value: datetime.date | str | None) -> datetime.date | None:
    """Return the day of what a field of a record holds; of the end of a day, that day."""
    if isinstance(value, datetime.datetime):
        return last_day(value)
    return instant_of(value).date() if isinstance(value, str) else value
