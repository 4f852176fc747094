"""Opens a folder or a commit: files in, corpus and findings out. Where store and core meet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from govkit.cache import NO_CACHE, Cache
from govkit.corpus.base import Base, touched
from govkit.corpus.copies import read_copy
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.findings import Finding, in_order
from govkit.records.governance import Charter
from govkit.records.kinds import id_space, is_copy, kind_of_path
from govkit.source.folder_contents import fault_of_entry, is_record
from govkit.source.gate import LIMIT
from govkit.source.places import with_places
from govkit.source.reading import File, read_records
from govkit.store import commit_names, committed_files, repository, worktree

Progress = Callable[[int, int], None]
"""Called with how many files are read, and how many there are."""


@dataclass(frozen=True)
class Report:
    """What a check found: findings with places, sorted.

    `elsewhere` counts those that were left out, and `errors_elsewhere` the errors among them; None
    where all were asked for.
    """

    records: int
    findings: tuple[Finding, ...]
    elsewhere: int | None = None
    errors_elsewhere: int = 0

    def count(self, level: str) -> int:
        """Return how many findings have this level."""
        return sum(1 for finding in self.findings if finding.level == level)


@dataclass(frozen=True)
class Workspace:
    """A governed folder as it stood when it was opened: its files and the corpus they make.

    `files` are the bytes of the records by path; `others` says what stands at every other path.
    """

    root: Path
    files: Mapping[str, bytes]
    others: Mapping[str, str]
    corpus: Corpus

    def check(
        self, today: datetime.date, since: str | None = None, only: Collection[str] = ()
    ) -> Report:
        """Run all rules and return what they find, each with its place.

        `since` names a commit: then only what its changes can have caused is kept, and the rules
        that compare are run too. `only` are paths: then only what is in these files is kept, or is
        about their records, wherever it stands. Raises `WrongUse` for an unknown name,
        `IncompleteHistory` in a clone that is too shallow to tell.
        """
        from govkit.checks.run import findings_of

        base = self._base(since) if since is not None else None
        found = findings_of(self.corpus, today, base)
        kept = found
        if base is not None:
            near = touched(self.corpus, base)
            kept = [finding for finding in found if finding.path in near]
        if only:
            kept = list(self.about(only, kept))
        records = sum(1 for document in self.corpus.documents if document.kind)
        if base is None and not only:
            return Report(records, tuple(self.placed(kept)))
        errors = [sum(1 for each in some if each.level == "error") for some in (found, kept)]
        return Report(
            records, tuple(self.placed(kept)), len(found) - len(kept), errors[0] - errors[1]
        )

    def with_more(self, report: Report, more: Iterable[Finding]) -> Report:
        """Return a report with further findings at their places."""
        placed = self.placed(more)
        if not placed:
            return report
        return replace(report, findings=tuple(sorted((*report.findings, *placed), key=in_order)))

    def about(self, paths: Collection[str], findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield what is found in some files, and what is found elsewhere about their records."""
        by_path = self.corpus.by_path

        def name(path: str, id: str) -> tuple[str, str]:
            document = by_path.get(path)
            return (id_space(document.kind) if document and document.kind else "", id)

        named = {name(path, by_path[path].id) for path in paths if path in by_path}
        for finding in findings:
            if finding.path in paths or name(finding.path, finding.id) in named:
                yield finding

    @cached_property
    def edition(self) -> str | None:
        """Return the day (UTC) of HEAD's commit if the records equal it, else None."""
        return repository.day_of(self.root, self.commit) if self.commit else None

    @cached_property
    def commit(self) -> str:
        """Return HEAD's commit if the records equal it, else nothing."""
        head = commit_names.head(self.root)
        if head is None:
            return ""
        committed = _records(committed_files.governed_files(self.root, head))
        same = committed == committed_files.blob_ids(self.root, self.files, committed)
        return head if same else ""

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return what stands at each path, as a short text that another content does not share."""
        found = {path: sha256(data).hexdigest() for path, data in self.files.items()}
        return found | dict(self.others)

    def lines(self, path: str) -> list[str]:
        """Return the lines of a file, to show one of them; bytes that are no text are replaced."""
        text = self.files.get(path, b"").decode("utf-8", errors="replace")
        return text.replace("\r\n", "\n").split("\n")

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings at their places, sorted."""
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.path, []).append(finding)
        placed = [
            finding
            for path, of_path in by_path.items()
            for finding in with_places(self.files.get(path, b""), of_path)
        ]
        return sorted(placed, key=in_order)

    def _base(self, since: str) -> Base:
        theirs = commit_names.resolve(self.root, since)
        commit = theirs if since == "HEAD" else commit_names.merge_base(self.root, theirs)
        before = committed_files.governed_files(self.root, commit)
        was = _records(before)
        mine = committed_files.blob_ids(self.root, self.files, was)
        changed = {path for path in was.keys() | mine.keys() if was.get(path) != mine.get(path)}
        # What is no record has no bytes here; it differs where it is new or of another nature.
        changed |= {
            path
            for path, what in self.others.items()
            if path not in before or before[path].what != what
        }
        other = {
            path: blob
            for path, blob in committed_files.governed_files(self.root, theirs).items()
            if before.get(path) != blob
        }
        old = {path: before[path] for path in changed if path in before}
        charter = self.corpus.charter
        return Base(
            commit,
            frozenset(changed),
            corpus_of(_documents_at(self.root, old, charter)),
            corpus_of(_documents_at(self.root, other, charter)),
        )


def _records(files: Mapping[str, committed_files.Blob]) -> dict[str, str]:
    """Return the blob ids of those files of a commit that are records."""
    return {path: blob.id for path, blob in files.items() if is_record(path, blob.what)}


def open_workspace(
    start: Path, progress: Progress | None = None, cache: Cache = NO_CACHE
) -> Workspace:
    """Open the governed folder that `start` is in, from any sub-folder of it.

    A file whose data is in the `cache` is not parsed again.

    Raises `WrongUse` where there is none, `GovkitError` where the world fails.
    """
    root = worktree.root_above(start)
    entries = worktree.list_with_unread(root)
    files: dict[str, bytes] = {}
    others: dict[str, str] = {}
    documents = list(read_documents(_read(root, entries, files, others, progress), cache))
    documents += strays(others)
    documents += _copies(files, documents)
    return Workspace(root, files, others, corpus_of(documents))


def strays(others: Mapping[str, str]) -> Iterator[Document]:
    """Yield what is no record and has a fault, as a link or a file of another ending has."""
    for path, what in others.items():
        fault = fault_of_entry(path, what)
        if fault:
            yield document_of(path, None, None, (fault,))


def _read(
    root: Path,
    entries: list[worktree.Entry],
    files: dict[str, bytes],
    others: dict[str, str],
    progress: Progress | None,
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each record; fill `files` and `others` as in a workspace.

    The copies of texts in proposals are read later: which kind each is, the charter says.
    """
    for count, (path, what) in enumerate(entries, 1):
        if is_record(path, what):
            files[path] = worktree.read_bytes(root, path)
            if not is_copy(path):
                yield path, files[path]
        else:
            others[path] = what
        if progress and count % 100 == 0:
            progress(count, len(entries))


def _copies(files: Mapping[str, bytes], documents: Iterable[Document]) -> list[Document]:
    """Return the texts that belong to proposals."""
    paths = [path for path in files if is_copy(path)]
    charter = corpus_of(documents).charter if paths else None
    return [read_copy(path, files[path], charter) for path in paths]


_BATCH = 50
"""Records that are read together."""
_LARGE = 1 << 16
"""A record of more bytes ends a batch, so that little waits at a time."""


def read_documents(
    records: Iterable[tuple[str, bytes]], cache: Cache = NO_CACHE
) -> Iterator[Document]:
    """Yield the documents of some records, given by path and bytes."""
    batch: list[File] = []
    for path, data in records:
        kind = kind_of_path(path)
        assert kind is not None
        batch.append((path, kind, data))
        if len(batch) == _BATCH or len(data) > _LARGE:
            yield from _documents_of(batch, cache)
            batch = []
    yield from _documents_of(batch, cache)


def _documents_of(batch: list[File], cache: Cache) -> Iterator[Document]:
    read = read_records(batch, cache)
    for (path, kind, data), (record, faults) in zip(batch, read, strict=True):
        yield document_of(path, kind, record, faults, data)


def _documents_at(
    root: Path, files: Mapping[str, committed_files.Blob], charter: Charter | None
) -> list[Document]:
    wanted = {
        path: blob.id
        for path, blob in files.items()
        if is_record(path, blob.what) and blob.size <= LIMIT
    }
    data = committed_files.blob_bytes(root, wanted.values())
    own = read_documents((path, data[id]) for path, id in wanted.items() if not is_copy(path))
    copies = [read_copy(path, data[id], charter) for path, id in wanted.items() if is_copy(path)]
    return [*own, *copies]
