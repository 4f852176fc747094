"""`govkit comment publish`: record what the author of a personal mail wants to become of it."""

from __future__ import annotations

import datetime
from typing import cast

import click

from govkit.cli.comment.options import numbers_there, proposal_option, received_option
from govkit.cli.output import say_json
from govkit.cli.registrar import Registrar, registrar_options

_EPILOG = """Examples:
  govkit comment publish 12 --as public
  govkit comment publish 12 --as without-name
  govkit comment publish 12 --as withdrawn

Ask the author first, and keep the answer. The words come from the private folder of the
coordinators (GOVKIT_PRIVATE, or the folder beside this one whose name ends in -private).
What is public stays public: git keeps what was written.
"""


@click.command("publish", epilog=_EPILOG)
@click.argument("number", type=click.IntRange(1), shell_complete=numbers_there)
@click.option(
    "--as",
    "answer",
    type=click.Choice(["public", "without-name", "withdrawn"]),
    required=True,
    help="What the author said.",
)
@received_option
@proposal_option
@registrar_options
def publish(
    registrar: Registrar,
    number: int,
    answer: str,
    received: datetime.datetime | None,
    proposal: str | None,
) -> None:
    """Record what the author of a personal mail wants to become of it."""
    from govkit.cli.comment.desk import opened
    from govkit.cli.comment.telling import comment_as_json
    from govkit.consultation.drafting import Answer
    from govkit.procedures.comments.filing import file_release

    desk = opened(registrar, proposal, received)
    filed = desk.consultation.comment(number)
    comment, entry = file_release(desk.workspace, filed, cast(Answer, answer), desk.receipt)
    if desk.registrar.as_json:
        said = {"number": number, "path": filed.path, "log_entry": entry.seq}
        answered = {"version": 1, "proposal": desk.consultation.proposal.id}
        say_json(answered | said | comment_as_json(comment))
        return
    said_in_words = {
        "public": "is published with its author",
        "without-name": "is published without its author's name",
        "withdrawn": "is withdrawn; it is still counted, and its words are not shown",
    }[answer]
    click.echo(f"Comment {filed.name} {said_in_words} (log entry {entry.seq})")
