"""`govkit translate`: how far translations are, and worklists for those who make them."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "status": "Say how far each translation is: current, behind, missing, reviewed or not.",
    "new": "Begin a translation, with the words of the original beside each place.",
    "update": "Mark what is behind in translations, and add what is missing.",
    "out": "Write a worklist for a translator: a spreadsheet, Word, XLIFF or PO.",
    "in": "Take in a worklist that came back, and say what became of each row.",
}

_EPILOG = """Examples:
  govkit translate status                       a line for each language
  govkit translate status --language fr         a line for each text
  govkit translate status PRN-04 --language fr  its clauses, with what changed in the original
  govkit translate out fr PRN-04 -o work.xlsx   what a translator needs, without git
  govkit translate in work.xlsx

docs/translations.md says how translators work, with no more than a spreadsheet or Word.
"""


class TranslateCommands(Commands):
    """The commands of `govkit translate`."""

    told = COMMANDS
    package = "govkit.cli.translate"
    files = {"in": "in_"}


@click.group("translate", cls=TranslateCommands, epilog=_EPILOG)
def translate() -> None:
    """Say how far translations are, and send worklists to translators and back."""
