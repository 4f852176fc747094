"""The manifest of a release, put together from its plan; what its tag says."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import coordinators_of, genesis_of, threshold_of
from govkit.records.releases import (
    AskedBump,
    EntryAt,
    Font,
    Held,
    Manifest,
    Publication,
    ReleasedUnit,
)
from govkit.release.manifest import PUBLISHED, ReleaseName, lines_of, merkle_root
from govkit.release.plan import ReleasePlan
from govkit.source.record_bytes import record_bytes


class EffectiveDates(NamedTuple):
    """From when the texts apply: all (None: from the day of the release), and some by their ids."""

    effective: datetime.date | None = None
    commence: Mapping[str, datetime.date] = {}


class ReleaseInputs(NamedTuple):
    """What a release is made from and with.

    `tree` is git's id of the governed folders, `records` the bytes of RECORDS, `tools` programs
    with their versions, `fonts` names with digests, `artefacts` the names of what is built.
    """

    tree: str
    records: bytes
    tools: Mapping[str, str]
    fonts: Sequence[tuple[str, str]]
    artefacts: Sequence[str]


def units_of_plan(plan: ReleasePlan, dates: EffectiveDates) -> tuple[ReleasedUnit, ...]:
    """Return the texts of a planned release with what adopted them.

    Raises `WrongUse` where a day is given for a text that the release does not hold.
    """
    ids = [unit.id for unit in plan.units]
    for id in dates.commence:
        if id not in ids:
            raise WrongUse(
                f"{plan.name} holds no text `{id}`, so no day can be set for it",
                typed=id,
                known=ids,
                otherwise=f"`govkit release plan {plan.name.slug}` lists what it holds.",
            )
    return tuple(
        ReleasedUnit(
            id=unit.id,
            digest=unit.digest,
            adopted_by=unit.adoption.path if unit.adoption else None,
            effective=dates.commence.get(unit.id),
        )
        for unit in plan.units
        if unit.digest is not None
    )


def manifest_of_plan(
    plan: ReleasePlan,
    corpus: Corpus,
    dates: EffectiveDates,
    units: tuple[ReleasedUnit, ...],
    made: ReleaseInputs,
) -> Manifest:
    """Return the manifest of a release of one book."""
    drafts = plan.compared_with if plan.compared_with and plan.compared_with.is_draft else None
    before = drafts if plan.is_draft else None
    supersedes = before or plan.since
    asked = AskedBump(
        rule=plan.bump, asked=plan.rule.asked, by=plan.asking[0].id if plan.asking else None
    )
    return manifest_with(
        corpus,
        made,
        ReleaseHead(plan.book, plan.name, plan.title, plan.dated, dates.effective),
        units=units,
        bump=asked,
        supersedes=str(supersedes.version) if supersedes else None,
        compared_with=str(plan.compared_with.version) if plan.compared_with else None,
    )


class ReleaseHead(NamedTuple):
    """What a release is called, and its days."""

    book: str | None
    name: ReleaseName
    title: str
    dated: datetime.date
    effective: datetime.date | None


def manifest_with(
    corpus: Corpus,
    made: ReleaseInputs,
    head: ReleaseHead,
    *,
    units: tuple[ReleasedUnit, ...] = (),
    holds: tuple[Held, ...] = (),
    bump: AskedBump | None = None,
    supersedes: str | None = None,
    compared_with: str | None = None,
) -> Manifest:
    """Return a manifest; what the coalition itself says comes from the corpus."""
    genesis, newest = genesis_of(corpus), newest_entry_of(corpus)
    lines = lines_of(made.records)
    return Manifest(
        instrument=head.book,
        version=str(head.name.version),
        state="candidate",
        title=head.title,
        dated=head.dated,
        effective=head.effective,
        supersedes=supersedes,
        compared_with=compared_with,
        holds=holds,
        bump=bump,
        tree=made.tree,
        records=len(lines),
        merkle_root=merkle_root(lines),
        units=units,
        newest_entry=EntryAt(seq=newest.seq, digest=newest.digest) if newest else None,
        genesis=digest_for("genesis", genesis) if genesis else None,
        coordinators=coordinators_of(corpus),
        threshold=threshold_of(corpus),
        tools=dict(made.tools),
        fonts=tuple(Font(name=n, sha256=d) for n, d in made.fonts),
        artefacts=tuple(made.artefacts),
    )


def manifest_bytes(name: ReleaseName, manifest: Manifest) -> bytes:
    """Return the file of a manifest."""
    return record_bytes("manifest", manifest, name.place("manifest.yaml"))


def publication_bytes(name: ReleaseName, publication: Publication) -> bytes:
    """Return the file that says that a release was published."""
    return record_bytes("publication", publication, name.place(PUBLISHED))


def signed_part(name: ReleaseName, publication: Publication) -> bytes:
    """Return what a publisher signs: all that the file says above the signature."""
    return publication_bytes(name, publication.model_copy(update={"signature": None}))


def digest_of_bytes(data: bytes) -> str:
    """Return the digest of bytes as records write it."""
    return f"sha256:{sha256(data).hexdigest()}"


def tag_message(name: ReleaseName, manifest: Manifest, published: bytes) -> str:
    """Return the words of the tag: what a reader compares with, and the signed publication.

    `published` is the file `published.yaml`.
    """
    head = manifest.newest_entry
    lines = [
        f"{manifest.title} {manifest.version}",
        "",
        f"Release: {name}",
        f"Dated: {manifest.dated}",
        f"Root fingerprint: {manifest.genesis or 'none, the coalition is forming'}",
        f"Log head: {f'number {head.seq}, {head.digest}' if head else 'none'}",
        "",
        f"{PUBLISHED}:",
        "",
    ]
    return "\n".join(lines) + "\n" + published.decode()
