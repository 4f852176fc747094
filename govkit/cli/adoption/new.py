"""`govkit adoption new`: the entry of a platform's adoption, from its statement."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit adoption new adoption.json
  govkit adoption new adoption.json --id tern

The statement is held against the texts first: one that says what is not so is not entered.
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--id", "id_", metavar="ID", help="An id or a file name of your own choice.")
@pass_session
def new(session: Session, file: Path, id_: str | None) -> None:
    """Write the entry of a platform's adoption from its statement."""
    from govkit.procedures.adoption.adoption_register import register_adoption

    path = register_adoption(session.workspace(), file, id_, now_in_utc())
    click.echo(f"Wrote {visible(path)}")
    click.echo("Next: look whether its label is true of its terms: govkit label verify.")
