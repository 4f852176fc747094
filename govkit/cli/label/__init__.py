"""`govkit label`: whether the label of a platform is true."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {"verify": "Say clause by clause whether a label is true of the terms beside it."}

_EPILOG = """Examples:
  govkit label verify dist                   a folder: the statement and the terms in it
  govkit label verify adoption.json --terms their-terms.html
"""


class LabelCommands(Commands):
    """The commands of `govkit label`."""

    told = COMMANDS
    package = "govkit.cli.label"


@click.group("label", cls=LabelCommands, epilog=_EPILOG)
def label() -> None:
    """Check the label with which a platform says what it took in."""
