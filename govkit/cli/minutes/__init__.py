"""`govkit minutes`: the form for the minutes of a meeting, out and in."""

from __future__ import annotations

from typing import ClassVar

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "form": "Write the form, as a Word file or Markdown, to be filled in at a meeting.",
    "import": "Take in what minutes say: positions, and who was there.",
}

_EPILOG = """Examples:
  govkit minutes form first-meeting --format docx -o minutes.docx
  govkit minutes import minutes.docx --dry-run

The form has tables: who was present, what each member said, what was decided.
"""


class MinutesCommands(Commands):
    """The commands of `govkit minutes`."""

    told = COMMANDS
    package = "govkit.cli.minutes"
    files: ClassVar[dict[str, str]] = {"import": "import_"}


@click.group("minutes", cls=MinutesCommands, epilog=_EPILOG)
def minutes() -> None:
    """Write the form for minutes of a meeting, and take in what they say."""
