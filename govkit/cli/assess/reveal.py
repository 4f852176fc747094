"""`govkit assess reveal`: the sealed answers are shown."""

from __future__ import annotations

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, papers_of, showing_what_is_wrong
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess reveal assessments/kiosk/2026-01-10

The answers that are on this machine go from drafts/ to coding/, with the random bytes of their
seal. Each coder does that; then anybody can see that nothing was changed after the seal.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@pass_session
@showing_what_is_wrong
def reveal(session: Session, evaluation: str) -> None:
    """Show the sealed answers, once every coder has sealed."""
    from govkit.procedures.assessment.coding import reveal_answers

    workspace, read = papers_of(session, evaluation)
    shown = reveal_answers(workspace.root, read, now_in_utc())
    click.echo(f"Shown: {visible(', '.join(shown)) or 'all were shown before'}")
    folder = visible(read.papers.folder)
    click.echo(f"Next: govkit assess agreement {folder}")
