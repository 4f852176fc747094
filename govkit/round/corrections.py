"""Which corrections are bound to what they correct, and which records stand no more for them.

A mistake of a coordinator is corrected by a second record, and both stay. A correction is never
one person's: somebody else who coordinated then has seen what shows the right words, and says so by
a signature. Of positions, the member's own signature does as well (`consent.corrections`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.records.corrections import Correction
from govkit.records.positions import Position
from govkit.records.proposals import Notice
from govkit.records.scalars import iso
from govkit.round.corrected_days import SOON
from govkit.round.docket import Docket
from govkit.round.filed_records import Countersigner, FiledRecord


class FiledCorrection(NamedTuple):
    """A correction that the log has, with the two records that it names.

    `fault` says why it is false, which nothing mends; a record that is not there is None.
    """

    id: str
    record: Correction
    filed: FiledRecord[Correction]
    wrong: FiledRecord[Any] | None
    right: FiledRecord[Any] | None
    fault: str = ""


def bound_corrections(docket: Docket, now: datetime.datetime) -> tuple[FiledCorrection, ...]:
    """Return the corrections that the log had at a moment, in its order."""
    if not docket.corrections:
        return ()
    every: tuple[FiledRecord[Any], ...]
    every = (*docket.positions, *docket.comments, *docket.notices)
    known = {each.id: each for each in every}
    found: list[FiledCorrection] = []
    taken: dict[str, str] = {}
    for filed in sorted(docket.corrections, key=lambda each: (each.seq, each.id)):
        record = filed.record
        if not filed.logged or filed.entry is None or filed.entry.recorded_at > now:
            continue
        if record.received_at is not None:
            continue  # it corrects a moment, and no words (`round.corrected_days`)
        if taken.get(record.right) == record.corrects:
            continue  # two coordinators filed the same, each in a clone of their own
        wrong, right = known.get(record.corrects), known.get(record.right)
        fault = _fault(docket, filed, wrong, right, taken)
        found.append(FiledCorrection(filed.id, record, filed, wrong, right, fault))
        if not fault:
            taken[record.right] = record.corrects
    return tuple(found)


def _fault(
    docket: Docket,
    filed: FiledRecord[Correction],
    wrong: FiledRecord[Any] | None,
    right: FiledRecord[Any] | None,
    taken: Mapping[str, str],
) -> str:
    """Return why a correction is false, or nothing. `taken` are the right records of others."""
    record = filed.record
    if wrong is None or right is None:
        return f"there is no {record.right if wrong else record.corrects} in this proposal"
    for digest, named in ((record.digest, wrong), (record.right_digest, right)):
        if named.entry is None or not named.intact or named.entry.digest != digest:
            return f"it is about other words than those of {named.id}"
    assert wrong.entry is not None
    assert right.entry is not None
    if type(wrong.record) is not type(right.record) or wrong.id == right.id:
        return f"{right.id} can't stand in the place of {wrong.id}"
    # Else somebody could go on from words to words, each time a little, until nobody said them.
    if wrong.id in taken or getattr(wrong.record, "corrects", None):
        first = taken.get(wrong.id) or wrong.record.corrects
        return f"{wrong.id} is a correction itself: what was written down wrongly is {first}"
    if right.id in taken or not wrong.seq < right.seq < filed.seq:
        return f"{right.id} was not filed to correct {wrong.id}"
    moments = {wrong.entry.received_at, *_written_moments(docket, wrong.id)}
    if right.entry.received_at not in moments:
        return (
            f"{right.id} says that it was received on {iso(right.entry.received_at)}, and "
            f"{wrong.id} on {iso(wrong.entry.received_at)}: a correction moves no moment"
        )
    return _fault_of_words(wrong, right)


def _written_moments(docket: Docket, id: str) -> Iterator[datetime.datetime]:
    """Yield the moments at which a record was said to have come before that was corrected."""
    return (each.was for each in docket.corrected_days if each.of == id and each.counts)


def _fault_of_words(wrong: FiledRecord[Any], right: FiledRecord[Any]) -> str:
    said, was = right.record, wrong.record
    if isinstance(said, Position) and said.corrects != wrong.id:
        return f"{right.id} does not say that it corrects {wrong.id}"
    if isinstance(said, Notice) and (said.kind, said.revision) != (was.kind, was.revision):
        return f"{right.id} announces something else than {wrong.id}"
    return ""


def vouchers_of(
    docket: Docket, each: FiledCorrection, now: datetime.datetime
) -> tuple[Countersigner, ...]:
    """Return who vouches for a correction beside the one who filed it."""
    return tuple(one for one in docket.vouched.get(each.id, ()) if one.recorded_at <= now)


def missing_of_correction(docket: Docket, each: FiledCorrection, now: datetime.datetime) -> str:
    """Return what a correction of a comment or notice lacks to count; nothing where it counts."""
    vouchers = vouchers_of(docket, each, now)
    if not vouchers:
        return docket.unsealed_vouching.get(each.id, "no second coordinator has vouched for it")
    if each.wrong is None or each.right is None or not isinstance(each.wrong.record, Notice):
        return ""
    first = min(vouchers, key=lambda one: one.seq)
    return relied_on(docket, each.wrong, first.recorded_at, first.seq)


def relied_on(docket: Docket, notice: FiledRecord[Notice], at: datetime.datetime, seq: int) -> str:
    """Return why an announced date is a promise by a moment, which moves only later, or nothing.

    `seq` is the number in the log at that moment.
    """
    assert notice.entry is not None
    if at > notice.entry.recorded_at + SOON:
        return f"{notice.id} was said to everybody more than two days before"
    every: tuple[FiledRecord[Any], ...] = (*docket.positions, *docket.comments)
    for other in every:
        if notice.seq < other.seq < seq:
            return f"{other.id} came in after {notice.id}, so somebody may have relied on its date"
    return ""


class Replaced(NamedTuple):
    """What stands in the place of a record, and by which correction."""

    right: str
    correction: str
    reason: str

    @property
    def words(self) -> str:
        """Return it as part of a sentence."""
        return f"written down wrongly; {self.right} stands in its place ({self.correction})"


def replaced_records(docket: Docket, now: datetime.datetime) -> Mapping[str, Replaced]:
    """Return the comments and notices that stand no more, by their places, and what does."""
    found: dict[str, Replaced] = {}
    attempts: dict[str, list[str]] = {}
    for each in _of_words(docket, now):
        record = each.record
        earlier = attempts.setdefault(record.corrects, [])
        if not missing_of_correction(docket, each, now):
            by = Replaced(record.right, each.id, record.reason)
            found |= dict.fromkeys([record.corrects, *earlier], by)
        earlier.append(record.right)
    return found


def waiting_corrections(
    docket: Docket, now: datetime.datetime
) -> Iterator[tuple[FiledCorrection, str]]:
    """Yield each correction of a comment or notice that does not count yet, and what it lacks."""
    gone = replaced_records(docket, now)
    for each in _of_words(docket, now):
        lacks = missing_of_correction(docket, each, now)
        if lacks and each.record.right not in gone:
            yield each, lacks


def _of_words(docket: Docket, now: datetime.datetime) -> Iterator[FiledCorrection]:
    for each in bound_corrections(docket, now):
        if not each.fault and not each.record.corrects.startswith("positions/"):
            yield each


def standing_notices(docket: Docket, now: datetime.datetime) -> list[FiledRecord[Notice]]:
    """Return the notices that the log has and that stand, in its order.

    A date in a correction that waits moves nothing.
    """
    gone = {
        *replaced_records(docket, now),
        *(each.record.right for each, _ in waiting_corrections(docket, now)),
    }
    return [
        each
        for each in docket.notices
        if each.logged
        and each.entry is not None
        and each.entry.recorded_at <= now
        and each.id not in gone
    ]
