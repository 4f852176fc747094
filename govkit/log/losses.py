"""Whether a log still has what it had in an earlier state: entries, heads, seals and witnesses.

More may be added to a log, and nothing is taken out. A seal is known by its key, and a witness by
who it is and when it saw the head, since some kinds of key sign the same words otherwise each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.whole import Corpus
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of
from govkit.log.faults import LogFault
from govkit.log.heads import is_worth_keeping
from govkit.records.log import LogEntry, LogHead, Witness


def lost_since(before: Corpus, now: Corpus) -> Iterator[LogFault]:
    """Yield what the log had before, and does not have now, with the file of each."""
    yield from _entries(before, now)
    yield from lost_heads(before, now)


def lost_heads(before: Corpus, now: Corpus) -> Iterator[LogFault]:
    """Yield the heads, seals and witnesses that the log had before, and does not have now.

    A signature that never held may be taken out.
    """
    whole = now if entries_of(now) else before
    for document in before.of_kind("log-head"):
        head, here = document.record, now.by_path.get(document.path)
        # A file that can't be read has a finding of its own.
        if isinstance(head, LogHead) and (here is None or isinstance(here.record, LogHead)):
            found = here.record if here else None
            for said, lost in lost_of_head(head, found if isinstance(found, LogHead) else None):
                if is_worth_keeping(whole, document.path, lost):
                    yield LogFault(document.path, "head", said)


def _entries(before: Corpus, now: Corpus) -> Iterator[LogFault]:
    lost: list[tuple[str, str]] = []
    for document, entry in entries_of(before):
        here = now.by_path.get(document.path)
        if here is None:
            lost.append((document.path, f"number {entry.seq} of the log is gone"))
        elif isinstance(here.record, LogEntry) and entry_digest(here.record) != entry_digest(entry):
            lost.append((document.path, f"number {entry.seq} of the log is another one now"))
    if lost:
        (path, said), more = lost[0], len(lost) - 1
        yield LogFault(path, "gap", f"{said}, and so are {more} after it" if more else said)


def lost_of_head(head: LogHead, now: LogHead | None) -> Iterator[tuple[str, LogHead]]:
    """Yield what a head had, and has no more: in words, and as a head with that alone.

    `now` is None where its file is gone.
    """
    size = head.checkpoint.split("\n")[1]
    if now is None:
        by = " and ".join(dict.fromkeys(each.by for each in head.seals))
        yield f"the head of the log at number {size} is gone{f', sealed by {by}' * bool(by)}", head
        return
    if now.checkpoint != head.checkpoint:
        yield f"the head of the log at number {size} has another text now", head
        return
    seals = {(each.by, each.key) for each in now.seals}
    witnesses = {_known_by(each) for each in now.witnesses}
    where = f"on the head at number {size} is gone"
    for seal in head.seals:
        if (seal.by, seal.key) not in seals:
            lost = head.model_copy(update={"seals": (seal,), "witnesses": ()})
            yield f"the seal of {seal.by} (key {seal.key}) {where}", lost
    for witness in head.witnesses:
        if _known_by(witness) not in witnesses:
            lost = head.model_copy(update={"seals": (), "witnesses": (witness,)})
            yield f"the signature of the witness {witness.by or witness.name} {where}", lost


def _known_by(witness: Witness) -> tuple[object, ...]:
    return witness.by, witness.key, witness.name, witness.public, witness.seen_at
