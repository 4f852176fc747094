"""What is written beside its place: noted first, so that the next command finds what a kill left.

A file or folder that is to appear whole is made under a hidden name beside its place, and then
moved. The clone's own folder keeps a note of each, which its writer holds locked; a note
that nobody holds is of a writer who has died. Where it can't be written, nothing is noted.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from govkit.store.clone_lock import WITHOUT_GIT, state_folder_of

PREFIX = ".govkit-"
_NOTES = "unfinished"
_LONGEST = 1 << 13

_ROOT: ContextVar[Path | None] = ContextVar("_ROOT", default=None)


def sit_at(root: Path) -> None:
    """Say in which governed folder this command works; its own folder keeps the notes."""
    _ROOT.set(root)


def is_there(root: Path) -> bool:
    """Say whether something is noted, by a living command or by one that was killed."""
    return _notes_of(root).is_dir()


def clear(root: Path) -> bool:
    """Take away what killed commands left beside its place; say whether there was anything."""
    found = False
    notes = _notes_of(root)
    with suppress(FileNotFoundError):
        for note in sorted(notes.iterdir()):
            found |= _cleared(note)
    _leave(notes)
    return found


@contextmanager
def noted(place: Path) -> Iterator[None]:
    """Keep a note of a hidden file or folder while it is there."""
    assert place.name.startswith(PREFIX)
    root = _ROOT.get()
    # Where the folder is gone, there is nothing to come back to, and no folder of notes.
    note = _note(_notes_of(root), place) if root is not None and root.is_dir() else None
    if note is None:
        yield
        return
    path, handle = note
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)
        _leave(path.parent)


def _notes_of(root: Path) -> Path:
    return state_folder_of(root) / _NOTES


def _note(notes: Path, place: Path) -> tuple[Path, int] | None:
    """Write a note and hold it; None where none can be written."""
    path = notes / secrets.token_hex(8)
    try:
        notes.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.write(handle, os.fsencode(place.absolute()))
    except OSError:
        os.close(handle)
        with suppress(OSError):
            path.unlink()
        _leave(notes)
        return None
    return path, handle


def _leave(notes: Path) -> None:
    """Take the folder of the notes away where nothing is in it, and without git its parent."""
    with suppress(OSError):
        notes.rmdir()
        if notes.parent.name == WITHOUT_GIT:
            notes.parent.rmdir()


def _cleared(note: Path) -> bool:
    """Take away what a note is about, unless its writer lives."""
    try:
        handle = os.open(note, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place = Path(os.fsdecode(os.read(handle, _LONGEST)))
        # A note from elsewhere could name any file; only what has our own hidden name is taken
        # away.
        if place.is_absolute() and place.name.startswith(PREFIX):
            take_away(place)
        note.unlink(missing_ok=True)
    except OSError:  # its writer lives, or nothing can be changed here
        return False
    finally:
        os.close(handle)
    return True


def take_away(place: Path) -> None:
    """Take a hidden file or folder away; what it was about to replace comes back."""
    if place.is_symlink() or not place.is_dir():
        place.unlink(missing_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    old, final = aside(place), place.with_name(place.name.removeprefix(PREFIX))
    if old.is_dir():
        if not os.path.lexists(final):
            old.rename(final)
        shutil.rmtree(old, ignore_errors=True)


def aside(staged: Path) -> Path:
    """Return where the folder waits that a staged one takes the place of."""
    return staged.with_name(f"{staged.name}-old")
