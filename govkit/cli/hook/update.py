"""`govkit hook update`: the update hook of a repository that others push to (githooks(5))."""

from __future__ import annotations

import click

from govkit.cli.printing.words import visible
from govkit.cli.session import Session, pass_session

_EPILOG = """Example, as git calls it for each branch and tag that is pushed:
  govkit hook update refs/heads/main OLD NEW

To switch it on, write hooks/update in the repository on the server, and make it
executable:
  #!/bin/sh
  exec govkit hook update "$@"

How it ends: 0 the push may go on, 1 it is refused and says why, 2 wrong use, 3 git
failed; git takes the push only after 0.
"""


@click.command(epilog=_EPILOG)
@click.argument("ref")
@click.argument("old")
@click.argument("new")
@pass_session
def update(session: Session, ref: str, old: str, new: str) -> int:
    """Refuse a push that rewrites the log, the main branch or a release.

    The main branch is the one that HEAD names there. Other branches are free: what is drafted on
    them may be rewritten and deleted.
    """
    from govkit.workspace.pushes import rewritten

    found = list(rewritten(session.directory.absolute(), ref, old, new))
    for said in found:
        click.echo(f"refused: {visible(said)}.", err=True)
    if found:
        click.echo(
            "help: Fetch what is there, add your own behind it (`govkit intake --resume`), and "
            "push without --force. What was filed wrongly is put right beside it: "
            "`govkit correct`.",
            err=True,
        )
    return 1 if found else 0
