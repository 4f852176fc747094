"""A governed folder on disk: which files it holds, their bytes, and writing a file whole.

Nothing here follows a symbolic link, opens a pipe, or leaves the root.
"""

from __future__ import annotations

import errno
import os
import secrets
import select
import stat
from collections.abc import Collection, Iterator
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError, WrongUse, in_plain_words
from govkit.records.kinds import CHARTER_PATH, GOVERNED_FOLDERS, folder_meant
from govkit.store import unfinished
from govkit.store.repository import ignored_paths

MAX_BYTES = (1 << 20) + 1
"""One byte more than the gate admits: a larger file is known to be too large."""

MAX_FILES = 200_000
PATIENCE = 30
"""Seconds that a pipe which a person named may take before something comes out."""


class Entry(NamedTuple):
    """What stands at a path: `what` is `file`, `link`, `pipe`, `device`, `socket` or `folder`.

    `hidden` is a file in a hidden folder, `ignored` one that git ignores.
    """

    path: str
    what: str


def find_root(start: Path) -> Path | None:
    """Return the nearest folder, from `start` up, that holds a charter, or has lost its own."""
    here = Path(os.path.realpath(start))  # `resolve` crashes on a circle of links before 3.13
    for folder in (here, *here.parents):
        if _has_charter(folder) or _has_lost_charter(folder):
            return folder
    return None


def _has_lost_charter(folder: Path) -> bool:
    """Say whether a folder has all that a coalition has but its charter.

    It is not taken for a part of another coalition above it, and `check` says what is missing.
    """
    governance = folder / "governance"
    kept = any((governance / name).is_dir() for name in ("members", "policies", "log"))
    return kept and any((folder / name).is_dir() for name in ("provisions", "registers"))


def _has_charter(folder: Path) -> bool:
    """Say whether a charter stands in a folder; what can't be looked at is not taken for none."""
    try:
        (folder / CHARTER_PATH).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        if os.path.lexists(folder / CHARTER_PATH.split("/")[0]):
            raise
        return False
    return True


def root_above(start: Path) -> Path:
    """Return the governed folder that `start` is in. Raises `WrongUse` where there is none."""
    root = find_root(start)
    if root is None and (start / "HEAD").is_file() and (start / "objects").is_dir():
        raise WrongUse(
            f"{start} is a git repository without files (a bare one, or a .git folder)",
            "Go to a clone of it: `git clone` makes one.",
        )
    if root is None:
        raise WrongUse(
            f"no governed folder here: {start} and the folders above it hold no {CHARTER_PATH}",
            "Go to the folder of your coalition, name it with -C, or make one: `govkit init`.",
        )
    return root


def within(root: Path, here: Path, typed: str) -> str | None:
    """Return a path that a person typed in `here`, seen from the root; None outside of it.

    A link at its end is not followed: what is meant is the link.
    """
    full = here / typed
    if full.name in ("", ".."):
        real = Path(os.path.realpath(full))
    else:
        real = Path(os.path.realpath(full.parent)) / full.name
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else None


def list_entries(root: Path) -> list[Entry]:
    """Return what stands below the governed folders, sorted by path.

    Left out: hidden folders, what git ignores, and folders with a charter of their own. A folder
    that is named like a record is not looked into.
    """
    return [entry for entry in list_with_unread(root) if entry.what not in _UNREAD]


_UNREAD = ("hidden", "ignored")


def list_with_unread(root: Path) -> list[Entry]:
    """Return the same with what is named like a record in hidden folders, or ignored by git.

    Of a folder that git ignores only the first such file, and none of what is hidden and ignored.
    """
    ignored = ignored_paths(root)
    found: list[Entry] = []
    for top in GOVERNED_FOLDERS:
        path = root / top
        if path.is_symlink():
            found.append(Entry(top, "link"))
        elif path.is_dir():
            found.extend(_below(path, top, ignored))
        if len(found) > MAX_FILES:
            raise GovkitError(
                f"{top}/ holds more than {MAX_FILES:,} files",
                "Is this the right folder? A coalition's texts are fewer.",
            )
    return sorted([*found, *_in_misnamed(root, ignored), *_strays(root, ignored)])


def _in_misnamed(root: Path, ignored: frozenset[str]) -> Iterator[Entry]:
    """Yield the records in top folders whose name is a slip, as Provisions/: they would be lost."""
    for item in _scan(root):
        meant = item.is_dir(follow_symlinks=False) and folder_meant(item.name)
        if not meant or item.name in ignored or f"{item.name}/" in ignored:
            continue
        if os.path.lexists(f"{item.path}/{CHARTER_PATH}") or _is_same(root / meant, item.path):
            continue
        for entry in _below(Path(item.path), item.name, ignored):
            if entry.path.endswith(".yaml") and "/." not in entry.path:
                yield entry


_BEGINS_AS_RECORD = b"# yaml-language-server: $schema="
_PLACES_OF_STRAYS = ("", "docs")


def _strays(root: Path, ignored: frozenset[str]) -> Iterator[Entry]:
    """Yield the records that were moved to the root or into docs/, where other files stand too.

    Only the first line tells them from those, so it is looked at.
    """
    for place in _PLACES_OF_STRAYS:
        if not (root / place).is_dir() or f"{place}/" in ignored or (root / place).is_symlink():
            continue
        for item in _scan(root / place):
            name = f"{place}/{item.name}".lstrip("/")
            if (
                item.name.endswith(".yaml")
                and not item.name.startswith(".")
                and name not in ignored
                and item.is_file(follow_symlinks=False)
                and read_bytes(root, name).startswith(_BEGINS_AS_RECORD)
            ):
                yield Entry(name, "file")


def _is_same(folder: Path, other: str) -> bool:
    """Say whether two names are one folder, as where capitals make no difference."""
    return folder.is_dir() and folder.samefile(other)


def _below(folder: Path, path: str, ignored: frozenset[str]) -> Iterator[Entry]:
    waiting = [(folder, path)]
    while waiting:
        here, prefix = waiting.pop()
        for item in _scan(here):
            name = f"{prefix}/{item.name}"
            if name in ignored or f"{name}/" in ignored:
                yield from _named_like_records(item, name, "ignored", 1)
            elif item.name.startswith(".") and item.is_dir(follow_symlinks=False):
                yield from _named_like_records(item, name, "hidden", MAX_FILES, ignored)
            elif item.is_dir(follow_symlinks=False):
                if item.name.endswith(".yaml"):
                    yield Entry(name, "folder")
                elif not os.path.lexists(f"{item.path}/{CHARTER_PATH}"):
                    waiting.append((Path(item.path), name))
            else:
                yield Entry(name, _what(item))


def _named_like_records(
    item: os.DirEntry[str], name: str, what: str, most: int, ignored: Collection[str] = ()
) -> Iterator[Entry]:
    """Yield what is named like a record at a place that nothing reads, at most so many.

    Nothing of git, of a write of govkit that goes on, and nothing both hidden and ignored: nobody
    looks for words of theirs there.
    """
    if item.name.startswith((".git", unfinished.PREFIX)) or (
        what == "ignored" and item.name.startswith(".")
    ):
        return
    if not item.is_dir(follow_symlinks=False):
        if item.name.endswith(".yaml") and item.is_file(follow_symlinks=False):
            yield Entry(name, what)
        return
    if os.path.lexists(f"{item.path}/{CHARTER_PATH}"):
        return
    found = 0
    for below, folders, files in os.walk(item.path):
        place = f"{name}{below.removeprefix(item.path)}"
        folders[:] = sorted(each for each in folders if f"{place}/{each}/" not in ignored)
        for file in sorted(files):
            if file.endswith(".yaml") and f"{place}/{file}" not in ignored:
                yield Entry(f"{place}/{file}", what)
                found += 1
                if found == most:
                    return


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            return list(items)
    except OSError as error:
        raise unreadable(folder, error) from None


def _what(item: os.DirEntry[str]) -> str:
    if item.is_symlink():
        return "link"
    if item.is_file(follow_symlinks=False):
        return "file"
    return _what_is(item.stat(follow_symlinks=False).st_mode)


def _what_is(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def names_below(root: Path, folder: str) -> list[str]:
    """Return the names in one folder below the root, sorted; none where it is not there.

    A link on the way is not followed: it counts as not there.
    """
    here = root
    for part in folder.split("/"):
        here /= part
        if here.is_symlink() or not here.is_dir():
            return []
    return sorted(item.name for item in _scan(here))


def read_bytes(root: Path, path: str) -> bytes:
    """Return the bytes of a regular file, at most one more than the gate admits.

    A file that was swapped for a link or a pipe since it was listed raises `GovkitError`.
    """
    full = f"{root}/{path}"
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise GovkitError(f"{path} is a link", "Replace it by the file itself.") from None
        raise unreadable(Path(full), error) from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise GovkitError(f"{path} is no regular file", "Replace it by the file itself.")
        return _all_of(handle, min(about.st_size + 1, MAX_BYTES))
    except OSError as error:
        raise unreadable(Path(full), error) from None
    finally:
        os.close(handle)


def read_named(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file that a person named, at most `limit` of them.

    Unlike records, it may be a link: the person chose it. A pipe is read only where the shell hands
    it over, as `<(…)` does: on any other, nobody may ever write. One out of which nothing comes
    for `PATIENCE` seconds is not waited for any longer.
    """
    try:
        require_plain_file(path)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb", buffering=0) as file:
            return _patiently(path, file, limit)
    except OSError as error:
        raise unreadable(path, error) from None


_HANDED_OVER = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")


def require_plain_file(path: Path) -> None:
    """Raise `WrongUse` for a pipe, a device or a socket that a person named: it may never end."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return
    if stat.S_ISFIFO(mode) and os.fspath(path).startswith(_HANDED_OVER):
        return
    raise WrongUse(
        f"{path} is a {_what_is(mode)}, and a plain file is wanted", "Name the file itself."
    )


def _patiently(path: Path, file: FileIO, limit: int) -> bytes:
    data = b""
    while len(data) < limit:
        ready, _, _ = select.select([file], [], [], PATIENCE)
        piece = file.read(limit - len(data)) if ready else None
        if piece is None:
            raise GovkitError(
                f"nothing comes out of {path}, which is no plain file", "Name the file itself."
            )
        if not piece:
            break
        data += piece
    return data


def _all_of(handle: int, expected: int) -> bytes:
    data = os.read(handle, expected)
    while data and len(data) < MAX_BYTES and (more := os.read(handle, MAX_BYTES - len(data))):
        data += more
    return data


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file whole or not at all: a temporary file beside it, fsync, rename.

    What can be made again need not be `durable`: then nobody waits for the disk.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
        temporary = path.with_name(f"{unfinished.PREFIX}{secrets.token_hex(8)}")
        with unfinished.noted(temporary):
            _moved_whole(temporary, path, data, mode, durable)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        raise GovkitError(
            f"{path} can't be written: {in_plain_words(error)}",
            "Look at the rights of the folder and the room on the disk. This file was not changed.",
        ) from None


def _moved_whole(temporary: Path, path: Path, data: bytes, mode: int, durable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            if durable:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink()
        raise


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet; what is there is never replaced."""
    require_free(path)
    write_whole(path, data)


def require_free(path: Path) -> None:
    """Raise `GovkitError` where something stands at a path."""
    if os.path.lexists(path):
        raise GovkitError(f"{path} is there already", "Choose another name, or edit that file.")


def sync_folder(folder: Path) -> None:
    """Have the disk keep which files are in a folder, whatever happens to the machine next."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unreadable(path: Path, error: OSError) -> GovkitError:
    """Return the error of a file or folder that the system does not let us read."""
    misnamed = isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError)
    return GovkitError(
        f"{path} can't be read: {in_plain_words(error)}",
        "Look at how its name and its folder are written."
        if misnamed
        else "Look at the rights of the file, and whether the disk is there.",
    )
