"""Folders for what lasts no longer than a command, and what a killed one left of them.

All lie in one folder that only this person can open. Each is locked by the process that made it,
for as long as that lives: the system lets go of the lock of a process that was killed, and the next
command takes the folder away. (A number of a process would not do: machines in machines that share
a disk count for themselves.)
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def new_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder that goes away with the object, at the latest with the process.

    Raises `OSError` where the disk does not take it.
    """
    own = Path(tempfile.gettempdir()) / f"govkit-{os.geteuid()}"
    with suppress(FileExistsError):
        own.mkdir(mode=0o700)
    about = own.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o077:
        return tempfile.TemporaryDirectory(prefix="govkit-")  # somebody else made it
    with _locked(own):
        _sweep(own)
        made = tempfile.TemporaryDirectory(prefix=f"{os.getpid()}-", dir=own)
        handle = os.open(made.name, _FOLDER)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    weakref.finalize(made, os.close, handle)
    return made


@contextmanager
def _locked(own: Path) -> Iterator[None]:
    """Let no other process sweep before a new folder has its lock."""
    handle = os.open(own, _FOLDER)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep(own: Path) -> None:
    """Take away the folders whose process has died."""
    for path in sorted(own.iterdir()):
        with suppress(OSError):
            handle = os.open(path, _FOLDER)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)
