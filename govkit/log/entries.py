"""Where entries of the log are, and which of them speaks of a record.

What somebody said or decided is logged once, and its first entry fixes when it came and in which
order it counts; nobody can move it by a second one. Of what is edited later, as the record of a
member or the answer to a comment, the newest entry speaks.
"""

from __future__ import annotations

from collections.abc import Mapping

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.records.comments import Comment
from govkit.records.kinds import KINDS, LOGGED_ONCE, kind_of_path
from govkit.records.log import LogEntry

LOG = "governance/log"

Entries = Mapping[tuple[str, str], LogEntry]
"""The entry that speaks of a record, by its path and the kind of entry."""


def path_of_entry(seq: int) -> str:
    """Return the place of the log entry with a number."""
    return f"{LOG}/{seq:06d}.yaml"


def entry_kind(path: str) -> str:
    """Return the kind of the log entry that speaks of a record at a place."""
    kind = kind_of_path(path) or ""
    return KINDS[kind].entry if kind in KINDS else kind


def is_entry(path: str) -> bool:
    """Say whether a file is an entry of the log; its heads lie in a folder below."""
    return path.startswith(f"{LOG}/") and kind_of_path(path) == "log-entry"


def entries_of(corpus: Corpus) -> list[tuple[Document, LogEntry]]:
    """Return the readable entries of the log with their documents, by number.

    One number is one file, by its exact name: what lies beside it under another name is no entry.
    """
    return list(corpus.once(_entries))


def _entries(corpus: Corpus) -> tuple[tuple[Document, LogEntry], ...]:
    found = (
        (document, document.record)
        for document in corpus.of_kind("log-entry")
        if isinstance(document.record, LogEntry)
        and document.path == path_of_entry(document.record.seq)
    )
    return tuple(sorted(found, key=lambda each: each[1].seq))


def valid_entries(corpus: Corpus) -> Entries:
    """Return the entry of the log that speaks of each path, by path and kind of entry."""
    return corpus.once(_told_apart)[0]


def first_entries(corpus: Corpus) -> Entries:
    """Return the first entry of the log about each path, by path and kind: when something came."""
    return corpus.once(_first_entries)


def _first_entries(corpus: Corpus) -> Entries:
    newest_first = reversed(entries_of(corpus))
    return {(each.path, each.kind): each for _, each in newest_first if each.path}


def repeated_entries(corpus: Corpus) -> list[tuple[LogEntry, LogEntry]]:
    """Return the entries about what was logged already, each with the first one, which counts."""
    return corpus.once(_told_apart)[1]


def _told_apart(
    corpus: Corpus,
) -> tuple[dict[tuple[str, str], LogEntry], list[tuple[LogEntry, LogEntry]]]:
    valid: dict[tuple[str, str], LogEntry] = {}
    repeated: list[tuple[LogEntry, LogEntry]] = []
    opened: dict[str, int] = {}
    for _, entry in entries_of(corpus):
        # A countersignature speaks of an entry, and of no state of the file.
        if not entry.path or entry.kind == "countersigned":
            continue
        known = valid.get((entry.path, entry.kind))
        proposal = "/".join(entry.path.split("/")[:3])
        # What was not adopted can be revised, and is then decided again in the same file.
        anew = entry.kind == "decision" and known and known.seq < opened.get(proposal, 0)
        if known is not None and entry.kind in LOGGED_ONCE and not anew:
            repeated.append((entry, known))
            continue
        valid[entry.path, entry.kind] = entry
        if entry.kind == "revision":
            opened[proposal] = entry.seq
    return valid, repeated


def with_logged_answer(comment: Comment, path: str, entries: Entries) -> Comment:
    """Return a comment with its answer, or without where the log does not have it in these words.

    A comment is answered when its answer is in the log: an answer that stands in the file alone is
    as if it were not there.
    """
    if comment.disposition is None:
        return comment
    entry = entries.get((path, "disposition"))
    if entry is not None and entry.digest == digest_for("disposition", comment):
        return comment
    return comment.model_copy(update={"disposition": None, "author_reply": None})
