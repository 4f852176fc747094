"""`govkit seal`: a coordinator signs the head of the log before it is shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.asking import on_terminal
from govkit.cli.keys import OwnKey, key_options
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.seals import SignedHead
    from govkit.records.log import LogEntry

_EPILOG = """Examples:
  govkit seal --key ~/.ssh/id_ed25519
  govkit seal                    after: git config govkit.key ~/.ssh/id_ed25519
  govkit seal --agent --key ~/.ssh/id_ed25519.pub

One signature covers every entry up to the newest one, so you seal once before each
push, however much you wrote. An entry that no coordinator sealed stops the merge:
it would be no more than what somebody typed.

Your seal also says that what stands in your name is yours. What came in your name
with a commit, and you have not sealed yet, is listed, and you are asked.
"""


@click.command(epilog=_EPILOG)
@key_options
@click.option(
    "--yes", is_flag=True, help="Do not ask: you have looked at all that stands in your name."
)
@registrar_options
def seal(registrar: Registrar, own: OwnKey, yes: bool) -> None:
    """Seal the log: sign its head, over all entries, before you push."""
    from govkit.procedures.log.seals import seal_head

    with registrar.writing() as (workspace, by):

        def ask(entries: Sequence[LogEntry]) -> None:
            if entries and not yes:
                _require_own(registrar, by, entries)

        done = seal_head(workspace, by, own.of(workspace.root), ask)
        if done.filing is not None:
            registrar.file(workspace, [done.filing], by)
    registrar.say(_words(done, by), (), **head_as_json(done, by))


def _require_own(registrar: Registrar, by: str, entries: Sequence[LogEntry]) -> None:
    """Let a person say that entries in their name are theirs. Raises `WrongUse`."""

    several = len(entries) > 1
    what, them = ("These entries stand", "them") if several else ("This entry stands", "it")
    click.echo(f"{what} in the name of {by}, and no seal of {by} covers {them} yet:", err=True)
    for each in entries:
        about = visible(f"{each.kind} {each.path or ''}").rstrip()
        click.echo(f"  number {each.seq}, {each.recorded_at:%Y-%m-%d}: {about}", err=True)
    refused = WrongUse(
        f"it is not said whether what stands in the name of {by} is theirs; nothing was sealed",
        "Look at each: `govkit show RECORD`. If all are yours, add --yes. If one is not, do not "
        "seal: somebody wrote in your name. Show it to the other coordinators and the list.",
    )
    if registrar.as_json or not on_terminal():
        raise refused
    if not click.confirm("Are all of these yours?", err=True):
        raise refused


def _words(done: SignedHead, by: str) -> list[str]:
    covers = done.covers
    if covers:
        what = f"entry {covers[0]}" if len(covers) == 1 else f"entries {covers[0]} to {covers[-1]}"
        first = f"Sealed: {what} of the log, by {by} with the key {done.key}."
    elif done.filing is not None:
        first = f"Everything was sealed; {by} has sealed it, too, with the key {done.key}."
    else:
        size = done.checkpoint.size
        return [f"Everything up to number {size} is sealed by {by}. Nothing was changed."]
    return [
        first,
        f"The head of the log: {done.checkpoint.short}",
        f"Commit {done.path} with the entries, and push.",
        "Whoever keeps the head can see later whether the past was rewritten.",
        *_receipts(covers),
    ]


def _receipts(covers: range) -> list[str]:
    if not covers:
        return []
    span = f"{covers[0]}" if len(covers) == 1 else f"{covers[0]}-{covers[-1]}"
    return [f"Receipts, to send after the push: govkit receipt {span} -o ../receipts"]


def head_as_json(done: SignedHead, by: str) -> dict[str, object]:
    """Return a signed head for programs."""
    return {
        "head": {
            "path": done.path,
            "size": done.checkpoint.size,
            "checkpoint": done.checkpoint.text,
        },
        "by": by,
        "key": done.key or None,
        "covers": [done.covers[0], done.covers[-1]] if done.covers else None,
        "changed": done.filing is not None,
    }
