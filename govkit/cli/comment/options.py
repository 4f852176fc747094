"""What the commands about comments share: their options, and the time that an option names."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import click

from govkit.cli.session import InstantType
from govkit.errors import WrongUse

_NOON = datetime.time(12)

Decorated = Callable[..., Any]


def _several(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    def decorate(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class CameType(InstantType):
    """When something came: a moment in UTC, or a day, which stands for its noon."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the moment, or say how one is written."""
        text = str(value)
        if isinstance(value, datetime.datetime) or len(text) != len("2026-03-10"):
            return super().convert(value, param, ctx)
        return super().convert(f"{text}T12:00:00Z", param, ctx)


proposal_option = click.option(
    "--proposal",
    metavar="PROPOSAL",
    help="The proposal, as 2026-003. Default: the only one that is open.",
)
received_option = click.option(
    "--received",
    type=CameType(),
    metavar="TIME",
    help="When it reached you, as 2026-03-10T09:00Z, or a day (its noon). Default: now.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be filed, and write nothing."
)
who_options = _several(
    click.option("--member", metavar="MEMBER", help="The author, if a member."),
    click.option("--name", metavar="NAME", help="The author's name, if no member."),
    click.option("--affiliation", metavar="NAME", help="What the author belongs to."),
    click.option("--group", metavar="GROUP", help="The stakeholder group, as in the charter."),
)


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
