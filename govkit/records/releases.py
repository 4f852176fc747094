"""Releases: the manifest that coordinators sign, and the word that it was published.

A manifest names nothing that is made from it: no digest of a printed book, no commit. Those stand
in SHA256SUMS beside it, which is what the signatures cover.
"""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.enumerations import Bump
from govkit.records.log import CheckpointText
from govkit.records.positions import Signature
from govkit.records.references import AS_IT_WAS, OWN
from govkit.records.scalars import (
    SLUG,
    AnyId,
    Day,
    Digest,
    Instant,
    Line,
    Many,
    Number,
    RecordId,
    Slug,
    shaped,
)

_PART = r"(?:0|[1-9][0-9]{0,8})"
Version = Annotated[
    str,
    *shaped(
        rf"{_PART}\.{_PART}\.{_PART}(?:-draft\.[1-9][0-9]{{0,8}})?",
        "a version, as 1.1.0 or 1.0.0-draft.2",
    ),
]
ReleaseId = Annotated[
    str,
    *shaped(
        rf"{SLUG}/{_PART}\.{_PART}\.{_PART}(?:-draft\.[1-9][0-9]{{0,8}})?",
        "a release, as provisions/1.1.0",
    ),
]
TreeId = Annotated[str, *shaped(r"[0-9a-f]{40}|[0-9a-f]{64}", "git's id of a tree")]
FileName = Annotated[
    str, *shaped(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}", "the name of a file, without folders")
]


class Held(Part):
    """A version of an instrument that an umbrella release holds."""

    instrument: RecordId
    version: Version
    manifest: Digest
    """The digest of the bytes of its manifest."""


class ReleasedUnit(Part):
    """A text of the release, in its exact words, and what adopted it."""

    id: AnyId
    digest: Digest
    adopted_by: Line | None = None
    """The decision or the log entry, by its path; null for words that nobody has adopted."""
    effective: Day | None = None
    """The day from which it applies, where that is not the day of the whole."""


class EntryAt(Part):
    """An entry of the log, by its number and its digest."""

    seq: Number
    digest: Digest


class AskedBump(Part):
    """Which part of the version the changes ask to raise, by which rule, and which text asks."""

    rule: Literal["by-class", "by-conformity", "calendar"]
    asked: Bump
    by: AnyId | None = None


class Font(Part):
    """A font that pages were set with."""

    name: FileName
    sha256: Digest


class Manifest(Record):
    """What a release is made of. Everything else in the release can be made from it again."""

    KIND: ClassVar[str] = "manifest"
    KEPT: ClassVar[str] = AS_IT_WAS.why

    instrument: RecordId | None = None
    """The id of the book; null for a release that only names versions of several books."""
    version: Version
    state: Literal["candidate"]
    title: Line
    dated: Day
    """The day of the release; it stands on every page."""
    effective: Day | None = None
    """The day from which the texts apply; null where that is the day of the release."""
    supersedes: Version | None = None
    compared_with: Version | None = None
    """The version that notes and redlines compare with; a draft may be one."""
    holds: Many[Held] = ()
    bump: AskedBump | None = None
    tree: TreeId
    """Git's id of the tree of the governed folders, releases left out. It is for finding the texts
    in git, and is no proof: git makes it with SHA-1. `merkle_root` proves."""
    records: Number
    merkle_root: Digest
    """Over path and digest of every record, as `RECORDS` lists them."""
    units: Many[ReleasedUnit] = ()
    newest_entry: EntryAt | None = None
    genesis: Digest | None = None
    """The root fingerprint; null while the coalition is forming."""
    coordinators: Many[Slug] = ()
    threshold: Number
    """How many coordinators have to sign."""
    tools: dict[Slug, Line] = {}
    """The programs that it was made with, and their versions."""
    fonts: Many[Font] = ()
    artefacts: Many[FileName] = ()


class Publication(Record):
    """That a release was published: which, when, by whom, and who had signed it.

    What its file says above `signature` is what the publisher signed, in just these bytes.
    """

    KIND: ClassVar[str] = "publication"
    KEPT: ClassVar[str] = AS_IT_WAS.why

    release: ReleaseId
    sums: Digest
    """The digest of SHA256SUMS."""
    published: Instant
    by: Slug
    head: Annotated[CheckpointText, OWN]
    """The newest sealed head of the log then: root fingerprint, number of entries, their root."""
    signatures: dict[Slug, Digest]
    """The coordinators whose signatures counted, each with the digest of that file: so it can be
    shown later that the signature was there by then."""
    not_rebuilt: Many[Slug] = ()
    """Those of them who signed without building it again themselves."""
    signature: Signature | None = None

    @property
    def signed(self) -> tuple[str, ...]:
        """Return the coordinators whose signatures counted."""
        return tuple(self.signatures)
