"""The state of a folder of texts at one moment: a commit, a tag, a folder on disk.

A state is known by the git ids of its files, so what is equal in two states need not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from govkit.corpus.documents import Document, document_of
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.records.kinds import CHARTER_PATH, is_copy, kind_of_path
from govkit.source.folder_contents import is_record
from govkit.source.gate import LIMIT
from govkit.source.reading import read_record
from govkit.store import commit_names, committed_files, refs, repository, worktree

Reader = Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass(frozen=True)
class FolderState:
    """What the records of a folder were at one moment.

    `name` is a full commit id or the path of a folder. `ids` are git's ids of the records by path,
    the texts that belong to proposals left out;
    `too_large` are paths that are over the limit and never read; `read` gives the bytes of paths.
    """

    name: str
    ids: Mapping[str, str]
    too_large: frozenset[str]
    read: Reader
    as_stored: Mapping[str, str] = field(default_factory=dict)
    """In a folder: the ids of files whose lines end as on Windows, with the ends that git stores.

    Git lays files out so (`core.autocrlf`), and that changes no word."""

    def is_same(self, path: str, other: FolderState) -> bool:
        """Say whether two states hold the same file at a path, be it with other line ends."""
        mine, theirs = (
            {state.ids.get(path), state.as_stored.get(path, state.ids.get(path))}
            for state in (self, other)
        )
        return bool(mine & theirs)


def state_of_commit(root: Path, commit: str) -> FolderState:
    """Return the state of a commit, given by its full id."""
    files = {
        path: blob
        for path, blob in committed_files.governed_files(root, commit).items()
        if is_record(path, blob.what) and not is_copy(path)
    }
    ids = {path: blob.id for path, blob in files.items()}

    def read(paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = {path: ids[path] for path in paths}
        data = committed_files.blob_bytes(root, wanted.values())
        return {path: data[id] for path, id in wanted.items()}

    large = frozenset(path for path, blob in files.items() if blob.size > LIMIT)
    return FolderState(commit, ids, large, read)


def state_of_folder(folder: Path, root: Path) -> FolderState:
    """Return the state of a folder on disk; its ids are as the repository at `root` gives them."""
    files = {
        path: worktree.read_bytes(folder, path)
        for path, what in worktree.list_entries(folder)
        if is_record(path, what) and not is_copy(path)
    }
    large = frozenset(path for path, data in files.items() if len(data) > LIMIT)
    stored = {
        path: committed_files.with_lf(data) for path, data in files.items() if b"\r\n" in data
    }
    return FolderState(
        str(folder),
        committed_files.blob_ids(root, files),
        large,
        lambda paths: {path: files[path] for path in paths},
        committed_files.blob_ids(root, stored),
    )


def state_named(root: Path, here: Path, name: str) -> FolderState:
    """Return the state that a person names: a folder, seen from `here`, or a revision.

    Raises `WrongUse` where it is neither, `IncompleteHistory` in a clone that is too shallow.
    """
    folder = here / name
    if not folder.is_dir() or commit_names.is_commit(root, name):
        return state_of_commit(root, commit_names.resolve(root, name))
    if not (folder / CHARTER_PATH).is_file():
        raise WrongUse(
            f"the folder {name} holds no {CHARTER_PATH}",
            "Name the top folder of a coalition's texts.",
        )
    return state_of_folder(folder.resolve(), root)


def version_and_day(root: Path, state: FolderState) -> tuple[str, str]:
    """Return the release that a commit is, or an empty text, and its day; of a folder neither."""
    if "/" in state.name:
        return "", ""
    named = [name for name, commit in refs.release_tags(root).items() if commit == state.name]
    return ", ".join(sorted(named)), repository.day_of(root, state.name)


def beginning(root: Path) -> FolderState:
    """Return the state to compare with where nobody names one: the last release, else where this
    branch left the main one.
    """
    if commit_names.head(root) is None:
        raise WrongUse(
            f"{root} has no commit yet, so there is no earlier state to compare with",
            "Commit the texts first, or name two folders: govkit diff OLD NEW.",
        )
    release = refs.last_release(root)
    return shared_state(root) if release is None else state_of_commit(root, release)


def shared_state(root: Path) -> FolderState:
    """Return the state of the last commit that this branch shares with the main one."""
    main = refs.main_line(root) or commit_names.resolve(root, "HEAD")
    return state_of_commit(root, commit_names.merge_base(root, main))


def documents_at(state: FolderState, paths: Iterable[str]) -> list[Document]:
    """Return the documents of those paths that the state has, sorted by path."""
    here = sorted(path for path in paths if path in state.ids)
    data = state.read([path for path in here if path not in state.too_large])
    return [document_at(path, data.get(path)) for path in here]


def document_at(path: str, data: bytes | None) -> Document:
    """Return the document of a record; without bytes it is one that is too large to read."""
    kind = kind_of_path(path)
    assert kind is not None
    if data is None:
        fault = Finding("file-too-large", "the file is larger than 1 MiB", path)
        return document_of(path, kind, None, (fault,))
    record, faults = read_record(path, kind, data)
    return document_of(path, kind, record, faults, data)
