"""`govkit assess status`: how far an evaluation is."""

from __future__ import annotations

import click

from govkit.cli.assess.evaluation_given import (
    evaluation_argument,
    papers_of,
    show_findings,
    showing_what_is_wrong,
)
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess status assessments/kiosk/2026-01-10
  govkit assess status assessments/kiosk/2026-01-10 --format json

It ends with 1 where something is wrong. A criterion is stale when its clause, the bounds of its
number, or whom it is for was changed since the evaluation began; its answer does not count then.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@format_option("text", "json")
@pass_session
@showing_what_is_wrong
def status(session: Session, evaluation: str, format_: str) -> int:
    """Say how far an evaluation is, what is wrong in it, and what is stale."""
    from govkit.procedures.assessment.evaluation_papers import lines_of
    from govkit.procedures.assessment.progress import progress_of

    workspace, read = papers_of(session, evaluation)
    found = progress_of(workspace, read, now_in_utc())
    findings = read.findings()
    wrong = any(each.stops for each in findings)
    if format_ == "json":
        names = ("rule", "path", "id", "message", "stops", "help")
        rows = [{name: getattr(each, name) for name in names} for each in findings]
        say_json({"version": 1, **found._asdict(), "findings": rows})
        return 1 if wrong else 0
    click.echo(f"{visible(found.service)}, {found.day}: {found.state}")
    for coder, done in found.answered.items():
        click.echo(f"  {visible(coder)}: {done}")
    if found.superseded_by:
        click.echo(f"superseded by {found.superseded_by}")
    for of, why in found.stale.items():
        click.echo(f"stale: {of}: {why}")
    show_findings(findings, {path: lines_of(data) for path, data in read.data.items()})
    click.echo(f"Next: {found.next_step}")
    return 1 if wrong else 0
