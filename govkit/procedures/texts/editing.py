"""A text is saved as somebody edited it, if the file is still what they opened.

Else both stand: what the file holds now, and what was typed. Words that somebody gives up are kept
in a file of their own, as `propose edit` keeps them.
"""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path, PurePosixPath

from govkit.errors import GovkitError, WrongUse
from govkit.procedures.log.filing import write_as_one
from govkit.proposals.submission import NO_SUBMISSION, may_be_handed_in
from govkit.store.clone_lock import state_folder_of
from govkit.store.journal import Write, read_inside
from govkit.store.worktree import write_whole


class ChangedMeanwhile(GovkitError):
    """The file is not what was opened: `there` are its bytes now, None where it is gone."""

    def __init__(self, path: str, there: bytes | None) -> None:
        """Keep what stands there now."""
        what = "was changed by somebody else" if there is not None else "is not there any more"
        super().__init__(
            f"{path} {what} since you opened it", "Nothing was written. Look at both, and choose."
        )
        self.there = there


def file_digest(data: bytes | None) -> str:
    """Return what tells one state of a file from another; `gone` where there is none."""
    return "gone" if data is None else hashlib.sha256(data).hexdigest()


def words_of_file(root: Path, path: str) -> bytes | None:
    """Return the bytes of a text, None where it is gone. Raises `GovkitError` for a link."""
    return read_inside(root, path)


def save_text(root: Path, path: str, data: bytes, opened: str, now: datetime.datetime) -> None:
    """Write a text, whole or not at all; `opened` is the digest of the file as it was opened.

    Raises `ChangedMeanwhile` where it is another one, and `WrongUse` for a file that contributors
    do not edit.
    """
    require_editable(path)
    there = read_inside(root, path)
    if file_digest(there) != opened:
        raise ChangedMeanwhile(path, there)
    if there != data:
        write_as_one(root, [Write(path, there, data)], now)


def require_editable(path: str) -> None:
    """Raise `WrongUse` for a file that changes by acts of the coalition alone."""
    if not may_be_handed_in(path):
        raise WrongUse(f"{path} is none of the files that contributors edit", NO_SUBMISSION)


def keep_aside(root: Path, path: str, data: bytes) -> Path:
    """Keep words that somebody gave up, and return the file in which they are."""
    folder = state_folder_of(root) / "undone"
    name = PurePosixPath(path).name
    kept = folder / name
    number = 2
    while kept.exists() and kept.read_bytes() != data:
        kept = folder / f"{PurePosixPath(name).stem}-{number}.yaml"
        number += 1
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(kept, data)
    return kept
