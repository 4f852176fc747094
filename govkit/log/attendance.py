"""Whether who came to a meeting was agreed to: a quorum of those who are active rests on it.

An event counts from the entry on by which a second coordinator has vouched for its words; where
there is one coordinator, from its own entry. Else one could take names out of a record, and fewer
would have to take part. What is not agreed to lowers nothing: it counts as if everybody had come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import own_rules
from govkit.log.countersignatures import countersignatures_of
from govkit.log.entries import valid_entries
from govkit.records.log import LogEntry
from govkit.records.registers import Event


class Attendance(NamedTuple):
    """Who came to a meeting; `attended` is None where that was not agreed to.

    `day` is None where the log has other words, so that nobody can tell of which day it was.
    """

    day: datetime.date | None
    attended: frozenset[str] | None


def attendance_before(corpus: Corpus, seq: int) -> Iterator[Attendance]:
    """Yield every meeting, as it was agreed to before a number of the log."""
    agreed, logged = corpus.once(_agreed), corpus.once(_logged)
    standing = corpus.once(_standing)
    for path, entry in logged.items():
        if entry.seq < seq and path not in standing:
            yield Attendance(None, None)
    for document in corpus.of_kind("event"):
        event, own = document.record, logged.get(document.path)
        if not isinstance(event, Event):
            continue
        was_logged = own is not None and own.seq < seq
        if was_logged and document.path not in standing:
            continue
        known = agreed.get(document.path, seq) < seq
        # That it was none is one coordinator's word as well, until another has vouched for it.
        if event.kind != "meeting" and (known or not was_logged):
            continue
        attended = frozenset(event.attended) if known else None
        yield Attendance(datetime.date.fromisoformat(event.starts[:10]), attended)


def unvouched_attendance(corpus: Corpus) -> Iterator[LogEntry]:
    """Yield the entries about events that one coordinator alone has filed."""
    agreed = corpus.once(_agreed)
    for path, entry in corpus.once(_standing).items():
        if path not in agreed:
            yield entry


def attendance_changed_since(corpus: Corpus, seq: int) -> bool:
    """Say whether the log has newer words for an event: those of then are in no file any more."""
    return any(entry.seq >= seq for entry in corpus.once(_logged).values())


def _logged(corpus: Corpus) -> Mapping[str, LogEntry]:
    """Return the entry that speaks of each event, by the path of the event."""
    return {path: each for (path, kind), each in valid_entries(corpus).items() if kind == "event"}


def _standing(corpus: Corpus) -> Mapping[str, LogEntry]:
    """Return those of them whose event is there in the words that the log has."""
    found = {}
    for path, entry in corpus.once(_logged).items():
        document = corpus.by_path.get(path)
        record = document.record if document else None
        if record is not None and digest_for("event", record) == entry.digest:
            found[path] = entry
    return found


def _agreed(corpus: Corpus) -> Mapping[str, int]:
    """Return since which number the words of each event are agreed to."""
    rules = own_rules(corpus)
    if rules is None:
        return {}
    vouched: dict[int, int] = {}
    for each in countersignatures_of(corpus, "registers/events/"):
        if each.of is not None and not each.fault:
            vouched.setdefault(each.of.seq, each.entry.seq)
    found = {}
    for path, entry in corpus.once(_standing).items():
        alone = len(rules.at(entry.seq).coordinators) < 2
        since = entry.seq if alone else vouched.get(entry.seq)
        if since is not None:
            found[path] = since
    return found
