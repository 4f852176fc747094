"""`govkit report`: what the coalition reports to others, from its records."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {"annual": "Print the yearly report to the IGF Secretariat, from the records alone."}

_EPILOG = """Examples:
  govkit report annual                   this year so far, as Markdown and PDF, into ./dist
  govkit report annual --year 2025
"""


class ReportCommands(Commands):
    """The commands of `govkit report`."""

    told = COMMANDS
    package = "govkit.cli.report"


@click.group("report", cls=ReportCommands, epilog=_EPILOG)
def report() -> None:
    """Print what the coalition reports to others, from its records."""
