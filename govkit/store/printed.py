"""Folders of printed files: made beside the place that they are to take, and moved there whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from govkit.errors import GovkitError, in_plain_words
from govkit.store import unfinished


def beside(final: Path) -> Path:
    """Return the folder in which files are made before they take their place.

    It lies in the same folder, so that moving it is one step, and its name is always the same, so
    that a kill leaves no litter that the next run would not find.
    """
    return final.with_name(f"{unfinished.PREFIX}{final.name}")


def begin(folder: Path) -> None:
    """Make a folder anew and empty. Raises `GovkitError` where the disk does not take it."""
    shutil.rmtree(folder, ignore_errors=True)
    _doing(folder, lambda: folder.mkdir(parents=True))


def put(folder: Path, name: str, data: bytes) -> None:
    """Write a file in a folder; `name` may have folders before it."""

    def write() -> None:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    _doing(folder, write)


def put_or_keep(folder: Path, earlier: Path, name: str, data: bytes) -> bool:
    """Write a file, or take over the one of an earlier folder that has the same bytes.

    Returns whether it was written. The earlier folder keeps its file: both have the same one.
    """
    if read(earlier, name) != data:
        put(folder, name, data)
        return True
    # A site has thousands of files: plain text is a quarter of the work of paths.
    source, target = f"{earlier}/{name}", f"{folder}/{name}"
    try:
        try:
            os.link(source, target, follow_symlinks=False)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target, follow_symlinks=False)
    except OSError:  # a disk that can't
        put(folder, name, data)
    return False


def files_in(folder: Path) -> frozenset[str]:
    """Return everything in a folder that is no folder, by its way from there with slashes."""
    found = []
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        place = Path(root).relative_to(folder).as_posix()
        before = "" if place == "." else f"{place}/"
        found += [f"{before}{name}" for name in (*names, *links)]
    return frozenset(found)


def settle(staged: Path, final: Path, aside: Callable[[], None] = lambda: None) -> None:
    """Put a folder in its place; the one that was there goes away whole.

    `aside` is called when the old one is out of the way. Called again after a kill, it goes on.
    """
    old = unfinished.aside(staged)

    def move() -> None:
        if staged.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            if os.path.lexists(final):
                final.rename(old)
            aside()
            try:
                staged.rename(final)
            except OSError:
                if os.path.lexists(old):
                    old.rename(final)
                raise

    _doing(final, move)
    shutil.rmtree(old, ignore_errors=True)


def forget(folder: Path) -> None:
    """Take a folder away with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def read(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a printed file, or None where it can't be read."""
    try:
        return Path(f"{folder}/{name}").read_bytes()
    except OSError:
        return None


def copy(source: Path, target: Path, names: Iterable[str]) -> bool:
    """Copy files into a folder that is made anew; False where one of them is not there."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        target.mkdir()
        for name in names:
            shutil.copyfile(source / name, target / name, follow_symlinks=False)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def _doing(folder: Path, do: Callable[[], None]) -> None:
    try:
        do()
    except OSError as error:
        raise GovkitError(
            f"{folder} can't be written: {in_plain_words(error)}",
            "Look at the rights of the folder and the room on the disk. Nothing was changed.",
        ) from None
