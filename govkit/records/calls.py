"""A call for inputs, and the dates that it promises."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.enumerations import StepName
from govkit.records.proposals import MessageId
from govkit.records.references import As, InitiativeRef, MemberRef
from govkit.records.scalars import Address, Day, Digest, Instant, Line, Many, Number, Text


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
    closed: Instant | None = None
    """When a coordinator had looked through what came in."""


class CallInput(Record):
    """What answered a call: a mail, a link, a file, or an initiative of the register.

    The log says when it came. Nothing that it names is ever fetched.
    """

    KIND: ClassVar[str] = "input"

    kind: Literal["mail", "link", "file", "initiative"]
    title: Line
    """What it is called, in words that were typed, or the subject of the mail."""
    member: Annotated[MemberRef, As("input-from")] | None = None
    body: Line | None = None
    """The body that it comes from, where that is no member. People who are no members are not
    named here: what they sent is kept in private."""
    address: Address | None = None
    message_id: MessageId | None = None
    file: Line | None = None
    """The place of a public file in this folder; it stays where it is."""
    digest: Digest | None = None
    """The digest of the bytes of that file."""
    source: Digest | None = None
    """The salted digest of what the coordinators keep."""
    initiative: Annotated[InitiativeRef, As("input")] | None = None
    note: Text | None = None
