"""The chain of the log: every number once, each entry bound to the one before, each record fitting.

An entry whose words were changed breaks the chain behind it; a record that was changed no longer
fits its entry; one that was taken out leaves its entry alone; one that is logged a second time to
move it is named with both numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import GENESIS_PATH
from govkit.log.digests import entry_digest
from govkit.log.entries import (
    entries_of,
    entry_kind,
    path_of_entry,
    repeated_entries,
    valid_entries,
)
from govkit.log.faults import LogFault
from govkit.log.later_entries import edits_of
from govkit.log.voices import voice_faults
from govkit.records.comments import Comment
from govkit.records.kinds import LOGGED_KINDS
from govkit.records.log import LogEntry


class NewestEntry(NamedTuple):
    """The newest entry: its number and digest. Printed, it lets anyone find a rewriting."""

    seq: int
    digest: str


def newest_entry_of(corpus: Corpus) -> NewestEntry | None:
    """Return the newest entry of the log, or None where it is empty."""
    entries = entries_of(corpus)
    return NewestEntry(entries[-1][1].seq, entry_digest(entries[-1][1])) if entries else None


def breaks_of(corpus: Corpus) -> tuple[LogFault, ...]:
    """Return every place where the log does not hold."""
    return (
        *_numbers(corpus),
        *_links(corpus),
        *_twice(corpus),
        *_records(corpus),
        *_unlogged(corpus),
        *_voices(corpus),
    )


def _numbers(corpus: Corpus) -> Iterator[LogFault]:
    for document in corpus.of_kind("log-entry"):
        if document.record is None:
            yield LogFault(document.path, "unreadable", "this entry of the log can't be read")
        elif isinstance(document.record, LogEntry):
            right = path_of_entry(document.record.seq)
            if document.path != right:
                message = f"the entry says that it is number {document.record.seq}, and that is "
                yield LogFault(document.path, "number", f"{message}the file {right} and no other")
    expected = 1
    for document, entry in entries_of(corpus):
        if entry.seq > expected:
            missing = f"{expected}" if entry.seq == expected + 1 else f"{expected}-{entry.seq - 1}"
            message = f"before this entry, number {missing} is missing"
            yield LogFault(document.path, "gap", message, path_of_entry(expected))
        expected = entry.seq + 1


def _links(corpus: Corpus) -> Iterator[LogFault]:
    before: LogEntry | None = None
    for document, entry in entries_of(corpus):
        expected = entry_digest(before) if before is not None else None
        if entry.prev != expected:
            yield LogFault(
                document.path,
                "chain",
                "this entry is not bound to the one before: one of the two was changed, or one "
                "between them is gone",
            )
        # The log goes forward only, so a past moment can't be given to a later entry (decision 33).
        if before is not None and entry.recorded_at < before.recorded_at:
            yield LogFault(document.path, "order", "this entry was made before the one before it")
        before = entry


def _twice(corpus: Corpus) -> Iterator[LogFault]:
    for later, first in repeated_entries(corpus):
        yield LogFault(
            path_of_entry(later.seq),
            "twice",
            f"{later.path} was logged as number {first.seq} on {first.recorded_at:%Y-%m-%d}, and "
            f"is logged again here, as number {later.seq}: number {first.seq} alone counts",
        )
    for later, before in edits_of(corpus):
        yield LogFault(
            path_of_entry(later.seq),
            "edited",
            f"{later.path} was logged as number {before.seq} on {before.recorded_at:%Y-%m-%d}, and "
            f"is logged again here, as number {later.seq}, in other words",
        )


def _records(corpus: Corpus) -> Iterator[LogFault]:
    """Hold each record against the entry that speaks of it."""
    by_seq = {entry.seq: document.path for document, entry in entries_of(corpus)}
    # The state of a release leaves all releases out (decision 17), so none of them is gone there.
    with_releases = bool(corpus.of_kind("manifest"))
    for (path, kind), entry in sorted(valid_entries(corpus).items()):
        document = corpus.by_path.get(path)
        if document is None and kind == "publication" and not with_releases:
            continue
        if document is None:
            message = f"{path} was logged as number {entry.seq} and is gone"
            yield LogFault(by_seq[entry.seq], "gone", message, path)
        elif document.record is None:
            yield LogFault(path, "unreadable", f"number {entry.seq} of the log is about this file")
        elif digest_for(kind, document.record) != entry.digest:
            yield LogFault(
                path,
                "altered",
                f"this record is not as number {entry.seq} of the log has it ({kind})",
            )


def _unlogged(corpus: Corpus) -> Iterator[LogFault]:
    known = valid_entries(corpus)
    for document in corpus.of_kind(*LOGGED_KINDS):
        kind = entry_kind(document.path)
        if document.record is not None and (document.path, kind) not in known:
            yield LogFault(document.path, "not-logged", "the log has no entry for this record")
        record = document.record
        answered = isinstance(record, Comment) and record.disposition is not None
        if answered and (document.path, "disposition") not in known:
            yield LogFault(document.path, "not-logged", "the log has no entry for this answer")


def _voices(corpus: Corpus) -> Iterator[LogFault]:
    """Hold the records of members that the log does not have against the founding."""
    for each in voice_faults(corpus):
        if each.seq is None and each.path in corpus.by_path:
            yield LogFault(each.path, "altered", each.message)
        elif each.seq is None:
            yield LogFault(GENESIS_PATH, "gone", each.message, each.path)
