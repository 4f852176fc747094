"""The texts themselves: provisions, recommendations, principles, and the books that hold them."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from govkit.records.base import (
    Authority,
    Balancing,
    Mapping,
    Parameters,
    Part,
    Record,
    Relation,
    Tombstone,
)
from govkit.records.enumerations import CoverageTableName
from govkit.records.kinds import Status
from govkit.records.references import OWN, As, Axis, Free, MemberRef, Party, Right, TextRef
from govkit.records.scalars import (
    SLUG,
    ClauseId,
    Day,
    Line,
    Many,
    NormativeText,
    Number,
    ParameterName,
    RecordId,
    Slug,
    Symbol,
    Text,
    YesNo,
    word_schema,
)

Force = Literal["must", "must-not", "should", "should-not", "may", "declares"]
_PARTY_SCHEMA = word_schema(SLUG) | {"x-refers-to": ["term"], "x-in-charter": "parties"}
OneOrMany = Annotated[
    Many[Party],
    BeforeValidator(
        lambda value: (value,) if isinstance(value, str) else () if value is None else value
    ),
    WithJsonSchema(
        {"anyOf": [_PARTY_SCHEMA, {"type": "array", "items": _PARTY_SCHEMA}, {"type": "null"}]}
    ),
]
"""A party, or a list of parties; nothing means an empty list."""

AppliesTo = dict[Axis, Annotated[Many[Axis], Field(min_length=1)]]
"""Whom a text covers: words for each axis of the charter; an absent axis means all."""


class Clause(Part):
    """One clause: one force, who is bound, who is protected, and the words."""

    id: Annotated[ClauseId, OWN]
    force: Force
    addressee: OneOrMany = ()
    """Who is bound: a slug of a term, or a list of them."""
    beneficiary: OneOrMany = ()
    """Who is protected."""
    text: NormativeText
    conditions: Many[NormativeText] = ()
    exceptions: Many[NormativeText] = ()
    applies_to: AppliesTo | None = None
    """Where given, it replaces the record's own for this clause."""
    guidance: Text | None = None
    withdrawn: None = None


class WithdrawnClause(Part):
    """A clause that was withdrawn: its id stays, so that it is never given twice."""

    id: Annotated[ClauseId, OWN]
    withdrawn: Tombstone


def _clause_tag(value: Any) -> str:
    given = value.get("withdrawn") if isinstance(value, dict) else getattr(value, "withdrawn", None)
    return "live" if given is None else "withdrawn"


AnyClause = Annotated[
    Annotated[Clause, Tag("live")] | Annotated[WithdrawnClause, Tag("withdrawn")],
    Discriminator(_clause_tag),
]


class _ClausedText(Record):
    id: Annotated[RecordId, OWN]
    title: Line
    status: Status
    rights: Many[Right] = ()
    clauses: Annotated[Many[AnyClause], Field(min_length=1)]
    grounds: Many[Authority] = ()
    mappings: Many[Mapping] = ()
    balancing: Many[Balancing] = ()
    relations: Many[Relation] = ()
    supersedes: Many[TextRef] = ()
    superseded_by: TextRef | None = None
    withdrawn: Tombstone | None = None
    rationale: Text | None = None
    """Why the text is as it is. Not normative."""
    guidance: Text | None = None
    """How to apply the text. Not normative."""
    editors: Many[Annotated[MemberRef, As("editor")]] = ()
    no_binding_source: Text | None = None
    """Why a duty stands here although no binding source asks for it."""
    review_by: Day | None = None


class Principle(_ClausedText):
    """A principle: what the provisions and recommendations rest on."""

    KIND: ClassVar[str] = "principle"


class Recommendation(_ClausedText):
    """A due-diligence recommendation to platforms."""

    KIND: ClassVar[str] = "recommendation"

    category: Literal["substantive", "procedural"] | None = None
    applies_to: AppliesTo = {}


class Option(Part):
    """One of several ways to take a provision in: the platform takes one, and says which."""

    id: Annotated[Slug, OWN]
    clauses: Annotated[
        Many[Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")]],
        Field(min_length=1),
    ]
    """The clauses that hold where this option is taken; those in no option always hold."""


class Burden(Part):
    """What a provision costs the platform that takes it in. Not normative."""

    people: Line
    """Who has to do what, and how long it takes."""
    systems: Line
    """What has to be built or bought."""


KindOfChange = Literal[
    "any",
    "significant",
    "adverse",
    "favourable",
    "house-rule",
    "tightened",
    "reaches-back",
    "function",
    "transfer",
]
"""What a change of terms is: `any`; a significant one, and of these an adverse one, one that does
nothing but favour the user, one of a house rule, one that tightens it; and what may go with it: a
rule that reaches back to what was there before, the end of a function, a transfer of the service.
"""
Urgency = Literal["law", "danger"]
"""Why a change can't wait: a law or order demands it, or a danger."""


class ChangeDuty(Part):
    """What a clause asks for when a platform changes its terms: the clause's words, for programs.

    It says nothing new, and no digest holds it. `adoption` reads it for the change of terms.
    """

    clause: Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")]
    asks: Annotated[Slug, Free("a key of the messages; a test holds that each has one")]
    """What is asked for: a key of the messages `adopt.change.asks`."""
    of: Annotated[Many[KindOfChange], Field(min_length=1)]
    """Which changes call for it."""
    time: Annotated[ParameterName, Free("a blank of this record; `unknown-clause`")] | None = None
    """The blank that holds its time."""
    runs: (
        Literal[
            "notice-to-effect",
            "showing-to-effect",
            "draft-to-notice",
            "from-effect",
            "from-notice",
            "from-last-day",
            "from-end",
            "from-return",
            "from-request",
            "after-former-terms",
        ]
        | None
    ) = None
    """Between which events the time runs, or from which."""
    only: Many[Urgency] = ()
    """It is asked for only where one of these holds."""
    unless: Many[Urgency | Literal["favourable"]] = ()
    """It is not asked for where one of these holds."""
    at_once: Many[Urgency] = ()
    """Where one of these holds it is asked for without its time."""


class Provision(Recommendation):
    """A model contractual provision, with the blanks that a platform fills in."""

    KIND: ClassVar[str] = "provision"

    summary: Line | None = None
    """What the provision gives, in one plain sentence for users. Not normative."""
    parameters: Parameters = {}
    options: Many[Option] = ()
    on_change: Many[ChangeDuty] = ()
    """What its clauses ask for when a platform changes its terms. Not normative."""
    burden: Burden | None = None


class Paragraph(Part):
    """A paragraph of a preamble."""

    id: Annotated[ClauseId, OWN]
    text: NormativeText


class Interpretation(Part):
    """A clause that says how the book is read."""

    id: Annotated[ClauseId, OWN]
    force: Force
    text: NormativeText
    in_terms: YesNo = True
    """Whether it goes into the terms of a platform that takes provisions in: one about the book
    itself does not."""


class Counting(Part):
    """Which clauses of a book say how times run, and what they say, for programs."""

    times: Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")]
    """The clause by which a time in days begins on the day after its event."""
    notices: Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")]
    """The clause that says when a notice has reached the user."""
    days: Number
    """How many days after it was sent a notice counts as having reached the user."""


class Section(Part):
    """A part of a book: what stands in it, in print order. Parts may nest."""

    id: Annotated[Slug, OWN]
    title: Line
    text: Text | None = None
    items: Many[Annotated[TextRef, As("item")]] = ()
    parts: Many["Section"] = ()


class Level(Part):
    """A part of a book that a platform can take and name: a set of its texts that stands alone."""

    id: Annotated[Slug, OWN]
    title: Line
    items: Many[Annotated[TextRef, As("level")]] = ()
    """The texts of the level; none means all of the book."""
    options: dict[
        Annotated[TextRef, As("level")],
        Annotated[Slug, Free("an option of that text; `level-not-closed` looks it up")],
    ] = {}
    """The option that the level takes of a text that offers several."""
    most_words: Number | None = None
    """How many words its clauses and their definitions may have, for a check of its length."""


class Instrument(Record):
    """One book: its preamble, how to read it, and the order of what it holds."""

    KIND: ClassVar[str] = "instrument"

    id: Annotated[RecordId, OWN]
    title: Line
    symbol: Annotated[Symbol, OWN] | None = None
    status: Status
    preamble: Many[Paragraph] = ()
    interpretation: Many[Interpretation] = ()
    defined_words: (
        Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")] | None
    ) = None
    """The interpretation clause that gives defined words their meaning, marked or not."""
    consequences: (
        Annotated[ClauseId, Free("a clause of this record; `unknown-clause` looks it up")] | None
    ) = None
    """The interpretation clause that says what follows from the breach of any duty of the book."""
    counting: Counting | None = None
    """How the times of the book are counted, as its interpretation says. Not normative."""
    parts: Many[Section] = ()
    levels: Many[Level] = ()
    coverage: Many[CoverageTableName] = ()
    """The tables of coverage that stand in the annex of the book, in this order."""
    withdrawn: Tombstone | None = None
    rationale: Text | None = None
