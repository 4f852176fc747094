"""`govkit propose ballots`: one mail for each member, with the change and the boxes to mark."""

from __future__ import annotations

import datetime
from typing import Any

import click

from govkit.cli.output import format_option, outbox_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.languages.catalogue import messages

_EPILOG = """Examples:
  govkit propose ballots 2026-003 -o ../outbox
  govkit propose ballots 2026-003 example-society      one member only
  govkit propose ballots 2026-003 --dry-run            who would get one, and who can't

Each mail is a file that mail programs open as a draft (default: outbox in the private
folder): plain text and a page, with the change of each text, a redline as a PDF, the
deadline, the newest entry of the log, and the boxes that `govkit intake` reads.
Whoever spoke about an earlier revision reads first what changed since.
Addresses, and the language of each member, stand in addresses.csv of the private
folder: example-society,a@example.org,fr. Nothing is sent. What was written is noted in
ballots.jsonl there: `govkit today` names who has no ballot of the revision yet.
"""


@click.command("ballots", epilog=_EPILOG)
@click.argument("proposal")
@click.argument("members", nargs=-1, metavar="[MEMBER]...")
@outbox_option("output")
@click.option("--again", is_flag=True, help="Also to an address from which a mail came back.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@now_option
@format_option("text", "json")
@pass_session
def ballots(
    session: Session,
    /,
    proposal: str,
    members: tuple[str, ...],
    output: str | None,
    again: bool,
    dry_run: bool,
    now: datetime.datetime | None,
    format_: str,
) -> int:
    """Write a ballot for each member, as a mail that is ready to send."""
    from govkit.correspondence.announcements import deadline_in_words
    from govkit.procedures.proposals.ballot_outbox import outbox_folder
    from govkit.procedures.proposals.member_ballots import ballots_for, write_ballots

    workspace = session.workspace()
    folder = outbox_folder(workspace, output)
    now = now or now_in_utc()
    done = ballots_for(workspace, proposal, members, now, again)
    if not dry_run:
        write_ballots(workspace, proposal, done, folder, now)
    if format_ == "json":
        from govkit.source.record_bytes import instant_text

        answer: dict[str, Any] = {
            "version": 1,
            "dry_run": dry_run,
            "proposal": proposal,
            "revision": done.number,
            "until": instant_text(done.until),
            "ballots": [
                {"member": each.member, "file": str(folder / each.name)} for each in done.files
            ],
            "without_address": list(done.without_address),
            "returned": list(done.returned),
        }
        say_json(answer)
    else:
        until = deadline_in_words(messages("en"), done.until)
        verb = "would be written to" if dry_run else "in"
        lines = [
            f"{proposal} revision {done.number}, until {until}",
            f"{number_of(len(done.files), 'ballot')} {verb} {folder}",
            *(f"  {each.name}" for each in done.files),
            *(
                f"No words in `{each.instead_of}`: {each.member}'s is in the language of the texts"
                for each in done.files
                if each.instead_of
            ),
            *(f"No address on record: {each}" for each in done.without_address),
            *(
                f"Held back, as a mail to them came back: {each} (--again)"
                for each in done.returned
            ),
        ]
        echo(map(visible, lines))
    return 1 if done.without_address or done.returned else 0
