"""`govkit receipt verify`: whether a receipt shows what it says, with the file alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.printing.verdict import verdict_lines
from govkit.cli.session import DigestType, Session, pass_session
from govkit.store import downloads

_EPILOG = """Examples:
  govkit receipt verify receipt-000012.txt --fingerprint \\
      sha256:73300871f44c168e7c949de2c750e60c2c9bb8ff530017c5a267234e9cb4db8e
  govkit receipt verify receipt-000012.txt          in a clone: its founding is compared

It takes no repository and no network: founding, keys, entries and words are in the
receipt, and are proved from the fingerprint on. Take the fingerprint from a book, a
mail or a person whom you trust.

How it ends: 0 nothing failed, 1 something failed, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--fingerprint",
    type=DigestType(),
    metavar="DIGEST",
    help="The root fingerprint that you have from elsewhere.",
)
@format_option("text", "json")
@pass_session
def verify(session: Session, file: Path, fingerprint: str | None, format_: str) -> int:
    """Check a receipt that somebody has, without the repository."""
    from govkit.workspace.receipts import read_receipt

    receipt, verdict = read_receipt(downloads.read(file), fingerprint or _own(session))
    if format_ == "json":
        looks: list[Any] = [look._asdict() for look in verdict.looks]
        answer = {"version": 1, "number": receipt.seq, "holds": verdict.holds, "looks": looks}
        say_json(answer)
    else:
        name = f"Receipt for number {receipt.seq} of the log"
        echo(verdict_lines(name, str(file), verdict, "Do not rely on this receipt."))
    return 0 if verdict.holds else 1


def _own(session: Session) -> str | None:
    """Return the fingerprint of the coalition in whose folder one stands, if it is founded."""
    from govkit.log.coordinators import genesis_of
    from govkit.log.signed_statements import root_fingerprint
    from govkit.store.worktree import find_root
    from govkit.workspace import open_workspace

    root = find_root(session.folder())
    genesis = genesis_of(open_workspace(root).corpus) if root is not None else None
    return root_fingerprint(genesis) if genesis is not None else None
