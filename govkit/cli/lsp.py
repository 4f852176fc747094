"""`govkit lsp`: the server that an editor starts."""

from __future__ import annotations

import gc
import os
import sys

import click

from govkit.cli.session import Session, pass_session, today_in_utc
from govkit.errors import GovkitError

_EPILOG = """Examples:
  govkit lsp    what an editor runs; docs/editors.md has the settings for several

It speaks the Language Server Protocol on its input and output, so there is nothing to see
when you start it by hand. It writes no file, and reads only governed folders.

How it ends: 0 the editor ended it, 1 the editor went away, 3 a part is missing.
"""


@click.command(epilog=_EPILOG)
@pass_session
def lsp(_: Session) -> None:
    """Serve an editor: findings while you type, ids to choose from, links, renaming.

    The folders are those of the files that the editor opens.
    """
    try:
        from govkit.lsp.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        raise GovkitError(
            f"the part that speaks with editors is not installed: {missing.name}",
            "Install it with `pip install 'coalition-govkit[lsp]'`, in the same place as govkit.",
        ) from None
    gc.enable()  # it lives for a day, and not for a moment
    with os.fdopen(os.dup(0), "rb") as stdin, os.fdopen(os.dup(1), "wb") as stdout:
        sys.stdout = sys.stderr  # whatever is printed would be no message
        serve(today_in_utc, stdin, stdout)
