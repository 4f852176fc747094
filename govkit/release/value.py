"""A release put together from its manifest and the states that it names."""

from __future__ import annotations

from collections.abc import Mapping

from govkit.corpus.whole import Corpus
from govkit.records.releases import Manifest
from govkit.release.manifest import slug_of
from govkit.release.published import published_of
from govkit.release.release import Release
from govkit.release.version import parse


def release_with(
    manifest: Manifest,
    manifest_bytes: bytes,
    state: Corpus,
    files: Mapping[str, bytes],
    previous: Corpus | None = None,
    foreword: str | None = None,
) -> Release:
    """Return the release. `state` is the whole state, with the releases that it knew already.

    Whether later releases came makes no difference, so that it is the same value at any time.
    """
    return Release(
        manifest, manifest_bytes, state, files, previous, foreword, earlier_than(manifest, state)
    )


def earlier_than(manifest: Manifest, state: Corpus) -> tuple[Manifest, ...]:
    """Return the manifests of the earlier releases of the same book, the oldest first.

    Drafts are left out where the release is none itself.
    """
    version = parse(manifest.version)
    cuts = published_of(state, slug_of(manifest.instrument))
    return tuple(
        cut.manifest
        for cut in cuts
        if cut.version < version and (version.draft is not None or not cut.is_draft)
    )
