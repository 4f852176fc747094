"""Time in this room: the end of a day, periods, and days of the year that do not count.

No clock is read here. Every instant is aware and in UTC.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence

from govkit.errors import GovkitError
from govkit.patterns import lazy_regex

UTC = datetime.UTC
_ONE_DAY = datetime.timedelta(days=1)
_NOON = datetime.time(12, tzinfo=UTC)
_FOR_EVER = datetime.datetime(9990, 1, 1, tzinfo=UTC)
"""People write the year 9999 for "without end". Nothing is reckoned beyond this instant."""

_PERIOD = lazy_regex(r"P(?P<number>[0-9]+)(?P<unit>[DWMY])")


def is_for_ever(instant: datetime.datetime) -> bool:
    """Say whether an instant stands for "without end": no day can be told from it."""
    return instant >= _FOR_EVER


def end_of_day(day: datetime.date) -> datetime.datetime:
    """Return the instant at which a day has ended everywhere on earth (UTC-12).

    What is received before it is in time; at it, the day is over.
    """
    if day >= _FOR_EVER.date():
        return _FOR_EVER
    # A promised date is the end of its day anywhere on earth: nobody is late by their own calendar
    # (decision 11).
    return datetime.datetime.combine(day + _ONE_DAY, _NOON)


def instant_of(moment: str) -> datetime.datetime:
    """Return the instant of a `Moment` of a record; of a day it is the first one, in UTC."""
    read = datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def last_day(instant: datetime.datetime) -> datetime.date:
    """Return the last day that has ended, anywhere on earth, by this instant."""
    # 36 hours are a day and the 12 of UTC-12; below this moment the subtraction would overflow.
    first = datetime.datetime(1, 1, 3, tzinfo=UTC)
    return (max(instant, first) - datetime.timedelta(hours=36)).date()


def days_of(period: str, start: datetime.date) -> int:
    """Return how many days a period has, counted from a day: months and years differ."""
    found = _PERIOD.fullmatch(period)
    assert found, period
    number, unit = int(found["number"]), found["unit"]
    if unit in "DW":
        return number * (7 if unit == "W" else 1)
    months = start.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    # A month after 31 January is the last day of February, and not a day in March.
    day = min(start.day, calendar.monthrange(year, month)[1])
    return (datetime.date(year, month, day) - start).days


def after(start: datetime.datetime, period: str, quiet: Sequence[str] = ()) -> datetime.datetime:
    """Return when a period that begins at `start` is over; quiet days do not count.

    `quiet` are the charter's pairs of days, as 12-20/01-06, both included. Raises `GovkitError`
    where they leave no day of the year.
    """
    # `_spans` looks 200 years ahead, and `datetime` ends with 9999.
    if start.year >= _FOR_EVER.year - 300:
        return _FOR_EVER
    left = datetime.timedelta(days=days_of(period, start.date()))
    now = start
    for begin, end in _spans(quiet, start):
        if end <= now:
            continue
        if begin > now:
            if now + left <= begin:
                break
            left -= begin - now
        now = end
    return now + left


def _spans(
    quiet: Sequence[str], start: datetime.datetime
) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    """Yield the quiet spans that end after `start`, in order; they may overlap."""
    if not quiet:
        return
    _refuse_a_quiet_year(quiet)
    # From the year before: a span over New Year may hold the start.
    for year in range(max(start.year - 1, 1), start.year + 200):
        yield from sorted(_span(each, year) for each in quiet)


def _span(each: str, year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the first instant of a quiet span that begins in a year, and the one after it."""
    begin, end = (_day(part, year) for part in each.split("/"))
    if end < begin:
        end = _day(each.split("/")[1], year + 1)
    midnight = datetime.time(tzinfo=UTC)
    return (
        datetime.datetime.combine(begin, midnight),
        datetime.datetime.combine(end + _ONE_DAY, midnight),
    )


def _day(text: str, year: int) -> datetime.date:
    """Return a day of a year; the 30th of February is its last day."""
    month, day = map(int, text.split("-"))
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _refuse_a_quiet_year(quiet: Sequence[str]) -> None:
    silent = set()
    for each in quiet:
        begin, end = _span(each, 2023)
        for number in range((end - begin).days):
            silent.add((begin + number * _ONE_DAY).strftime("%m-%d"))
    if len(silent) >= 365:
        raise GovkitError(
            "the quiet days of the charter fill the whole year, so no period ever ends",
            "Shorten `calendar: quiet` in governance/charter.yaml.",
        )
