"""Which words behind a commitment were taken out, by whom, when and why: the log has an entry."""

from __future__ import annotations

from govkit.corpus.commitments import committed_records
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import entries_of
from govkit.records.log import LogEntry


def erasure_of(corpus: Corpus, path: str) -> LogEntry | None:
    """Return the entry that says that the words behind a record's commitment were taken out."""
    document = corpus.by_path.get(path)
    if document is None or document.record is None:
        return None
    return corpus.once(_erasures).get(digest_for("erasure", document.record))


def _erasures(corpus: Corpus) -> dict[str | None, LogEntry]:
    """Return the erasures by what they cover: a commitment, which several records may hold."""
    return {e.digest: e for _, e in reversed(entries_of(corpus)) if e.kind == "erasure"}


def left_out(corpus: Corpus, below: tuple[str, ...] = ("",)) -> tuple[int, int]:
    """Return how many words are left out at the person's request, and how many without an entry.

    `below` are the folders whose records are looked at, each with its slash; all by default.
    """
    gone = [
        each.path
        for each in committed_records(corpus)
        if each.words is None and each.path.startswith(below)
    ]
    asked = sum(erasure_of(corpus, path) is not None for path in gone)
    return asked, len(gone) - asked
