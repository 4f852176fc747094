"""`govkit sign`: the signature of one person below an act that is filed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_as_json, signed_words
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit sign 01 --key ~/.ssh/id_ed25519                 an act of the coalition
  govkit sign 2026-003/acts/01 --key ~/.ssh/id_ed25519   an act about a proposal
  govkit sign 02 --statement > act-02.txt                for somebody without govkit
  govkit sign 02 --by example-society --signature act-02.txt.sig

An act counts when everybody whom it names has signed it, and as many as it
takes. You sign a few lines in plain words; they are printed.

Somebody without govkit signs the text with ssh-keygen, and sends the file that
it writes:
  ssh-keygen -Y sign -n act@govkit -f ~/.ssh/id_ed25519 act-02.txt
"""


@click.command(epilog=_EPILOG)
@click.argument("act")
@key_options
@click.option(
    "--signature",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A signature that ssh-keygen wrote, of the person named by --by.",
)
@click.option(
    "--statement", is_flag=True, help="Print the words that are signed, and nothing else."
)
@partial(registrar_options, who="The person who signs.")
def sign(
    registrar: Registrar, act: str, own: OwnKey, signature: Path | None, statement: bool
) -> None:
    """Sign an act that is filed, or lay in a signature that was made elsewhere."""
    from govkit.procedures.log.signatures import sign_act, signable
    from govkit.store.worktree import read_named

    if [own.asked, signature is not None, statement].count(True) > 1:
        raise WrongUse(
            "the act is signed in one way at a time",
            "Give one of --key, --signature and --statement, or none: `govkit help sign`.",
        )
    if statement:
        click.echo(signable(registrar.session.workspace(), act).statement, nl=False)
        return
    made = read_named(signature).decode("ascii", errors="replace") if signature else None
    with registrar.at_desk() as workspace:
        by = registrar.claimed(workspace)
        key = None if made else own.of(workspace.root)
        done = sign_act(workspace, act, by, key, made)
        if done.filing is not None:
            registrar.file(workspace, [done.filing], by)
    registrar.say(signed_words(done, by), (), **signed_as_json(done, by))
