"""`govkit check`: read everything, write nothing, find all that is wrong in one run."""

from __future__ import annotations

import datetime

import click

from govkit.cli.session import Session, pass_session, today_in_utc, today_option

_EPILOG = """\b
Examples:
  govkit check
  govkit check --since origin/main    only what my change can have caused
  govkit check --format json > report.json

\b
How it ends: 0 no error, 1 at least one error, 2 wrong use, 3 the world failed.
A warning stops a final release, advice stops nothing.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="text for people, json for programs, github for the code host.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Keep only what the changes since the merge base of REV and HEAD can have caused, "
    "and compare ids with it.",
)
@today_option
@click.option(
    "--all", "all_", is_flag=True,
    help="As text, show every finding; else at most 20 of one rule in one file.",
)  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Read every file again. The answer is the same.")
@pass_session
def check(
    session: Session,
    format_: str,
    since: str | None,
    today: datetime.date | None,
    all_: bool,
    no_cache: bool,
) -> int:
    """Check all texts and say what is wrong, with its place.

    Reads everything and writes nothing. All that is wrong is found in one run.
    """
    workspace = session.workspace()
    report = workspace.check(today or today_in_utc(), since)
    if format_ == "json":
        from govkit.cli.printing.as_json import report_as_json

        click.echo(report_as_json(report), nl=False)
    elif format_ == "github":
        from govkit.cli.printing.as_github import report_as_github
        from govkit.cli.printing.as_text import left_out, summary_line

        click.echo(report_as_github(report), nl=False)
        click.echo(left_out(report) + summary_line(report))
    else:
        from govkit.cli.printing.as_text import report_as_text

        for piece in report_as_text(report, workspace, all_=all_):
            click.echo(piece, nl=False)
    return 1 if report.count("error") else 0
