"""How a class of change is decided: periods, what has to be there, and what an objection does."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.numbers import Count, OneOrMore
from govkit.records.references import Group, InCharter
from govkit.records.scalars import SLUG, Line, Many, Period, Share, Text, YesNo, shaped

Level = Literal["E0", "E1", "E1c", "E2", "E3"]
"""How sure it is that a person said what the record says; E0 is hearsay, E3 their own signature."""

AT_LEAST = "at_least"
GroupOrCount = Annotated[
    str,
    *shaped(rf"{AT_LEAST}|{SLUG}", "a stakeholder group of the charter, or at_least"),
    InCharter("groups"),
]


class Roll(Part):
    """Whose voices count: those who were members at a fixed moment."""

    frozen_at: Literal["revision-opened"] = "revision-opened"


class Periods(Part):
    """How long each step takes at least. Quiet days of the charter do not count."""

    comment: Period
    last_call: Period
    intake: Period = "P7D"
    """How long the registrar may still take in, after the close, what came in time."""
    lapse: Period = "P90D"
    """After this time without a step, a proposal has lapsed."""


class Restart(Part):
    """When a period begins anew."""

    comment: Literal["on-new-revision", "never"] = "on-new-revision"


class Consents(Part):
    """How many consents it takes: in all, and from how many groups or from which."""

    total: Count = 0
    groups: dict[GroupOrCount, Count] = {}
    """`at_least: 2` for any two groups; or a number for each group, as `civil-society: 2`."""


class Majority(Part):
    """The share of yes in one group. Exactly one of `at_least` and `more_than` is given."""

    of: Literal["votes-cast"] = "votes-cast"
    at_least: Share | None = None
    more_than: Share | None = None
    min_yes: Count = 0


class Active(Part):
    """Who is active: as many as came to a meeting on average, of the last few meetings."""

    measure: Literal["attendance"] = "attendance"
    meetings: OneOrMore = 3


class Quorum(Part):
    """How many have to take part. Exactly one of `at_least` and `more_than` is given."""

    of: Literal["active", "roll"]
    at_least: Share | None = None
    more_than: Share | None = None
    active: Active = Active.model_construct()


class Endorsers(Part):
    """How many members have to stand behind a proposal beside the one who makes it."""

    count: Count = 0
    other_than: Literal["proposer", "proposer-organisation"] = "proposer-organisation"


class Cap(Part):
    """How many votes one organisation has, whoever speaks for it."""

    per: Literal["organisation"] = "organisation"
    votes: OneOrMore = 1


class MinEvidence(Part):
    """From which level on something counts. Objecting is never harder than consenting."""

    consent: Level = "E2"
    object: Level = "E1"
    comment: Level = "E0"


class ObjectionRule(Part):
    """What an objection without a reason, and an answered one, does."""

    reason_grace: Period = "P7D"
    """An objection without a reason stops blocking after this time; it stays published."""
    unresolved: Literal["block", "escalate", "adopt-with-dissent"] = "block"
    """What follows where the objection was answered and its author is not satisfied."""


class EditorialRule(Part):
    """Whether a consent holds over an editorial edit, and how long anyone may challenge it."""

    carry: YesNo = True
    challenge: Period = "P7D"


class Policy(Record):
    """How a class of change is decided. The charter says which class a policy is for."""

    KIND: ClassVar[str] = "policy"

    title: Line
    roll: Roll = Roll.model_construct()
    periods: Periods
    restart: Restart = Restart.model_construct()
    consents: Consents = Consents.model_construct()
    majority: dict[Group, Majority] | None = None
    """For each group the share of yes that it takes; null where nobody counts votes."""
    quorum: Quorum | None = None
    endorsers: Endorsers = Endorsers.model_construct()
    cap: Cap | None = Cap.model_construct()
    early_close: Literal["never"] = "never"
    silence: Literal["not-counted", "no-objection"] = "not-counted"
    min_evidence: MinEvidence = MinEvidence.model_construct()
    objection: ObjectionRule = ObjectionRule.model_construct()
    editorial: EditorialRule = EditorialRule.model_construct()
    vacant_group: Literal["escalate", "block"] = "escalate"
    """What happens where a group has too few members: a recorded waiver helps, or nothing does."""
    remind: Many[OneOrMore] = ()
    """How many days before the last call ends those who were not heard are reminded: once for each
    number, and no more often."""
    note: Text | None = None
