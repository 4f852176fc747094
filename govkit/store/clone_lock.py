"""The lock of a clone: one command writes at a time, and what a kill left is found again.

Git's own folder keeps the lock and the journal, so neither is ever tracked. Without git, a hidden
folder of the root does.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from govkit.errors import GovkitError, in_plain_words
from govkit.store.clone import clone_of, require_own

WITHOUT_GIT = ".govkit"
LANDING = "landing.json"
"""The file in which `sealing` notes what is under way."""


class Busy(GovkitError):
    """Another command is writing in this clone at this moment."""


def state_folder_of(root: Path) -> Path:
    """Return the folder of the work tree's own state; it need not be there yet.

    Found without starting git, since every command looks here first. Two governed folders in one
    work tree have a folder each.
    """
    clone = clone_of(root)
    if clone is None:
        return root / WITHOUT_GIT
    place = root.resolve().relative_to(clone.top).as_posix()
    name = "desk" if place == "." else "desk-" + sha256(os.fsencode(place)).hexdigest()[:12]
    # In the folder of the work tree, unlike the lock: what was begun there is finished there.
    return clone.git / "govkit" / name


def _lock_of(root: Path) -> Path:
    """Return the place of the lock: one for a clone, however many work trees it has."""
    clone = clone_of(root)
    if clone is None:
        return root / WITHOUT_GIT / "lock"
    require_own(clone)
    return clone.common / "govkit" / "lock"


@contextmanager
def locked(root: Path, since: str) -> Iterator[None]:
    """Hold the lock of the clone; `since` is what the next one who wants it is told.

    The system lets go of the lock of a process that has died, so none can be left behind. Raises
    `Busy` where a living process has it.
    """
    handle = _open_lock(root)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(handle) from None
        with suppress(OSError):  # on a full disk the lock holds, and what is written says so
            os.pwrite(handle, f"{os.getpid()} {since}\n".encode(), 0)
        try:
            yield
        finally:
            # Emptied and never removed: another may have opened this very file just now, and would
            # then lock one that is gone.
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _open_lock(root: Path) -> int:
    path = _lock_of(root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise GovkitError(
            f"nothing can be written here: {in_plain_words(error)} ({path.name})",
            "Look at the rights of the folder and the room on the disk.",
        ) from None


def _busy(handle: int) -> Busy:
    said = os.pread(handle, 200, 0)
    for _ in range(50):  # the other one has the lock, and has perhaps not yet said since when
        if said.endswith(b"\n"):
            break
        time.sleep(0.01)
        said = os.pread(handle, 200, 0)
    _, _, since = said.decode("ascii", errors="replace").partition(" ")
    when = f" (since {since.strip()})" if since.strip() else ""
    return Busy(
        f"another govkit command is writing here{when}",
        "Wait until it has ended, and try again. Nothing was changed.",
    )
