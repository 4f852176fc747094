"""Terminals for tests of what a person is asked and shown."""

import fcntl
import os
import pty
import subprocess
import termios
import time
from collections.abc import Sequence

import pytest


def open_terminal() -> tuple[int, int]:
    """The two ends of a terminal. Without /dev/pts there is none, and the test is skipped."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal can be had here: {error}")


def typed_at_a_terminal(
    words: Sequence[str], answers: Sequence[tuple[bytes, bytes]]
) -> tuple[int, str]:
    """Start a program at a terminal of its own; after each question type its answer.

    Returns how it ended, and all that the terminal showed.
    """
    host, terminal = open_terminal()
    process = subprocess.Popen(
        words,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(terminal, termios.TIOCSCTTY, 0),
    )
    os.close(terminal)
    said, seen, waiting = b"", 0, [*answers]
    while True:
        try:
            more = os.read(host, 4096)
        except OSError:  # the other end is closed: the program has ended
            break
        said += more
        if waiting and waiting[0][0] in said[seen:]:
            seen = len(said)
            while termios.tcgetattr(host)[3] & termios.ECHO:
                time.sleep(0.001)  # who asks forgets what was typed before
            os.write(host, waiting.pop(0)[1])
    os.close(host)
    return process.wait(timeout=60), said.decode()
