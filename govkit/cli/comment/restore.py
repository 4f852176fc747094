"""`govkit comment restore`: two coordinators show again what was held back."""

from __future__ import annotations

import click

from govkit.cli.act_options import people_option
from govkit.cli.comment.hold_back import file_holding, number_argument
from govkit.cli.comment.options import proposal_option
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.registrar import Registrar, registrar_options

_EPILOG = """Examples:
  govkit comment restore 12 --who example-society --who other-society \\
      --reason "Its author agrees, and has left the name out of a second comment."

It takes two coordinators who sign it, as to hold it back. Both acts stay in the record.
"""


@click.command("restore", epilog=_EPILOG)
@number_argument
@click.option("--reason", required=True, metavar="WORDS", help="Why. It is published.")
@people_option("Who does it")
@proposal_option
@signing_options
@registrar_options
def restore(
    registrar: Registrar,
    number: int,
    reason: str,
    people: tuple[str, ...],
    proposal: str | None,
    own: OwnKey,
) -> None:
    """Show a comment again that was held back."""
    file_holding(registrar, number, None, reason, people, proposal, own)
