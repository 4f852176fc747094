"""What every record has in common: frozen, strict, and no key that nobody knows."""

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field

from govkit.records.references import OWN, As, BlankRef, Free, PersonRef, Right, SourceRef, TextRef
from govkit.records.scalars import AnyId, Day, Line, Many, Number, ParameterName, Slug, Text


class Part(BaseModel):
    """A part of a record: unknown keys are refused, nothing changes after reading.

    A command pays for what it uses: a validator is built for the kinds that are read, when they are
    read, and the sentences under the fields are looked up by `source/schema.py` alone. So a default
    that is a part is made by `model_construct`: to call the class would build its validator.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


class Suppression(Part):
    """A finding that the editors have looked at and let stand, with the reason."""

    rule: Annotated[Slug, Free("a rule; `suppression-unknown` looks it up")]
    reason: Text
    by: Annotated[PersonRef, As("let-stand-by")]
    until: Day


class Record(Part):
    """A whole file."""

    KIND: ClassVar[str]
    """The name of the kind, as in `kinds.KINDS`."""

    KEPT: ClassVar[str] = ""
    """Why nothing that a record of this kind names is followed; empty where it is."""

    UNHASHED: ClassVar[frozenset[str]] = frozenset()
    """The fields that no digest of a record covers, as signatures, which are made over the rest."""

    APART: ClassVar[dict[str, frozenset[str]]] = {}
    """The fields that come later and have a log entry of their own kind, by that kind."""

    suppress: Many[Suppression] = ()
    """Findings of this file that the editors let stand until a day."""

    @property
    def committed(self) -> str | None:
        """Return the commitment that the record holds to words that can be taken out, or None."""
        return None


class Verified(Part):
    """Who looked a source up: a member or the editors, never a program. All empty: nobody did."""

    by: Annotated[PersonRef, As("verified-by")] | None = None
    on: Day | None = None
    how: Line | None = None
    """What was compared with what."""
    at: Line | None = None
    """The address where the passage can be opened."""


class Authority(Part):
    """A source that the text rests on."""

    source: Annotated[SourceRef, As("ground")]
    locator: Line
    relation: Literal["implements", "follows", "goes-beyond", "illustrated-by", "restates"]
    verified: Verified = Verified.model_construct()


class Mapping(Part):
    """A place in another standard that corresponds to this text; informative."""

    source: Annotated[SourceRef, As("mapping")]
    locator: Line
    note: Text | None = None


class Balancing(Part):
    """Two rights that conflict here, and how they are weighed."""

    between: Many[Right]
    test: Line
    cases: Many[Annotated[SourceRef, As("case")]] = ()
    note: Text | None = None


class Relation(Part):
    """A link to another text."""

    to: Annotated[TextRef, As(beside="as_")]
    as_: Literal["grounded-in", "procedural-for", "conflicts-with", "monitored-by", "see-also"] = (
        Field(alias="as")
    )


A_DECISION = Free("a proposal, or a decision from before the register began")


class Tombstone(Part):
    """Why a text or clause was withdrawn, when, and by which decision."""

    reason: Text
    on: Day
    decision: Annotated[AnyId, A_DECISION] | None = None


TimeUnit = Literal["hours", "days", "working-days", "weeks", "months", "years"]
TIMES: tuple[TimeUnit, ...] = get_args(TimeUnit)
"""The units of a blank that is a time."""


class LinkedBlank(Part):
    """Another blank that this one has to fit: it is at least that one `plus` so many."""

    to: Annotated[BlankRef, As("linked-blank")]
    plus: Number = 0


class NumberParameter(Part):
    """A blank that a platform fills in with a number of hours, days, months, …

    `favours` says whom a higher number serves: `longer` (or more) protects the user, `shorter` (or
    fewer) does, or it is `unclear`, since it serves one and burdens another.
    """

    type: Literal[TimeUnit, "count", "percent"]
    default: Number
    minimum: Number | None = None
    maximum: Number | None = None
    favours: Literal["longer", "shorter", "unclear"] | None = None
    linked: LinkedBlank | None = None
    """The blank whose number this one has at least, since both limit one event."""
    meaning: Text


class TextParameter(Part):
    """A blank that a platform fills in with words."""

    type: Literal["text"]
    default: Line
    meaning: Text


Parameter = Annotated[NumberParameter | TextParameter, Discriminator("type")]
Parameters = dict[Annotated[ParameterName, OWN], Parameter]
