"""The words after `diff`: two states and some ids, told apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govkit.corpus.ids import id_in_name
from govkit.corpus.naming import NoSuchRecord, require_part
from govkit.errors import IncompleteHistory, WrongUse
from govkit.records.kinds import CHARTER_PATH, kind_of_path, slug_of_path
from govkit.source.nearest import advice
from govkit.store import commit_names, repository, worktree
from govkit.store.worktree import find_root, list_entries, root_above, within
from govkit.workspace import open_workspace
from govkit.workspace.naming import name_of, record_meant, records_among
from govkit.workspace.states import documents_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govkit.corpus.naming import Meant
    from govkit.workspace.naming import RecordName
    from govkit.workspace.states import FolderState


class ComparisonRequest(NamedTuple):
    """What a person asked for: the names of two states (empty for the usual ones), and records."""

    old: str
    new: str
    records: tuple[str, ...]


def asked_for(words: Iterable[str], here: Path, root: Path) -> ComparisonRequest:
    """Tell states from records. What is the id of a record here, or its file, is a record; the
    first two other words that name a folder (seen from `here`) or a commit are states.
    """

    paths = [entry.path for entry in list_entries(root) if entry.what == "file"]
    known = {id.casefold() for id in _ids(paths)}
    states: list[str] = []
    records: list[str] = []
    for word in words:
        bare = word.rpartition(":")[2].partition("(")[0].casefold()
        is_record = bool(records) or bare in known or within(root, here, word) in paths
        is_state = not is_record and ((here / word).is_dir() or commit_names.is_commit(root, word))
        if is_state and len(states) == 2:
            raise WrongUse(
                f"FROM and TO are given already, and `{word}` is one more",
                "Name two states, then records.",
            )
        (states if is_state else records).append(word)
    old, new = [*states, "", ""][:2]
    return ComparisonRequest(old, new, tuple(records))


def root_for(words: Iterable[str], here: Path) -> Path:
    """Return the governed folder to work in; where there is none, the first folder that is named.

    Raises `WrongUse` where there is neither.
    """

    folders = [here / word for word in words if (here / word / CHARTER_PATH).is_file()]
    if find_root(here) is None and len(folders) > 1:
        return folders[0].resolve()
    return root_above(here)


def records_meant(
    words: Iterable[str], root: Path, here: Path, *states: FolderState
) -> list[Meant[RecordName]]:
    """Return the records of either state that are named, and the clauses in them.

    Raises `WrongUse` for one that is on neither side, and for a clause or item that neither has. In
    a clone whose history is cut short it may
    be a commit: then `IncompleteHistory`.
    """

    paths = records_among(path for state in states for path in state.ids)
    found = []
    for word in words:
        try:
            found.append(
                record_meant(
                    word,
                    (),
                    paths,
                    lambda _: b"",
                    lambda: open_workspace(root).corpus.documents,
                    worktree.within(root, here, word),
                )
            )
        except NoSuchRecord as missing:
            if repository.is_shallow(root):
                raise IncompleteHistory(
                    f"`{word}` is no record here; if it is a commit, it is not in this clone, "
                    "whose history is cut short",
                    "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
                ) from None
            raise _nothing(root, word, missing) from None
        _require_book(root, word, found[-1].record, states)
        _require_part(found[-1], states)
    return found


def _require_book(root: Path, word: str, record: RecordName, states: Iterable[FolderState]) -> None:
    """Raise `WrongUse` for a book that is on neither side: its id stands in no path."""
    if record.kind != "instrument":
        return
    books = {
        document.id: None
        for state in states
        for document in documents_at(
            state, [path for path in state.ids if kind_of_path(path) == "instrument"]
        )
    }
    if record.id not in books:
        raise _nothing(root, word, NoSuchRecord("", typed=record.id, known=list(books)))


def _require_part(named: Meant[RecordName], states: Iterable[FolderState]) -> None:
    """Raise `WrongUse` where a clause or item is named, and the record has it on no side."""

    record, part = named
    refused = None
    for state in states if part else ():
        paths = [
            path
            for path in state.ids
            if kind_of_path(path) in record.kinds
            and (record.kind == "instrument" or name_of(path).id == record.id)
        ]
        for document in documents_at(state, paths):
            try:
                if document.id == record.id:
                    return require_part(document, part)
            except WrongUse as missing:
                refused = missing
    if refused is not None:
        raise refused


def _nothing(root: Path, word: str, missing: NoSuchRecord) -> WrongUse:
    """Return what is said of a word that names neither a state nor a record."""

    parts = re.fullmatch(r"([^.].*?)\.{2,3}(.+)", word)
    if parts and all(commit_names.is_commit(root, each) for each in parts.groups()):
        old, new = parts.groups()
        return WrongUse(
            f"`{word}` is two states in one word", f"Write two: `govkit diff {old} {new}`."
        )
    kind = commit_names.kind_of(root, word)
    said = (
        f"`{word}` names a {kind}, and no commit"
        if kind
        else (f"`{word}` is no commit, no folder, and no record on either side")
    )
    return WrongUse(
        said,
        f"{advice(missing)} `git log --oneline` lists commits."
        + commit_names.releases_there(root, word),
    )


def _ids(paths: Iterable[str]) -> set[str]:

    names = [slug_of_path(path) for path in paths]
    return {*names, *map(id_in_name, names)}
