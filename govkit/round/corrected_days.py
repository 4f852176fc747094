"""When something really came, where a coordinator wrote down another moment: two stand for it.

The order of words, and what is late, hang on when they came. So a moment that was typed wrong is
put right as any slip is: beside it, with a reason, and once a second coordinator has seen what
shows it. Until then what was written down holds, and both are shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from govkit.log.entries import entries_of
from govkit.records.kinds import folder_of_proposal
from govkit.records.positions import Position
from govkit.records.scalars import iso

if TYPE_CHECKING:
    from govkit.corpus.whole import Corpus
    from govkit.records.corrections import Correction
    from govkit.round.docket import Docket
    from govkit.round.filed_records import FiledRecord

SOON = datetime.timedelta(days=2)
"""So long after it was written down, or said to everybody, a date can be a slip at any time."""


class CorrectedDay(NamedTuple):
    """A correction of a moment, by its place, and what it is about.

    `was` is what was written down, `came` what is right. `fault` says why it is false, which
    nothing mends; `lacks` why it does not count so far.
    """

    id: str
    of: str
    was: datetime.datetime
    came: datetime.datetime
    fault: str = ""
    lacks: str = ""

    @property
    def counts(self) -> bool:
        """Say whether the right moment counts."""
        return not (self.fault or self.lacks)

    @property
    def words(self) -> str:
        """Return both moments as part of a sentence."""
        return f"{self.of} came at {iso(self.came)}; written down was {iso(self.was)} ({self.id})"


def with_corrected_days(docket: Docket, corpus: Corpus) -> Docket:
    """Return a docket in which what came at another moment came then.

    What a decision rested on is moved by no later word, so that each decision can be made again.
    """
    if all(each.record.received_at is None for each in docket.corrections):
        return docket
    path = f"{folder_of_proposal(docket.proposal.id)}decision.yaml"
    decided = [
        entry.seq
        for _, entry in entries_of(corpus)
        if (entry.path, entry.kind) == (path, "decision")
    ]
    found = tuple(_corrected_days(docket, decided))
    came = {each.of: each.came for each in found if each.counts}
    came |= dict(_in_other_words(docket, came))
    return replace(
        docket,
        corrected_days=found,
        positions=tuple(_moved(each, came) for each in docket.positions),
        comments=tuple(_moved(each, came) for each in docket.comments),
    )


def _moved(filed: FiledRecord[Any], came: Mapping[str, datetime.datetime]) -> FiledRecord[Any]:
    if filed.id not in came or filed.entry is None:
        return filed
    entry = filed.entry.model_copy(update={"received_at": came[filed.id]})
    return replace(filed, entry=entry, as_logged=filed.entry)


def _in_other_words(
    docket: Docket, came: Mapping[str, datetime.datetime]
) -> Iterator[tuple[str, datetime.datetime]]:
    """Yield what stands in the place of a record that came at another moment: it came then, too."""
    known = _known(docket)
    for each in docket.corrections:
        said, right = each.record, known.get(each.record.right)
        if said.received_at is not None or said.corrects not in came or right is None:
            continue
        own = isinstance(right.record, Position) and right.record.corrects == said.corrects
        # Nothing in a comment says what it corrects: else one person's word would move any other.
        if own or each.id in docket.vouched:
            yield right.id, came[said.corrects]


def _known(docket: Docket) -> dict[str, FiledRecord[Any]]:
    every: tuple[FiledRecord[Any], ...] = (*docket.positions, *docket.comments)
    return {each.id: each for each in every}


def _corrected_days(docket: Docket, decided: Sequence[int]) -> Iterator[CorrectedDay]:
    known = _known(docket)
    for filed in sorted(docket.corrections, key=lambda each: (each.seq, each.id)):
        came = filed.record.received_at
        if came is None or not filed.logged:
            continue
        wrong = known.get(filed.record.corrects)
        was = wrong.entry.received_at if wrong is not None and wrong.entry is not None else came
        fault = _fault(docket, filed, wrong)
        lacks = "" if fault or wrong is None else _lacking(docket, filed, wrong, decided)
        yield CorrectedDay(filed.id, filed.record.corrects, was, came, fault, lacks)


def _fault(docket: Docket, filed: FiledRecord[Correction], wrong: FiledRecord[Any] | None) -> str:
    record, came = filed.record, filed.record.received_at
    assert came is not None
    if wrong is None or wrong.entry is None:
        return f"there is no {record.corrects} in this proposal"
    entry = wrong.entry
    same = record.right == record.corrects and record.digest == record.right_digest == entry.digest
    if not (same and wrong.intact and wrong.seq < filed.seq):
        return f"it is about other words than those of {wrong.id}"
    if entry.received_basis != "registrar":
        return f"a host says when {wrong.id} came, and nobody's word stands against that"
    if came > entry.recorded_at:
        return f"{wrong.id} was in the log by {iso(entry.recorded_at)}, so it came before"
    said = wrong.record
    number = said.revision if isinstance(said, Position) else said.target.revision
    if number > docket.number or came.date() < docket.revisions[number - 1].record.opened.date():
        return f"revision {number}, which {wrong.id} is about, was opened later"
    return ""


def _lacking(
    docket: Docket, filed: FiledRecord[Correction], wrong: FiledRecord[Any], decided: Sequence[int]
) -> str:
    vouched = min(docket.vouched.get(filed.id, ()), key=lambda each: each.seq, default=None)
    if any(wrong.seq < seq and (vouched is None or seq < vouched.seq) for seq in decided):
        return "it was decided before a second coordinator had vouched for it, and that stands"
    if vouched is None:
        return docket.unsealed_vouching.get(filed.id, "no second coordinator has vouched for it")
    return too_late_to_correct(docket, wrong, vouched.recorded_at)


def too_late_to_correct(docket: Docket, wrong: FiledRecord[Any], at: datetime.datetime) -> str:
    """Return why nobody corrects any more when a record came, at a moment; nothing where one may.

    After the close all words are known, and two coordinators could put them into another order
    (decision 43). So only what was written down just before can be a slip then.
    """
    closes = max(
        (each.record.closes for each in docket.notices if each.logged and each.record.closes),
        default=None,
    )
    assert wrong.entry is not None
    if closes is None or at < closes or at <= wrong.entry.recorded_at + SOON:
        return ""
    return f"the last call was over, and {wrong.id} had been in the log for more than two days"
