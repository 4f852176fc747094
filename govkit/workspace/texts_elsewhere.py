"""Texts in a folder outside the governed one: a draft that somebody sent."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from govkit.corpus.copies import kind_of_copy, read_copy
from govkit.errors import WrongUse
from govkit.records.kinds import NORMATIVE_KINDS, kind_of_path
from govkit.source.writing import moved_to
from govkit.store import worktree
from govkit.workspace import Workspace
from govkit.workspace.states import document_at


def texts_of(workspace: Workspace, folder: Path) -> list[tuple[str, str, bytes]]:
    """Return path, id and bytes of each text in a folder, sorted by path.

    The folder has the places of the governed one, or holds the files side by side; then a file is
    known by its id, and its path is that of the text here, or empty where there is none. Raises
    `WrongUse` where the folder holds no text, or one that can't be read.
    """
    if not folder.is_dir():
        raise WrongUse(f"{folder} is no folder", "Name a folder that holds the edited texts.")
    found = [*_in_places(folder), *_side_by_side(workspace, folder)]
    if not found:
        raise WrongUse(
            f"the folder {folder} holds no text",
            "Its files end in .yaml and lie as in the governed folder, or side by side.",
        )
    ids = [id for _, id, _ in found]
    for id in ids:
        if ids.count(id) > 1:
            raise WrongUse(f"{id} is in the folder {folder} twice", "Leave one of the files.")
    return sorted(found)


def _in_places(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    for path, what in worktree.list_entries(folder):
        if what == "file" and path.endswith(".yaml") and kind_of_path(path) in NORMATIVE_KINDS:
            data = worktree.read_bytes(folder, path)
            document = document_at(path, data)
            if document.record is None:
                raise _unreadable(folder, path)
            yield path, document.id, data


def _side_by_side(workspace: Workspace, folder: Path) -> Iterator[tuple[str, str, bytes]]:
    here = {each.id: each for each in workspace.corpus.of_kind(*NORMATIVE_KINDS)}
    for name in worktree.names_below(folder, "."):
        if not name.endswith(".yaml") or not (folder / name).is_file():
            continue
        data = worktree.read_bytes(folder, name)
        kind = kind_of_copy(name, data, workspace.corpus.charter)
        document = read_copy(name, data, workspace.corpus.charter)
        if kind is None or document.record is None:
            raise _unreadable(folder, name)
        known = here.get(document.id)
        path = known.path if known is not None else ""
        yield path, document.id, moved_to(path, kind, data) if path else data


def _unreadable(folder: Path, path: str) -> WrongUse:
    return WrongUse(
        f"{folder / path} can't be read as a text",
        f"Put it into the governed folder and run `govkit check {shlex.quote(path)}` to see what "
        "is wrong.",
    )
