"""What a later entry about a comment or a proposal may change in it, and no more.

Most records are logged once. A comment is logged again when its author has said whether it may be
published, a proposal when a revision asks for one more policy, or when it is joined to its call.
The earlier words are in no file any more, but their digest is in the log: so what may change is
taken back, and what comes out has to have that digest. Other words are somebody's edit of what was
received.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import entries_of
from govkit.records.base import Record
from govkit.records.comments import Author, Comment
from govkit.records.log import LogEntry
from govkit.records.proposals import Proposal

_LOGGED_AGAIN = ("comment", "proposal")


def edits_of(corpus: Corpus) -> Iterator[tuple[LogEntry, LogEntry]]:
    """Yield each entry that has other words for a record than the one before it, with that one."""
    found: dict[tuple[str, str], list[LogEntry]] = {}
    for _, entry in entries_of(corpus):
        if entry.path is not None and entry.kind in _LOGGED_AGAIN:
            found.setdefault((entry.path, entry.kind), []).append(entry)
    for (path, kind), several in found.items():
        document = corpus.by_path.get(path)
        record = document.record if document else None
        # A record that is not as its newest entry has it is named for that.
        if len(several) < 2 or record is None:
            continue
        if digest_for(kind, record) == several[-1].digest:
            yield from _walk_back(corpus, record, kind, several)


def _walk_back(
    corpus: Corpus, record: Record, kind: str, several: list[LogEntry]
) -> Iterator[tuple[LogEntry, LogEntry]]:
    for at in range(len(several) - 1, 0, -1):
        before, entry = several[at - 1], several[at]
        candidates = (record, *_earlier(corpus, record))
        known = next((e for e in candidates if digest_for(kind, e) == before.digest), None)
        if known is None:
            yield entry, before
            return
        record = known


def _earlier(corpus: Corpus, record: Record) -> Iterator[Record]:
    """Yield what a record can have been before the step that may be taken."""
    if isinstance(record, Comment):
        yield from _not_published(corpus, record)
    elif isinstance(record, Proposal):
        for number in range(len(record.policies) + 1):
            for policies in combinations(record.policies, number):
                yield record.model_copy(update={"policies": policies})
                yield record.model_copy(update={"policies": policies, "call": None})


def _not_published(corpus: Corpus, comment: Comment) -> Iterator[Comment]:
    """Yield a comment as it was while its author had not said whether it may be published."""
    if comment.publication == "withdrawn":
        yield comment.model_copy(update={"publication": "asked"})
        return
    target = comment.target
    hidden: dict[str, str | None] = {"quote": None, "prefix": None, "suffix": None}
    if target.unit is None:
        hidden["anchored_by"] = "none"
    groups = corpus.charter.groups if corpus.charter else {}
    for group in (None, comment.author.group, *groups):
        yield comment.model_copy(
            update={
                "author": Author(group=group),
                "comment": None,
                "proposed_text": None,
                "target": target.model_copy(update=hidden),
                "publication": "asked",
            }
        )
