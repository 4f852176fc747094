"""Runs something in a forked child that kills itself at a point of what it does to the world.

Points are files opened to be written, renamed, removed, folders made, programs started. The kill
comes just before the effect.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from tests.command import build_everything, forget_answers

_EFFECTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "subprocess.Popen"}


def in_a_child(do: Callable[[], Any], kill_at: int | None) -> int:
    """Run in a child that kills itself at a point; without one, return how many points there are.

    The child is gone at the end, whatever it did, and no line of this process runs in it twice.
    """
    build_everything()  # else each child would do so
    with tempfile.TemporaryDirectory() as folder:
        return _in_a_child(do, kill_at, folder)


def _in_a_child(do: Callable[[], Any], kill_at: int | None, folder: str) -> int:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        # Else it would clear away what other children left, and have other points each time.
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        sys.dont_write_bytecode = True  # else the first child has more points than the others
        forget_answers()  # else it has fewer points where this process asked the same before
        done = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal done
            if event in _EFFECTS or (event == "open" and _writes(arguments)):
                if done == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                done += 1

        sys.addaudithook(watch)
        try:
            do()
            os.write(writing, str(done).encode())
        finally:
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    said = os.read(reading, 100)
    os.close(reading)
    if kill_at is None:
        return int(said)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return kill_at


def _writes(arguments: tuple[Any, ...]) -> bool:
    flags = arguments[2] or 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
