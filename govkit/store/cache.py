"""A cache in the folder of git: one file with values, by their places and digests.

It can be taken away at any time. What is damaged in it, what another version of govkit left, and
what does not fit is as if it were not there, and is never said. It holds JSON and nothing that
runs; nothing of it goes into a release. Without git there is none.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b, sha256
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import govkit
from govkit.store.clone import clone_of
from govkit.store.clone_lock import state_folder_of

LARGEST = 1 << 29
"""Bytes of the file of a cache. A larger one is not read, and none is written."""
_FOLDER = "cache"
_FONTS = (".ttf", ".otf", ".pyc")
_LIBRARIES = ("mistune", "pydantic", "pydantic-core", "pyyaml")
"""Those that have a part in what is kept, beside govkit itself."""


class _Kept(NamedTuple):
    key: str
    seal: str
    data: bytes


class FileCache:
    """Values in a file of the folder of git, read when the first is asked for.

    `asked` and `found` count what was asked for, and how much of it was there.
    """

    def __init__(self, file: Path | None) -> None:
        """Begin with what the file holds; without a file it lasts as long as this object."""
        self.asked = 0
        self.found = 0
        self._file = file
        self._values = _read(file) if file is not None else {}
        self._used: set[str] = set()
        self._is_other = False

    def get(self, place: str, key: str) -> bytes | None:
        """Return what is kept at a place, if it was put there under this key and is whole."""
        self.asked += 1
        self._used.add(place)
        value = self._values.get(place)
        if value is None or value.key != key or _seal(value.data) != value.seal:
            return None
        self.found += 1
        return value.data

    def put(self, place: str, key: str, data: bytes) -> None:
        """Keep a value, in the stead of what was at the place."""
        self._used.add(place)
        self._values[place] = _Kept(key, _seal(data), data)
        self._is_other = True

    def save(self, unused: int = 0) -> None:
        """Write the file anew where anything is other, without what nobody asked for; of that it
        keeps what was used last, up to so many bytes.
        """
        idle = [place for place in self._values if place not in self._used]
        left = unused
        gone = []
        for place in reversed(idle):
            left -= len(self._values[place].data)
            if left < 0:
                gone.append(place)
        for place in gone:
            del self._values[place]
        # What was used stands last, so that the next who writes the file knows it as the newest.
        for place in [place for place in self._values if place in self._used]:
            self._values[place] = self._values.pop(place)
        self._used = set()
        if self._file is not None and (self._is_other or gone):
            with suppress(OSError):  # a disk that is full or can't be written: then without
                _write(self._file, self._values)
        self._is_other = False


def cache_of(root: Path, name: str) -> FileCache:
    """Return the cache of a name of the clone that a governed folder is in."""
    clone = clone_of(root)
    if clone is None:
        return FileCache(None)
    folder = state_folder_of(root) / _FOLDER
    # Through a link in the folder of git it would be written somewhere else.
    meant = Path(os.path.realpath(clone.git)) / folder.relative_to(clone.git)
    return FileCache(folder / name if Path(os.path.realpath(folder)) == meant else None)


def _seal(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


# --- the file -------------------------------------------------------------------------------------


def _read(file: Path) -> dict[str, _Kept]:
    """Return the values of a file; none where it is missing, damaged or of another version."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as opened:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
                return {}
            head = json.loads(opened.readline())
            if head["made_by"] != made_by():
                return {}
            found = {}
            for place, key, seal, length in head["values"]:
                data = opened.read(length)
                found[str(place)] = _Kept(str(key), str(seal), data)
            return found
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return {}


def _write(file: Path, values: dict[str, _Kept]) -> None:
    if sum(len(each.data) for each in values.values()) > LARGEST:
        return
    rows = [[place, each.key, each.seal, len(each.data)] for place, each in values.items()]
    head = json.dumps({"made_by": made_by(), "values": rows}, separators=(",", ":"))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(f"{head}\n".encode())
            opened.writelines(each.data for each in values.values())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


@cache
def made_by() -> str:
    """Return a digest of all that makes what is kept: govkit, its libraries and Python."""
    found = sha256(sys.version.encode())
    for name in _LIBRARIES:
        found.update(f"{name} {metadata.version(name)}\n".encode())
    for path in sorted(_own_files(govkit.__path__[0])):
        found.update(f"{path}\n".encode())
        found.update(sha256(Path(path).read_bytes()).digest())
    return found.hexdigest()


def _own_files(folder: str) -> list[str]:
    return [
        f"{place}/{name}"
        for place, _, names in os.walk(folder)
        for name in names
        if not name.endswith(_FONTS)
    ]
