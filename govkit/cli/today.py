"""`govkit today`: what is to be done, by whom, until when, with the command that does it."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.keys import known_key
from govkit.cli.output import format_option, json_text
from govkit.cli.printing.screen import echo, width, wrapped
from govkit.cli.printing.words import visible
from govkit.cli.registrar import VARIABLE, now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.log.periods import last_day
from govkit.rendering.icalendar import Event, icalendar

if TYPE_CHECKING:
    from pathlib import Path

    from govkit.corpus.whole import Corpus
    from govkit.proposals.task import Task

_EPILOG = """Examples:
  govkit today                            what waits, and what has a date in 14 days
  govkit today --days 60
  govkit today --for example-society      what this member can do
  govkit today --format ics > tasks.ics   for any calendar program
  govkit today --format mail              a mail of it, to send to the coordinators

All of it is derived from the records: nothing is ticked off here. What has no date
waits now. A date is the last moment; a day means its end anywhere on earth.
Drafts that wait, were refused or are in doubt are those of the outbox in the
private folder. What came back is named until the address on record is another
one. Mails that wait are counted where this clone knows their folder:
`git config govkit.mails ../mails`.
"""


@click.command(epilog=_EPILOG)
@click.option("--for", "member", metavar="MEMBER", help="Only what this member can do.")
@click.option(
    "--days",
    type=click.IntRange(0, 3660),
    default=14,
    show_default=True,
    metavar="N",
    help="How many days to look ahead.",
)
@now_option
@format_option("text", "json", "ics", "mail")
@pass_session
def today(
    session: Session, member: str | None, days: int, now: datetime.datetime | None, format_: str
) -> None:
    """Say what is to be done, by whom, until when, with the command that does it."""
    from govkit.checks.audit_tasks import audit_tasks
    from govkit.log.coordinators import member_of
    from govkit.procedures.letters.letter_tasks import answers_sent, letters_to_write
    from govkit.procedures.proposals.ballot_tasks import ballots_to_write
    from govkit.procedures.proposals.bulletins import bulletin_to_write
    from govkit.procedures.proposals.mail_tasks import mails_to_take_in
    from govkit.procedures.proposals.reminders import reminders_to_write
    from govkit.procedures.proposals.returned_mails import returned_to_look_at
    from govkit.procedures.proposals.sending import drafts_to_send
    from govkit.proposals.tasks import tasks_for, tasks_of
    from govkit.release.release_tasks import releases_to_cut
    from govkit.workspace.releases.signature_files import signed_in

    workspace = session.workspace()
    corpus = workspace.corpus
    say_unread(corpus)
    moment = now or now_in_utc()
    if member is not None:
        member_of(corpus, member)
    further = [
        *mails_to_take_in(workspace),
        *returned_to_look_at(workspace, moment),
        *ballots_to_write(workspace, moment),
        *reminders_to_write(workspace, moment),
        *letters_to_write(workspace, moment),
        *drafts_to_send(workspace, moment),
        *bulletin_to_write(workspace, moment),
        *releases_to_cut(
            corpus,
            moment,
            lambda: workspace.check(moment.date()).findings,
            lambda name: signed_in(workspace.root, name),
        ),
        *audit_tasks(corpus, moment),
    ]
    found = tasks_of(
        corpus, moment, datetime.timedelta(days=days), further, answers_sent(workspace)
    )
    tasks = tasks_for(found, member) if member is not None else found
    if format_ in ("text", "json"):  # the others are for many people, each with a key of their own
        tasks = tuple(_for_clone(tasks, workspace.root, member))
    if format_ == "json":
        click.echo(_as_json(tasks, moment), nl=False)
    elif format_ == "ics":
        click.echo(_as_ics(corpus, tasks, moment), nl=False)
    elif format_ == "mail":
        click.echo(_as_mail(corpus, tasks, moment, days), nl=False)
    else:
        echo(task_lines(tasks, moment, days))


def _for_clone(tasks: Sequence[Task], root: Path, asked: str | None) -> Iterator[Task]:
    """Yield tasks with what this clone knows filled in: whoever works here, and their key.

    A signature of somebody else still takes a key that is named.
    """
    from govkit.procedures.log.register import member_of_clone
    from govkit.procedures.proposals.mail_tasks import mails_of_clone

    mails = ""
    if any(each.kind == "take-in" and each.due is not None for each in tasks):
        mails = mails_of_clone(root)
    here = os.environ.get(VARIABLE) or member_of_clone(root)
    member = asked or here
    has_key = member == here and known_key(root) is not None
    for each in tasks:
        command = each.command
        if each.kind == "take-in" and each.due is not None and mails:
            command = f"{command} {mails}"
        if member in each.who:
            command = command.replace("--by MEMBER", f"--by {member}")
        signs_here = here in each.who if here else "--by" not in command
        if has_key and signs_here and command.endswith(_KEY):
            # `answer` files, and signs only where it is told to.
            sign = " --sign" if command.startswith("govkit answer ") else ""
            command = command.removesuffix(_KEY) + sign
        yield each._replace(command=command)


_KEY = " --key FILE"


def task_lines(tasks: Sequence[Task], now: datetime.datetime, days: int) -> Iterator[str]:
    """Yield tasks for people: what is overdue, what waits, then by date."""

    if not tasks:
        yield f"Nothing waits, and nothing has a date in the next {days} days."
        return
    before = ""
    for each in tasks:
        heading = _heading(each, now)
        if heading != before:
            yield from ([""] if before else [])
            colour = "red" if each.is_overdue(now) else None
            yield click.style(heading, bold=True, fg=colour)
            before = heading
        yield from wrapped(visible(each.what), width(88), "  - ", "    ")
        yield from wrapped(f"by {', '.join(each.who) or 'anybody'}", width(88), "    ", "    ")
        yield f"    {visible(each.command)}"


def _heading(task: Task, now: datetime.datetime) -> str:
    from govkit.cli.printing.decision import days_left

    if task.kind == "audit":
        return "No hurry: `govkit audit` misses"
    if task.due is None:
        return "Waits now"
    if task.is_overdue(now):
        return "Overdue"
    return f"Until {task.due:%Y-%m-%d %H:%M} UTC, {days_left(task.due, now)}"


def _as_json(tasks: Sequence[Task], now: datetime.datetime) -> str:
    from govkit.records.scalars import iso

    rows = [
        task._asdict() | {"due": iso(task.due) if task.due else None, "who": list(task.who)}
        for task in tasks
    ]
    return json_text({"version": 1, "now": iso(now), "tasks": rows})


def _as_ics(corpus: Corpus, tasks: Sequence[Task], now: datetime.datetime) -> bytes:

    charter = corpus.charter
    events = []
    for task in tasks:
        named = hashlib.sha256(f"{task.kind} {task.about} {task.what}".encode()).hexdigest()[:24]
        day = last_day(task.due) if task.due is not None else now.date()
        description = f"By: {', '.join(task.who)}\n{task.command}"
        events.append(
            Event(f"{named}@tasks.govkit", max(day, now.date()), task.what, description, now)
        )
    name = f"{charter.name if charter else 'govkit'}: to be done"
    return icalendar(name, events)


def _as_mail(corpus: Corpus, tasks: Sequence[Task], now: datetime.datetime, days: int) -> str:
    from govkit.correspondence.mail import Lines, Mail

    lines, before = Lines(), ""
    if not tasks:
        lines.say(f"Nothing waits, and nothing has a date in the next {days} days.")
    for number, task in enumerate(tasks, 1):
        heading = _heading(task, now)
        if heading != before:
            lines.head(heading)
            before = heading
        lines.close(task.what, "    ", f"{number}.".ljust(4))
        lines.close(f"By {', '.join(task.who) or 'anybody'}.", "    ")
        lines.lines += [f"    {task.command}", ""]
    charter = corpus.charter
    name = charter.name if charter else "the coalition"
    return Mail(f"{name}: to be done from {now:%Y-%m-%d} on", str(lines)).as_text()
