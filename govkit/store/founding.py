"""A new folder on disk, made whole or not at all.

Everything is written and proved in a folder beside, and then moved to its place. The charter, which
makes a folder a governed one, comes last.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from uuid import uuid4

from govkit.errors import GovkitError, in_plain_words
from govkit.records.kinds import CHARTER_PATH, GOVERNED_FOLDERS
from govkit.store import repository

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
    beside = here / f"govkit-init-{uuid4().hex}"
    try:
        beside.mkdir()
        try:
            for path, data in files.items():
                (beside / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).write_bytes(data)
            new_repository = not repository.is_repository(here)
            if new_repository:
                repository.create(beside)
            prove(beside)
            _move(beside, root, [*files, *([_GIT] if new_repository else [])])
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise GovkitError(
            f"{root} can't be made: {in_plain_words(error)}",
            "Look at the rights of the folder and the room on the disk. Nothing was changed.",
        ) from None
    return new_repository


def _move(beside: Path, root: Path, paths: list[str]) -> None:
    """Move files to their place; if one can't be, take all back."""
    moved: list[Path] = []
    made: list[Path] = []
    try:
        if not os.path.lexists(root):
            _make_folder(root.parent, made)
            beside.rename(root)
            return
        for path in sorted(paths, key=lambda path: (path == CHARTER_PATH, path)):
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
