"""`govkit desk`: the texts as pages in the browser of this machine."""

from __future__ import annotations

import gc
import os
import signal
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from govkit.cli.asking import on_terminal
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import GovkitError

if TYPE_CHECKING:
    from govkit.desk.serving import RunningDesk

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
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    metavar="N",
    help="The port to listen at. Default: any that is free.",
)
@click.option(
    "--open/--no-open", "opens", default=None, help="Open the browser. Default: where there is one."
)
@pass_session
def desk(session: Session, folder: Path | None, port: int, opens: bool | None) -> int:
    """Edit the texts in the browser: forms, findings, redlines, printed pages."""
    if folder is not None:
        session = Session(folder, session.colours)
    root = session.workspace().root
    # This command lives for hours: what goes round in circles has to go.
    gc.enable()
    running = _listening(root, port)
    click.echo(f"The desk is open at\n  {running.address}\nCtrl-C ends it.")
    sys.stdout.flush()
    if opens or (opens is None and on_terminal() and _has_browser()):
        webbrowser.open(running.address)
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt):
        running.serve()
    click.echo("The desk has ended. Whatever was saved is in the files.")
    return 0


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _listening(root: Path, port: int) -> RunningDesk:
    try:
        from govkit.desk.serving import listening
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("flask", "jinja2", "waitress", "werkzeug"):
            raise
        raise GovkitError(
            "the desk needs two packages that are not installed: flask and waitress",
            'Install them: pip install "coalition-govkit[desk]"; in a copy of the sources, '
            ".venv/bin/pip install -c constraints.txt flask waitress.",
        ) from None
    from govkit.cli.submitting.letter import redline_as_text

    return listening(root, port, now_in_utc, redline_as_text)


def _has_browser() -> bool:
    """Say whether a window can be opened; a browser in the terminal would take the place of it."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
