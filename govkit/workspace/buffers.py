"""A folder as an editor shows it: bytes that are not saved yet stand in the place of the file's.

A workspace never changes. An edit gives another one, in which all documents but the edited one are
the same objects, so that whoever checks it knows what to look at again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from govkit.corpus.copies import read_copy
from govkit.corpus.documents import Document
from govkit.corpus.whole import corpus_after, corpus_of
from govkit.records.kinds import CHARTER_PATH, GOVERNED_FOLDERS, is_copy
from govkit.source.folder_contents import is_record
from govkit.store import worktree
from govkit.workspace import Workspace, read_documents, strays

Buffers = Mapping[str, bytes]
"""What an editor holds open, by path from the root; saved or not."""


def path_in_folder(root: Path, file: Path) -> str | None:
    """Return the path of a governed file from the root, or None for any other file.

    No link is followed: a file that lies elsewhere is none of the folder's.
    """
    try:
        path = file.relative_to(root).as_posix()
    except ValueError:
        return None
    return path if path.partition("/")[0] in GOVERNED_FOLDERS and "/" in path else None


def with_file(workspace: Workspace, path: str, data: bytes | None) -> Workspace:
    """Return the workspace with other bytes at a path; None stands for no file."""
    if workspace.files.get(path) == data:
        return workspace
    if not is_record(path, "file"):
        return workspace  # what it holds is nothing that a check reads
    files = {at: bytes_ for at, bytes_ in workspace.files.items() if at != path}
    others = {at: what for at, what in workspace.others.items() if at != path}
    if data is not None:
        files[path] = data
    changed = {path: data} if data is not None else {}
    return _again(replace(workspace, others=others), dict(sorted(files.items())), changed)


def read_again(workspace: Workspace, buffers: Buffers) -> Workspace:
    """Return the folder as it is now on the disk and in the buffers; only what differs is parsed.

    Raises `GovkitError` where the folder can't be read.
    """
    files: dict[str, bytes] = {}
    others: dict[str, str] = {}
    for path, what in worktree.list_with_unread(workspace.root):
        if is_record(path, what):
            files[path] = worktree.read_bytes(workspace.root, path)
        else:
            others[path] = what
    files |= {path: data for path, data in buffers.items() if is_record(path, "file")}
    changed = {path: data for path, data in files.items() if workspace.files.get(path) != data}
    return _again(replace(workspace, others=others), dict(sorted(files.items())), changed)


def _again(workspace: Workspace, files: Buffers, changed: Buffers) -> Workspace:
    """Return a workspace of these files; `changed` are those whose bytes are new."""
    corpus = workspace.corpus
    kept = [each for each in corpus.documents if each.path in files and each.path not in changed]
    others = [*strays(workspace.others)]
    known = {(each.path, each.faults): each for each in corpus.documents if each.kind is None}
    kept += [known.get((each.path, each.faults), each) for each in others]
    kept += read_documents((path, data) for path, data in changed.items() if not is_copy(path))
    copies = {each.path: each for each in corpus.copies if each.path in files}
    if CHARTER_PATH in changed or CHARTER_PATH not in files:
        copies = {}  # of which kind a copy is, the charter says
    charter = corpus_of(kept).charter
    for path, data in files.items():
        if is_copy(path) and (path in changed or path not in copies):
            copies[path] = read_copy(path, data, charter)
    return replace(workspace, files=files, corpus=corpus_after(corpus, [*kept, *copies.values()]))


def document_at(workspace: Workspace, path: str) -> Document | None:
    """Return the document of a path, a copy of a proposal too."""
    return workspace.corpus.by_path.get(path) or workspace.corpus.copies_by_path.get(path)
