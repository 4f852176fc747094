"""Runs a function over a stranger's bytes in a process apart, within limits of time and memory.

A file can make a parser run for hours or take all memory, whatever the parser promises. Here that
ends the other process, and nothing else. The function takes bytes and words, and returns bytes.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from contextlib import suppress

MEMORY = 1 << 30
"""Bytes that the process may use."""
LARGEST = 1 << 26
"""Bytes of an answer."""


class TooMuch(Exception):
    """The function did not come to an end within the limits."""


def asked(module: str, function: str, data: bytes, *words: str, seconds: int) -> bytes:
    """Return what a function of a module says of some bytes. Raises `TooMuch`.

    `seconds` are those of the processor; by the clock it may be twice as many.
    """
    command = [sys.executable, "-P", "-m", __name__, str(seconds), module, function, *words]
    # The folder where we are may hold a module of any name; what we import, the other may.
    places = os.pathsep.join(place for place in sys.path if place)
    try:
        done = subprocess.run(
            command,
            cwd="/",
            env=os.environ | {"PYTHONPATH": places},
            input=data,
            capture_output=True,
            timeout=2 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if done.returncode:
        raise TooMuch
    return done.stdout


def _limit(seconds: int) -> None:
    """Let this process have so much and no more; not every system knows every limit."""
    import resource

    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _answer(seconds: str, module: str, function: str, *words: str) -> None:
    _limit(int(seconds))
    answer = getattr(importlib.import_module(module), function)(sys.stdin.buffer.read(), *words)
    if len(answer) > LARGEST:
        raise MemoryError
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    _answer(*sys.argv[1:])
