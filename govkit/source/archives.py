"""A tape archive to the files in it, read strictly: plain files with plain names, each once."""

from __future__ import annotations

import io
import tarfile

MOST_FILES = 200_000
LARGEST = 1 << 27
"""Bytes of an archive. Nothing in it is packed, so what comes out is never more."""


class NoArchive(Exception):
    """What is no archive of plain files; the message is a sentence."""


def files_in(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by path. Nothing is written anywhere.

    Raises `NoArchive` for a link, a folder, a name that leads out, a name that is there twice.
    """
    if len(data) > LARGEST:
        raise NoArchive("it is too large")
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                _hold(member, found)
                file = archive.extractfile(member)
                found[member.name] = file.read() if file else b""
    except (
        tarfile.TarError,
        EOFError,
        ValueError,
        OverflowError,
        LookupError,
        RecursionError,
    ) as error:
        raise NoArchive(f"it can't be read: {error}") from None
    return found


def _hold(member: tarfile.TarInfo, found: dict[str, bytes]) -> None:
    parts = member.name.split("/")
    if not member.isreg() or member.issparse():
        raise NoArchive(f"{member.name!r} is no plain file")
    if any(part in ("", ".", "..", ".git") for part in parts) or not member.name.isprintable():
        raise NoArchive(f"{member.name!r} is no plain name")
    if member.name in found:
        raise NoArchive(f"{member.name!r} is there twice")
    if len(found) >= MOST_FILES:
        raise NoArchive("it holds too many files")
