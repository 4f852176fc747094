"""`govkit propose last-call`: every comment has its answer; members say where they stand."""

from __future__ import annotations

import datetime

import click

from govkit.cli.asking import sure_option
from govkit.cli.proposing.desk import Step, step_options
from govkit.cli.session import DayType
from govkit.languages.catalogue import messages

_EPILOG = """Examples:
  govkit propose last-call 2026-003
  govkit propose last-call 2026-003 --closes 2026-06-05 -o mail.txt

The time for comments has to be over, and every comment has to have its answer.
A day means its end anywhere on earth. The last call never closes earlier.
"""


@click.command("last-call", epilog=_EPILOG)
@click.argument("proposal")
@click.option(
    "--closes", type=DayType(), help="The last day. Default: the earliest that the policy allows."
)
@sure_option
@step_options
def last_call(step: Step, proposal: str, closes: datetime.date | None) -> None:
    """Open the last call of the current revision."""
    from govkit.correspondence.announcements import deadline_in_words
    from govkit.procedures.proposals.announcements import prepare_last_call as announced
    from govkit.source.record_bytes import instant_text

    with step.at_desk() as (workspace, by):
        done = announced(workspace, proposal, closes, step.letter, step.registrar.now)
        assert done.until is not None
        lines = [f"Last call of {proposal} until {deadline_in_words(messages('en'), done.until)}."]
        step.file(workspace, by, done, lines, proposal=proposal, closes=instant_text(done.until))
