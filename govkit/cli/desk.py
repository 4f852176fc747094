"""`govkit desk`: the texts as pages in the browser of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.local_server import listening_options, packages_of_the_desk, serve_until_ended
from govkit.cli.session import Session, now_in_utc, pass_session

if TYPE_CHECKING:
    from govkit.desk.loopback import RunningServer

_EPILOG = """Examples:
  govkit desk                      the texts of this folder, in the browser
  govkit desk --no-open            print the address, and open nothing
  govkit desk --port 8765 ~/texts

The address that is printed lets a browser in; each start has another one. Nobody else gets in:
the desk listens on this machine alone, loads nothing from elsewhere, and refuses what the pages of
others ask for. Nothing is written but what you save. Ctrl-C ends it.

How it ends: 0 ended, 2 wrong use, 3 the world failed, as where the port is taken.
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@listening_options
@pass_session
def desk(session: Session, folder: Path | None, port: int, opens: bool | None) -> int:
    """Edit the texts in the browser: forms, findings, redlines, printed pages."""
    if folder is not None:
        session = Session(folder, session.colours)
    root = session.workspace().root

    def listening() -> RunningServer:
        with packages_of_the_desk("the desk"):
            from govkit.desk.serving import listening as desk_at
        from govkit.cli.submitting.letter import redline_as_text

        return desk_at(root, port, now_in_utc, redline_as_text)

    last = "The desk has ended. Whatever was saved is in the files."
    serve_until_ended(listening, "The desk", opens, last)
    return 0
