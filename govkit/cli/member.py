"""`govkit member`: who belongs to the coalition, since when, and with which keys."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any

import click

from govkit.cli.groups import Group
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import A_DAY, A_MOMENT, DayType, day_of, instant_of, require_come
from govkit.errors import WrongUse


@click.group(
    cls=Group,
    epilog="""\b
Examples:
  govkit member add example-society --second other-society
  govkit member end example-society --asked
  govkit member key add example-society --file key.pub
""",
)
def member() -> None:
    """Take a member in, end a membership, add or end a key."""


def _accounts(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    for value in values:
        if not all(value.partition(":")):
            raise click.BadParameter(f"{value} is no account. Write it as code.example.org:name.")
    accounts = tuple((host, name) for host, _, name in (value.partition(":") for value in values))
    hosts = [host.casefold() for host, _ in accounts]
    for host in hosts:
        if hosts.count(host) > 1:
            raise click.BadParameter(f"two accounts on {host} are given. Name one.")
    return accounts


@member.command(
    context_settings=formerly(since="first-day"),
    epilog="""\b
Examples:
  govkit member add example-society --name "Example Society" --kind organisation \\
      --group civil-society --country IN
  govkit member add example-society --second other-society     countersign
  govkit member add example-society --group civil-society      was only listed so far

\b
Joining is open and needs no vote. One coordinator takes the member in; a second
one countersigns, or seven days pass. Only public facts are written: no mail
address, no private name.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.option("--name", metavar="NAME", help="The name, as it is printed.")
@click.option(
    "--kind",
    type=click.Choice(["individual", "organisation", "representative"]),
    help="What the member is.",
)
@click.option("--group", metavar="GROUP", help="The stakeholder group that the member speaks for.")
@click.option("--country", metavar="CODE", help="Two capitals, as IN.")
@click.option("--represents", metavar="MEMBER", help="The organisation that it speaks for.")
@click.option("--lead", is_flag=True, help="Has the last word among those who represent it.")
@click.option("--person", metavar="ID", help="The same word for all ids of one person.")
@click.option(
    "--account",
    "accounts",
    multiple=True,
    callback=_accounts,
    metavar="HOST:NAME",
    help="An account on a host of code or mail that is the member's.",
)
@click.option(
    "--first-day",
    "since",
    type=DayType(),
    metavar="YYYY-MM-DD",
    help="The first day. Default: today.",
)
@click.option("--second", metavar="MEMBER", help="The second coordinator, who countersigns.")
@registrar_options
def add(registrar: Registrar, id_: str, second: str | None, **asked: Any) -> None:
    """Take a member in, or countersign what one coordinator did."""
    from govkit.log.coordinators import path_of_member
    from govkit.procedures.coalition.membership import NewMember, countersigned, joining

    countersigns = second is not None and not any(asked.values())
    with registrar.at_desk() as workspace:
        today = registrar.now.date()
        by = registrar.name(workspace)
        known = workspace.corpus.by_path.get(path_of_member(id_))
        record: Any = known.record if known else None
        if countersigns and second and record is not None and record.state == "enrolled":
            done = countersigned(workspace, id_, second, today)
        else:
            done = joining(workspace, NewMember(id_, **asked), by, second, today)
        entries = registrar.file(workspace, [done.filing], by)
    if done.since > today:
        words = [
            f"{id_} is taken in. Their voice counts from {done.since} on,",
            f"or once a second coordinator does: govkit member add {id_} --second ID.",
        ]
    else:
        words = [f"{id_} is a member since {done.since}."]
    registrar.say(words, entries, member=id_, since=done.since.isoformat())


@member.command(
    context_settings=formerly(on="last-day"),
    epilog="""\b
Examples:
  govkit member end example-society --asked
  govkit member end example-society --with other-society --reason "Does not exist any more."

\b
What the member said before stays, and stays counted where it was counted.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.option("--asked", is_flag=True, help="The member itself has asked to leave.")
@click.option("--reason", metavar="WORDS", help="Why the coalition ends it.")
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="MEMBER",
    help="Another coordinator who agrees. Once for each.",
)
@click.option(
    "--last-day", "on", type=DayType(), metavar="YYYY-MM-DD", help="The last day. Default: today."
)
@registrar_options
def end(
    registrar: Registrar,
    id_: str,
    asked: bool,
    reason: str | None,
    others: tuple[str, ...],
    on: datetime.date | None,
) -> None:
    """End a membership: at the member's wish, or by an act of the coordinators."""
    from govkit.procedures.coalition.membership import MembershipEnd, ending

    if asked and (reason or others):
        raise WrongUse(
            "--asked is for a member who leaves; that needs no reason and no other coordinator",
            "Leave --reason and --with out, or leave --asked out.",
        )
    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        day = on or registrar.now.date()
        filings = ending(workspace, MembershipEnd(id_, day, asked, reason, others), by)
        entries = registrar.file(workspace, filings, by)
    registrar.say([f"The membership of {id_} ends on {day}."], entries, member=id_)


@member.group(
    cls=Group,
    epilog="""\b
Examples:
  govkit member key add example-society --file key.pub
  govkit member key end example-society k1
""",
)
def key() -> None:
    """Add or end a public key that a member signs with."""


@key.command(
    "add",
    context_settings=formerly(from_="channel", since="first-day"),
    epilog="""\b
Examples:
  govkit member key add example-society "ssh-ed25519 AAAAC3Nza..."
  govkit member key add example-society --file key.pub --channel in-person --second other-society

\b
Take a key only from the address or the account that is on record for the
member, or in person with two coordinators. The comment at its end is not kept.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("text", metavar="KEY", required=False)
@click.option(
    "--file", "file", type=click.Path(), metavar="FILE", help="Read the key from this .pub file."
)
@click.option("--id", "name", metavar="ID", help="The name of the key. Default: k1, k2, ...")
@click.option(
    "--first-day",
    "since",
    type=DayType(),
    metavar="YYYY-MM-DD",
    help="The first day. Default: today.",
)
@click.option(
    "--channel",
    "basis",
    type=click.Choice(["address", "account", "in-person"]),
    default="address",
    help="How it came. In person takes two coordinators.",
)
@click.option("--second", metavar="MEMBER", help="The second coordinator.")
@registrar_options
def add_key(
    registrar: Registrar,
    id_: str,
    text: str | None,
    file: str | None,
    name: str | None,
    since: datetime.date | None,
    basis: str,
    second: str | None,
) -> None:
    """Enrol a public key of a member."""
    from govkit.log.coordinators import require_coordinator
    from govkit.procedures.coalition.membership import key_added

    text = _key_text(text, file)
    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        if (basis == "in-person") != bool(second) or second == by:
            raise WrongUse(
                "a key that is handed over in person takes two coordinators, any other takes one",
                "Give --channel in-person and --second MEMBER together, with another coordinator.",
            )
        if second:
            require_coordinator(workspace.corpus, second)
        filing, enrolled = key_added(workspace, id_, text, name, since or registrar.now.date())
        from dataclasses import replace

        vouching = (by, second) if second else ()
        entries = registrar.file(workspace, [replace(filing, by=vouching)], by)
    registrar.say(
        [f"{id_} signs with the key {enrolled.id} from {enrolled.since} on."],
        entries,
        member=id_,
        key=enrolled.id,
    )


def _key_text(text: str | None, file: str | None) -> str:
    if bool(text) == bool(file):
        raise WrongUse("a key is needed here", "Give it in quotes, or name its file with --file.")
    if text:
        return text
    from pathlib import Path

    from govkit.store.worktree import read_named

    assert file is not None
    return read_named(Path(file)).decode("utf-8", errors="replace")


def _since_when(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a day or a moment as it was written."""
    for read in (day_of, instant_of):
        with suppress(ValueError):
            if value is not None:
                read(value)
            return value
    raise click.BadParameter(
        f"{value} is no day and no moment. Write it as {A_DAY} or {A_MOMENT}.", ctx, param
    )


@key.command(
    "end",
    context_settings=formerly(until="last-day"),
    epilog="""\b
Examples:
  govkit member key end example-society k1
  govkit member key end example-society k1 --compromised-since 2026-03-01

\b
An ended key stays good for what was received before. A compromised one stays
good only for what the log had recorded before.
""",
)
@click.argument("id_", metavar="MEMBER")
@click.argument("name", metavar="KEY")
@click.option(
    "--last-day",
    "until",
    type=DayType(),
    metavar="YYYY-MM-DD",
    help="The last day. Default: today.",
)
@click.option(
    "--compromised-since",
    callback=_since_when,
    metavar="MOMENT",
    help="Since when somebody else may have it: a day, as 2026-03-10, or a moment, as "
    "2026-03-10T12:00:00Z.",
)
@registrar_options
def end_key(
    registrar: Registrar,
    id_: str,
    name: str,
    until: datetime.date | None,
    compromised_since: str | None,
) -> None:
    """End a key: it was replaced, lost, or stolen."""
    from govkit.procedures.coalition.membership import key_ended

    if compromised_since:
        moment = f"{compromised_since}T00:00:00Z"[: len(A_MOMENT)]
        require_come(instant_of(moment), registrar.now, "--compromised-since")
    with registrar.at_desk() as workspace:
        by = registrar.name(workspace)
        day = until or registrar.now.date()
        filing = key_ended(workspace, id_, name, day, compromised_since)
        entries = registrar.file(workspace, [filing], by)
    registrar.say([f"The key {name} of {id_} ends on {day}."], entries, member=id_, key=name)
