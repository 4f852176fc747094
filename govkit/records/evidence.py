"""What shows that a member said what a position says: apart from it, so that it can rise."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.governance import Host
from govkit.records.policies import Level
from govkit.records.positions import Signature
from govkit.records.proposals import MessageId
from govkit.records.references import Free, PositionRef
from govkit.records.scalars import Digest, Instant, Line, Slug, shaped

EvidenceKind = Literal["sshsig", "mail", "account", "meeting", "paper", "reported"]

Selector = Annotated[
    str, *shaped(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62})", "the selector of a DKIM key, as 2026a")
]


class AccountEvent(Part):
    """Something that an account did on a host, which the host shows with its time."""

    host: Host
    account: Line
    event: Line
    """What the host calls it: the number or address at which anybody can look it up there."""
    arrived: Instant


class ReceivedMail(Part):
    """A mail that shows a position, who received it, and what its sender's domain signed.

    The mail itself is kept by the coordinators. What is missing is not known: a mail that no host
    of the coalition received, or that nobody signed.
    """

    message_id: MessageId | None = None
    received_by: Host | None = None
    """The coalition's own host that wrote the topmost `Received` line of its hosts."""
    raw: Digest
    """The salted digest of the raw mail, byte for byte."""
    salt: Literal["32-bytes-before"] = "32-bytes-before"
    """How digests are salted: sha256 over 32 random bytes, kept apart, and then the source."""
    domain: Host | None = None
    """The domain whose DKIM signature it has (`d=`)."""
    selector: Annotated[Selector, Free("the name of a key on the domain of the sender")] | None = (
        None
    )
    key: Digest | None = None
    """The digest of the domain's key as it was published then; the key is kept with the mail."""


class Evidence(Record):
    """What one position rests on, and how sure that makes it. A later one may be stronger."""

    KIND: ClassVar[str] = "evidence"

    position: PositionRef
    digest: Digest
    """The digest of the position, so that it can be put under no other words."""
    level: Level
    """What it is filed as. What counts is derived from the rest, and is never more than this."""
    kind: EvidenceKind
    key: (
        Annotated[Slug, Free("a key of the member; verifying the signature looks it up")] | None
    ) = None
    """The name of the key in the member's record."""
    statement: Digest | None = None
    """The digest of the statement that was signed."""
    signature: Signature | None = None
    account: AccountEvent | None = None
    mail: ReceivedMail | None = None
    source: Digest | None = None
    """The salted digest of what the coordinators keep: a mail, minutes, a scan."""
    note: Line | None = None
