"""One head, act or founding that two sides have: the signatures of both below it."""

from __future__ import annotations

from govkit.log.heads import HEADS
from govkit.procedures.log.filing import with_values
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.kinds import kind_of_path
from govkit.records.log import LogHead
from govkit.records.proposals import Act
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes

Signed = CoalitionAct | Act | Genesis
"""The records below which people sign one after the other."""


def is_head(path: str) -> bool:
    """Say whether a file is a head of the log."""
    return path.startswith(f"{HEADS}/") and kind_of_path(path) == "log-head"


def joined_heads(path: str, theirs: bytes, mine: bytes) -> bytes:
    """Return their head with the signatures that only mine has; theirs alone, where they differ."""
    head, other = (read_record(path, "log-head", data)[0] for data in (theirs, mine))
    if not isinstance(head, LogHead) or not isinstance(other, LogHead):
        return theirs
    seals = [each for each in other.seals if each not in head.seals]
    witnesses = [each for each in other.witnesses if each not in head.witnesses]
    if other.checkpoint != head.checkpoint or not (seals or witnesses):
        return theirs
    joined = {"seals": (*head.seals, *seals), "witnesses": (*head.witnesses, *witnesses)}
    return record_bytes("log-head", head.model_copy(update=joined), path)


def is_signed_by_many(path: str) -> bool:
    """Say whether a file is an act or the founding, below which people sign."""
    return kind_of_path(path) in ("act", "coalition-act", "genesis")


def joined_signatures(path: str, theirs: bytes, mine: bytes) -> bytes:
    """Return their act or founding with the signatures that only mine has; theirs, else."""
    kind = kind_of_path(path) or ""
    record, other = (read_record(path, kind, data)[0] for data in (theirs, mine))
    if not (isinstance(record, Signed) and isinstance(other, Signed)):
        return theirs
    more = [each for each in other.signatures if each not in record.signatures]
    without = {"signatures": ()}
    if not more or record.model_copy(update=without) != other.model_copy(update=without):
        return theirs
    several = sorted((*record.signatures, *more), key=lambda each: (each.by, each.key))
    return with_values(path, theirs, {"signatures": [each.model_dump() for each in several]})
