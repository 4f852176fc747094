"""`govkit assess`: real terms held against the provisions, clause by clause."""

from __future__ import annotations

from typing import ClassVar

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "import": "Take in the documents of a service, from files or from an archive of terms.",
    "criteria": "Show the questions that clauses put to real terms.",
    "start": "Begin an evaluation: freeze its criteria, and give each coder a sheet.",
    "form": "Write the worklist of a coder, to be filled in with any office program.",
    "answers": "Take in the answers of a coder from a filled form, and check each.",
    "seal": "Seal the answers of a coder, so that nobody can follow another.",
    "reveal": "Show the sealed answers, once every coder has sealed.",
    "agreement": "Say how far the coders agree beyond chance.",
    "reconcile": "Write what the coders agree on, and what they have to talk about.",
    "feedback": "Open the time in which the company can say what is wrong.",
    "score": "Give the score of an evaluation with its coverage and its arithmetic.",
    "report": "Report what terms were found to say: clause by clause, side by side, and over time.",
    "own": "Assess terms that `govkit adopt` wrote, by their statement and their words.",
    "status": "Say how far an evaluation is, what is wrong in it, and what is stale.",
    "suggest": "Show the passages of the terms in which the answer for a clause may stand.",
    "screen": "Mark in a whole archive of terms the passages that may speak of each clause.",
    "recheck": "Say which quotations still hold in another version of the terms.",
}

_EPILOG = """Examples:
  govkit assess import terms.html --service Kiosk --terms-type "Terms of Service"
  govkit assess criteria --level core
  govkit assess start assessments/kiosk/2026-01-10 --coder a-coder --coder b-coder
  govkit assess form assessments/kiosk/2026-01-10 --coder a-coder -o answers.xlsx
  govkit assess status assessments/kiosk/2026-01-10

docs/assess.md goes through one evaluation. No program answers: people read and quote.
"""


class AssessCommands(Commands):
    """The commands of `govkit assess`."""

    told = COMMANDS
    package = "govkit.cli.assess"
    files: ClassVar[dict[str, str]] = {"import": "import_"}


@click.group("assess", cls=AssessCommands, epilog=_EPILOG)
def assess() -> None:
    """Evaluate the terms of a service, clause by clause."""
