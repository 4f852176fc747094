"""The days of a change: when it can take effect, and what has to be done until when.

A time in days begins on the day after its event and ends with its last day; a notice has reached
the user so many days after it was sent: both as the book says it (`counting`).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from govkit.adoption.change_of_terms.requirements import Requirement
from govkit.adoption.terms import PlatformTerms
from govkit.errors import GovkitError, WrongUse
from govkit.records.texts import Instrument

Day = datetime.date
_ONE = datetime.timedelta(days=1)


class TooEarly(GovkitError):
    """A planned day that the adopted provisions do not allow. Exit code 1."""

    exit_code = 1


class ChangeDay(NamedTuple):
    """A day of a change: `what` is a key of the messages, `asked` what asks for it."""

    what: str
    day: Day
    asked: Requirement | None = None


class ChangePlan(NamedTuple):
    """The days of a change. `first` is the first day on which it can take effect."""

    notice: Day
    effect: Day
    first: Day
    latest_notice: Day
    days: tuple[ChangeDay, ...]
    draft: Day | None = None


class PlannedDays(NamedTuple):
    """What the platform says of its days; nothing for the first possible."""

    effect: Day | None = None
    notice: Day | None = None
    draft: Day | None = None


def plan_of(
    terms: PlatformTerms, requirements: Sequence[Requirement], planned: PlannedDays, today: Day
) -> ChangePlan:
    """Return the days of a change. Raises `TooEarly` or `WrongUse` where a planned day can't be."""
    return _Planning(requirements, days_to_reach(terms), planned, today).plan()


def days_to_reach(terms: PlatformTerms) -> int:
    """Return how many days after it was sent a notice has reached the user."""
    counting = cast(Instrument, terms.choices.book.record).counting
    return counting.days if counting else 0


def later(day: Day, number: int, unit: str) -> Day:
    """Return the last day of a time that begins on the day after `day`."""
    match unit:
        case "weeks":
            return day + 7 * number * _ONE
        case "months" | "years":
            months = day.year * 12 + day.month - 1 + number * (12 if unit == "years" else 1)
            year, month = divmod(months, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return Day(year, month + 1, min(day.day, last))
        case "working-days":
            while number > 0:
                day += _ONE
                number -= day.weekday() < 5
            return day
        case "hours":
            return day + -(-number // 24) * _ONE
        case _:
            return day + number * _ONE


class _Planning:
    def __init__(
        self, requirements: Sequence[Requirement], reaching: int, planned: PlannedDays, today: Day
    ) -> None:
        self.requirements, self.reaching = requirements, reaching * _ONE
        self.planned, self.today = planned, today

    def plan(self) -> ChangePlan:
        for name, day in zip(_NAMES, self.planned, strict=True):
            if day is not None and day < self.today:
                raise WrongUse(
                    f"{name} is {day}, and that day is over",
                    f"Write {self.today} or a later day; or leave it out for the first possible.",
                )
        draft, heard = self._hearing()
        notice = self._notice(heard)
        first, why = self._first(notice)
        effect = self.planned.effect or first
        if effect < first:
            raise self._too_early(effect, first, notice, why)
        latest = max(self._latest(effect), notice)
        made = tuple(sorted(self._days(draft, notice, effect, latest), key=lambda each: each.day))
        return ChangePlan(notice, effect, first, latest, made, draft)

    def _of(self, *runs: str) -> list[Requirement]:
        return [each for each in self.requirements if each.runs in runs]

    def _hearing(self) -> tuple[Day | None, Day]:
        """Return the day of the draft, and the first day on which a notice can follow."""
        hearing = [each for each in self._of("draft-to-notice") if each.value is not None]
        if not hearing:
            return None, self.today
        draft = self.planned.draft or self.today
        return draft, max(later(draft, each.value or 0, each.unit) for each in hearing) + _ONE

    def _notice(self, heard: Day) -> Day:
        notice = self.planned.notice or heard
        if notice < heard:
            asked = self._of("draft-to-notice")[0]
            raise TooEarly(
                f"notice_on is {notice}, and comments on the draft can still be made then: clause "
                f"{asked.clause.number} asks for {asked.value} {asked.unit}",
                f"The first possible day is {heard}.",
            )
        return notice

    def _first(self, notice: Day) -> tuple[Day, Requirement | None]:
        waits = [
            (self._ends(each, notice) + _ONE, each)
            for each in self._of("notice-to-effect", "showing-to-effect")
            if each.value is not None
        ]
        first, why = max(waits, key=lambda each: each[0], default=(notice, None))
        return max(first, self.today), why

    def _ends(self, each: Requirement, notice: Day) -> Day:
        begins = notice + self.reaching if each.runs == "notice-to-effect" else notice
        return later(begins, each.value or 0, each.unit)

    def _latest(self, effect: Day) -> Day:
        """Return the last day on which the notice can go out for a day of effect."""
        day = effect
        while day > self.today and self._first(day)[0] > effect:
            day -= _ONE
        return day

    def _too_early(self, effect: Day, first: Day, notice: Day, why: Requirement | None) -> TooEarly:
        if why is None:
            return TooEarly(f"{effect} is too early", f"The first possible day is {first}.")
        hint = f"Write takes_effect: {first}, or a later day."
        latest = self._latest(effect)
        if self._first(latest)[0] <= effect and latest >= self._hearing()[1]:
            hint += f" Or send the notice by {latest}."
        return TooEarly(
            f"{effect} is too early: clause {why.clause.number} ({why.name}) asks for {why.value} "
            f"{why.unit}, and with a notice on {notice} the first possible day is {first}",
            hint,
        )

    def _days(
        self, draft: Day | None, notice: Day, effect: Day, latest: Day
    ) -> Iterator[ChangeDay]:
        reached = notice + self.reaching
        for each in self._of("draft-to-notice"):
            if draft is not None and each.value is not None:
                yield ChangeDay("draft", draft, each)
                yield ChangeDay("comments-end", later(draft, each.value, each.unit), each)
        asks_notice = next(iter(self._of("notice-to-effect")), None)
        yield ChangeDay("notice", notice, asks_notice)
        if latest > notice:
            yield ChangeDay("latest-notice", latest, asks_notice)
        for each in self._of("notice-to-effect", "showing-to-effect"):
            if each.value is not None:
                yield ChangeDay(f"ends-{each.asks}", self._ends(each, notice), each)
        yield ChangeDay("effect", effect)
        yield from self._after(reached, effect)

    def _after(self, reached: Day, effect: Day) -> Iterator[ChangeDay]:
        leaving = effect
        former: Day | None = None
        for each in self.requirements:
            if each.value is None:
                continue
            begins = {
                "from-effect": max(effect, reached) if each.asks == "exit" else effect,
                "from-notice": reached,
                "from-last-day": effect - _ONE,
                "after-former-terms": former,
                "from-end": leaving if each.asks == "take-out" else None,
            }.get(each.runs)
            if begins is None:
                continue
            if each.runs == "after-former-terms":
                # The notice of the end may run beside the former terms, and not out before them.
                own = later(reached, each.value, each.unit)
                yield ChangeDay("until-may-end", max(own, begins), each)
                continue
            ends = later(begins, each.value, each.unit)
            leaving = ends if each.asks == "exit" else leaving
            former = ends if each.asks == "former-terms" else former
            yield ChangeDay(f"until-{each.asks}", ends, each)


_NAMES = ("takes_effect", "notice_on", "draft_on")
