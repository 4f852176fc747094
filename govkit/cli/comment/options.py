"""What the commands about comments share: their options, and the time that an option names."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from govkit.cli.completing import comment_numbers
from govkit.cli.output import with_all
from govkit.cli.session import A_DAY, InstantType, instant_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_NOON = datetime.time(12)


class CameType(InstantType):
    """When something came: a moment in UTC, to the minute or the second, or a day: its noon."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the moment, or say how one is written."""
        if isinstance(value, datetime.datetime):
            return value
        text = str(value)
        to_the_second = f"{text[:-1]}:00Z" if text.endswith("Z") else ""
        for moment in (f"{text}T12:00:00Z", text, to_the_second):
            with suppress(ValueError):
                return instant_of(moment)
        self.fail(
            f"{text} is no moment. Write it in UTC, as 2026-03-10T09:00Z, or as a day: {A_DAY}.",
            param,
            ctx,
        )


proposal_option = click.option(
    "--proposal",
    metavar="PROPOSAL",
    help="The proposal, as 2026-003. Default: the only one that is open.",
)
received_option = click.option(
    "--received",
    type=CameType(),
    metavar="TIME",
    help="When it reached you, as 2026-03-10T09:00Z, seconds may follow; or a day, as 2026-03-10 "
    "(its noon). Default: now.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be filed, and write nothing."
)
who_options = with_all(
    click.option("--member", metavar="MEMBER", help="The author, if a member."),
    click.option("--name", metavar="NAME", help="The author's name, if no member."),
    click.option("--affiliation", metavar="NAME", help="What the author belongs to."),
    click.option("--group", metavar="GROUP", help="The stakeholder group, as in the charter."),
)

NAME_SOMEBODY = "Name a --member, or a --name; or say that they asked to stay --anonymous."
anonymous_option = click.option(
    "--anonymous", is_flag=True, help="The author asked for no name; --group says the group."
)


def numbers_there(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the numbers of comments that the shell offers."""

    return comment_numbers(ctx, param, typed)


def received_at(named: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    """Return when something came; now for a day that has begun and whose noon is to come.

    Raises `WrongUse` for a time to come.
    """
    if named is None:
        return now
    if named.date() == now.date() and named.time() == _NOON:
        return now
    from govkit.procedures.log.register import require_come

    require_come(named, now, "--received")
    return named
