"""The job can't be done: the few errors that end a command.

A document that is wrong is a `Finding` (findings.py), never an exception. These are for the
other case: an unreadable repository, an unknown revision, a missing system library.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Mapping
from pathlib import Path


class GovkitError(Exception):
    """Something outside the documents stops the job; shown as a sentence, without a traceback.

    `message` says what is wrong, `hint` says what to do next. Both are plain sentences.
    The command ends with `exit_code` 3: the world failed.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the two sentences apart, so that a machine can print them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongUse(GovkitError):
    """The command was asked for something that it does not do. Exit code 2.

    Where a name is none of those that are `known`, it carries the word that was `typed`, and the
    door asks whether the nearest was meant (`source.nearest.advice`). `hint` follows that question
    and lists all that are known where it is empty; `otherwise` stands only where nothing is near.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        typed: str = "",
        known: Collection[str] | None = None,
        otherwise: str = "",
        shown: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what was typed beside what is known; `shown` has the words in which one is named."""
        super().__init__(message, hint or ("" if otherwise or known is None else listed(known)))
        self.typed = typed
        self.known = tuple(known or ())
        self.otherwise = otherwise
        self.shown = shown or {}


def listed(known: Collection[str]) -> str:
    """Return a sentence with all names that there are."""
    return f"One of: {', '.join(known)}." if known else "There is none yet."


class IncompleteHistory(GovkitError):
    """The clone is too shallow for the question: no partial answer is given."""


_MEANINGS = {
    errno.ENOSPC: ("no room is left on the disk", "Make room on the disk"),
    errno.EDQUOT: ("your share of the disk is used up", "Make room on the disk"),
    errno.EFBIG: ("the file would be larger than the system allows", "Make room on the disk"),
    errno.EACCES: ("you have no right to it", "Look at the rights of it and of the folders above"),
    errno.EPERM: (
        "the system does not allow it",
        "Look at the rights of it and of the folders above",
    ),
    errno.EROFS: ("the disk or folder can only be read", "Work in a folder that can be written"),
    errno.ENAMETOOLONG: (
        "a name in it is longer than the system allows (255 bytes)",
        "Give a shorter name",
    ),
    errno.ELOOP: ("a link there leads back to itself", "Take the link away"),
    errno.EMFILE: ("too many files are open at once", "Allow more: `ulimit -n 1024`"),
    errno.ENFILE: ("too many files are open on this machine", "Close other programs"),
    errno.ENOMEM: ("no memory is left on this machine", "Close other programs"),
    errno.EAGAIN: ("the system has no more programs to give", "Close other programs"),
    errno.EIO: ("the disk does not answer", "Look whether the disk is there and whole"),
    errno.ENOENT: ("it is not there", "Look whether somebody moved it"),
    errno.ENOTDIR: ("a file stands where a folder should be", "Look at the folders above it"),
    errno.EISDIR: ("it is a folder, and a file is wanted", "Name a file"),
    errno.EEXIST: ("something stands there already", "Move it away, or choose another name"),
    errno.ENOTEMPTY: ("the folder there is not empty", "Move it away, or choose another name"),
    errno.EBUSY: ("another program uses it", "Wait until the other program has ended"),
    errno.EPIPE: ("the other program has ended too early", "Look whether git works: `git status`"),
}
"""What the system says no for, and what a person does then."""


def in_plain_words(error: OSError) -> str:
    """Return why the system said no, for a person who does not program."""
    known = _MEANINGS.get(error.errno or 0)
    return known[0] if known else error.strerror or str(error)


def of_the_system(error: OSError) -> GovkitError:
    """Return the error of a command that the system stopped, with the place and the way out."""
    words = in_plain_words(error)
    advice = _MEANINGS.get(error.errno or 0, ("", "Look at the disk and the rights of the folder"))
    place = error.filename2 or error.filename
    if place is None and error.errno == errno.ENOENT and _is_gone():
        return GovkitError(
            "the folder in which you are was taken away", "Go to a folder that is there: `cd`."
        )
    about = f"{_short(place)}: " if isinstance(place, str | bytes | os.PathLike) else ""
    return GovkitError(f"{about}{words}", f"{advice[1]}; then try again.")


def _short(place: str | bytes | os.PathLike[str]) -> str:
    """Return a path with each name in it cut where no system would take it."""
    parts = os.fsdecode(place).split("/")
    return "/".join(part if len(part) <= _LONGEST else f"{part[:40]}…" for part in parts)


_LONGEST = 255


def _is_gone() -> bool:
    """Say whether the folder in which the command was started is not there any more."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False
