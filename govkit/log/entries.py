"""Where entries of the log are, and which speaks of a record: the newest of its path and kind."""

from __future__ import annotations

from collections.abc import Mapping

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.records.comments import Comment
from govkit.records.log import LogEntry

LOG = "governance/log"

Entries = Mapping[tuple[str, str], LogEntry]


def path_of_entry(seq: int) -> str:
    """Return the place of the log entry with a number."""
    return f"{LOG}/{seq:06d}.yaml"


def latest_entries(corpus: Corpus) -> dict[tuple[str, str], LogEntry]:
    """Return the newest entry of the log for each path and kind."""
    found: dict[tuple[str, str], LogEntry] = {}
    for document in corpus.of_kind("log-entry"):
        entry = document.record
        if isinstance(entry, LogEntry) and entry.path:
            known = found.get((entry.path, entry.kind))
            if known is None or known.seq < entry.seq:
                found[entry.path, entry.kind] = entry
    return found


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
