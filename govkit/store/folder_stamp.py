"""Whether anything in a governed folder is another than a moment ago, without reading a file."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.worktree import MAX_FILES


def folder_stamp(root: Path) -> str:
    """Return a short text that is another one once a file was saved, put in or taken away.

    No link is followed. A folder with more files than any coalition has is looked at so far.
    """
    found = sha256()
    count = 0
    for top in GOVERNED_FOLDERS:
        for place, _, names in os.walk(root / top):
            for name in sorted(names):
                found.update(_state_of(f"{place}/{name}"))
                count += 1
            if count > MAX_FILES:
                break
    return found.hexdigest()[:32]


def _state_of(path: str) -> bytes:
    try:
        about = os.lstat(path)
    except OSError:
        return b""  # it went away meanwhile
    return f"{path}\0{about.st_mtime_ns}\0{about.st_size}\0{about.st_ino}\n".encode(
        "utf-8", "surrogateescape"
    )
