"""`govkit serve`: the site of this folder in the browser of this machine, as one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.local_server import listening_options, packages_of_the_desk, serve_until_ended
from govkit.cli.session import Session, now_in_utc, pass_session

if TYPE_CHECKING:
    from govkit.desk.loopback import RunningServer

_EPILOG = """Examples:
  govkit serve                     the site of this folder, at any port that is free
  govkit serve --open              and open it in the browser
  govkit serve --port 8765         at this port
  govkit -C ~/texts serve          of another folder

On top of each text stands what `govkit check` finds in it, and what changed in it since the last
commit; the first page lists all of it. When a file is saved, the open page loads again. Only this
machine can open it, and nothing is written. `govkit site` builds the site that others see.

How it ends: 0 ended by Ctrl-C, 2 wrong use, 3 the world failed, as where the port is taken.
"""


@click.command(epilog=_EPILOG)
@listening_options
@pass_session
def serve(session: Session, port: int, opens: bool | None) -> int:
    """Show the website of this folder while you write, with findings and redlines."""
    root = session.workspace_root()

    def listening() -> RunningServer:
        with packages_of_the_desk("govkit serve"):
            from govkit.desk.site_application import serving_site
        return serving_site(root, port, now_in_utc)

    serve_until_ended(listening, "The site", opens, "The site is no longer shown.")
    return 0
