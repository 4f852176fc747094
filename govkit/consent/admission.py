"""Who is heard: each position is admitted, or kept aside with the cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from govkit.consent.corrections import (
    ExcludedPosition,
    HeardPosition,
    HeardPositions,
    positions_heard,
)
from govkit.consent.evidence import LEVELS, PositionEvidence, evidence_of
from govkit.records.log import LogEntry
from govkit.records.policies import Level, Policy
from govkit.records.positions import Position
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import RollEntry, may_speak, person_of
from govkit.round.rounds import ALTERED, NOT_LOGGED, Round

TestName = Literal["log", "time", "content", "membership"]
FOR_OBJECTIONS = ("object", "stand-aside", "abstain", "withdraw")
"""The stances that need no more evidence than an objection: saying no is never the harder thing."""


class ExcludedRecord(NamedTuple):
    """A record that does not count, and why."""

    record: str
    cause: str


@dataclass(frozen=True, slots=True)
class AdmittedPosition:
    """A position that is heard, with its seat, the person behind it, and what it is worth."""

    id: str
    record: Position
    entry: LogEntry
    seat: RollEntry
    person: str
    lead: bool
    evidence: PositionEvidence
    doubted: bool = False
    """A correction waits: it takes no objection back."""

    @property
    def level(self) -> Level:
        """Return how sure it is that the member said it."""
        return self.evidence.level

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is folded by: for whom it speaks, and the person."""
        return (self.seat.organisation or self.seat.person, self.person)

    def has_seen(self, other: AdmittedPosition) -> bool:
        """Say whether the one who spoke can have known another position, by the order of the log.

        Who signs a statement names the newest entry that they had seen; nothing filed after that
        entry was before their eyes. Words that name none are taken as said when they were filed.
        """
        head = self.record.head
        return other.entry.seq <= (head.seq if head is not None else self.entry.seq)

    def follows(self, other: AdmittedPosition) -> bool:
        """Say whether it was surely said after another position of the log (decision 51).

        A head that the member signed says so by itself. Else both the order of the log and the
        moments of receipt have to: one coordinator alone types the second.
        """
        if other.entry.seq > self.entry.seq or not self.has_seen(other):
            return False
        signed = self.record.head is not None and self.level == "E3" and not self.doubted
        return signed or self.entry.received_at >= other.entry.received_at

    def came_before(self, other: AdmittedPosition) -> bool:
        """Say whether it was surely received before one that was filed first.

        An own host of the coalition received both, and two coordinators vouch for each moment.
        """
        shown = self._arrival_is_shown and other._arrival_is_shown
        return shown and self.entry.received_at < other.entry.received_at

    @property
    def _arrival_is_shown(self) -> bool:
        received = self.entry.received_at
        return not self.doubted and any(one.arrived == received for one in self.evidence.judged)


@dataclass(frozen=True)
class Admission:
    """All positions of a docket: heard in the order of the log, late, and refused.

    `carried` are objections, and what takes them back, of members who are no longer on the roll:
    they go with the words that did not change, and give nobody a voice. `doubtful` are positions
    of which a correction waits, and that are not the more cautious of the two.
    """

    admitted: tuple[AdmittedPosition, ...]
    late: tuple[ExcludedRecord, ...]
    rejected: tuple[ExcludedRecord, ...]
    carried: tuple[AdmittedPosition, ...] = ()
    doubtful: tuple[ExcludedRecord, ...] = ()
    positions: HeardPositions = field(default_factory=HeardPositions)


def admit_positions(round: Round) -> Admission:
    """Admit or put aside each position of the docket."""
    admitted: list[AdmittedPosition] = []
    carried: list[AdmittedPosition] = []
    late, rejected = [], []
    positions = positions_heard(round.docket, round.now)
    for heard in sorted(positions.heard, key=lambda each: each.order):
        filed = heard.filed
        fault = fault_of(round, filed)
        seat = _former_seat(round, filed) if fault and fault.test == "membership" else None
        if fault is not None and seat is None:
            rejected.append(ExcludedRecord(filed.id, fault.cause))
            continue
        assert filed.entry is not None
        if _is_late(round, filed.entry):
            late.append(ExcludedRecord(filed.id, f"{_who(filed)}: received after the close"))
        elif seat is not None:
            carried.append(_admitted(round, heard, filed.entry, seat))
        else:
            seat = round.roll[filed.record.member]
            admitted.append(_admitted(round, heard, filed.entry, seat))
    unheard = [(each.remedy, _unheard(id, each)) for id, each in positions.unheard.items()]
    return Admission(
        tuple(admitted),
        tuple(late),
        (*rejected, *(aside for remedy, aside in unheard if not remedy)),
        tuple(carried),
        tuple(aside for remedy, aside in unheard if remedy),
        positions,
    )


def _is_late(round: Round, entry: LogEntry) -> bool:
    """Say whether a position was received after the close of the last call.

    What counts is when it was received, not when a coordinator wrote it down: a slow registrar
    takes nobody's word away.
    """
    closes = round.dates.closes
    return closes is not None and entry.received_at >= closes


def _former_seat(round: Round, filed: FiledRecord[Position]) -> RollEntry | None:
    """Return the seat of one who is off the roll and whose objection stays; None where it does not.

    Else whoever opens the next revision without a member could drop what that member objected to.
    An objection stays where it has a reason, to words that did not change, until its end. It was
    made by one who sat on the roll then: who left before, or joined since, makes no new one.
    """
    record, entry = filed.record, filed.entry
    if entry is None or record.member in round.roll:
        return None
    seat = None
    if record.position != "object":
        seat = round.last_seat(record.member) if takes_back(record) else None
    elif record.reason or record.reason_withheld:
        seat = round.seat_at(record.member, entry.received_at)
    members, day = round.docket.members, entry.received_at.date()
    heard = may_speak(members, record.cast_by, record.member, day)
    if seat is None or not heard or not any(_goes_on(round, record, id) for id in record.texts):
        return None
    return seat._replace(left=True)


def _goes_on(round: Round, record: Position, id: str) -> bool:
    question = round.questions.get(id)
    return question is None or question.is_about(record)


class Fault(NamedTuple):
    """Which test a position fails, and how."""

    test: TestName
    cause: str


def fault_of(round: Round, filed: FiledRecord[Position]) -> Fault | None:
    """Return the first test that a position fails, or None where it is heard."""
    for name, test in _TESTS.items():
        cause = test(round, filed)
        if cause is not None:
            return Fault(name, cause)
    return None


def _who(filed: FiledRecord[Position]) -> str:
    return f"{filed.record.position} of {filed.record.member}"


def _unheard(id: str, each: ExcludedPosition) -> ExcludedRecord:
    """Return what is not heard for a correction; said in full, so that both are shown."""
    about = f"{', '.join(each.units)}: " if each.units else ""
    return ExcludedRecord(id, f"{about}{each.why}")


def _admitted(
    round: Round, heard: HeardPosition, entry: LogEntry, seat: RollEntry
) -> AdmittedPosition:
    filed, members = heard.filed, round.docket.members
    record = filed.record
    speaker = members.get(record.cast_by)
    return AdmittedPosition(
        filed.id,
        record,
        entry,
        seat,
        person_of(members, record.cast_by),
        bool(speaker and speaker.lead),
        heard.evidence or evidence_of(round.docket, filed, round.now),
        heard.doubted,
    )


def takes_back(record: Position) -> bool:
    """Say whether a position takes an objection back, if its evidence is enough for that."""
    return record.position == "withdraw" or record.confirms_withdrawal


def has_enough_evidence(each: AdmittedPosition, policy: Policy) -> bool:
    """Say whether the evidence of a position is what the policy asks for."""
    needed = policy.min_evidence
    asked = needed.object if each.record.position in FOR_OBJECTIONS else needed.consent
    return LEVELS[each.level] >= LEVELS[asked]


# --- the tests, in this order; each returns the cause of a refusal, or None ----------------------

Test = Callable[[Round, FiledRecord[Position]], "str | None"]


def _fault_of_log(round: Round, filed: FiledRecord[Position]) -> str | None:
    if filed.entry is None:
        return NOT_LOGGED
    return None if filed.intact else ALTERED


def _fault_of_time(round: Round, filed: FiledRecord[Position]) -> str | None:
    assert filed.entry is not None
    if filed.entry.received_at > round.now:
        return "its time of receipt lies in the future"
    if filed.entry.recorded_at > round.now:
        return "it was logged in the future"
    if filed.entry.received_at > filed.entry.recorded_at:
        return "it was logged before it was received"
    return None


def _fault_of_content(round: Round, filed: FiledRecord[Position]) -> str | None:
    record = filed.record
    if not record.units:
        return "it names no text"
    if not 1 <= record.revision <= round.docket.number:
        return f"there is no revision {record.revision} of this proposal"
    # An objection to any words is heard: who objects need not name a revision's exact words.
    if record.position == "object":
        return None
    if not any((pair.id, pair.before, pair.after) in round.every_pair for pair in record.units):
        return "it is given to words that no revision of this proposal holds"
    return None


def _fault_of_membership(round: Round, filed: FiledRecord[Position]) -> str | None:
    record, members = filed.record, round.docket.members
    if record.member not in members:
        return f"there is no member {record.member}"
    if record.member not in round.roll:
        return _why_not_on_the_roll(round, record.member)
    assert filed.entry is not None
    # On the day of receipt: a mandate that ended later does not undo what was said under it.
    if not may_speak(members, record.cast_by, record.member, filed.entry.received_at.date()):
        return f"{record.cast_by} may not speak for {record.member}"
    return None


def _why_not_on_the_roll(round: Round, id: str) -> str:
    member, opened = round.docket.members[id], round.revision.opened.date()
    if member.state == "listed":
        return f"{id} is listed and has not enrolled"
    if any(each.since > opened for each in member.terms):
        return f"{id} joined after this revision was opened; the next revision includes them"
    return f"{id} was no member when this revision was opened"


# The order is a rule: only what the log has in these words has a time to be judged by.
_TESTS: dict[TestName, Test] = {
    "log": _fault_of_log,
    "time": _fault_of_time,
    "content": _fault_of_content,
    "membership": _fault_of_membership,
}
