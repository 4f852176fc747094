"""`govkit witness`: a member, or a body beside the coalition, signs a head that it has seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from govkit.cli.keys import OwnKey, key_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.seal import head_as_json
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.seals import SignedHead

_EPILOG = """Examples:
  govkit witness --by example-society --key ~/.ssh/id_ed25519
  govkit witness --name "Example Observatory" --key ~/.ssh/id_ed25519

A witness takes part in no decision. Who signs a head says: I have seen this log up to
this number. If another history is shown later, your signature proves that there were
two. You need not be a coordinator, nor a member: give the change back as a pull
request, or send the file. With --name, your public key is written beside your name;
publish it where people know you.
"""


@click.command(epilog=_EPILOG)
@click.option("--name", metavar="NAME", help="What a body that is no member calls itself.")
@key_options
@partial(registrar_options, who="The member who has seen it.")
def witness(registrar: Registrar, name: str | None, own: OwnKey) -> None:
    """Sign a sealed head of the log that you have seen."""
    from govkit.procedures.log.seals import witness_head

    if name and registrar.asked:
        raise WrongUse(
            "--by is for members, and --name for a body that is none", "Give one of the two."
        )
    with registrar.at_desk() as workspace:
        who = name or registrar.claimed(workspace)
        done = witness_head(workspace, who, bool(name), own.of(workspace.root), registrar.now)
        if done.filing is not None:
            registrar.file(workspace, [done.filing], who)
    registrar.say(_words(done, who), (), **head_as_json(done, who))


def _words(done: SignedHead, who: str) -> list[str]:
    if done.filing is None:
        return [f"{who} has signed this head before: {done.checkpoint.short}. Nothing was changed."]
    return [
        f"{who} has seen the log up to number {done.checkpoint.size}.",
        f"The head of the log: {done.checkpoint.short}",
        f"The signature is in {done.path}: commit it, and share it.",
    ]
