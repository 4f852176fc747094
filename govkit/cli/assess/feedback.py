"""`govkit assess feedback`: the company is asked before anything is final."""

from __future__ import annotations

import datetime

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, papers_of, showing_what_is_wrong
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess feedback assessments/kiosk/2026-01-10 --open-for 30
  govkit assess feedback assessments/kiosk/2026-01-10 --sent-to "the contact in its terms"

What the company says is written into feedback.yaml, answer by answer, with what came of it.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@click.option(
    "--open-for",
    "days",
    metavar="DAYS",
    type=click.IntRange(1, 365),
    default=30,
    show_default=True,
    help="How many days the company has to answer.",
)
@click.option("--sent-to", metavar="WORDS", help="Where the evaluation was sent to, in words.")
@pass_session
@showing_what_is_wrong
def feedback(session: Session, evaluation: str, days: int, sent_to: str | None) -> None:
    """Open the time in which the company can say what is wrong."""
    from govkit.procedures.assessment.reconciliation import open_feedback

    workspace, read = papers_of(session, evaluation)
    now = now_in_utc()
    closes = now + datetime.timedelta(days=days)
    made = open_feedback(workspace.root, read, sent_to or "", closes, now)
    folder = visible(read.papers.folder)
    click.echo(f"Open until {made.closes:%Y-%m-%d %H:%M} UTC, in {folder}/feedback.yaml")
    click.echo("Next: send the answers to the company, and write into that file what it says.")
