"""`govkit assess`: real terms held against the provisions, clause by clause."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {"import": "Take in the documents of a service, from files or from an archive of terms."}

_EPILOG = """Examples:
  govkit assess import terms.html --service Kiosk --terms-type "Terms of Service"
"""


class AssessCommands(Commands):
    """The commands of `govkit assess`."""

    told = COMMANDS
    package = "govkit.cli.assess"
    files = {"import": "import_"}


@click.group("assess", cls=AssessCommands, epilog=_EPILOG)
def assess() -> None:
    """Evaluate the terms of a service, clause by clause."""
