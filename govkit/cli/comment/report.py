"""`govkit comment report`: print the consultation report."""

from __future__ import annotations

import click

from govkit.cli.comment.options import proposal_option
from govkit.cli.output import files_option, formats_meant, write_files
from govkit.cli.session import Session, pass_session
from govkit.cli.several import printed_option
from govkit.rendering.formats import written

_EPILOG = """Examples:
  govkit comment report                                  Markdown and PDF, into ./dist
  govkit comment report --format pdf -o ~/print
  govkit comment report --proposal 2026-003 --format md,html,pdf

Every comment is printed with its answer, text by text; what waits for an answer comes first.
Late comments are marked. What its author has not released is counted and not shown.
"""
_FORMATS = ("md", "html", "pdf", "docx")


@click.command("report", epilog=_EPILOG)
@printed_option(_FORMATS, "md,pdf")
@files_option("output")
@proposal_option
@pass_session
def report(session: Session, formats: tuple[str, ...], output: str, proposal: str | None) -> None:
    """Print the consultation report: every comment and its answer."""
    from govkit.consultation.consultation import consultation_of
    from govkit.rendering.comment_report import report_of

    formats = tuple(formats_meant(formats, _FORMATS, output))
    consultation = consultation_of(session.workspace().corpus, proposal)
    document = report_of(consultation)
    name = f"comments-{consultation.proposal.id}"
    printed = [(f"{name}.{format_}", written(document, format_)) for format_ in formats]
    write_files(output, printed)
