"""`govkit bulletin`: the mail for the mailing list, with what is open and what is new."""

from __future__ import annotations

import datetime
from typing import Any

import click

from govkit.cli.output import format_option, output_option, say_json
from govkit.cli.registrar import now_option
from govkit.cli.session import DayType, Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit bulletin --since 2026-03-01                        read it
  govkit bulletin --since 2026-03-01 --list list@example.org
                                                            a draft for the list
  govkit bulletin --list list@example.org                   since the last one, else
                                                            since the log began

It names what is open for inputs, comments and positions, until when, and what happened
since: calls, revisions, last calls, moved dates, decisions, withdrawals, releases. A day
begins at 00:00 UTC. A draft lies in the outbox of the private folder, for `govkit
send`, and bulletins.jsonl there notes up to when it tells.
How often one is due the charter may say: `calendar: {bulletin: P14D}`. Then `govkit
today` names it.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--since",
    type=DayType(None),
    help="The first day to tell of. Default: where the last draft ended, else when the log began.",
)
@click.option("--list", "list_", metavar="ADDRESS", help="Write a draft to this mailing list.")
@output_option("output")
@now_option
@format_option("text", "json")
@pass_session
def bulletin(
    session: Session,
    since: datetime.date | None,
    list_: str | None,
    output: str | None,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Draft the mail for the list: what is open, and what is new since a day."""
    from govkit.procedures.proposals.ballot_outbox import outbox_folder
    from govkit.procedures.proposals.bulletins import bulletin_of, write_bulletin

    workspace = session.workspace()
    begun = datetime.datetime.combine(since, datetime.time(), datetime.UTC) if since else None
    found = bulletin_of(workspace, begun, (now or now_in_utc()).replace(microsecond=0))
    path = None
    if list_ is not None:
        path = write_bulletin(workspace, found, list_, outbox_folder(workspace, output))
    if format_ == "json":
        from govkit.records.scalars import iso

        def rows(several: Any) -> list[dict[str, Any]]:
            return [
                {
                    key: iso(value) if isinstance(value, datetime.datetime) else value
                    for key, value in each._asdict().items()
                }
                for each in several
            ]

        answer = {
            "version": 1,
            "since": iso(found.since),
            "now": iso(found.now),
            "open": rows(found.open_now),
            "news": rows(found.news),
            "mail": {"subject": found.mail.subject, "body": found.mail.body},
            "draft": str(path) if path else None,
        }
        say_json(answer)
    elif path is not None:
        click.echo(f"A draft for the list: {path}")
        if not workspace.corpus.charter or not workspace.corpus.charter.intake.addresses:
            click.echo(
                "It has no sender: name the coalition's address in the charter "
                "(`intake.addresses`), or write a line `From:` into it, before you send it."
            )
    else:
        click.echo(found.mail.as_text(), nl=False)
