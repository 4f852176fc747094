"""What a platform takes in: its profile, a file of its own; and its entry in the register."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema

from govkit.records.base import Part, Record
from govkit.records.references import As, Free, InstrumentRef, TextRef
from govkit.records.scalars import (
    Address,
    Day,
    Digest,
    Line,
    Many,
    NormativeText,
    ParameterName,
    Slug,
    Text,
)

_WORDS = {"type": "string"}
Words = Annotated[
    Many[Line],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [_WORDS, {"type": "array", "items": _WORDS}]}),
]
"""One word, or a list of words."""

VoiceName = Literal["we-you", "named"]


class Deviation(Part):
    """One clause that a platform does not take in as it stands: other words, or not at all."""

    clause: Line
    """The clause, as EXA-DUE-01(a); of what is left out also a whole provision, as EXA-DUE-01."""
    text: NormativeText | None = None
    """Its words in the platform's terms, in the grammar of clauses."""
    conditions: Many[NormativeText] | None = None
    """Its conditions, where they are others."""
    exceptions: Many[NormativeText] | None = None
    """Its exceptions, where they are others."""
    left_out: Text | None = None
    """Why it is left out. Then it has no other words."""
    reason: Text | None = None
    """Why it has other words."""


class Adoption(Record):
    """What a platform took in, as its statement says: an entry in the register of adoptions."""

    KIND: ClassVar[str] = "adoption"

    title: Line
    """The name of the service."""
    operator: Line
    """The person or body that runs it."""
    address: Address | None = None
    """Where its terms stand."""
    book: InstrumentRef
    level: Annotated[Slug, Free("a level of its book; `adoption-unclear` looks it up")] | None = (
        None
    )
    """The level that it names; nothing where it took in single provisions."""
    release: Line | None = None
    """The version of the release whose words it took in."""
    commit: Line | None = None
    """The commit whose words it took in, where they are no release."""
    statement: Digest
    """The digest of its statement: what its label is bound to."""
    whole: Many[Annotated[TextRef, As("adopts")]] = ()
    """The provisions that it took in as they stand."""
    adapted: Many[Annotated[TextRef, As("adapts")]] = ()
    """The provisions of which it changed or left out a clause."""
    left_out: Many[Annotated[TextRef, As("leaves-out")]] = ()
    """The provisions that apply to it and that it left out."""
    applies_from: Day | None = None
    ended: Day | None = None
    """The day from which it does not say so any more."""
    note: Text | None = None


class AdoptionProfile(Record):
    """A platform, as far as the provisions ask, and what it chooses where they leave a choice."""

    KIND: ClassVar[str] = "adoption-profile"

    service: Line
    """The name of the service, as its users know it."""
    operator: Line
    """The person or body that runs it: the party of the contract."""
    address: Address | None = None
    """Where the service is found on the web."""
    contact: Line | None = None
    """How users reach the platform with a complaint: an address, or a place in the service."""
    applies_from: Day | None = None
    """The day from which the terms apply."""
    book: Slug = "provisions"
    """The book that provisions are taken from, by its short name."""
    platform: dict[Slug, Words]
    """What the platform is, on each axis of the charter: sizes, functions, users, and so on."""
    countries: Words = ()
    """To which countries the service is directed."""
    languages: Words = ()
    """In which languages it is offered."""
    level: Slug | None = None
    """The level of the book that is taken in."""
    provisions: Many[Line] = ()
    """Provisions that are taken in besides, or, without a level, all that are."""
    options: dict[Line, Slug] = {}
    """The option that is taken of each provision that offers several."""
    blanks: dict[Line, dict[ParameterName, Line]] = {}
    """What stands in a blank, by provision and name of the blank; else its default does."""
    voice: VoiceName = "we-you"
    """`we-you` says we and you, as far as that is certain; `named` the platform and the user."""
    deviations: Many[Deviation] = ()
    """What is not taken in as it stands."""
