"""Mails on the disk: single files, a folder of them, a Maildir, an mbox of any size.

One mail is held at a time. What is larger than a mail may be is read over, and its beginning told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from govkit.errors import WrongUse
from govkit.store.worktree import require_plain_file, unreadable

_BEGINNING = 256_000
"""Bytes that are kept of a mail that is too large."""
_PIECE = 65_536
_ENDINGS = (".eml", ".mbox", ".mbx")
_PARTS_OF_MAILDIR = ("cur", "new")


class RawMail(NamedTuple):
    """A mail as it lies on the disk.

    `name` is the file, with the number of the mail in it where there are several. `whole` is False
    where only its beginning is here. `done` of `of` bytes have been read of what was named.
    """

    name: str
    data: bytes
    whole: bool
    done: int
    of: int


def is_mailbox(name: str) -> bool:
    """Say whether a name is that of mails: a folder, a file that ends as one, or an mbox."""
    path = Path(name)
    if path.is_dir() or name.lower().endswith(_ENDINGS):
        return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError as error:
        raise unreadable(path, error) from None


def mails_in(path: Path, largest: int) -> Iterator[RawMail]:
    """Yield the mails of a file or folder in a fixed order. `largest` is in bytes.

    Links in a folder are not followed. Raises `WrongUse` where there is no mail.
    """
    files = _files_of(path)
    of, done = sum(each.stat().st_size for each in files), 0
    for each in files:
        try:
            with each.open("rb") as file:
                for raw in mails_of(str(each), file, largest):
                    yield raw._replace(done=done + raw.done, of=of)
            done += each.stat().st_size
        except OSError as error:
            raise unreadable(each, error) from None


def _files_of(path: Path) -> list[Path]:
    if not path.exists():
        raise WrongUse(f"there is no {path}", "Name a mail, a mailbox, or a folder of them.")
    if not path.is_dir():
        require_plain_file(path)
        return [path]
    maildir = [path / each for each in _PARTS_OF_MAILDIR if (path / each).is_dir()]
    found = sorted(
        each
        for folder in maildir or [path]
        for each in folder.iterdir()
        if (maildir or each.name.lower().endswith(_ENDINGS))
        and not each.name.startswith(".")
        and each.is_file()
        and not each.is_symlink()
    )
    if not found:
        raise WrongUse(
            f"no mail lies in {path}", "Save the mails as .eml files there, or name an mbox."
        )
    return found


def mails_of(name: str, file: BinaryIO, largest: int) -> Iterator[RawMail]:
    """Yield the mails of an open file, which is called by a name."""
    if file.read(5) != b"From ":
        file.seek(0)
        data = file.read(largest + 1)
        whole = len(data) <= largest
        yield RawMail(name, data if whole else data[:_BEGINNING], whole, len(data), 0)
        return
    file.seek(0)
    for number, (data, whole, at) in enumerate(_of_mbox(file, largest), 1):
        yield RawMail(f"{name}, mail {number}", data, whole, at, 0)


def _of_mbox(file: BinaryIO, largest: int) -> Iterator[tuple[bytes, bool, int]]:
    """Yield the mails of an mbox: each begins with `From ` at the start or below an empty line."""
    pieces: list[bytes] = []
    size, empty, begins_line = 0, True, True
    while piece := file.readline(_PIECE):
        if begins_line and empty and piece.startswith(b"From "):
            if size:
                yield *_joined(pieces, size, largest), file.tell() - len(piece)
            pieces, size = [], 0
        else:
            size += len(piece)
            if size <= largest:
                pieces.append(_unstuffed(piece) if begins_line else piece)
        empty = begins_line and piece in (b"\n", b"\r\n")
        begins_line = piece.endswith(b"\n")
    if size:
        yield *_joined(pieces, size, largest), file.tell()


def _joined(pieces: list[bytes], size: int, largest: int) -> tuple[bytes, bool]:
    data = b"".join(pieces)
    return (data, True) if size <= largest else (data[:_BEGINNING], False)


def _unstuffed(line: bytes) -> bytes:
    """Return a line without the `>` that an mbox puts before `From `, so that digests are right."""
    bare = line.lstrip(b">")
    return line[1:] if bare.startswith(b"From ") and bare != line else line


def is_inside(path: Path, folder: Path) -> bool:
    """Say whether a place lies in a folder, whatever links are on the way."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
