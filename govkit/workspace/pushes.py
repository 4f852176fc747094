"""Whether what somebody pushes keeps the log: the main branch and the releases only grow.

Only files of the log that differ are read, so a push is looked at in the same time however long the
log is. Whether the records fit their entries is what `check` says, on the pull request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govkit.corpus.documents import Document
from govkit.corpus.whole import corpus_of
from govkit.log.amendments import GENESIS_PATH
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, is_entry, path_of_entry
from govkit.log.losses import lost_since
from govkit.patterns import lazy_regex
from govkit.records.kinds import is_copy
from govkit.records.log import LogEntry
from govkit.source.folder_contents import is_record
from govkit.source.gate import LIMIT
from govkit.store import bare
from govkit.workspace import read_documents

_RELEASE = lazy_regex(r"refs/tags/[a-z0-9-]+/v\d[^/]*")
_GOVERNANCE = "governance"
Files = Mapping[str, bare.PushedFile]


def rewritten(git: Path, ref: str, old: str, new: str) -> Iterator[str]:
    """Yield in a sentence each what a push takes away; nothing where it may be taken.

    `git` is the git folder, `ref` the full name, `old` and `new` full ids, only zeros where there
    is none. Raises `WrongUse` for anything else.
    """
    bare.require_git_folder(git)
    bare.require_ids(old, new)
    was, is_ = (id.strip("0") for id in (old, new))
    if _RELEASE.fullmatch(ref):
        if was:
            yield f"{ref} is a release, and stays as it was published"
        return
    if ref != bare.main_branch(git):
        return
    if not is_:
        yield f"{ref} holds the log, and is not deleted"
    elif was and not bare.is_ancestor(git, old, new):
        yield (
            f"{ref} is added to and never rewritten; commit {old[:12]}, which others may have, "
            "would be gone"
        )
    elif was and bare.is_removed(git, old, new, GENESIS_PATH):
        yield f"{GENESIS_PATH}: the founding is what every proof begins with, and is not taken away"
    else:
        yield from _faults(git, bare.files_below(git, old, LOG) if was else {}, new)


def _faults(git: Path, before: Files, new: str) -> Iterator[str]:
    now = bare.files_below(git, new, LOG)
    was = {path: blob for path, blob in before.items() if now.get(path) != blob}
    added = {path: blob for path, blob in now.items() if before.get(path) != blob}
    if not was and not added:
        return
    held: Files = added
    if any(not is_entry(path) for path in was):
        # Whether a seal held says the founding, the members and their keys.
        held = bare.files_below(git, new, _GOVERNANCE)
    lost = list(lost_since(corpus_of(_documents(git, was)), corpus_of(_documents(git, held))))
    for fault in lost:
        yield f"{fault.path}: {fault.message}"
    if not lost:
        yield from _breaks(git, now, sorted(filter(is_entry, added)))


def _breaks(git: Path, now: Files, added: Sequence[str]) -> Iterator[str]:
    """Yield the first entry that does not follow on the one before."""
    known = dict(_entries(git, {path: now[path] for path in added}))
    for path in added:
        entry = known.get(path)
        if entry is None or path != path_of_entry(entry.seq):
            yield f"{path} is no entry of the log with the number of its name"
            return
        before = path_of_entry(entry.seq - 1)
        if entry.seq > 1 and before not in known and before in now:
            known |= dict(_entries(git, {before: now[before]}))
        prev = entry_digest(known[before]) if before in known else None
        if entry.prev != prev or (entry.seq > 1) != (prev is not None):
            yield f"{path}: number {entry.seq} does not follow on the entry before it"
            return


def _entries(git: Path, files: Files) -> Iterator[tuple[str, LogEntry]]:
    for document in _documents(git, files):
        if isinstance(document.record, LogEntry):
            yield document.path, document.record


def _documents(git: Path, files: Files) -> Iterator[Document]:
    records = {
        path: file.id
        for path, file in files.items()
        if is_record(path, file.what) and not is_copy(path)
    }
    data = bare.bytes_of(git, records.values(), LIMIT)
    return read_documents((path, data[id]) for path, id in records.items() if id in data)
