"""`govkit impact`: everything that rests on a record."""

from __future__ import annotations

import click

from govkit.cli.naming import record_named
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, pass_session
from govkit.cli.unread import say_unread

_EPILOG = """Examples:
  govkit impact personal-data           which definitions and texts use a term
  govkit impact source:eu-dsa           which texts rest on a source
  govkit impact MCP-DUE-03 --depth 1    only what refers to it directly
  govkit impact "MCP-DUE-03(a)"         what refers to this clause, and what rests on that
  govkit impact personal-data --format json

Before a definition is changed, this is the list of what changes with it.
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID")
@format_option("text", "json")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show only N levels; 1 is what refers to it directly.",
)
@pass_session
def impact(session: Session, id_: str, format_: str, depth: int | None) -> None:
    """List everything that rests on a record, directly or through others."""
    from govkit.corpus.impact import DEEPEST, impact_of

    workspace = session.workspace()
    document, part = record_named(workspace, session.folder(), id_)
    say_unread(workspace.corpus)
    found = impact_of(workspace.corpus, document, depth or DEEPEST, part)
    if format_ == "json":
        from govkit.cli.printing.impact import impact_as_data

        say_json(impact_as_data(found))
    else:
        from govkit.cli.printing.impact import impact_as_text

        echo(impact_as_text(found).splitlines())
