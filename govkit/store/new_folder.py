"""A new folder on disk, made whole or not at all.

Everything is written and proved in a folder beside, and then moved to its place. The charter, which
makes a folder a governed one, comes last.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from govkit.errors import GovkitError, in_plain_words
from govkit.records.kinds import CHARTER_PATH, GOVERNED_FOLDERS
from govkit.store import repository
from govkit.store.clone import clone_of
from govkit.store.unfinished import PREFIX

_GIT = ".git"


def in_the_way(root: Path, paths: Iterable[str]) -> list[str]:
    """Return what stands where new files would go, relative to `root`: files, links, full folders.

    An empty folder is in nobody's way; neither is a folder that is no governed one.
    """
    found = {top for top in GOVERNED_FOLDERS if _is_filled(root / top)}
    for path in paths:
        here = root
        for part in path.split("/")[:-1]:
            here /= part
            if here.is_symlink() or (here.exists() and not here.is_dir()):
                found.add(here.relative_to(root).as_posix())
        if os.path.lexists(root / path):
            found.add(path)
    return sorted(found)


def is_top(root: Path) -> bool:
    """Say whether a folder, which need not be there yet, is the top of a repository or in none."""
    here = next(folder for folder in (root, *root.parents) if folder.is_dir())
    clone = clone_of(here)
    return clone is None or clone.top == root


def _is_filled(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return os.path.lexists(folder)
    return any(folder.iterdir())


def found(root: Path, files: Mapping[str, bytes], prove: Callable[[Path], None]) -> bool:
    """Make a folder with these files; say whether a git repository was made for it too.

    `prove` is called with a folder that holds everything, before anything stands in its place; what
    it raises ends the work. `root` may be there, with other files; `in_the_way` has found nothing.
    """
    here = next(folder for folder in (root, *root.parents) if folder.is_dir())
    beside = here / _name_beside(root)
    try:
        _clear(beside)
        beside.mkdir()
        handle = os.open(beside, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            for path, data in files.items():
                (beside / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).write_bytes(data)
            new_repository = not repository.is_repository(here)
            if new_repository:
                repository.create(beside)
            prove(beside)
            _move(beside, root, files, [_GIT] if new_repository else [])
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            os.close(handle)
    except OSError as error:
        raise GovkitError(
            f"{root} can't be made: {in_plain_words(error)}",
            "Look at the rights of the folder and the room on the disk. Nothing was changed.",
        ) from None
    return new_repository


def _move(beside: Path, root: Path, files: Mapping[str, bytes], more: list[str]) -> None:
    """Move files to their place, the charter last; if one can't be, take all back."""
    moved: list[Path] = []
    made: list[Path] = []
    try:
        if not os.path.lexists(root):
            _make_folder(root.parent, made)
            beside.rename(root)
            return
        _write_list(beside, files)
        for path in sorted([*files, *more], key=lambda each: (each == CHARTER_PATH, each)):
            target = root / path
            _make_folder(target.parent, made)
            if os.path.lexists(target):
                raise FileExistsError(0, f"{path} is there already")
            (beside / path).rename(target)
            moved.append(target)
    except BaseException:
        for target in reversed(moved):
            target.rename(beside / target.relative_to(root))
        for folder in reversed(made):
            folder.rmdir()
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


# --- what a kill left -----------------------------------------------------------------------------

_BEGIN = f"{PREFIX}init-"
_LIST = "moving.json"


def _name_beside(root: Path) -> str:
    return _BEGIN + sha256(os.fsencode(root)).hexdigest()[:16]


def clear(folder: Path, root: Path | None) -> None:
    """Take back a new folder that was killed while it was made, in or around a folder.

    `root` is the governed folder that this is, if any: then it was made, and not tidied up.
    """
    if root is not None:
        places = [root / _name_beside(root), root.parent / _name_beside(root)]
    else:
        places = sorted(Path(os.path.realpath(folder)).glob(f"{_BEGIN}*"))
    for place in places:
        with suppress(OSError):
            _clear(place)


def _clear(beside: Path) -> None:
    """Take away what a killed command made beside; what it had moved already comes with it.

    Raises `GovkitError` while a living one is at it.
    """
    try:
        handle = os.open(beside, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _take_back(beside)
        shutil.rmtree(beside, ignore_errors=True)
    finally:
        os.close(handle)


def _write_list(beside: Path, files: Mapping[str, bytes]) -> None:
    digests = {path: sha256(data).hexdigest() for path, data in files.items()}
    (beside / _LIST).write_text(json.dumps(digests))


def _take_back(beside: Path) -> None:
    """Take away the files that were moved to their place, if they are still as they were made."""
    root = beside.parent
    try:
        files = dict(json.loads((beside / _LIST).read_bytes()))
    except (OSError, ValueError, TypeError):
        return
    if any(".." in Path(path).parts or Path(path).is_absolute() for path in files):
        return
    if beside.name != _name_beside(root) or os.path.lexists(root / CHARTER_PATH):
        return
    for path, digest in files.items():
        target = root / path
        with suppress(OSError):
            if not (beside / path).exists() and sha256(target.read_bytes()).hexdigest() == digest:
                target.unlink()
    for path in sorted(files, reverse=True):
        for folder in (root / path).parents:
            if folder == root:
                break
            with suppress(OSError):
                folder.rmdir()
