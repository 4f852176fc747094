"""What the coalition decides about itself: its founding, and the acts that change its own rules."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.evidence import AccountEvent
from govkit.records.governance import Channel, Coordinators, EscalationBody
from govkit.records.log import MemberSignature, RecordPath
from govkit.records.numbers import OneOrMore
from govkit.records.proposals import PolicyAt
from govkit.records.references import AS_IT_WAS, OWN, As, Free, MemberRef
from govkit.records.scalars import Digest, Instant, Line, Many, Moment, Slug, Text, YesNo


class FirstKey(Part):
    """A public key that a first coordinator signs with."""

    id: Annotated[Slug, OWN]
    public: Line


class FirstCoordinator(Part):
    """One of the first coordinators, with the keys of the first day."""

    id: Annotated[MemberRef, As("coordinator")]
    keys: Many[FirstKey] = ()


class FirstMember(Part):
    """One of the first members, with the digest of what the voice rests on."""

    id: Annotated[MemberRef, As("founding-member")]
    digest: Digest


class Genesis(Record):
    """The first state: who began, with which charter. Its digest is the root of all trust."""

    KIND: ClassVar[str] = "genesis"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("signatures",))

    coalition: Annotated[Slug, OWN]
    coordinators: Many[FirstCoordinator]
    threshold: OneOrMore
    charter: Digest
    """The digest of the first charter."""
    policies: Annotated[Many[PolicyAt], AS_IT_WAS] = ()
    """The first policies, each by its digest."""
    members: Many[FirstMember] = ()
    """The first members: group, mandate, person and whom each represents, by a digest."""
    escalate_to: EscalationBody | None = None
    """The body that the first charter names to decide about objections."""
    founded: Instant
    replaces: Digest | None = None
    """The digest of an earlier genesis, where keys were lost and the coalition began again."""
    reason: Text | None = None
    signatures: Many[MemberSignature] = ()


class KeyChange(Part):
    """That a key of a member begins, ends, or may be in other hands."""

    member: MemberRef
    id: Annotated[Slug, OWN]
    public: Line
    change: Literal["begins", "ends", "compromised"]
    since: Moment
    """From when on. It can't be before the act for a key that begins or ends."""
    channel: Channel | None = None
    """How it came to the coordinators. It says it, and proves nothing."""
    source: Digest | None = None
    """The salted digest of the mail from the address on record, which the coordinators keep."""
    account: AccountEvent | None = None
    """Where the account on record published it, so that anybody can look it up there."""


class CoalitionAct(Record):
    """A change of the charter, a policy, the coordinators, a key, or the end of a membership."""

    KIND: ClassVar[str] = "coalition-act"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("signatures",))

    kind: Literal["charter", "policy", "coordinators", "end-member", "key"]
    path: Annotated[RecordPath, Free("`amended-without-act` looks it up")]
    before: Digest | None
    after: Digest | None
    by: Many[MemberRef]
    reason: Text
    coordinators: Coordinators | None = None
    """Who coordinates after it and how many an act takes, where the act changes that."""
    escalate_to: EscalationBody | None = None
    """The body that decides about objections after it, where it is about the charter."""
    asked: YesNo = False
    """That the member whose membership ends has asked for it."""
    key: KeyChange | None = None
    """The key that it is about, where it is about one."""
    signatures: Many[MemberSignature] = ()
