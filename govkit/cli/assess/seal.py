"""`govkit assess seal`: a coder has finished, and commits to the answers."""

from __future__ import annotations

import secrets

import click

from govkit.cli.assess.evaluation_given import (
    coder_option,
    evaluation_argument,
    papers_of,
    showing_what_is_wrong,
)
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess seal assessments/kiosk/2026-01-10 --coder a-coder

What is written is a digest over the answers and 32 random bytes. Commit it; the answers themselves
stay on this machine until every coder has sealed.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@coder_option
@pass_session
@showing_what_is_wrong
def seal(session: Session, evaluation: str, coder: str) -> None:
    """Seal the answers of a coder, so that nobody can follow another."""
    from govkit.procedures.assessment.coding import seal_answers

    workspace, read = papers_of(session, evaluation)
    made = seal_answers(workspace.root, read, coder, secrets.token_bytes(32), now_in_utc())
    click.echo(f"{made.seal}")
    folder = visible(read.papers.folder)
    click.echo(f"Commit {folder}/seals/{visible(coder)}.yaml. When every coder has sealed:")
    click.echo(f"  govkit assess reveal {folder}")
