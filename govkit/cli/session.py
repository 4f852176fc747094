"""What the global options say, and what every command needs: the folder, the colours, the day."""

from __future__ import annotations

import datetime
import os
import re
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from govkit.cache import NO_CACHE, Cache
from govkit.errors import WrongUse
from govkit.patterns import lazy_regex

if TYPE_CHECKING:
    from govkit.log.unlikely_days import DayUse
    from govkit.workspace import Workspace


@dataclass(frozen=True)
class Session:
    """One call of govkit. `colours` is True, False, or None for "on a terminal"."""

    directory: Path
    colours: bool | None

    @classmethod
    def from_options(cls, directory: str, color: str) -> Session:
        """Return the session that the global options ask for."""
        colours = {"always": True, "never": False}.get(color, _colours_of_the_system())
        return cls(Path(directory), colours)

    def folder(self) -> Path:
        """Return the folder to work in. Raises `WrongUse` where it is none.

        What a command that was killed left half written there is finished or taken back first.
        """
        if not self._is_folder():
            raise WrongUse(f"{self.directory} is no folder", "Name a folder that is there.")
        self._put_right()
        return self.directory

    def _is_folder(self) -> bool:
        """Say whether it is one; what can't be looked at is the system's to say."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return stat.S_ISDIR(self.directory.stat().st_mode)
        return False

    def workspace(self, cache: Cache = NO_CACHE) -> Workspace:
        """Open the governed folder, with progress on a terminal."""
        from govkit.workspace import open_workspace

        with Progress("Reading") as progress:
            return open_workspace(self.folder(), progress.to, cache)

    def _put_right(self) -> None:
        from govkit.store import journal, new_folder, unfinished
        from govkit.store.worktree import find_root

        root = find_root(self.directory)
        new_folder.clear(self.directory, root)
        if root is None:
            return
        unfinished.sit_at(root)
        done = None
        if unfinished.is_there(root) and unfinished.clear(root):
            done = "taken back"
        if journal.is_pending(root):
            from govkit.procedures.log.filing import recover

            done = recover(root) or done
        if done:
            click.echo(
                f"note: a govkit command was stopped while it wrote; it is {done} now.", err=True
            )

    def workspace_root(self) -> Path:
        """Return the governed folder that this is in. Raises `WrongUse` where it is in none."""
        from govkit.store.worktree import root_above

        return root_above(self.folder())


def _colours_of_the_system() -> bool | None:
    """Return what the usual variables ask for: NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM."""
    said = os.environ.get
    if said("NO_COLOR"):
        return False
    if said("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return False if said("CLICOLOR") == "0" or said("TERM") == "dumb" else None


class Progress:
    """A line on a terminal that says how far long work is; nothing where nobody looks."""

    def __init__(self, what: str) -> None:
        """Show nothing yet; `what` is what is being done, as "Reading"."""
        self.what = what
        self.shown = False

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def to(self, done: int, of: int) -> None:
        """Say that `done` of `of` steps are done."""
        if sys.stderr.isatty() and of > 500:
            sys.stderr.write(f"\r{self.what} {done:,} of {of:,}")
            sys.stderr.flush()
            self.shown = True

    def making(self, name: str, number: int, of: int) -> None:
        """Say that a file is being made."""
        self.say(f"Making {name} ({number} of {of})")

    def say(self, words: str) -> None:
        """Show a line on a terminal, in the place of the one before."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
            self.shown = True


pass_session = click.make_pass_decorator(Session)


_DAY = lazy_regex("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INSTANT = lazy_regex(_DAY.pattern + "T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")

A_DAY = "2026-03-10"
A_MOMENT = "2026-03-10T12:00:00Z"


def day_of(text: str) -> datetime.date:
    """Return a day that is written as 2026-03-10, and in no other form. Raises `ValueError`."""
    return datetime.date(*_numbers(_DAY, text))


def instant_of(text: str) -> datetime.datetime:
    """Return a moment that is written as 2026-03-10T12:00:00Z. Raises `ValueError`."""
    return datetime.datetime(*_numbers(_INSTANT, text), tzinfo=datetime.UTC)  # type: ignore[misc,arg-type]


def _numbers(form: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return the numbers of a time. ISO 8601 has many forms, and readers take different ones."""
    found = form.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return tuple(map(int, found.groups()))


_DAYS_GIVEN = "govkit.days"


class GivenDay(NamedTuple):
    """A day that was typed: where, as `--to`, and what it is for."""

    named: str
    day: datetime.date
    use: DayUse


def days_given() -> list[GivenDay]:
    """Return the days that were typed for the running command; a command may add one."""
    ctx = click.get_current_context(silent=True)
    given: list[GivenDay] = [] if ctx is None else ctx.meta.setdefault(_DAYS_GIVEN, [])
    return given


class DayType(click.ParamType[datetime.date]):
    """A day on the command line, as 2026-03-10.

    A command that writes looks whether its year is likely (`asking.require_likely_days`); those
    without a use lie behind us, and the command looks at them itself.
    """

    name = "YYYY-MM-DD"
    """So the help writes what is to be typed; the same holds for the other types here."""

    def __init__(self, use: DayUse | None = "planned") -> None:
        """Take a day for one of these uses."""
        self.use = use

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """Return the day, or say how one is written."""
        if isinstance(value, datetime.date):
            return value
        try:
            day = day_of(str(value))
        except ValueError:
            self.fail(f"{value} is no day. Write it as {A_DAY}.", param, ctx)
        if ctx is not None and param is not None and self.use:
            days_given().append(GivenDay(param.opts[0], day, self.use))
        return day


class DigestType(click.ParamType[str]):
    """A digest on the command line, as sha256:0f3a…"""

    name = "digest"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the digest, or say how one is written."""
        fits = re.fullmatch(r"(?:sha256:)?([0-9a-f]{64})", str(value).strip())
        if fits is None:
            self.fail("a digest is sha256: and 64 of 0-9 a-f.", param, ctx)
        return f"sha256:{fits[1]}"


class InstantType(click.ParamType[datetime.datetime]):
    """A moment on the command line, in UTC, as 2026-03-10T12:00:00Z."""

    name = "INSTANT"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the moment, or say how one is written."""
        if isinstance(value, datetime.datetime):
            return value
        try:
            return instant_of(str(value))
        except ValueError:
            self.fail(f"{value} is no moment. Write it in UTC, as {A_MOMENT}.", param, ctx)


_clock = datetime.datetime.now


def now_in_utc() -> datetime.datetime:
    """Return the moment it is, to the second, as records have it. Only here is a clock read."""
    return _clock(datetime.UTC).replace(microsecond=0)


def today_in_utc() -> datetime.date:
    """Return the day it is."""
    return now_in_utc().date()


today_option = click.option(
    "--today", type=DayType(), help="Check dates as on this day. Default: today in UTC."
)
