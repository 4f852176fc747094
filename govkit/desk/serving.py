"""The server of one run: on this machine alone, with limits, until it is told to end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waitress import create_server

from govkit.desk.access import LARGEST_FILES, Access
from govkit.desk.application import application
from govkit.desk.folder import Clock, Desk, DeskFolder
from govkit.errors import GovkitError, in_plain_words

if TYPE_CHECKING:
    from flask import Flask

    from govkit.workspace.edited_texts import EditedTexts

HERE = "127.0.0.1"


@dataclass(frozen=True)
class RunningDesk:
    """A desk that listens; `address` lets a browser in."""

    server: Any
    address: str

    def serve(self) -> None:
        """Answer until the process is interrupted."""
        self.server.run()

    def end(self) -> None:
        """Let `serve` return, from another thread."""
        self.server.trigger.pull_trigger(self.server.close)


def listening(
    root: Path, port: int, clock: Clock, redline: Callable[[EditedTexts], str]
) -> RunningDesk:
    """Listen at a port of this machine, 0 for any that is free. `redline`: see `Desk`.

    Raises `GovkitError` where the port is taken.
    """
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # what went wrong, a page says
    made: list[Flask] = []

    def answer(environ: Any, start: Callable[..., Any]) -> Iterable[bytes]:
        return made[0](environ, start)

    try:
        server = create_server(
            answer,
            host=HERE,
            port=port,
            threads=4,
            ident="",
            max_request_body_size=LARGEST_FILES + 1024,
            max_request_header_size=32_768,
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise GovkitError(
            f"the desk can't listen at port {port}: {in_plain_words(error)}",
            "Name another one, as --port 8765; or leave --port out.",
        ) from None
    access = Access(int(server.effective_port))
    made.append(application(Desk(DeskFolder(root, clock), access, redline)))
    return RunningDesk(server, access.address)
