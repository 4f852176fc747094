"""A server on this machine alone, with limits, until it is told to end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from waitress import create_server

from govkit.errors import GovkitError, in_plain_words

HERE = "127.0.0.1"
Answer = Callable[[Any, Callable[..., Any]], Iterable[bytes]]
"""An application of WSGI."""


@dataclass(frozen=True)
class RunningServer:
    """A server that listens; `address` is what a person opens."""

    server: Any
    address: str

    def serve(self) -> None:
        """Answer until the process is interrupted."""
        self.server.run()

    def end(self) -> None:
        """Let `serve` return, from another thread."""
        self.server.trigger.pull_trigger(self.server.close)


def listening_at(
    port: int, what: str, largest: int, opened: Callable[[int], tuple[Answer, str]]
) -> RunningServer:
    """Listen at a port of this machine, 0 for any that is free.

    `what` listens, as "the desk"; `largest` is the most bytes that a request may have. `opened`
    gives what answers at the port, and the address. Raises `GovkitError` where the port is taken.
    """
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # what went wrong, a page says
    made: list[Answer] = []

    def answer(environ: Any, start: Callable[..., Any]) -> Iterable[bytes]:
        return made[0](environ, start)

    try:
        server = create_server(
            answer,
            host=HERE,
            port=port,
            threads=4,
            ident="",
            max_request_body_size=largest,
            max_request_header_size=32_768,
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise GovkitError(
            f"{what} can't listen at port {port}: {in_plain_words(error)}",
            "Name another one, as --port 8765; or leave --port out.",
        ) from None
    app, address = opened(int(server.effective_port))
    made.append(app)
    return RunningServer(server, address)
