"""`govkit member`: who belongs to the coalition, since when, and with which keys."""

from __future__ import annotations

import datetime
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from govkit.cli.asking import require_likely_days, require_likely_record, sure_option
from govkit.cli.comment.options import dry_run_option
from govkit.cli.groups import Group
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.member_join import join
from govkit.cli.member_key import key as key_group
from govkit.cli.output import formerly, json_text
from govkit.cli.printing.words import number_of
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import DayType, GivenDay
from govkit.cli.signed import signed_at_once
from govkit.errors import WrongUse


@click.group(
    cls=Group,
    epilog="""Examples:
  govkit member add example-society --group civil-society
  govkit member import members.xlsx --dry-run
  govkit member end example-society --asked
  govkit member file example-society
  govkit member key add example-society --file key.pub
  govkit member join                 for one who is no member yet
""",
)
def member() -> None:
    """Take members in, end a membership, add or end a key; or ask to join."""


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
    epilog="""Examples:
  govkit member add example-society --name "Example Society" --kind organisation \\
      --group civil-society --country IN
  govkit member add example-society --group civil-society      was only listed so far

Joining is open and needs no vote. One coordinator takes the member in; a second
one countersigns (`govkit countersign MEMBER --seen WORDS`), or seven days pass. Only public
facts are written: no mail address, no private name.
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
    "--first-day", "since", type=DayType("membership"), help="The first day. Default: today."
)
@sure_option
@registrar_options
def add(registrar: Registrar, id_: str, **asked: Any) -> None:
    """Take a member in; a second coordinator countersigns, or seven days pass."""
    from govkit.procedures.coalition.membership import NewMember, prepare_admission

    with registrar.at_desk() as workspace:
        today = registrar.now.date()
        by = registrar.name_or_founder(workspace)
        done = prepare_admission(workspace, NewMember(id_, **asked), today)
        entries = registrar.file(workspace, [done.filing], by)
    if done.since > today:
        words = [
            f"{id_} is taken in. Their voice counts from {done.since} on,",
            f"or once a second coordinator does: govkit countersign {id_} --seen WORDS --key FILE.",
        ]
    else:
        words = [f"{id_} is a member since {done.since}."]
    words.append("From which groups and regions nobody is yet: govkit members balance.")
    registrar.say(words, entries, member=id_, since=done.since.isoformat())


@member.command(
    "import",
    epilog="""Examples:
  govkit member import members.xlsx --dry-run
  govkit member import members.csv

A row for each member. The first row names the columns: member (the id), name,
kind, group, country, represents, lead, person, account, first day. Only member
has to be there; what each means, `govkit member add` says. If one row is wrong,
nothing is written, and each wrong row is named. Who is a member already is left
as they are, so the same file twice brings nothing new.
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@dry_run_option
@sure_option
@registrar_options
def import_(registrar: Registrar, file: Path, dry_run: bool) -> int:
    """Take members in from a table (CSV, XLSX), all of them or none."""
    from govkit.cli.comment.tables import grid_in
    from govkit.cli.comment.telling import fault_as_json, say_faults
    from govkit.cli.foreign_tables import read_as_table
    from govkit.procedures.coalition.member_table import members_of_table

    with nullcontext(registrar.session.workspace()) if dry_run else registrar.at_desk() as desk:
        _, rows = grid_in(file)
        if rows is None:
            raise WrongUse(f"{file} is a Word file", "Save its table as CSV or XLSX.")
        by = registrar.name_or_founder(desk)
        with read_as_table(str(file)):
            table = members_of_table(desk, rows, registrar.now.date())
        if table.faults and registrar.as_json:
            click.echo(json_text({"version": 1, "faults": [*map(fault_as_json, table.faults)]}))
        elif table.faults:
            say_faults(table.faults, str(file))
        if table.faults:
            return 1
        days = [GivenDay(f"{id}, first day", day, "membership") for id, day in table.first_days]
        require_likely_days(desk.corpus, registrar.now, days)
        filings = [done.filing for _, done in table.joining]
        entries = registrar.file(desk, filings, by) if filings and not dry_run else ()
    words = [f"{id}: a member from {done.since} on." for id, done in table.joining]
    if table.known:
        words.append(f"Members already, left as they are: {', '.join(table.known)}.")
    if dry_run:
        words.append(f"Would take in {number_of(len(filings), 'member')}. Nothing was written.")
    elif any(done.since > registrar.now.date() for _, done in table.joining):
        words.append(
            "A voice counts earlier where a second coordinator does: `govkit countersign`."
        )
    elif not filings:
        words.append("The table brings nothing new. Nothing was written.")
    since = {id: done.since.isoformat() for id, done in table.joining}
    registrar.say(words, entries, members=since, known=[*table.known], dry_run=dry_run)
    return 0


@member.command(
    context_settings=formerly(on="last-day"),
    epilog="""Examples:
  govkit member end example-society --asked
  govkit member end example-society --with other-society --reason "Does not exist any more."

What the member said before stays, and stays counted where it was counted.

This files an act. Where the member has asked, it takes the member's own signature,
or that of two coordinators who have seen the request; else as many coordinators as
any act of the coalition. Until then the membership goes on: `govkit sign`.
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
@click.option("--last-day", "on", type=DayType("membership"), help="The last day. Default: today.")
@signing_options
@sure_option
@registrar_options
def end(
    registrar: Registrar,
    id_: str,
    asked: bool,
    reason: str | None,
    others: tuple[str, ...],
    on: datetime.date | None,
    own: OwnKey,
) -> None:
    """End a membership: at the member's wish, or by an act of the coordinators."""
    from govkit.procedures.coalition.membership import MembershipEnd, prepare_membership_end

    if asked and (reason or others):
        raise WrongUse(
            "--asked is for a member who leaves; that needs no reason and no other coordinator",
            "Leave --reason and --with out, or leave --asked out.",
        )
    with registrar.writing() as (workspace, by):
        day = on or registrar.now.date()
        filings = prepare_membership_end(
            workspace, MembershipEnd(id_, day, asked, reason, others), by
        )
        entries = registrar.file(workspace, filings, by)
        signatures = signed_at_once(registrar, filings[0].path, by, own)
    registrar.say(
        [f"The membership of {id_} ends on {day}.", *signatures.words],
        entries,
        member=id_,
        **signatures.for_programs,
    )


@member.command(
    epilog="""Examples:
  govkit member file example-society      after an edit of its record

Edit the record in governance/members/: another group, mandate, account. What the
voice rests on counts once a second coordinator has seen why: `govkit countersign`.
"""
)
@click.argument("id_", metavar="MEMBER")
@sure_option
@registrar_options
def file(registrar: Registrar, id_: str) -> None:
    """File the record of a member as somebody has edited it."""
    from govkit.procedures.coalition.membership import edited_record

    with registrar.writing() as (workspace, by):
        edited = edited_record(workspace, id_)
        require_likely_record(workspace.corpus, edited.path, registrar.now)
        entries = registrar.file(workspace, [edited], by)
    registrar.say(
        [
            f"The record of {id_} is filed as it stands.",
            "Another coordinator who has seen why vouches for it:",
            f"  govkit countersign {id_} --seen WORDS --key FILE",
        ],
        entries,
        member=id_,
    )


member.add_command(key_group)
member.add_command(join)
