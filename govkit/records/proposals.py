"""A proposal: what is proposed, its revisions, what was announced, and what was done about it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from govkit.records.base import Part, Record
from govkit.records.enumerations import ActKind, HoldBackGround, Ruling
from govkit.records.log import MemberSignature
from govkit.records.references import (
    AS_IT_WAS,
    OWN,
    As,
    CallRef,
    CommentRef,
    MemberRef,
    PolicyRef,
    PositionRef,
    ProposalId,
    ProposalRef,
    UnitRef,
)
from govkit.records.scalars import (
    AnyId,
    ClauseId,
    Digest,
    Instant,
    Line,
    Many,
    Number,
    Slug,
    Text,
    shaped,
)

Code = Annotated[str, *shaped(r"[a-z0-9]{4}-[a-z0-9]{4}", "a code for mails, as k7f3-9q2m")]
MESSAGE_ID = r"<[^\s<>]{3,250}>"
MessageId = Annotated[str, *shaped(MESSAGE_ID, "the Message-ID of a mail, in < and >")]
"""Looks like a mail address and is none: it names a mail."""


class PolicyAt(Part):
    """A policy in the words that it had when the proposal was opened."""

    id: Annotated[PolicyRef, As("policy")]
    digest: Digest


class Proposal(Record):
    """What is proposed, by whom, and by which policies it will be decided."""

    KIND: ClassVar[str] = "proposal"

    id: Annotated[ProposalId, OWN]
    title: Line
    proposer: MemberRef
    endorsers: Many[Annotated[MemberRef, As("endorser")]] = ()
    policies: Many[PolicyAt] = ()
    alongside: Many[ProposalRef] = ()
    """Open proposals that change one of the same texts."""
    call: CallRef | None = None
    """The call for inputs that it came from: the name of the file in `governance/calls/`."""


class Alternative(Part):
    """The pair that holds where another open proposal is applied first."""

    proposal: Annotated[ProposalRef, As("alongside")]
    before: Digest
    after: Digest


class Unit(Part):
    """One text of a revision: the exact words before and after. Consent is given to this pair."""

    id: Annotated[AnyId, AS_IT_WAS]
    before: Digest | None
    """Null for a text that was never adopted."""
    after: Digest | None
    """Null for a text that is withdrawn."""
    class_: Annotated[Number, Field(alias="class")]
    """The class of the change that the author declared."""
    floor: Number
    """The lowest class that the two texts allow. It can't be declared away."""
    cause: Annotated[Line, AS_IT_WAS] | None = None
    """Why the text is here though its own words stay, as `term:personal-data`."""
    edit: Number | None = None
    """The class of what changed against the revision before; null for a new or untouched text."""
    alternatives: Many[Alternative] = ()

    @property
    def pairs(self) -> tuple[tuple[str | None, str | None], ...]:
        """Return the words before and after: its own, then those of each alternative."""
        others = ((each.before, each.after) for each in self.alternatives)
        return ((self.before, self.after), *others)


class Dropped(Part):
    """A text or clause of the revision before that is not in this one, and why."""

    id: Annotated[AnyId, AS_IT_WAS]
    clause: Annotated[ClauseId, AS_IT_WAS] | None = None
    into: Many[Annotated[AnyId, AS_IT_WAS]] = ()
    """Where the words went, if they were merged or moved."""
    because: Text


class TermState(Part):
    """A term that the texts rest on and that is not itself proposed: its digest on each side."""

    before: Digest | None = None
    after: Digest | None = None


class Revision(Record):
    """The exact words that are proposed. It never changes once it is open."""

    KIND: ClassVar[str] = "revision"

    units: Many[Unit]
    terms: dict[Annotated[Slug, AS_IT_WAS], TermState] = {}
    """The terms used and not proposed, so that each copy proves itself for good."""
    dropped: Many[Dropped] = ()
    change: Digest
    code: Code
    opened: Instant
    comment_until: Instant


class Notice(Record):
    """What was announced to everybody. The last call sets the close, a move sets a new date."""

    KIND: ClassVar[str] = "notice"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("message_id",))

    kind: Literal["opening", "last-call", "moved"]
    revision: Number
    comment_until: Instant | None = None
    closes: Instant | None = None
    because: Text | None = None
    message_id: MessageId | None = None
    """Where the list's archive has the mail; it is known when the mail went out (decision 57)."""
    digest: Digest | None = None
    """The digest of the words of the announcement, by which the mail is held to it."""


class Act(Record):
    """What coordinators, or the author, did about a proposal, with the reason."""

    KIND: ClassVar[str] = "act"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("signatures",))

    kind: ActKind
    by: Many[MemberRef]
    reason: Text
    units: Many[Annotated[UnitRef, As("unit")]] = ()
    """The texts it is about; none means all of them."""
    objections: Many[PositionRef] = ()
    """The objections that an answer, a settlement, an escalation or a ruling is about."""
    ruling: Ruling | None = None
    """What the body that the charter names decided about them."""
    comments: Many[Annotated[CommentRef, As("held-back")]] = ()
    """The comments that are held back, or shown again."""
    ground: HoldBackGround | None = None
    """Why comments are held back."""
    signatures: Many[MemberSignature] = ()
