"""A call for inputs, and the dates that it promises."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.enumerations import StepName
from govkit.records.proposals import MessageId
from govkit.records.references import As, InitiativeRef
from govkit.records.scalars import Day, Digest, Instant, Line, Many, Number, Text


class Announcement(Part):
    """The mail that announced it."""

    message_id: MessageId | None = None
    digest: Digest | None = None


class Planned(Part):
    """A date that the call promises."""

    step: Literal["draft", "comments", "last-call", "decision"]
    revision: Number = 1
    by: Day
    """The end of this day, anywhere on earth."""


class Moved(Part):
    """A promised date that was given up for another one, with the reason."""

    step: StepName
    revision: Number = 1
    to: Day
    because: Text
    announced: Instant


class Call(Record):
    """A call for inputs: what is asked, until when, and what came in."""

    KIND: ClassVar[str] = "call"

    title: Line
    asks: Text
    opened: Instant
    closes: Instant
    notice: Announcement = Announcement.model_construct()
    plan: Many[Planned] = ()
    moves: Many[Moved] = ()
    inputs: Many[Annotated[InitiativeRef, As("input")]] = ()
    """Initiatives of the register that came in."""
