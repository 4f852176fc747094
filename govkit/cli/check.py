"""`govkit check`: read everything, write nothing, find all that is wrong in one run."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option
from govkit.cli.session import Session, pass_session, today_in_utc, today_option

if TYPE_CHECKING:
    from govkit.workspace import Report, Workspace

_EPILOG = """Examples:
  govkit check
  govkit check provisions/due-process    only what concerns these files
  govkit check --since origin/main    only what my change can have caused
  govkit check --format json > report.json
  govkit check --format sarif > report.sarif    for the page of findings of a code host

How it ends: 0 no error is shown, 1 at least one is, 2 wrong use, 3 the world failed.
With PATH or --since it says how much was left out. A warning stops a final release,
advice stops nothing.
"""


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@format_option("text", "json", "github", "sarif", "junit")
@click.option(
    "--since",
    metavar="REV",
    help="Keep only what the changes since the merge base of REV and HEAD can have caused, "
    "and compare ids with it.",
)
@today_option
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help="As text, show every finding; else at most 20 of one rule in one file.",
)
@click.option("--no-cache", is_flag=True, help="Read every file again. The answer is the same.")
@pass_session
def check(
    session: Session,
    paths: tuple[str, ...],
    format_: str,
    since: str | None,
    today: datetime.date | None,
    all_: bool,
    no_cache: bool,
) -> int:
    """Check all texts and say what is wrong, with its place.

    Reads everything and writes nothing. All that is wrong is found in one run. With PATH, what is
    in these files and folders is shown, and what is said elsewhere about their records.
    """
    workspace = session.workspace()
    only = frozenset(_named(workspace, session.folder(), paths))
    report = workspace.check(today or today_in_utc(), since, only)
    if since is None and not only:  # --since compares, and says more
        from govkit.workspace.beyond_rules import found_beyond_rules

        report = workspace.with_more(report, found_beyond_rules(workspace))
    if format_ in ("json", "sarif", "junit"):
        click.echo(_for_programs(report, format_), nl=False)
    elif format_ == "github":
        from govkit.cli.printing.as_github import report_as_github

        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        click.echo(report_as_github(report, has_summary=bool(summary)), nl=False)
        if summary:
            _summarize(report, Path(summary))
    else:
        from govkit.cli.printing.as_text import report_as_text

        for piece in report_as_text(report, workspace, all_=all_):
            click.echo(piece, nl=False)
    return 1 if report.count("error") else 0


def _for_programs(report: Report, format_: str) -> str:
    if format_ == "sarif":
        from govkit.cli.printing.as_sarif import report_as_sarif

        return report_as_sarif(report)
    if format_ == "junit":
        from govkit.cli.printing.as_junit import report_as_junit

        return report_as_junit(report)
    from govkit.cli.printing.as_json import report_as_json

    return report_as_json(report)


def _summarize(report: Report, file: Path) -> None:
    """Add the whole report to the summary of the job, for which the code host has a file."""
    from govkit.cli.printing.as_github import summary_as_markdown

    try:
        words = summary_as_markdown(report, file.stat().st_size if file.exists() else 0)
        with open(
            file, "a", encoding="utf-8", errors="backslashreplace", opener=_at_once
        ) as summary:
            summary.write(words)
    except OSError as fault:
        click.echo(f"note: the job summary can't be written: {fault.strerror}.", err=True)


def _at_once(path: str, flags: int) -> int:
    return os.open(
        path, flags | os.O_NONBLOCK, 0o666
    )  # a pipe that nobody reads would wait for ever


def _named(workspace: Workspace, here: Path, paths: Iterable[str]) -> Iterator[str]:
    from govkit.cli.naming import files_named

    known = sorted({*workspace.files, *workspace.others})
    for path in paths:
        yield from files_named(
            workspace.root,
            here,
            path,
            known,
            "Checked is what stands below provisions/, recommendations/, governance/, registers/, "
            "translations/ and releases/, hidden files and what git ignores left out.",
        )
