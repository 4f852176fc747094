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
    from govkit.procedures.log.register import member_of_clone
    from govkit.procedures.tasks import filled_in, tasks_at_hand

    workspace = session.workspace()
    corpus = workspace.corpus
    say_unread(corpus)
    moment = now or now_in_utc()
    tasks = tasks_at_hand(workspace, moment, days, member)
    if format_ in ("text", "json"):  # the others are for many people, each with a key of their own
        here = os.environ.get(VARIABLE) or member_of_clone(workspace.root)
        has_key = known_key(workspace.root) is not None
        tasks = tuple(filled_in(tasks, workspace, here, member, has_key))
    if format_ == "json":
        click.echo(_as_json(tasks, moment), nl=False)
    elif format_ == "ics":
        click.echo(_as_ics(corpus, tasks, moment), nl=False)
    elif format_ == "mail":
        click.echo(_as_mail(corpus, tasks, moment, days), nl=False)
    else:
        echo(task_lines(tasks, moment, days))


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

    heading = task.heading(now)
    if task.due is None or task.kind == "audit" or task.is_overdue(now):
        return heading
    return f"{heading}, {days_left(task.due, now)}"


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
