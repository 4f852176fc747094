"""`govkit assess answers`: a filled form is taken in, and each answer checked."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.assess.evaluation_given import (
    coder_option,
    evaluation_argument,
    papers_of,
    show_findings,
    showing_what_is_wrong,
)
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess answers assessments/kiosk/2026-01-10 answers.xlsx --coder a-coder
  govkit assess answers assessments/kiosk/2026-01-10 answers.yaml --coder a-coder

The place and the digests of each quote are filled in. Unfinished answers are kept, with what is
still wrong. It ends with 1 as long as something is.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@coder_option
@pass_session
@showing_what_is_wrong
def answers(session: Session, evaluation: str, file: Path, coder: str) -> int:
    """Take in the answers of a coder from a filled form, and check each."""
    from govkit.procedures.assessment.coding import take_answers
    from govkit.procedures.assessment.evaluation_papers import lines_of

    workspace, read = papers_of(session, evaluation)
    taken = take_answers(workspace.root, read, coder, file, now_in_utc())
    click.echo(f"{taken.answered} of {taken.asked} answered, in {visible(taken.path)}")
    show_findings(taken.findings, {taken.path: lines_of(taken.data)})
    wrong = any(each.stops for each in taken.findings)
    if not wrong and taken.answered == taken.asked:
        folder = visible(read.papers.folder)
        click.echo(f"Next: govkit assess seal {folder} --coder {visible(coder)}")
    return 1 if wrong else 0
