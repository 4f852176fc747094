"""The two sides of a register that two people wrote at once: what others have, and what is mine.

Theirs is the log as it was last fetched. Mine is what the folder, HEAD, or a merge that git could
not finish has beyond that. An entry is known again by what it says, whatever number it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from govkit.corpus.record_digests import digest_for
from govkit.errors import GovkitError, WrongUse
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, is_entry, path_of_entry
from govkit.log.losses import lost_of_head
from govkit.records.kinds import kind_of_path
from govkit.records.log import LogEntry, LogHead
from govkit.source.gate import LIMIT
from govkit.source.reading import read_record
from govkit.store import commit_names, committed_files, journal, refs, worktree

Key = tuple[object, ...]
NAMING: Mapping[str, Mapping[str, Any]] = {
    "act": {"objections": (), "comments": ()},
    "comment": {"refers_to": ()},
    "correction": {"corrects": "", "right": "", "digest": "", "right_digest": ""},
    "evidence": {"position": "", "digest": ""},
    "notice": {"digest": None},
    "position": {"corrects": None},
    "proposal": {"id": ""},
    "revision": {"change": ""},
}
"""What names numbers that may be given anew (`procedures.log.merged_numbering`), by kind."""


class OwnEntry(NamedTuple):
    """An entry of mine that the others do not have, with the number it had."""

    entry: LogEntry
    key: Key


@dataclass(frozen=True)
class LogDivergence:
    """What both sides hold below `governance/`, as bytes by path.

    `base` is what both began from, `theirs` what was last fetched; both only where they differ from
    each other, or where mine could. `candidates` are the bytes that a path has anywhere on my side.
    """

    root: Path
    theirs_log: tuple[LogEntry, ...]
    own: tuple[OwnEntry, ...]
    base: Mapping[str, str]
    theirs: Mapping[str, str]
    conflicts: Mapping[str, list[str]]
    mine: Mapping[str, str]

    def bytes_of(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of git's blobs by id."""
        return committed_files.blob_bytes(self.root, blobs)

    def here(self, path: str) -> bytes | None:
        """Return the bytes of a file in the folder, or None."""
        return journal.read_inside(self.root, path)

    def is_here(self, path: str, blob: str | None) -> bool:
        """Say whether a file in the folder is that blob of git; None stands for no file."""
        data = self.here(path)
        if data is None or blob is None:
            return data is None and blob is None
        return committed_files.blob_ids(self.root, {path: data}, {path: blob})[path] == blob

    def candidates(self, path: str) -> list[bytes]:
        """Return the bytes that my side has at a path: in the folder, in HEAD, in a conflict."""
        blobs = [*([self.mine[path]] if path in self.mine else []), *self.conflicts.get(path, ())]
        known = self.bytes_of(blobs)
        here = self.here(path)
        return [*([here] if here is not None else []), *(known[blob] for blob in blobs)]


def sides_of(root: Path) -> LogDivergence:
    """Return both sides. Raises `WrongUse` where there are no two, `GovkitError` where a log that
    others have seen was changed.
    """
    pushed, head = refs.pushed_line(root), commit_names.own_head(root)
    if pushed is None or head is None:
        raise WrongUse(
            "there is no other side: nothing was fetched, and there is no branch `main`",
            "`govkit intake --resume` is for a log that somebody else has added to.",
        )
    theirs = _governance(root, pushed)
    base = _governance(root, commit_names.merge_base(root, pushed, head))
    mine = _governance(root, head)
    conflicts = committed_files.conflicting(root)
    _require_published(root, base, theirs)
    return LogDivergence(
        root,
        _chain(root, theirs),
        tuple(_own(root, theirs, mine, conflicts)),
        base,
        theirs,
        conflicts,
        mine,
    )


def _governance(root: Path, commit: str) -> dict[str, str]:
    return {
        path: blob.id
        for path, blob in committed_files.governed_files(root, commit).items()
        if path.startswith("governance/")
        and blob.what == "file"
        and blob.size <= LIMIT
        and path.endswith(".yaml")
        and kind_of_path(path)
    }


def _require_published(root: Path, base: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Raise `GovkitError` where the others have taken something out of what they had."""
    differing = [path for path, blob in sorted(base.items()) if theirs.get(path) != blob]
    for path in differing:
        if is_entry(path):
            raise GovkitError(
                f"{path} was pushed before, and is gone or changed in what you fetched",
                "An entry of the log is never changed. Do not go on: show this to the other "
                "coordinators. Nothing was changed.",
            )
    heads = [path for path in differing if kind_of_path(path) == "log-head"]
    data = committed_files.blob_bytes(
        root, {side[path] for side in (base, theirs) for path in heads if path in side}
    )
    for path in heads:
        old, new = (
            read_record(path, "log-head", data[side[path]])[0] if path in side else None
            for side in (base, theirs)
        )
        if not isinstance(old, LogHead):
            continue
        for said, _ in lost_of_head(old, new if isinstance(new, LogHead) else None):
            raise GovkitError(
                f"what you fetched has not all that was pushed before: {said} ({path})",
                "Nothing is taken out of a log. Do not go on: show this to the other "
                "coordinators. Nothing was changed.",
            )


def _chain(root: Path, theirs: Mapping[str, str]) -> tuple[LogEntry, ...]:
    """Return the log of the others, from its first entry, held together."""
    blobs = {path: blob for path, blob in theirs.items() if is_entry(path)}
    data = committed_files.blob_bytes(root, blobs.values())
    found: list[LogEntry] = []
    for number in range(1, len(blobs) + 1):
        path = path_of_entry(number)
        entry = _entry(path, data[blobs[path]]) if path in blobs else None
        prev = entry_digest(found[-1]) if found else None
        if entry is None or entry.seq != number or entry.prev != prev:
            raise GovkitError(
                f"the log that you fetched does not hold together at number {number}",
                "Show this to the other coordinators before you write. Nothing was changed.",
            )
        found.append(entry)
    return tuple(found)


def _entry(path: str, data: bytes) -> LogEntry | None:
    return cast("LogEntry | None", read_record(path, "log-entry", data)[0])


def key_of(entry: LogEntry, digest: str | None) -> Key:
    """Return what an entry says, whatever its number, place of the record and moment of writing.

    `digest` is that of its record without the numbers that it names, which an earlier call may have
    written anew; equal keys are counted.
    """
    about = (entry.taken_over, entry.countersignature)
    return (entry.kind, digest, entry.received_at, entry.received_basis, entry.by, *about)


def _digest_without_names(entry: LogEntry, read: Callable[[str], list[bytes]]) -> str | None:
    """Return the digest of what an entry is about, without the numbers and digests in it."""
    path = entry.path or ""
    kind = kind_of_path(path) if path else None
    for data in read(path) if kind in NAMING else ():
        record: Any = read_record(path, kind or "", data)[0]
        if record is not None and digest_for(entry.kind, record) == entry.digest:
            return digest_for(entry.kind, record.model_copy(update=NAMING[kind or ""]))
    return entry.digest


def _own(
    root: Path,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    conflicts: Mapping[str, list[str]],
) -> Iterator[OwnEntry]:
    """Yield my entries that the others do not have, in the order in which I made them.

    What is in the folder comes before what HEAD has of the same entry, since an earlier call may
    have brought it up to date already.
    """
    known = {blob for path, blob in theirs.items() if is_entry(path)}
    disputed = {
        f"{path}\0{at}": blob for path, blobs in conflicts.items() for at, blob in enumerate(blobs)
    }

    def read(path: str) -> list[bytes]:
        """Return the bytes that a record has anywhere: which are meant, its digest says."""
        data, blob = journal.read_inside(root, path), mine.get(path)
        blobs = [*([blob] if blob else []), *conflicts.get(path, ())]
        known = committed_files.blob_bytes(root, blobs)
        return [*([] if data is None else [data]), *known.values()]

    sources = (_in_folder(root, theirs), _in_git(root, mine), _in_git(root, disputed))
    found: list[OwnEntry] = []
    counted: Counter[Key] = Counter()
    first: dict[tuple[Key, int], int] = {}
    for source in sources:
        times: Counter[Key] = Counter()
        for entry, blob in sorted(source, key=lambda each: each[0].seq):
            if blob in known:
                continue
            key = key_of(entry, _digest_without_names(entry, read))
            times[key] += 1
            place = (key, times[key])
            first[place] = min(first.get(place, entry.seq), entry.seq)
            if times[key] > counted[key]:
                counted[key] += 1
                found.append(OwnEntry(entry, key))
    seen: Counter[Key] = Counter()
    ordered = []
    for at, own in enumerate(found):
        seen[own.key] += 1
        ordered.append((first[own.key, seen[own.key]], at, own))
    yield from (own for _, _, own in sorted(ordered, key=lambda each: each[:2]))


def _in_folder(root: Path, theirs: Mapping[str, str]) -> list[tuple[LogEntry, str]]:
    paths = [
        f"{LOG}/{name}" for name in worktree.names_below(root, LOG) if is_entry(f"{LOG}/{name}")
    ]
    data = {path: journal.read_inside(root, path) or b"" for path in paths}
    ids = committed_files.blob_ids(root, data, theirs)
    entries = [(_entry(path, data[path]), ids[path]) for path in paths]
    return [(entry, blob) for entry, blob in entries if entry is not None]


def _in_git(root: Path, blobs: Mapping[str, str]) -> list[tuple[LogEntry, str]]:
    mine = {path: blob for path, blob in blobs.items() if is_entry(path.partition("\0")[0])}
    data = committed_files.blob_bytes(root, mine.values())
    found = [(_entry(path.partition("\0")[0], data[blob]), blob) for path, blob in mine.items()]
    return [(entry, blob) for entry, blob in found if entry is not None]
