"""`govkit letters`: every letter that members and commenters are owed, as drafts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_option, outbox_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import DayType, Session, now_in_utc, pass_session

if TYPE_CHECKING:
    from govkit.procedures.letters.owed import LetterDraft, OwedLetters

_EPILOG = """Examples:
  govkit letters --dry-run              which are owed, to whom
  govkit letters                        write them
  govkit letters --since 2026-01-01     also for what happened longer ago

A call and a date that moved are told to each member with an address on record; a
comment, an input and a position that somebody wrote down have a receipt; who
commented or objected gets the answers; a second receipt goes out when a position is
countersigned; a comment that is held back, a decision and a withdrawal are told.
Ballots and reminders have commands of their own: govkit propose ballots.

The letters are drafts in the outbox of the private folder, in the language that
stands in addresses.csv; `govkit send` sends them. Send receipts after the push. Who
is no member is written to at the address that their mail came from. What was told is
noted in letters.jsonl there, so nobody is told the same twice.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--since", type=DayType(None), help="The first day of what is told. Default: 60 days ago."
)
@outbox_option("output")
@click.option("--again", is_flag=True, help="Also to an address from which a mail came back.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@now_option
@format_option("text", "json")
@pass_session
def letters(
    session: Session,
    since: datetime.date | None,
    output: str | None,
    again: bool,
    dry_run: bool,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Write each letter that is owed: calls, receipts, answers, decisions."""
    from govkit.procedures.letters.letter_tasks import letters_owed
    from govkit.procedures.letters.owed import write_letters
    from govkit.procedures.proposals.ballot_outbox import outbox_folder

    workspace, moment = session.workspace(), now or now_in_utc()
    begun = datetime.datetime.combine(since, datetime.time(), datetime.UTC) if since else None
    folder = outbox_folder(workspace, output)
    found = letters_owed(workspace, moment, begun, again)
    written = () if dry_run else write_letters(workspace, found.letters, folder, moment)
    if format_ == "json":
        answer: dict[str, Any] = {
            "version": 1,
            "dry_run": dry_run,
            "letters": [*_rows(found, written, str(folder))],
            "without_address": [each._asdict() for each in found.lacking],
            "returned": list(found.returned),
        }
        say_json(answer)
    else:
        echo(map(visible, _lines(found, written, f"{folder}", dry_run)))


def _rows(
    found: OwedLetters, written: Sequence[LetterDraft], folder: str
) -> Iterator[dict[str, Any]]:
    for each in written:
        yield each._asdict() | {"file": f"{folder}/{each.file}"}
    for owed in () if written else found.letters:
        yield {"to": owed.to.id, "sort": owed.sort, "about": owed.about, "file": None}


def _lines(
    found: OwedLetters, written: Sequence[LetterDraft], folder: str, dry_run: bool
) -> Iterator[str]:
    if not found.letters:
        yield "No letter is owed."
    elif dry_run:
        yield f"{number_of(len(found.letters), 'letter')} would be written to {folder}"
        yield from (f"  {each.to.id}: {each.sort}, {each.about}" for each in found.letters)
    else:
        yield f"{number_of(len(written), 'letter')} in {folder}"
        yield from (f"  {each.file}" for each in written)
    for each in found.lacking:
        yield f"No address on record: {each.who} ({each.sort}, {each.about})"
    for member in found.returned:
        yield f"Held back, as a mail to them came back (--again): {member}"
