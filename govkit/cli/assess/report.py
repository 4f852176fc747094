"""`govkit assess report`: what was found in the terms of services, for those who were not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.assess.evaluation_given import showing_what_is_wrong
from govkit.cli.output import format_meant, format_option, output_option, write_answer
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.procedures.assessment.evaluation_days import EvaluationDays
    from govkit.workspace import Workspace

_FORMATS = ("text", "md", "html", "pdf", "csv", "json", "xlsx")

_EPILOG = """Examples:
  govkit assess report kiosk                        the newest answers, clause by clause
  govkit assess report kiosk/2026-01-10 -o kiosk.pdf
  govkit assess report kiosk harbour -o both.html   side by side, and each over time
  govkit assess report kiosk harbour --format csv > answers.csv

At the top stand who coded, against which words, how far they agree, and how much was answered.
Sealed answers are never shown, and there is no grade under the floor of the coverage.
"""


@click.command(epilog=_EPILOG)
@click.argument("services", metavar="SERVICE...", nargs=-1, required=True)
@format_option(*_FORMATS)
@output_option("output")
@pass_session
@showing_what_is_wrong
def report(session: Session, services: tuple[str, ...], format_: str, output: str | None) -> None:
    """Report what terms were found to say: clause by clause, side by side, and over time."""
    from govkit.procedures.assessment.evaluation_days import evaluation_days

    workspace, now = session.workspace(), now_in_utc()
    found = [evaluation_days(workspace, each, now) for each in dict.fromkeys(services)]
    format_ = format_meant(format_, _FORMATS, output)
    write_answer(output, "assessment", format_, _as_bytes(workspace, found, format_))


def _as_bytes(workspace: Workspace, found: Sequence[EvaluationDays], format_: str) -> bytes:
    from govkit.cli.assess import report_tables

    if format_ == "text":
        return report_tables.as_text(found).encode()
    if format_ == "json":
        return report_tables.as_json(found).encode()
    if format_ in ("csv", "xlsx"):
        return report_tables.as_table(found, format_)
    from govkit.rendering.assessment_report import assessment_report

    shown = [each.shown for each in found]
    days = {each.folder: each.days for each in found}
    return written(assessment_report(workspace.corpus, shown, [*days.values()]), format_)
