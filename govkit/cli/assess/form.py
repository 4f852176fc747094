"""`govkit assess form`: the worklist of a coder."""

from __future__ import annotations

import click

from govkit.cli.assess.evaluation_given import (
    coder_option,
    evaluation_argument,
    papers_of,
    showing_what_is_wrong,
)
from govkit.cli.output import format_meant, format_option, output_option, write_answer
from govkit.cli.session import Session, pass_session

_FORMATS = ("yaml", "xlsx", "csv")
_EPILOG = """Examples:
  govkit assess form assessments/kiosk/2026-01-10 --coder a-coder -o answers.xlsx
  govkit assess form assessments/kiosk/2026-01-10 --coder a-coder --format yaml

One row for each criterion. A further row with the same criterion adds a quote or a search. It is
read back by `govkit assess answers`, half filled in too.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@coder_option
@format_option(*_FORMATS, default="yaml")
@output_option("output")
@pass_session
@showing_what_is_wrong
def form(session: Session, evaluation: str, coder: str, format_: str, output: str | None) -> None:
    """Write the worklist of a coder, to be filled in with any office program."""
    from govkit.procedures.assessment.answer_forms import form_file
    from govkit.procedures.assessment.coding import draft_of

    _, read = papers_of(session, evaluation)
    draft = draft_of(read.papers, coder)
    format_ = format_meant(format_, _FORMATS, output)
    data = form_file(read.papers, draft, format_)
    write_answer(output, f"answers-{coder}", format_, data)
