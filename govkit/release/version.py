"""Versions: how they are written, which comes first, and which one is the next.

A version is 1.1.0, or 1.1.0-draft.2 for a draft of it. A coalition that counts by the calendar
writes 2026.11.25, which has the same shape. Nothing here knows what changed: the part that the
changes ask to raise is an argument.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.records.enumerations import BUMPS, Bump

FIRST = "1.0.0"
# No leading zeros, as in Semantic Versioning 2.0.0: else one version could be written in two ways.
_PART = r"(0|[1-9][0-9]{0,8})"
_SHAPE = lazy_regex(rf"{_PART}\.{_PART}\.{_PART}(?:-draft\.([1-9][0-9]{{0,8}}))?")


class Version(NamedTuple):
    """A version; `draft` is the number of the draft, or None for the version itself."""

    major: int
    minor: int
    patch: int
    draft: int | None = None

    def __str__(self) -> str:
        """Return it as people write it: 1.1.0, or 1.1.0-draft.2."""
        whole = f"{self.major}.{self.minor}.{self.patch}"
        return whole if self.draft is None else f"{whole}-draft.{self.draft}"

    def __lt__(self, other: object) -> bool:
        """Say whether this one comes before; the drafts of a version come before it."""
        if not isinstance(other, Version):
            return NotImplemented
        return self._key() < other._key()

    def __gt__(self, other: object) -> bool:
        """Say whether this one comes after."""
        return isinstance(other, Version) and other < self

    def __le__(self, other: object) -> bool:
        """Say whether this one does not come after."""
        return isinstance(other, Version) and not other < self

    def __ge__(self, other: object) -> bool:
        """Say whether this one does not come before."""
        return not self < other

    @property
    def final(self) -> Version:
        """Return the version that a draft is a draft of; a version itself is its own."""
        return self._replace(draft=None)

    def _key(self) -> tuple[int, int, int, bool, int]:
        return (self.major, self.minor, self.patch, self.draft is None, self.draft or 0)


def parse(text: str) -> Version:
    """Return the version that a text says. Raises `WrongUse` where it says none."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise WrongUse(
            f"{text!r} is no version",
            "A version has three numbers, as 1.1.0; a draft of it ends in -draft and its number, "
            "as 1.1.0-draft.2.",
        )
    major, minor, patch, draft = found.groups()
    return Version(int(major), int(minor), int(patch), int(draft) if draft else None)


def raised(last: Version, bump: Bump) -> Version:
    """Return the version after `last` with one part raised; `none` raises the last part too."""
    if bump == "major":
        return Version(last.major + 1, 0, 0)
    if bump == "minor":
        return Version(last.major, last.minor + 1, 0)
    return Version(last.major, last.minor, last.patch + 1)


def by_calendar(day: datetime.date) -> Version:
    """Return the version of a day."""
    return Version(day.year, day.month, day.day)


def newest(versions: Iterable[Version]) -> Version | None:
    """Return the highest version that is no draft, or None."""
    return max((each for each in versions if each.draft is None), default=None)


class VersionRule(NamedTuple):
    """What the next version has to be: the rule of the charter, and what the changes ask for.

    `last` is the newest version that was published and is no draft; None before the first.
    `by` is the id of the text that asks for the most. `dated` is the day of the release.
    """

    last: Version | None
    asked: Bump
    dated: datetime.date
    calendar: bool = False
    by: str | None = None

    def next(self) -> Version:
        """Return the version that the changes ask for, and no more."""
        if self.calendar:
            return by_calendar(self.dated)
        return parse(FIRST) if self.last is None else raised(self.last, self.asked)

    def next_draft(self, published: Iterable[Version]) -> Version:
        """Return the next draft: of the version that is asked for, or of a higher one begun."""
        drafts = [each for each in published if each.draft is not None]
        begun = [each.final for each in drafts if self.last is None or each.final > self.last]
        target = self.next() if self.calendar else max([self.next(), *begun])
        if self.last is None and begun and not self.calendar:
            target = max(begun)
        return target._replace(draft=_next_number(target, drafts))

    def fault(self, version: Version, published: Iterable[Version]) -> str | None:
        """Return why a version can't be the next one, in a sentence; None where it can be."""
        known = sorted(published)
        if version in known:
            return f"{version} is published already, and a version is never changed"
        fault = self._fault_of_day(version) if self.calendar else self._fault_of_step(version)
        if fault or version.draft is None:
            return fault
        number = _next_number(version, known)
        if version.draft != number:
            return f"the next draft of {version.final} is {version._replace(draft=number)}"
        return None

    def _fault_of_day(self, version: Version) -> str | None:
        if version.final != by_calendar(self.dated):
            return (
                f"by the charter a version is the day of the release, and that is "
                f"{by_calendar(self.dated)}"
            )
        return self._not_later(version)

    def _not_later(self, version: Version) -> str | None:
        if self.last is not None and version.final <= self.last:
            return f"{version} does not come after {self.last}, which is published"
        return None

    def _fault_of_step(self, version: Version) -> str | None:
        if self.last is None:
            return None
        if not_later := self._not_later(version):
            return not_later
        asks = BUMPS.index(self.asked)
        # One step at a time, as high as the changes ask or higher (decision 19).
        steps = {bump: raised(self.last, bump) for bump in BUMPS[1:]}
        enough = {bump: step for bump, step in steps.items() if BUMPS.index(bump) >= asks}
        if version.final in enough.values():
            return None
        if version.final < self.next():
            because = f": the change of {self.by} asks for it" if self.by else ""
            return (
                f"{version} is too low. The changes since {self.last} ask for a {self.asked} "
                f"release, {self.next()}{because}"
            )
        steps_named = " or ".join(str(step) for step in dict.fromkeys(enough.values()))
        return f"{version} leaves versions out. After {self.last} comes {steps_named}"


def _next_number(version: Version, known: Iterable[Version]) -> int:
    """Return the number of the next draft of a version."""
    return max((e.draft or 0 for e in known if e.final == version.final), default=0) + 1
