"""`govkit assess reconcile`: what the coders agree on, and what is open."""

from __future__ import annotations

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, papers_of, showing_what_is_wrong
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess reconcile assessments/kiosk/2026-01-10

Where coders differ, they talk, and one of them writes `final`, `follows`, `reason` and `by` into
reconciled.yaml. Called again, it keeps that. It ends with 1 as long as something is open.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@pass_session
@showing_what_is_wrong
def reconcile(session: Session, evaluation: str) -> int:
    """Write what the coders agree on, and what they have to talk about."""
    from govkit.procedures.assessment.reconciliation import reconcile as reconciled

    workspace, read = papers_of(session, evaluation)
    made = reconciled(workspace.root, read, now_in_utc())
    folder = visible(read.papers.folder)
    open_ = [each for each in made.answers if each.final is None]
    click.echo(f"{number_of(len(made.answers), 'answer')}, {len(open_)} open")
    for each in open_:
        said = ", ".join(f"{coder} says {value}" for coder, value in each.values.items())
        click.echo(f"  {each.criterion}: {visible(said)}")
    if open_:
        click.echo(f"Next: write what you agree on into {folder}/reconciled.yaml.")
        return 1
    click.echo(f"Next: govkit assess feedback {folder}")
    return 0
