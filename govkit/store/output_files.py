"""Files that a person asks for with -o: written only where nothing else is lost by it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from govkit.errors import WrongUse
from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.repository import tracked_files
from govkit.store.worktree import find_root, write_whole

_ELSEWHERE = "Name another place with -o, as -o ../printed/. It was not touched."


def write_output(path: Path, data: bytes, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole. Raises `WrongUse` as `require_output_place`."""
    require_output_place(path, inputs)
    write_whole(path, data)


def require_output_place(path: Path, inputs: Iterable[Path] = ()) -> None:
    """Raise `WrongUse` where a file would take the place of something that is not printed.

    That is a device or pipe, one of the `inputs`, a file that git tracks, and anything among the
    records of a coalition or in a folder of git.
    """
    try:
        mode = path.stat().st_mode
    except OSError:  # the writing itself says what is wrong there
        mode = None
    if mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise WrongUse(
            f"{path} is no plain file, and it would be replaced by one",
            "Name a file with -o, or write -o - for the standard output. It was not touched.",
        )
    _require_no_folder_of_others(path)
    for each in inputs:
        if mode is not None and _is_same(path, each):
            raise WrongUse(f"{path} is read by this command, so it is not written", _ELSEWHERE)
    if mode is not None and not stat.S_ISDIR(mode) and tracked_files(path.parent, path.name):
        raise WrongUse(
            f"{path} is there, and git tracks it",
            "Name another file with -o; or, if it is to be replaced, take it away first: "
            "git keeps its last committed words. It was not touched.",
        )


def require_output_folder(folder: Path) -> None:
    """Raise `WrongUse` where printed files may not go into a folder, whatever they are called."""
    _require_no_folder_of_others(folder / "any")


def require_replaceable(folder: Path, sign: str) -> None:
    """Raise `WrongUse` where a whole folder may not be replaced by one of printed files.

    One that is printed has the file `sign`, and nothing in it is tracked by git.
    """
    require_output_folder(folder)
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / sign).is_file():
        raise WrongUse(
            f"{folder} would be replaced, and it holds other files than those of a release",
            "Move them away, or name another folder with -o. It was not touched.",
        )
    if tracked_files(folder, "."):
        raise WrongUse(f"{folder} would be replaced, and git tracks what is in it", _ELSEWHERE)


def _require_no_folder_of_others(path: Path) -> None:
    for real in dict.fromkeys(
        (Path(os.path.realpath(path.parent)) / path.name, Path(os.path.realpath(path)))
    ):
        if any(part.casefold() == ".git" for part in real.parts) or any(
            map(_is_of_git, real.parents)
        ):
            raise WrongUse(f"{path} lies in a folder of git's own", _ELSEWHERE)
        root = None
        with suppress(OSError):
            root = find_root(real.parent)
        if root is not None and real.relative_to(root).parts[0].casefold() in GOVERNED_FOLDERS:
            raise WrongUse(
                f"{path} lies among the records, and what is printed is none of them", _ELSEWHERE
            )


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.samefile(other)
    return False


def _is_of_git(folder: Path) -> bool:
    """Say whether a folder has what that of a bare repository has."""
    with suppress(PermissionError):
        return (folder / "HEAD").is_file() and all(
            (folder / each).is_dir() for each in ("objects", "refs")
        )
    return False
