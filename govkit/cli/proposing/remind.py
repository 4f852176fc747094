"""`govkit propose remind`: a mail to each who was not heard, at days that the policy names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, outbox_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session

if TYPE_CHECKING:
    from govkit.procedures.proposals.member_ballots import BallotFile
    from govkit.procedures.proposals.reminders import ReminderRound
    from govkit.proposals.reminders import Reminder

_EPILOG = """Examples:
  govkit propose remind 2026-003               write those that are due
  govkit propose remind 2026-003 --dry-run     who would get one, and when the next is due
  govkit propose remind 2026-003 -o ../outbox

The policy says on which days before the close of the last call: `remind: [7, 2]`.
On each a member who was not heard gets one mail, the ballot with the boxes, and never
a second one, however often you run it. A day that passed unused is over. The mails are
drafts in the outbox of the private folder; `govkit send` sends them. What was
written is noted in reminded.jsonl there.
"""


@click.command("remind", epilog=_EPILOG)
@click.argument("proposal")
@outbox_option("output")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@now_option
@format_option("text", "json")
@pass_session
def remind(
    session: Session,
    /,
    proposal: str,
    output: str | None,
    dry_run: bool,
    now: datetime.datetime | None,
    format_: str,
) -> int:
    """Write a reminder to each member who was not heard, where one is due."""
    from govkit.procedures.proposals.ballot_outbox import outbox_folder
    from govkit.procedures.proposals.reminders import reminders_for, write_reminders

    workspace, moment = session.workspace(), now or now_in_utc()
    folder = outbox_folder(workspace, output)
    found = reminders_for(workspace, proposal, moment)
    files = found.files if dry_run else write_reminders(workspace, found, folder, moment)
    if format_ == "json":
        answer: dict[str, Any] = {
            "version": 1,
            "dry_run": dry_run,
            "proposal": proposal,
            "revision": found.number,
            "due": _as_json(found.due) if found.due else None,
            "later": [_as_json(each) for each in found.later],
            "reminders": [
                {"member": each.member, "file": str(folder / each.name)} for each in files
            ],
            "reminded": list(found.reminded),
            "without_address": list(found.without_address),
            "spoken": [str(each) for each in found.spoken],
        }
        say_json(answer)
    else:
        echo(map(visible, _lines(found, files, f"{folder}", dry_run)))
    return 1 if found.without_address else 0


def _as_json(reminder: Reminder) -> dict[str, Any]:
    from govkit.records.scalars import iso

    return {"days": reminder.days, "from": iso(reminder.at)}


def _lines(
    found: ReminderRound, files: tuple[BallotFile, ...], folder: str, dry_run: bool
) -> Iterator[str]:
    yield f"{found.proposal} revision {found.number}"
    if found.due is None:
        yield "No reminder is due."
    else:
        verb = "would be written to" if dry_run else "in"
        days = number_of(found.due.days, "day")
        yield f"{number_of(len(files), 'reminder')}, {days} before the close, {verb} {folder}"
    yield from (f"  {each.name}" for each in files)
    if found.reminded:
        yield f"Reminded before, and not again: {', '.join(found.reminded)}"
    yield from (f"No address on record: {each}" for each in found.without_address)
    yield from (f"No longer needed, delete it: {each}" for each in found.spoken)
    if found.later:
        days = number_of(found.later[0].days, "day")
        yield f"The next is due from {found.later[0].at:%Y-%m-%d %H:%M} UTC on, {days} before."
    elif found.due is None:
        yield "There is one only in a last call, on the days that its policy names: `remind`."
