"""What happened with mails, a line of JSON each, in the private folder: only ever added to.

A line is on the disk before the next thing is done. One that a kill left half is passed over.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govkit.errors import GovkitError
from govkit.store.clone_lock import Busy
from govkit.store.private import private_folder, require_private
from govkit.store.worktree import read_named, unreadable

SENT = "sent.jsonl"
"""What was handed to a mail server, when, to which member, and what the server said."""
LETTERS = "letters.jsonl"
"""What each letter told that was drafted, to whom."""
RECEIPTS = "receipts.jsonl"
"""Which mails are owed a receipt (`due`), and for which one was drafted (`drafted`), and where."""
REMINDED = "reminded.jsonl"
"""Which reminder was drafted, for which member, and into which file."""
DRAFTED = "ballots.jsonl"
"""Which ballot was drafted, for which member and revision."""
BULLETINS = "bulletins.jsonl"
"""Which bulletin was drafted, and up to which moment it tells."""
_LARGEST = 50_000_000
Row = dict[str, Any]


def rows_of(root: Path, name: str) -> list[Row]:
    """Return the lines of a file, the oldest first; none where it is not there."""
    path = private_folder(root) / name
    return [*_read(path)] if path.is_file() else []


def _read(path: Path) -> Iterator[Row]:
    for line in read_named(path, _LARGEST).splitlines():
        try:
            row = json.loads(line)
        except ValueError:  # half a line: what it was about is still as the lines before say
            continue
        if isinstance(row, dict):
            yield row


def add_row(root: Path, name: str, row: Row) -> None:
    """Add a line, and wait until it is on the disk. Raises `GovkitError` where it can't be."""
    path = require_private(root) / name
    line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    try:
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unreadable(path, error) from None


@contextmanager
def held(root: Path, name: str) -> Iterator[None]:
    """Hold a file, so that two commands never do the same. Raises `Busy` where another has it."""
    path = require_private(root) / name
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise GovkitError(
            f"{path} can't be opened", "Look at the rights of the private folder."
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy(
            "another govkit command is writing or sending mails now",
            "Wait until it has ended, and try again. Nothing was done.",
        ) from None
    finally:
        os.close(handle)
