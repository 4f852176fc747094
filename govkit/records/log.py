"""The log: one entry for everything that is received or decided, each bound to the one before."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.positions import Signature
from govkit.records.references import OWN, As, Free, MemberRef
from govkit.records.scalars import (
    DIGEST,
    AnyId,
    Day,
    Digest,
    Instant,
    Line,
    Many,
    Number,
    Slug,
    Text,
    shaped,
)

RecordPath = Annotated[
    str,
    *shaped(
        r"(?:governance|releases|registers/events)(?:/[A-Za-z0-9][A-Za-z0-9.-]*)+\.yaml",
        "the path of a record, as governance/proposals/2026-003/positions/example-01.yaml",
    ),
]

CheckpointText = Annotated[
    str,
    *shaped(
        rf"{DIGEST}\n[1-9][0-9]{{0,14}}\n[A-Za-z0-9+/]{{43}}=\n",
        "three lines: the root fingerprint, the number of entries, the root of their tree",
    ),
]
"""A head of the log as C2SP's tlog-checkpoint lays it out: origin, size, root in base64."""

EntryKind = Literal[
    "genesis",
    "proposal",
    "revision",
    "position",
    "evidence",
    "correction",
    "comment",
    "disposition",
    "act",
    "decision",
    "member",
    "charter",
    "policy",
    "call",
    "input",
    "notice",
    "taken-over",
    "countersigned",
    "publication",
    "event",
    "erasure",
]


class AdoptedUnit(Part):
    """A text that was adopted before the register began."""

    id: Annotated[AnyId, Free("`adopted-text-removed` looks it up")]
    digest: Digest


class MemberSignature(Part):
    """One person's signature."""

    by: MemberRef
    key: Annotated[Slug, Free("a key of the member; verifying looks it up")]
    signature: Signature


class TakenOver(Part):
    """Texts that were adopted before the register began, and what shows it."""

    units: Many[AdoptedUnit]
    adopted_at: Line
    """Where: the body, and its meeting or ballot."""
    adopted_on: Day
    evidence: Text
    by: Many[MemberRef] = ()
    """The coordinators who agreed that it was so, as for any act of the coalition."""
    signatures: Many[MemberSignature] = ()


class Countersignature(Part):
    """That a second coordinator vouches for what another one filed, in words that they sign."""

    entry: Number
    """The number of the entry that they vouch for."""
    seen: Text
    """What they say that they have seen."""
    seal: MemberSignature


class Erasure(Part):
    """That words behind a commitment were taken out: why, and never which."""

    because: Text


class LogEntry(Record):
    """One entry of the log. It is never changed, and its number is never given again."""

    KIND: ClassVar[str] = "log-entry"
    UNHASHED: ClassVar[frozenset[str]] = frozenset(("signature",))

    seq: Number
    kind: EntryKind
    path: Annotated[RecordPath, Free("`log-broken` looks it up")] | None = None
    digest: Digest | None = None
    received_at: Instant
    received_basis: Literal["own-host", "host-event", "registrar"]
    recorded_at: Instant
    by: Annotated[MemberRef, As("recorded-by")]
    prev: Digest | None = None
    """The digest of the entry before; null in the first one."""
    taken_over: TakenOver | None = None
    countersignature: Countersignature | None = None
    erasure: Erasure | None = None
    signature: Signature | None = None


class Witness(Part):
    """Somebody who has seen a head, and signs that: a member, or a body that is none."""

    by: MemberRef | None = None
    key: Annotated[Slug, Free("a key of the member; `log-head` looks it up")] | None = None
    name: Line | None = None
    """What a body that is no member calls itself."""
    public: Line | None = None
    """The public key of such a body: nothing here says whose it is."""
    seen_at: Instant
    signature: Signature


class LogHead(Record):
    """The head of the log at one moment: what its size and root were, and who vouches for that."""

    KIND: ClassVar[str] = "log-head"

    checkpoint: Annotated[CheckpointText, OWN]
    seals: Many[MemberSignature] = ()
    """Coordinators who have sealed all entries up to here."""
    witnesses: Many[Witness] = ()
