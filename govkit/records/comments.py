"""A comment, where it is about, what became of it, and whether its author is satisfied."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.enumerations import Action, AuthorReply, CommentSource, CommentType
from govkit.records.positions import Position, Signature
from govkit.records.proposals import MessageId
from govkit.records.references import As, FiledRef, Free, MemberRef, UnitRef
from govkit.records.scalars import Digest, Instant, Line, Many, Number, Slug, Text, YesNo

IN_REPLY_BLOCK = "reply block"
"""The part of a mail in which a comment stood that came with a ballot."""


class Author(Part):
    """Who comments: a member by its id, or anybody else by name."""

    member: Annotated[MemberRef, As("author")] | None = None
    commitment: Digest | None = None
    """The commitment to name and affiliation of one who is no member (`disclosures`)."""
    name: Line | None = None
    """In what arrived and is not taken in yet; a record that is filed has the commitment."""
    affiliation: Line | None = None
    group: Annotated[Slug, Free("looked up when it is filed; a group may end later")] | None = None


class Target(Part):
    """The words that the comment is about."""

    revision: Number
    unit: UnitRef | None = None
    digest: Digest | None = None
    quote: Text | None = None
    prefix: Text | None = None
    suffix: Text | None = None
    anchored_by: Literal["author", "coordinator", "none"] = "none"


class Origin(Part):
    """How the comment came."""

    kind: CommentSource
    message_id: MessageId | None = None
    part: Line | None = None
    snapshot: Digest | None = None
    """The salted digest of what the coordinators keep."""
    relayed_by: MemberRef | None = None


class Result(Part):
    """Where the comment changed the text."""

    revision: Number
    unit: UnitRef | None = None


class Disposition(Part):
    """What became of a comment. A reply is needed for all but `accepted`."""

    action: Action
    reply: Text | None = None
    by: Annotated[MemberRef, As("disposed-by")]
    at: Instant
    result: Result | None = None


class Comment(Record):
    """One point that somebody makes about a proposal."""

    KIND: ClassVar[str] = "comment"
    APART: ClassVar[dict[str, frozenset[str]]] = {
        "disposition": frozenset(("disposition", "author_reply"))
    }

    author: Author
    target: Target
    type: CommentType = "general"
    challenge: YesNo = False
    """The author says that an edit called editorial changes the meaning."""
    comment: Text | None = None
    """Missing where the author has not said yet whether it may be published."""
    withheld: Digest | None = None
    """The salted digest of the words that came in a personal mail."""
    publication: Literal["public", "without-name", "asked", "withdrawn"] = "public"
    proposed_text: Text | None = None
    refers_to: Many[FiledRef] = ()
    """Earlier comments, or the objection whose reason this comment answers to."""
    source: Origin
    disposition: Disposition | None = None
    author_reply: AuthorReply | None = None

    @property
    def committed(self) -> str | None:
        """Return the commitment to the name of who comments, where they are no member."""
        return self.author.commitment

    @property
    def is_unanswered(self) -> bool:
        """Say whether it waits for an answer; one that was withdrawn waits for none."""
        return self.disposition is None and self.publication != "withdrawn"


class Arrival(Part):
    """How a submission came: the host's event, which says when."""

    kind: Literal["form", "pull-request"]
    host: Line | None = None
    account: Line | None = None
    event: Line | None = None
    at: Instant | None = None


class Submission(Record):
    """What arrived and is not yet taken in: a position or a comment, exactly one of the two."""

    KIND: ClassVar[str] = "submission"
    KEPT: ClassVar[str] = "intake looks at it; what names nobody gets a query"

    position: Position | None = None
    signature: Signature | None = None
    """The member's own, over the statement of the position; intake proves it."""
    comment: Comment | None = None
    arrival: Arrival | None = None
