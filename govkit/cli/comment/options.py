"""What the commands about comments share: their options, and the time that an option names."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import click

from govkit.errors import WrongUse

_NOON = datetime.time(12)

Decorated = Callable[..., Any]


def _several(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    def decorate(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class InstantType(click.ParamType[datetime.datetime]):
    """A time in UTC on the command line, as 2026-03-10T12:00Z; a day alone is its noon."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the instant, or say how one is written."""
        if isinstance(value, datetime.datetime):
            return value
        text = str(value)
        try:
            if len(text) == 10:
                day = datetime.date.fromisoformat(text)
                return datetime.datetime.combine(day, _NOON, datetime.UTC)
            found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.fail(f"{value} is no time. Write it in UTC, as 2026-03-10T12:00Z.", param, ctx)
        return found.astimezone(datetime.UTC)


proposal_option = click.option(
    "--proposal",
    metavar="ID",
    help="The proposal, as 2026-003. Default: the only one that is open.",
)
by_option = click.option(
    "--by",
    metavar="MEMBER",
    help="Which coordinator files it. Default: `git config govkit.member`, or the only one.",
)
format_option = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text"
)
received_option = click.option(
    "--received",
    type=InstantType(),
    metavar="TIME",
    help="When it reached you, as 2026-03-10T09:00Z, or a day (its noon). Default: now.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be filed, and write nothing."
)
who_options = _several(
    click.option("--member", metavar="ID", help="The author, if a member."),
    click.option("--name", metavar="NAME", help="The author's name, if no member."),
    click.option("--affiliation", metavar="NAME", help="What the author belongs to."),
    click.option("--group", metavar="GROUP", help="The stakeholder group, as in the charter."),
)


def now_in_utc() -> datetime.datetime:
    """Return the time it is. The clock is read at the door only."""
    return datetime.datetime.now(datetime.UTC)


def received_at(named: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    """Return when something came; now for a day that has begun and whose noon is to come.

    Raises `WrongUse` for a time to come.
    """
    if named is None:
        return now
    if named <= now:
        return named
    if named.date() == now.date() and named.time() == _NOON:
        return now
    raise WrongUse(
        f"nothing can have come in the future: {named:%Y-%m-%dT%H:%MZ}",
        "Give the time at which it reached you, in UTC.",
    )
