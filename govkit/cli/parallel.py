"""Makes the files of several documents at once: each PDF in a process of its own.

A PDF takes seconds and any other format a blink, and the bytes depend on the document alone.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe, Process, parent_process
from multiprocessing.connection import Connection
from threading import Thread

from govkit.errors import GovkitError
from govkit.rendering.document import Document
from govkit.rendering.formats import written


def written_at_once(tasks: Sequence[tuple[Document, str]]) -> Iterator[bytes]:
    """Yield the bytes of each document in its format, in this order. Raises `GovkitError`."""
    slow = deque(at for at, (_, format) in enumerate(tasks) if format == "pdf")
    most = (os.cpu_count() or 1) if len(slow) > 1 else 1
    running: dict[int, tuple[Process, Connection]] = {}
    for at, (document, format) in enumerate(tasks):
        while most > 1 and slow and len(running) < most:
            number = slow.popleft()
            running[number] = _begun(*tasks[number])
        made = _ended(*running.pop(at)) if at in running else None
        # What the other process could not make is tried here, where an error can be told.
        yield written(document, format) if made is None else made


def _begun(document: Document, format: str) -> tuple[Process, Connection]:
    ours, theirs = Pipe(duplex=False)
    process = Process(target=_write, args=(theirs, document, format), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _ended(process: Process, line: Connection) -> bytes | None:
    """Return what a process made; None where it ended without."""
    made = None
    with line, suppress(EOFError):
        made = line.recv_bytes()
    process.join()
    return made


def _write(line: Connection, document: Document, format: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the one who asked says that it was interrupted
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(GovkitError, BrokenPipeError):
        line.send_bytes(written(document, format))


def _end_with_parent() -> None:
    """End this process where nobody waits for it any longer: a book takes a minute."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
