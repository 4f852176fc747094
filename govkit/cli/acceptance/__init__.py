"""`govkit acceptance`: a platform's log of which user accepted which words."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "verify": "Check an acceptance log line by line, or a proof from one.",
    "root": "Print the head of an acceptance log: its records counted, and the root of its tree.",
    "prove": "Write a proof that a record is in an acceptance log.",
    "find": "Say which version of the terms a user accepted, by their pseudonym.",
}

_EPILOG = """Examples:
  govkit acceptance verify log.jsonl --terms terms-1.html --terms terms-2.html
  govkit acceptance root log.jsonl -o head.txt
  govkit acceptance find log.jsonl 5f1d… --terms terms-2.html
  govkit acceptance prove log.jsonl --line 12 -o proof.txt
"""


class AcceptanceCommands(Commands):
    """The commands of `govkit acceptance`."""

    told = COMMANDS
    package = "govkit.cli.acceptance"


@click.group("acceptance", cls=AcceptanceCommands, epilog=_EPILOG)
def acceptance() -> None:
    """Check a platform's log of who accepted which terms; prove and find records."""
