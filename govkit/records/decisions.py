"""The record of a decision: the arithmetic, what it was computed from, and at which moment."""

from typing import ClassVar, Literal, get_args

from govkit.records.base import Part, Record
from govkit.records.proposals import PolicyAt
from govkit.records.references import AS_IT_WAS
from govkit.records.scalars import AnyId, Digest, Instant, Line, Many, Number, Slug, Text, YesNo

Outcome = Literal[
    "adopted",
    "adopted-with-reservations",
    "adopted-with-dissent",
    "not-adopted",
    "inquorate",
    "blocked",
]

BEST_FIRST: tuple[Outcome, ...] = get_args(Outcome)
"""From adopted to blocked. Nothing that is only more consent ever leads further down."""

ADOPTED: tuple[Outcome, ...] = BEST_FIRST[:3]

ObjectionState = Literal[
    "unanswered",
    "answered",
    "escalated",
    "upheld",
    "dismissed",
    "overruled",
    "satisfied",
    "withdrawn",
    "no-reason",
    "reason-asked",
]


class Count(Part):
    """One side of the sum: what was required, what was given, or what is missing."""

    consents: Number | None = None
    groups: Number | None = None
    by_group: dict[Slug, Number] = {}
    majority: dict[Slug, Line] = {}
    yes: dict[Slug, Number] = {}
    quorum: Line | None = None
    endorsers: Number | None = None


class Objected(Part):
    """An objection to one text, and what became of it."""

    member: Slug
    state: ObjectionState
    reason: Text | None = None
    position: Line
    """The record, as positions/example-01."""


class DecidedUnit(Part):
    """One text: the pair that was decided, by which policy, and the sum."""

    id: AnyId
    before: Digest | None
    after: Digest | None
    policy: Slug
    outcome: Outcome
    why: Many[Text] = ()
    required: Count
    given: Count
    missing: Count
    stale: Many[Slug] = ()
    not_heard: Many[Slug] = ()
    groups_not_heard: Many[Slug] = ()
    objections: Many[Objected] = ()

    @property
    def withdraws(self) -> bool:
        """Say whether what was decided is that the text goes."""
        return self.after is None


class Refused(Part):
    """A record that does not count, and why."""

    record: Line
    cause: Text


class WouldChange(Part):
    """What would change the outcome of some texts, in words."""

    units: Many[AnyId]
    words: Text


class Input(Part):
    """A record that the decision was computed from."""

    record: Line
    digest: Digest


class Decision(Record):
    """What was decided about each text, with the sum that anyone can do again."""

    KIND: ClassVar[str] = "decision"
    KEPT: ClassVar[str] = AS_IT_WAS.why

    proposal: Line
    revision: Number
    now: Instant
    head: Digest
    """The newest entry of the log that was looked at."""
    outcome: Outcome
    provisional: YesNo = False
    policies: Many[PolicyAt] = ()
    units: Many[DecidedUnit]
    rejected: Many[Refused] = ()
    late: Many[Refused] = ()
    reported: Many[Refused] = ()
    """Kept and published, and not counted: the evidence is too weak."""
    would_change: Many[WouldChange] = ()
    inputs: Many[Input]

    @property
    def withdraws(self) -> bool:
        """Say whether all that was decided is that texts go."""
        return bool(self.units) and all(unit.withdraws for unit in self.units)
