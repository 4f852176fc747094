"""What the commands share that answer the browser of this machine: beginning, and the end."""

from __future__ import annotations

import gc
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import click

from govkit.cli.asking import on_terminal
from govkit.cli.output import with_all
from govkit.errors import GovkitError

if TYPE_CHECKING:
    from govkit.desk.loopback import RunningServer

Listening = Callable[[], "RunningServer"]

listening_options = with_all(
    click.option(
        "--port",
        type=click.IntRange(0, 65_535),
        default=0,
        metavar="N",
        help="The port to listen at. Default: any that is free.",
    ),
    click.option(
        "--open/--no-open",
        "opens",
        default=None,
        help="Open the browser. Default: where there is one.",
    ),
)


@contextmanager
def packages_of_the_desk(what: str) -> Iterator[None]:
    """Raise `GovkitError` where `what` needs packages that not everybody has installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("flask", "jinja2", "waitress", "werkzeug"):
            raise
        raise GovkitError(
            f"{what} needs two packages that are not installed: flask and waitress",
            'Install them: pip install "coalition-govkit[desk]"; in a copy of the sources, '
            ".venv/bin/pip install -c constraints.txt flask waitress.",
        ) from None


def serve_until_ended(listening: Listening, what: str, opens: bool | None, last: str) -> None:
    """Listen, say at which address, open a browser if asked or if there is one, and answer.

    `what` is open, as "The desk"; `last` is said at the end, which is Ctrl-C.
    """
    # Such a command lives for hours: what goes round in circles has to go.
    gc.enable()
    running = listening()
    click.echo(f"{what} is open at\n  {running.address}\nCtrl-C ends it.")
    sys.stdout.flush()
    if opens or (opens is None and on_terminal() and _has_browser()):
        webbrowser.open(running.address)
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt):
        running.serve()
    click.echo(last)


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _has_browser() -> bool:
    """Say whether a window can be opened; a browser in the terminal would take the place of it."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
