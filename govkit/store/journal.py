"""Several files written as one: all of them or none, whenever the process is killed.

First the whole of what is to be is written down beside, old bytes and new ones (the journal). From
the moment the journal has its name, the writing happens; if the process dies, the next one finishes
it. If the files were changed by somebody else in between, it is taken back instead.

Paths are walked folder by folder without following links, so that nothing leaves the root.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from govkit.errors import GovkitError, WrongUse, in_plain_words
from govkit.records.device_names import device_in
from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.records.papers import ASSESSMENTS
from govkit.store.clone_lock import LANDING, state_folder_of
from govkit.store.worktree import sync_folder

Step = Callable[[str], None]
"""Called after each step, with its name; a test ends the process there."""

Recovered = Literal["finished", "taken back"] | None

_JOURNAL = "journal"
_DRAFT = "draft"
_DONE = "done"
_LIST = "list.json"
_LIMIT = 1 << 26


class Write(NamedTuple):
    """A file as it is now and as it is to be; None stands for no file."""

    path: str
    before: bytes | None
    after: bytes | None


def unseen(_: str) -> None:
    """Nobody looks."""


def write_all(root: Path, writes: Sequence[Write], step: Step = unseen) -> None:
    """Write all files or none, in this order. The caller holds the lock and has recovered.

    Raises `GovkitError` where a path leads out of the root, or where the disk does not take it;
    then nothing was changed. Raises `WrongUse` for a new file that Windows can't hold.
    """
    for write in writes:
        if write.before is None:
            _require_portable(write.path)
    journal = state_folder_of(root) / _JOURNAL
    try:
        draft = _write_down(journal, writes, step)
    except OSError as error:
        shutil.rmtree(journal.parent / _DRAFT, ignore_errors=True)
        raise _failed(error) from None
    try:
        # From here on the act counts as begun, and is finished or taken back whatever happens
        # (decision 13).
        draft.rename(journal)
        # A rename is on the disk for sure only when its folder is (fsync(2)).
        sync_folder(journal.parent)
        step("begun")
        for write in writes:
            _put(root, write.path, write.after)
            step(f"put {write.path}")
    except OSError as error:
        _withdraw(root, journal, writes)
        raise _failed(error) from None
    # Ctrl-C, too, must leave no act half written.
    except BaseException:
        _withdraw(root, journal, writes)
        raise
    _forget(journal)
    step("forgotten")


def _withdraw(root: Path, journal: Path, writes: Sequence[Write]) -> None:
    """Take back what was begun. If even that fails, the journal stays for the next command."""
    try:
        _take_back(root, writes)
        _forget(journal)
    except OSError as error:
        raise GovkitError(
            f"writing broke off, and can't be taken back now: {in_plain_words(error)}",
            "Look at the disk and the rights of the folder. The next govkit command puts it right.",
        ) from None


def is_pending(root: Path) -> bool:
    """Say whether a command was ended while it wrote here."""
    folder = state_folder_of(root)
    return (folder / _JOURNAL).is_dir() or (folder / LANDING).is_file()


def recover(root: Path) -> Recovered:
    """Finish what a killed command began to write, or take it back; say which.

    The caller holds the lock. It is finished where every file is still as it was before or already
    as it was to be; where somebody changed one since, the others are taken back.
    """
    journal = state_folder_of(root) / _JOURNAL
    shutil.rmtree(journal.parent / _DRAFT, ignore_errors=True)
    shutil.rmtree(journal.parent / _DONE, ignore_errors=True)
    if not journal.is_dir():
        return None
    try:
        writes = _written_down(journal)
        states = [read_inside(root, write.path) for write in writes]
        known = all(now in (w.before, w.after) for now, w in zip(states, writes, strict=True))
        if known:
            for write in writes:
                _put(root, write.path, write.after)
        else:
            _take_back(root, writes)
        _forget(journal)
    except OSError as error:
        raise GovkitError(
            "a govkit command was ended here while it wrote, and what it left can't be finished: "
            f"{in_plain_words(error)}",
            "Look at the rights of the folder and the room on the disk; then try again.",
        ) from None
    return "finished" if known else "taken back"


def _take_back(root: Path, writes: Sequence[Write]) -> None:
    """Put back what is as it was to be; what somebody changed since is left alone."""
    for write in reversed(writes):
        with suppress(FileNotFoundError), _folder(root, write.path, make=False) as (folder, name):
            _remove(folder, _beside(name))
        if read_inside(root, write.path) == write.after:
            _put(root, write.path, write.before)


# --- the journal ----------------------------------------------------------------------------------


def _write_down(journal: Path, writes: Sequence[Write], step: Step) -> Path:
    draft = journal.parent / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    listed = []
    for at, write in enumerate(writes):
        sides = {}
        for side in ("before", "after"):
            data = getattr(write, side)
            if data is not None:
                _write_file(draft / f"{at}.{side}", data)
                sides[side] = sha256(data).hexdigest()
        listed.append({"path": write.path, **sides})
        step(f"noted {write.path}")
    _write_file(draft / _LIST, json.dumps(listed).encode())
    sync_folder(draft)
    step("noted all")
    return draft


def _write_file(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _written_down(journal: Path) -> list[Write]:
    """Return what a journal says. Raises `GovkitError` where it is not one of ours."""
    try:
        listed = json.loads(_bytes_of(journal / _LIST))
        writes = [
            Write(
                str(each["path"]),
                _noted(journal, at, each, "before"),
                _noted(journal, at, each, "after"),
            )
            for at, each in enumerate(listed)
        ]
    except (ValueError, TypeError, LookupError):
        raise GovkitError(
            "what a killed govkit command left here can't be read, so it is left alone",
            f"If you know of no such command, move the folder {journal} away and look at it.",
        ) from None
    for write in writes:
        # A `.git` from elsewhere may bring a journal along that names any file.
        require_inside(write.path)
    return writes


def _noted(journal: Path, at: int, each: dict[str, Any], side: str) -> bytes | None:
    if side not in each:
        return None
    data = _bytes_of(journal / f"{at}.{side}")
    if sha256(data).hexdigest() != each[side]:
        raise ValueError(side)
    return data


def _bytes_of(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        return file.read(_LIMIT)


def _forget(journal: Path) -> None:
    done = journal.parent / _DONE
    shutil.rmtree(done, ignore_errors=True)
    with suppress(FileNotFoundError):
        # Renamed before it is deleted: half a journal must never look like one that was begun.
        journal.rename(done)
    sync_folder(journal.parent)
    shutil.rmtree(done, ignore_errors=True)


# --- one file -------------------------------------------------------------------------------------


def require_inside(path: str) -> None:
    """Raise `GovkitError` for a path that is no plain path below a governed folder."""
    parts = path.split("/")
    if parts[0] == ASSESSMENTS and parts[-1] == ".gitignore":  # what stays on this machine
        parts.pop()
    if (
        parts[0] not in GOVERNED_FOLDERS
        or len(parts) < 2
        or "\0" in path
        or any(part.startswith(".") or not part for part in parts)
    ):
        raise GovkitError(f"{path!r} leads out of the folder", "Nothing was written there.")


def _require_portable(path: str) -> None:
    """Raise `WrongUse` for a file that nobody on Windows could have: a device is named so there."""
    name = device_in(path)
    if name is not None:
        raise WrongUse(
            f"Windows keeps `{name}` for a device, so nobody there could open this folder",
            f"Choose another id, as {name}-1. Nothing was written.",
        )


def read_inside(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file, or None where there is none. No link is followed.

    Raises `GovkitError` where something else than a file or folder stands on the way.
    """
    require_inside(path)
    try:
        with _folder(root, path, make=False) as (folder, name):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            handle = os.open(name, flags, dir_fd=folder)
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise GovkitError(f"{path} is no file", "Delete what stands there.")
                return file.read(_LIMIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _in_the_way(path, error) from None


def _put(root: Path, path: str, data: bytes | None) -> None:
    with _folder(root, path, make=data is not None) as (folder, name):
        if data is None:
            _remove(folder, name)
        else:
            _replace(folder, name, data)
        os.fsync(folder)


def _replace(folder: int, name: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(_beside(name), flags, 0o644, dir_fd=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        with suppress(FileNotFoundError):
            os.fchmod(handle, stat.S_IMODE(os.stat(name, dir_fd=folder).st_mode))
        os.fsync(handle)
    os.rename(_beside(name), name, src_dir_fd=folder, dst_dir_fd=folder)


def _remove(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def _beside(name: str) -> str:
    """Return the name of the temporary file, always the same, so that a kill leaves no litter."""
    return f".govkit-{sha256(os.fsencode(name)).hexdigest()[:16]}"


@contextmanager
def _folder(root: Path, path: str, *, make: bool) -> Iterator[tuple[int, str]]:
    """Open the folder of a file, step by step from the root, and never through a link."""
    *folders, name = path.split("/")
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(folder, dir_fd=here)
                    os.fsync(here)
            below = os.open(folder, flags, dir_fd=here)
            os.close(here)
            here = below
        yield here, name
    finally:
        os.close(here)


def _in_the_way(path: str, error: OSError) -> GovkitError:
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return GovkitError(
            f"a link or a file stands on the way to {path}, and is not followed",
            "Replace it by the folder or the file itself. Nothing was changed.",
        )
    return _failed(error)


def _failed(error: OSError) -> GovkitError:
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return _in_the_way("a file", OSError(error.errno, ""))
    return GovkitError(
        f"nothing can be written here: {in_plain_words(error)}",
        "Look at the rights of the folder and the room on the disk. Nothing was changed.",
    )
