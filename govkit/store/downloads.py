"""Files that somebody downloaded: read as they lie there, no link followed, all in bounds."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from govkit.errors import GovkitError, in_plain_words

LARGEST = 1 << 27
"""Bytes of one file that is read whole."""
_MOST = 10_000
_PIECE = 1 << 20


def files_below(folder: Path) -> dict[str, Path]:
    """Return the files of a folder and of the folders in it, by their names from there.

    A link, a pipe or a device has the name that it has, and is refused when it is read. Raises
    `GovkitError` where a folder can't be read, or holds far too much.
    """
    found: dict[str, Path] = {}
    waiting = [folder]
    try:
        while waiting:
            here = waiting.pop()
            for entry in os.scandir(here):
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    found[path.relative_to(folder).as_posix()] = path
                if len(found) > _MOST:
                    raise GovkitError(
                        f"{folder} holds too many files to be one release",
                        "Name the folder of one release, as dist/provisions/1.1.0.",
                    )
    except OSError as error:
        raise _unread(folder, error) from None
    return dict(sorted(found.items()))


def read(path: Path) -> bytes:
    """Return the bytes of a plain file. Raises `GovkitError` for anything else, or a huge one."""
    try:
        handle = _opened(path)
        with os.fdopen(handle, "rb") as file:
            if os.fstat(handle).st_size > LARGEST:
                raise GovkitError(f"{path} is too large to be read", "Get the file again.")
            return file.read(LARGEST)
    except OSError as error:
        raise _unread(path, error) from None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a plain file, as 64 of 0-9 a-f, however large it is."""
    digest = hashlib.sha256()
    try:
        with os.fdopen(_opened(path), "rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise _unread(path, error) from None
    return digest.hexdigest()


def _opened(path: Path) -> int:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise GovkitError(f"{path} is no plain file", "Get the release again.")
    return handle


def _unread(path: Path, error: OSError) -> GovkitError:
    said = "it is a link" if error.errno == errno.ELOOP else in_plain_words(error)
    return GovkitError(f"{path} can't be read: {said}", "Get it again, and look at its rights.")
