"""Dates of calls and proposals for people, for programs, and for calendars."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, cast

import click

from govkit.cli.output import json_text
from govkit.cli.printing.as_json import FORMAT_VERSION
from govkit.cli.printing.table import table
from govkit.cli.printing.words import number_of, visible
from govkit.consent.policy_text import period_in_words
from govkit.corpus.documents import Document
from govkit.languages.catalogue import Messages
from govkit.log.periods import end_of_day, instant_of, last_day
from govkit.proposals.calendar import PlannedDate, PromisedDates, name_of
from govkit.proposals.call_inputs import counted_inputs, input_as_json
from govkit.proposals.promises import Promise
from govkit.records.governance import Charter
from govkit.records.policies import Policy
from govkit.records.registers import Event as Meet
from govkit.records.scalars import iso
from govkit.rendering.event_times import event_days
from govkit.rendering.icalendar import Event, icalendar

_COLOURS = {"kept": "green", "late": "yellow", "missed": "red"}


# --- for people -----------------------------------------------------------------------------------


def as_words(
    several: Sequence[PromisedDates],
    meetings: Sequence[Document],
    now: datetime.datetime,
    said: Messages,
) -> str:
    """Return a table of dates for each call and proposal, with what was moved; and events."""
    if not several and not meetings:
        return "No call and no proposal has a date yet. `govkit calendar --plan` plans a cycle.\n"
    shown = [_one(each, now) for each in several]
    if meetings:
        rows = [(event_days(cast(Meet, each.record), said), each.title) for each in meetings]
        head = click.style("Meetings and webinars", bold=True)
        shown.append(f"{head}\n{table(('', ''), rows).lstrip()}")
    return "\n".join(shown)


def is_to_come(meeting: Document, now: datetime.datetime) -> bool:
    """Say whether an event is not over yet."""
    record = cast(Meet, meeting.record)
    last = record.ends or record.starts
    over = instant_of(last) if "T" in last else end_of_day(instant_of(last).date())
    return over >= now


def _one(dates: PromisedDates, now: datetime.datetime) -> str:
    head = click.style(f"{dates.kind.capitalize()} {dates.id}  {visible(dates.title)}", bold=True)
    moved = any(each.moves for each in dates.promises)
    columns = ["", "promised", *(["moved to"] if moved else []), ""]
    rows = [
        [
            name_of(each),
            str(last_day(each.first)),
            *([str(each.day) if each.moves else ""] if moved else []),
            _mark(each, now),
        ]
        for each in dates.promises
    ]
    shown = table(columns, rows)
    for mark, colour in _COLOURS.items():
        shown = shown.replace(f"  {mark}", "  " + click.style(mark, fg=colour))
    lines = [head, shown.rstrip("\n"), *_moves(dates), *_missed(dates)]
    if dates.inputs:
        lines.append(f"What came in: {counted_inputs(dates.inputs)}.")
    if dates.reminders:
        days = ", ".join(str(last_day(each.at)) for each in dates.reminders)
        lines.append(f"Reminders to those not heard: {days}. `govkit propose remind {dates.id}`.")
    return "\n".join(lines) + "\n"


def _mark(promise: Promise, now: datetime.datetime) -> str:
    if promise.mark == "planned":
        left = (promise.until - now) // datetime.timedelta(days=1)
        return f"in {number_of(left, 'day')}" if left > 0 else "ends within a day"
    if promise.mark == "late" and promise.done is not None:
        return f"late: {promise.done.date()}"
    return promise.mark


def _moves(dates: PromisedDates) -> Iterator[str]:
    for each in dates.promises:
        for move in each.moves:
            before, to = last_day(move.before), last_day(move.to)
            because = visible(" ".join(move.because.split())).rstrip(".")
            yield f"{name_of(each)}: moved from {before} to {to}, because: {because}."


def _missed(dates: PromisedDates) -> Iterator[str]:
    missed = [name_of(each) for each in dates.promises if each.mark == "missed"]
    if missed:
        command = "call move" if dates.kind == "call" else "propose notice --move"
        yield (
            f"Passed, and nothing came: {', '.join(missed)}. Tell everybody a new date: "
            f"`govkit {command}`."
        )


def plan_as_words(
    name: str, policy: Policy, steps: Sequence[PlannedDate], quiet: Sequence[str]
) -> str:
    """Return the plan of a cycle, with the periods that it follows, and the command for it."""
    periods = policy.periods
    rows = [[str(each.day), each.name] for each in steps]
    without = f" Quiet days do not count: {', '.join(quiet)}." if quiet else ""
    command = " ".join(f"--promise {each.step}={each.day}" for each in steps)
    return (
        table(["", f"by the policy {name}, at the earliest"], rows)
        + f"Comments {period_in_words(periods.comment)}, last call "
        f"{period_in_words(periods.last_call)}, taking in {period_in_words(periods.intake)}."
        f"{without}\nA second draft takes its own time for comments.\n"
        f"Next: govkit call open {command}\n"
    )


# --- for programs ---------------------------------------------------------------------------------


def as_json(
    several: Sequence[PromisedDates], meetings: Sequence[Document], now: datetime.datetime
) -> str:
    """Return the dates as JSON text. The format is a contract: docs/json.md."""
    return json_text(
        {
            "version": FORMAT_VERSION,
            "now": _instant(now),
            "calendars": [
                {
                    "kind": each.kind,
                    "id": each.id,
                    "title": each.title,
                    "dates": [_date(promise) for promise in each.promises],
                    "inputs": [input_as_json(one) for one in each.inputs],
                    "reminders": [
                        {"days": reminder.days, "from": _instant(reminder.at)}
                        for reminder in each.reminders
                    ],
                }
                for each in several
            ],
            "events": [_event(each) for each in meetings],
        }
    )


def _event(meeting: Document) -> dict[str, Any]:
    record = cast(Meet, meeting.record)
    names = ("title", "kind", "starts", "ends", "time_zone", "place", "country", "address")
    return {"id": meeting.id, **{name: getattr(record, name) for name in names}}


def _date(promise: Promise) -> dict[str, Any]:
    return {
        "step": promise.step,
        "revision": promise.revision,
        "promised": str(last_day(promise.first)),
        "day": str(promise.day),
        "until": _instant(promise.until),
        "state": promise.mark,
        "done": _instant(promise.done),
        "moves": [
            {
                "from": str(last_day(move.before)),
                "to": str(last_day(move.to)),
                "because": move.because,
                "announced": _instant(move.announced),
            }
            for move in promise.moves
        ],
    }


def plan_as_json(name: str, steps: Sequence[PlannedDate]) -> str:
    """Return the plan of a cycle as JSON text."""
    return json_text(
        {
            "version": FORMAT_VERSION,
            "policy": name,
            "plan": [{"step": each.step, "day": str(each.day)} for each in steps],
        }
    )


def _instant(moment: datetime.datetime | None) -> str | None:

    if moment is None:
        return None
    return iso(moment.replace(microsecond=0))


# --- for calendars --------------------------------------------------------------------------------


def plan_as_ics(charter: Charter, name: str, steps: Sequence[PlannedDate]) -> bytes:
    """Return the plan of a cycle as a calendar file."""
    begun = datetime.datetime.combine(steps[0].day, datetime.time(), datetime.UTC)
    return icalendar(
        charter.name,
        (
            Event(
                f"plan-{steps[0].day}-{each.step}@{charter.id}.govkit",
                each.day,
                f"{charter.name}: {each.name} (plan)",
                f"By the policy {name}.",
                begun,
            )
            for each in steps
        ),
    )
