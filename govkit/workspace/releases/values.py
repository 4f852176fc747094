"""Releases opened as values: from a tag, from HEAD, or as they would be made of the folder now."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.records.releases import Manifest
from govkit.release.contents import (
    EffectiveDates,
    ReleaseInputs,
    manifest_bytes,
    manifest_of_plan,
    units_of_plan,
)
from govkit.release.manifest import ReleaseName
from govkit.release.plan import PlanRequest, ReleasePlan, book_named, last_of, plan_of
from govkit.release.published import intervals, published_of, releases_of
from govkit.release.release import Release, Validity
from govkit.release.value import release_with
from govkit.release.version import Version, parse
from govkit.rendering.release.artefacts import artefacts
from govkit.workspace import Workspace
from govkit.workspace.releases.states import CommitState, OpenedRelease, open_release

Progress = Callable[[str, int, int], None]
"""Called before each file is made: its name, its number, and how many there are."""


def unseen(name: str, number: int, of: int) -> None:
    """Nobody looks."""


def release_of(opened: OpenedRelease) -> Release:
    """Return a release that was cut as the value from which everything in it is made."""
    return release_from(
        opened.name, opened.state, opened.manifest, opened.manifest_bytes, opened.foreword
    )


def release_from(
    name: ReleaseName, state: CommitState, manifest: Manifest, data: bytes, foreword: str | None
) -> Release:
    """Return the release value of a state with its manifest."""
    previous = None
    if manifest.compared_with is not None and manifest.instrument is not None:
        earlier = ReleaseName(name.slug, parse(manifest.compared_with))
        previous = open_release(state.root, earlier, state.commit).state.texts
    value = release_with(manifest, data, state.corpus, state.records, previous, foreword)
    # The manifest itself is in the state of a candidate, and not yet in that which it is cut from.
    return replace(value, corpus=state.texts)


def built(release: Release, progress: Progress = unseen) -> Iterator[tuple[str, bytes]]:
    """Yield each artefact of a release with its bytes, in the order of the manifest."""
    names = release.manifest.artefacts
    for number, (name, make) in enumerate(artefacts(release), start=1):
        progress(name, number, len(names))
        yield name, make()


def named(root: Path, name: ReleaseName) -> Release:
    """Return a release that was cut, with all that its files are made from.

    Raises what `open_release` raises, also for the version that it is compared with.
    """
    return release_of(open_release(root, name))


def since(root: Path, release: Release, slug: str, version: Version) -> Release:
    """Return a release compared with another version of the same book than its own choice."""
    other = open_release(root, ReleaseName(slug, version))
    manifest = release.manifest.model_copy(update={"compared_with": str(version)})
    return replace(release, manifest=manifest, previous=other.state.texts)


def with_validity(release: Release, slug: str, now: Corpus) -> Release:
    """Return a release with what became of it, as the releases in a later corpus show."""
    for listed in intervals(releases_of(now, slug)):
        if str(listed.cut.version) == release.manifest.version:
            by = listed.superseded_by
            # A draft is never in force, and can be superseded all the same.
            draft = Validity(release.day, None, str(by)) if by else None
            return replace(release, validity=listed.validity or draft)
    return release


# --- what would be released now -------------------------------------------------------------------


def preview(
    workspace: Workspace, word: str, now: datetime.datetime, *, draft: bool = False
) -> Release:
    """Return the release of a book as it would be made of the folder as it stands.

    `word` is the slug or id of the book. Nothing is checked here: `release plan` says what stops
    it. The manifest has no list of records, and is worth nothing as a manifest.
    """
    corpus = workspace.corpus
    if corpus.charter is None:
        raise WrongUse("the charter can't be read", "Run `govkit check` and mend it first.")
    book = book_named(corpus, word)
    plan = _plan(workspace, book, now, draft=draft)
    units = units_of_plan(plan, EffectiveDates())
    made = ReleaseInputs(_NO_TREE, b"", {}, (), ())
    manifest = manifest_of_plan(plan, corpus, EffectiveDates(), units, made)
    previous = None
    if plan.compared_with is not None:
        previous = open_release(workspace.root, plan.compared_with.name).state.texts
    data = manifest_bytes(plan.name, manifest)
    value = release_with(manifest, data, corpus, workspace.files, previous)
    return replace(value, is_preview=True)


_NO_TREE = "0" * 40


def _plan(workspace: Workspace, book: str, now: datetime.datetime, *, draft: bool) -> ReleasePlan:
    """Return the plan, without a check: what is in the way is no matter here."""
    corpus = workspace.corpus
    draft = draft or corpus.is_forming
    first = PlanRequest(corpus, book, None, draft, now.date(), now, (), None)
    slug = plan_of(first).name.slug
    last = last_of(published_of(corpus, slug))
    if last is None:
        return plan_of(first)
    before = open_release(workspace.root, last.name).state.texts
    return plan_of(first._replace(before=before))
