"""`govkit form lists`: the lists of texts in the forms, written from the texts."""

from __future__ import annotations

import click

from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit form lists             after a text was added, renamed or withdrawn
  govkit form lists --check     for a check on a code host

In the forms "Propose a change", "Comment on a text" and "Record our position" people choose a
text from a list. Only that list is written; the rest of a form may be in words of your own.

How it ends: 0 done, 1 --check found an old list, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.option("--check", is_flag=True, help="Write nothing; list what would change, if any.")
@pass_session
def lists(session: Session, check: bool) -> int:
    """Write the list of texts that people choose from into the forms."""
    from govkit.procedures.forms.lists import old_lists, write_lists

    workspace = session.workspace()
    old = old_lists(workspace.root, workspace.corpus)
    if old is None:
        raise WrongUse(
            "there are no forms of a code host here",
            "They are in .github/ISSUE_TEMPLATE, and `govkit init` writes them (docs/forms.md).",
        )
    if not check:
        write_lists(workspace.root, old)
    for each in old:
        click.echo(visible(each.path))
    if not old:
        click.echo("All lists of texts are as the texts are.")
    elif check:
        click.echo(f"{number_of(len(old), 'form')} would change: `govkit form lists` writes them.")
    return 1 if check and old else 0
