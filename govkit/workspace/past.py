"""The past of one record: every version of it that the main line of the branch ever held.

The history is read in one pass over all commits; then only the versions of this one record and of
the charter are read. A record is known by its permanent id, so its file may have been renamed or
moved; where it had a name without the id, the id inside says that it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from govkit.corpus.changes.compare import Pair
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.changes.history import DeclaredChanges, RecordMoment, TextVersion
from govkit.corpus.changes.ripple import rests_on
from govkit.corpus.documents import Document
from govkit.corpus.ids import id_inside
from govkit.corpus.naming import NoSuchRecord
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.records.declarations import Declaration
from govkit.records.kinds import CHARTER_PATH
from govkit.source.gate import LIMIT
from govkit.store import committed_files, repository, worktree
from govkit.store.commits import Commit, main_line
from govkit.workspace import open_workspace
from govkit.workspace.comparison import TERMS, occurrences_in
from govkit.workspace.dependents import resting_on
from govkit.workspace.naming import RecordName, record_meant, records_among
from govkit.workspace.states import (
    FolderState,
    Reader,
    document_at,
    documents_at,
    state_of_commit,
    state_of_folder,
)
from govkit.workspace.tracing import RecordPaths, traces_of
from govkit.workspace.versions import RecordVersions


@dataclass(frozen=True)
class RecordHistory:
    """The states of one record, oldest first; the last may be the work folder's, if it differs.

    `cut` is the version where the known history begins, in a clone that holds only a part of it.
    `clause` is the clause that was asked for, or an empty text.
    """

    name: RecordName
    moments: tuple[RecordMoment, ...]
    cut: TextVersion | None
    clause: str = ""

    @property
    def document(self) -> Document | None:
        """Return the newest state of the record that there is, be it the last before a removal."""
        found = (moment.document for moment in reversed(self.moments))
        return next((document for document in found if document is not None), None)


def read_past(start: Path, asked: str) -> RecordHistory:
    """Return the past of the record that a person names, seen from any folder of the texts.

    Raises `WrongUse` for a folder or a record that is not there, `GovkitError` where there is no
    repository.
    """
    root = worktree.root_above(start)
    pasts = Pasts(root)
    ever = records_among(change.path for commit in pasts.line for change in commit.files)
    found = record_meant(
        asked,
        pasts.now,
        ever,
        lambda path: worktree.read_bytes(root, path),
        lambda: open_workspace(root).corpus.documents,
        worktree.within(root, start, asked),
    )
    name = found.record._replace(title="")
    past = pasts.of(name)
    # The id of a book stands in no path, so only its history tells that there never was one.
    if name.kind == "instrument" and not past.moments and past.cut is None:
        books = [book.id for book in open_workspace(root).corpus.of_kind("instrument")]
        raise NoSuchRecord(
            f"there is no book `{asked}`, and none is known from earlier", typed=asked, known=books
        )
    return replace(past, clause=_clause_of(past, found.part)) if found.part else past


def _clause_of(past: RecordHistory, part: Sequence[str]) -> str:
    """Return the clause that was asked for. Raises `WrongUse` where no version has it."""
    clause, *items = part
    ids = {
        str(each.id): None
        for moment in past.moments
        for each in getattr(moment.document and moment.document.record, "clauses", ())
        if hasattr(each, "id")
    }
    if clause not in ids:
        there = ", ".join(f"({id})" for id in ids)
        raise WrongUse(
            f"{past.name.id} never had a clause ({clause})",
            f"Its clauses: {there}." if there else f"Name the whole: `{past.name.id}`.",
        )
    if items:
        raise WrongUse(
            "the past is told for whole clauses, and an item of one is named",
            f"Name the clause: `{past.name.id}({clause})`.",
        )
    return clause


class Pasts:
    """The pasts of the records of a folder, whose commits are read once for all of them.

    Raises `GovkitError` where there is no repository.
    """

    def __init__(self, root: Path) -> None:
        """Read the commits."""
        self.root = root
        self.commits = repository.commits(root)
        self.line = main_line(self.commits)
        listed = worktree.list_entries(root)
        self.now = records_among(path for path, what in listed if what == "file")
        self.charters = _charters(self.line)
        self.parse = cache(document_at)  # the same bytes at the same path are read once

    def of(self, name: RecordName) -> RecordHistory:
        """Return the past of one record."""
        return _Reading(self, name).past()


class _Reading:
    """One reading of the past of a record: the bytes that it needs, read at once."""

    def __init__(self, of: Pasts, name: RecordName) -> None:
        root, commits, line = of.root, of.commits, of.line
        self.root, self.name, self.line = root, name, line
        self.traces: RecordPaths = traces_of(name, line, of.now)
        self.charters, self.parse = of.charters, of.parse
        self.data: dict[str, bytes | None] = {}
        self.work = {
            path: self._put_work(path)
            for path in (*self.traces.now, *self.traces.declared_now, CHARTER_PATH)
        }
        self.states = list(_states(line, self.traces))
        self.declarations = {
            (file.path, file.new)
            for commit in line
            for file in commit.files
            if file.path in self.traces.declared and file.new is not None
        }
        self._load()
        self.versions = RecordVersions(root, commits, line, self.traces, self._newest_charter())

    def _put_work(self, path: str) -> str:
        """Keep the bytes of a file of the work folder, and return the key that stands for them."""
        data = worktree.read_bytes(self.root, path)
        key = f"work folder: {path}"
        self.data[key] = data if len(data) <= LIMIT else None
        return key

    def _load(self) -> None:
        """Read what the record and the charter were at each state, all at once."""
        wanted = {blob for _, files in self.states for blob in files.values()}
        wanted |= {blob for commit, _ in self.states if (blob := self.charters[commit.id])}
        wanted |= {blob for _, blob in self.declarations}
        sizes = committed_files.blob_sizes(self.root, wanted)
        small = [blob for blob, size in sizes.items() if size <= LIMIT]
        self.data |= dict.fromkeys(wanted) | committed_files.blob_bytes(self.root, small)

    def _newest_charter(self) -> Document | None:
        return self.document_at(CHARTER_PATH, self.work[CHARTER_PATH])

    def document_at(self, path: str, key: str) -> Document:
        """Return what stood at a path; `key` is git's id of the bytes, or stands for the folder."""
        return self.parse(path, self.data[key])

    @cached_property
    def _declarations(self) -> dict[Pair, Declaration]:
        """Return what was ever declared for the record: each holds for its pair of digests only."""
        committed = [self.document_at(path, blob) for path, blob in sorted(self.declarations)]
        here = [self.document_at(path, self.work[path]) for path in self.traces.declared_now]
        return declarations_of([*committed, *here])

    def _declared(self, before: str, after: Callable[[], FolderState]) -> DeclaredChanges | None:
        """Return what is declared about the step from a commit to a state; None where nothing is.

        Only where something is declared, the terms of both sides are read.
        """
        if not self._declarations:
            return None
        old = _terms(state_of_commit(self.root, before)) if before else []
        return DeclaredChanges(self._declarations, old, _terms(after()))

    def past(self) -> RecordHistory:
        """Return the whole."""
        moments: list[RecordMoment] = []
        here: tuple[str, str] | None = None
        for commit, files in self.states:
            found = self._chosen(files, here)
            if found != here:
                moments.append(self._moment(commit, found))
                here = found
        found = self._chosen({path: self.work[path] for path in self.traces.now}, here)
        if not self._same(found, here):
            moments.append(self._not_committed(found))
        cut = next((commit for commit in self.line if commit.is_cut), None)
        return RecordHistory(
            self.name, tuple(moments), self.versions.of(cut) if cut is not None else None
        )

    def _same(self, one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
        """Say whether the record in the folder is as it was committed last."""
        if one is None or other is None:
            return one is other
        return one[0] == other[0] and committed_files.is_as_committed(
            self.data[one[1]], self.data[other[1]]
        )

    def _chosen(
        self, files: Mapping[str, str], last: tuple[str, str] | None
    ) -> tuple[str, str] | None:
        """Return path and key of the file that is the record; one that can be read goes first."""
        broken = None
        for path, key in sorted(files.items()):
            inside = id_inside(self.data[key] or b"") == self.name.id
            if path in self.traces.sure or inside or (last and path == last[0]):
                document = self.document_at(path, key)
                if document.record is None:
                    broken = broken or (path, key)
                elif document.id == self.name.id or document.kind == "translation":
                    return path, key
        return broken

    def _moment(self, commit: Commit, found: tuple[str, str] | None) -> RecordMoment:
        charter = self.charters[commit.id]
        before = commit.parents[0] if commit.parents and not commit.is_cut else ""
        return RecordMoment(
            self.versions.of(commit),
            self.document_at(*found) if found else None,
            self.document_at(CHARTER_PATH, charter) if charter else None,
            _counting(self.root, before),
            lambda: self._users(state_of_commit(self.root, commit.id)),
            lambda: self._declared(before, lambda: state_of_commit(self.root, commit.id)),
        )

    def _not_committed(self, found: tuple[str, str] | None) -> RecordMoment:
        before = self.line[0].id if self.line else ""
        return RecordMoment(
            TextVersion(),
            self.document_at(*found) if found else None,
            self._newest_charter(),
            _counting(self.root, before),
            lambda: self._users(state_of_folder(self.root, self.root)),
            lambda: self._declared(before, lambda: state_of_folder(self.root, self.root)),
        )

    def _users(self, state: FolderState) -> Corpus:
        """Return one record that uses this term in a state: enough to know that any does."""
        slug = self.name.id
        paths = [path for path in state.ids if path not in self.traces.sure]
        data = state.read(path for path in paths if path not in state.too_large)
        for path in sorted(data):
            if slug.encode("utf-8", "surrogateescape") in data[path]:
                alone = FolderState(state.name, {path: ""}, frozenset(), _reader(path, data[path]))
                found = resting_on({slug}, alone, set())
                if rests_on(slug, found):
                    return found
        return corpus_of(())


def _terms(state: FolderState) -> list[Document]:
    return documents_at(state, filter(lambda path: path.startswith(TERMS), state.ids))


def _reader(path: str, data: bytes) -> Reader:
    return lambda _: {path: data}


def _charters(line: Sequence[Commit]) -> dict[str, str | None]:
    """Return git's id of the charter at each commit."""
    found, here = {}, None
    for commit in reversed(line):
        here = next((file.new for file in commit.files if file.path == CHARTER_PATH), here)
        found[commit.id] = here
    return found


def _states(
    line: Sequence[Commit], traces: RecordPaths
) -> Iterator[tuple[Commit, Mapping[str, str]]]:
    """Yield each commit that touched a path of the record, with git's ids of what is there then."""
    here: dict[str, str] = {}
    for commit in reversed(line):
        touched = [file for file in commit.files if file.path in traces.paths]
        for file in touched:
            here.pop(file.path, None)
            if file.new is not None:
                here[file.path] = file.new
        if touched:
            yield commit, dict(here)


def _counting(root: Path, commit: str) -> Callable[[str], int]:
    """Return what counts a word in the texts of a commit; they are read when one is asked for."""

    @cache
    def counted() -> Callable[[str], int]:
        return occurrences_in(state_of_commit(root, commit))

    return lambda word: counted()(word) if commit else 0
