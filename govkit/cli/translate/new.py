"""`govkit translate new`: begin a translation."""

from __future__ import annotations

import click

from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit translate new fr MCP-DUE-03
  govkit translate new ar INS-principles      the frame of a book
  govkit translate new es user                a definition

The words of the original stand above each place as a comment. Translate what stands in
`[insert …]`; keep blanks as {notice_days}, and the part of each link behind its brackets.
"""


@click.command(epilog=_EPILOG)
@click.argument("language", metavar="LANGUAGE")
@click.argument("id_", metavar="ID")
@pass_session
def new(session: Session, language: str, id_: str) -> None:
    """Begin a translation, with the words of the original beside each place."""
    from govkit.corpus.sheets import Sheets
    from govkit.procedures.log.filing import write_as_one
    from govkit.store.journal import Write

    workspace = session.workspace()
    sheet = Sheets(workspace.corpus, ()).translation(id_, language)
    write_as_one(workspace.root, [Write(sheet.path, None, sheet.data)], now_in_utc())
    click.echo(visible(sheet.path))
    click.echo(f"Next: fill it in; or send a worklist: govkit translate out {language} {id_}")
