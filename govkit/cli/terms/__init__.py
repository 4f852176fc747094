"""`govkit terms`: what a platform does when it changes its own terms of service."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "change": "Say what a change of terms asks for, and write the notice, redline and calendar."
}

_EPILOG = """Examples:
  govkit terms change old.html new.html --adopted dist --new-sheet change.yaml
  govkit terms change old.html new.html --adopted dist --sheet change.yaml -o kit
"""


class TermsCommands(Commands):
    """The commands of `govkit terms`."""

    told = COMMANDS
    package = "govkit.cli.terms"


@click.group("terms", cls=TermsCommands, epilog=_EPILOG)
def terms() -> None:
    """Change a platform's terms of service as its adopted provisions ask."""
