"""Which positions are heard, where one of them was written down wrongly: derived here, once.

What the person said decides, and the slip never counts. That it was a slip is not for one
coordinator to say: until somebody else has seen what shows the right words, or the member has
signed them, the more cautious of the two counts, text by text (decision 43).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from govkit.consent.evidence import LEVELS, PositionEvidence, evidence_of
from govkit.records.enumerations import Stance
from govkit.records.positions import Position
from govkit.round.corrections import FiledCorrection, bound_corrections, waiting_corrections
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import may_speak

_CAUTION: dict[Stance | None, int] = {
    "object": 0,
    "stand-aside": 2,
    "abstain": 3,
    "withdraw": 4,
    None: 5,
    "consent-with-reservation": 6,
    "consent": 7,
}
"""The most cautious first; None where nothing is said about a text. Between the first two stands an
objection without a reason."""
NOT_SAID_SO = "it says that it corrects {}, and no correction in the log says so"


class HeardPosition(NamedTuple):
    """A position that is heard: where it stands in the order, and what it is worth.

    `filed` has the texts about which it counts. `evidence` is None where it is its own. `doubted`
    says that a correction waits: it then takes no objection back.
    """

    filed: FiledRecord[Position]
    evidence: PositionEvidence | None = None
    doubted: bool = False

    @property
    def order(self) -> tuple[int, int, str]:
        """Return the place in the order of the log.

        Of two words that one correction leaves in one place, as for an organisation and for who
        speaks for it, the more cautious is the later one.
        """
        caution = _CAUTION[self.filed.record.position] if self.doubted else 0
        return (self.filed.seq, -caution, self.filed.id)


class ExcludedPosition(NamedTuple):
    """Why a position is not heard about some texts (none: about any), and what can be done."""

    why: str
    remedy: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeardPositions:
    """The positions of a docket that are heard, and why others are not, by their places.

    `waiting` gives for each correction that does not count yet what it lacks; `loose` are positions
    that say that they correct another one, and that no correction names.
    """

    heard: tuple[HeardPosition, ...] = ()
    unheard: Mapping[str, ExcludedPosition] = field(default_factory=dict)
    waiting: Mapping[str, ExcludedPosition] = field(default_factory=dict)
    loose: tuple[str, ...] = ()


def positions_heard(docket: Docket, now: datetime.datetime) -> HeardPositions:
    """Return what is heard at a moment, corrections taken into account."""
    if not docket.corrections and not any(each.record.corrects for each in docket.positions):
        return HeardPositions(tuple(HeardPosition(each) for each in docket.positions))
    threads: dict[str, list[FiledCorrection]] = {}
    for each in _of_positions(docket, now):
        threads.setdefault(each.record.corrects, []).append(each)
    within = {each.record.right for several in threads.values() for each in several}
    heard: list[HeardPosition] = []
    unheard: dict[str, ExcludedPosition] = {}
    lacking: dict[str, ExcludedPosition] = {}
    loose: list[str] = []
    for position in docket.positions:
        if position.id in threads:
            thread = _Thread(docket, position, now)
            for each in threads[position.id]:
                thread.follow(each)
            heard += thread.heard()
            unheard |= thread.unheard
            lacking |= {each.id: thread.lack(each, lacks) for _, each, lacks in thread.waiting}
        elif position.record.corrects and position.id not in within:
            unheard[position.id] = ExcludedPosition(NOT_SAID_SO.format(position.record.corrects))
            loose.append(position.id)
        elif position.id not in within:
            heard.append(HeardPosition(position))
    return HeardPositions(tuple(heard), unheard, lacking, tuple(loose))


def _of_positions(docket: Docket, now: datetime.datetime) -> Iterator[FiledCorrection]:
    for each in bound_corrections(docket, now):
        if not each.fault and each.record.corrects.startswith("positions/"):
            yield each


class _Thread:
    """One position that was written down wrongly, and the corrections of it, in their order."""

    def __init__(
        self, docket: Docket, wrong: FiledRecord[Position], now: datetime.datetime
    ) -> None:
        self.docket, self.wrong, self.now = docket, wrong, now
        self.base = wrong
        self.waiting: list[tuple[FiledRecord[Position], FiledCorrection, str]] = []
        self.unheard: dict[str, ExcludedPosition] = {}

    def follow(self, each: FiledCorrection) -> None:
        assert each.right is not None
        assert each.right.entry is not None
        # It counts from the same moment and in the same place: what the same person said later
        # stays later.
        placed = each.right.entry.model_copy(update={"seq": self.wrong.seq})
        right = replace(each.right, entry=placed)
        lacks = lacking_of_position(self.docket, each, self.base, self.now)
        if lacks:
            self.waiting.append((right, each, lacks))
            return
        gone = ExcludedPosition(
            f"it was written down wrongly; {right.id} counts in its place ({each.id})"
        )
        for other in (self.base, *(one for one, _, _ in self.waiting)):
            self.unheard[other.id] = gone
        self.base, self.waiting = right, []

    def lack(self, each: FiledCorrection, lacks: str) -> ExcludedPosition:
        return ExcludedPosition(lacks, _remedy(self.docket, each, lacks))

    def heard(self) -> Iterator[HeardPosition]:
        """Yield what counts: the right words, or of those in doubt the more cautious."""
        if not self.waiting:
            yield HeardPosition(self.base)
            return
        own = evidence_of(self.docket, self.base, self.now)
        several = [self.base, *(each for each, _, _ in self.waiting)]
        _, correction, lacks = self.waiting[-1]
        for each in several:
            ids = each.record.texts
            kept = tuple(p for p in each.record.units if _is_most_cautious(each, p.id, several))
            left = tuple(id for id in ids if id not in {pair.id for pair in kept})
            if left:
                self.unheard[each.id] = ExcludedPosition(
                    f"{correction.id} is not confirmed: {lacks}; until then the more cautious of "
                    "the two positions counts",
                    _remedy(self.docket, correction, lacks),
                    left if kept else (),
                )
            if kept:
                record = each.record.model_copy(update={"units": kept})
                shown = evidence_of(self.docket, each, self.now)
                same = each.record.member == self.base.record.member
                if same and LEVELS[shown.level] < LEVELS[own.level]:
                    shown = own
                yield HeardPosition(replace(each, record=record), shown, doubted=True)


def _is_most_cautious(
    each: FiledRecord[Position], unit: str, several: list[FiledRecord[Position]]
) -> bool:
    """Say whether of several positions this one counts about a text; of equal ones the first."""
    own = _caution(each.record, unit)
    for at, other in enumerate(several):
        if other is each:
            continue
        same = other.record.member == each.record.member
        rank = _caution(other.record, unit) if same else _CAUTION[None]
        if rank < own or (rank == own and at < several.index(each)):
            return False
    return True


def _caution(record: Position, unit: str) -> int:
    if not any(pair.id == unit for pair in record.units):
        return _CAUTION[None]
    rank = _CAUTION[record.position]
    without = record.position == "object" and not (record.reason or record.reason_withheld)
    return rank + 1 if without else rank


def lacking_of_position(
    docket: Docket, each: FiledCorrection, base: FiledRecord[Position], now: datetime.datetime
) -> str:
    """Return what the correction of a position lacks to count, or nothing.

    `base` is what stood until then, whose evidence must not be stronger than that of the right one.
    """
    right = each.right
    assert right is not None
    assert right.entry is not None
    said, was = right.record, base.record
    day = right.entry.received_at.date()
    if not may_speak(docket.members, said.cast_by, said.member, day):
        return f"{said.cast_by} may not speak for {said.member}"
    shown = evidence_of(docket, right, now)
    worth = [one for one in shown.judged if LEVELS[one.level] > LEVELS["E0"]]
    seen = any(one.record.kind != "sshsig" and not one.alone for one in worth)
    # Whoever signs for themselves says nothing of what another member said.
    own = said.member == was.member and any(
        one.record.kind == "sshsig" or LEVELS[one.level] >= LEVELS["E1c"] for one in worth
    )
    if not seen and not own:
        unsealed = (docket.unsealed_vouching.get(one.id, "") for one in shown.judged)
        nobody = f"neither a second coordinator nor {was.member} has confirmed it"
        return next(filter(None, unsealed), nobody)
    before = evidence_of(docket, base, now).level
    if LEVELS[shown.level] < LEVELS[before]:
        return f"what shows {right.id} is {shown.level}, and what shows {base.id} is {before}"
    return ""


def _remedy(docket: Docket, each: FiledCorrection, lacks: str) -> str:
    """Return what makes a correction count, with the line to type."""
    assert each.right is not None
    proposal, said = docket.proposal.id, each.right.record
    signs = (
        f"{said.cast_by} signs the right words: `govkit status {proposal} --statement "
        f"{said.member}` writes the text, and says how"
    )
    shown = docket.evidence_by_position.get(each.right.id, ())
    source = [one for one in shown if one.record.kind != "sshsig" and one.record.level != "E0"]
    if not source or "what shows" in lacks:
        return f"{signs[:1].upper()}{signs[1:]}"
    return (
        f"Another coordinator looks at what shows it, and types: `govkit countersign "
        f'{proposal}/{source[-1].id} --seen "WHAT I SAW" --key FILE`. Or {signs}'
    )


class CorrectionState(NamedTuple):
    """A correction, by its place: why it is false, or what it lacks; nothing where it counts.

    `is_of_day` says that it is about when something came, and about no words.
    """

    id: str
    fault: str = ""
    lacks: str = ""
    remedy: str = ""
    is_of_day: bool = False


def corrections_in(docket: Docket, now: datetime.datetime) -> Iterator[CorrectionState]:
    """Yield how each correction of a proposal stands, and what claims to be one and is none."""
    bound = bound_corrections(docket, now)
    positions = positions_heard(docket, now)
    others = {each.id: lacks for each, lacks in waiting_corrections(docket, now)}
    for day in docket.corrected_days:
        remedy = _seen(docket, day.id) if day.lacks else ""
        yield CorrectionState(day.id, day.fault, day.lacks, remedy, is_of_day=True)
    for each in bound:
        if each.fault:
            yield CorrectionState(each.id, each.fault)
        elif each.id in positions.waiting:
            lacks = positions.waiting[each.id]
            yield CorrectionState(each.id, lacks=lacks.why, remedy=lacks.remedy)
        else:
            waits = others.get(each.id, "")
            yield CorrectionState(
                each.id, lacks=waits, remedy=_seen(docket, each.id) if waits else ""
            )
    for id in positions.loose:
        yield CorrectionState(id, positions.unheard[id].why)


def _seen(docket: Docket, id: str) -> str:
    return (
        "Another coordinator looks at the source, and types: `govkit countersign "
        f'{docket.proposal.id}/{id} --seen "WHAT I SAW" --key FILE`'
    )
