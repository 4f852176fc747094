"""One head of the log that two sides have: the signatures of both below it."""

from __future__ import annotations

from govkit.log.heads import HEADS
from govkit.records.kinds import kind_of_path
from govkit.records.log import LogHead
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes


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
