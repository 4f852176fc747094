"""`govkit adoption`: the register of platforms that took provisions in."""

from __future__ import annotations

from typing import ClassVar

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "new": "Write the entry of a platform's adoption from its statement.",
    "list": "List the platforms that took provisions in, and how much of them.",
}

_EPILOG = """Examples:
  govkit adoption new adoption.json          the entry of a platform, from its statement
  govkit adoption list
  govkit adoption list --format json
"""


class AdoptionCommands(Commands):
    """The commands of `govkit adoption`."""

    told = COMMANDS
    package = "govkit.cli.adoption"
    files: ClassVar[dict[str, str]] = {"list": "list_"}


@click.group("adoption", cls=AdoptionCommands, epilog=_EPILOG)
def adoption() -> None:
    """Keep the register of platforms that took provisions in."""
