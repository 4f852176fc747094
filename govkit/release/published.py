"""Which releases there are: candidates and published ones, and from when to when each applies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.records.kinds import release_of_path
from govkit.records.releases import Manifest, Publication
from govkit.release.manifest import UMBRELLA, ReleaseName, name_of
from govkit.release.release import Validity
from govkit.release.version import Version

State = Literal["candidate", "published", "superseded"]


class CutRelease(NamedTuple):
    """A release that was cut; `publication` is None while it is a candidate."""

    name: ReleaseName
    manifest: Manifest
    publication: Publication | None

    @property
    def version(self) -> Version:
        """Return its version."""
        return self.name.version

    @property
    def is_draft(self) -> bool:
        """Say whether it is a draft."""
        return self.version.draft is not None


class ListedRelease(NamedTuple):
    """A release with its state; `validity` is None for a candidate and for a draft."""

    cut: CutRelease
    state: State
    validity: Validity | None = None
    superseded_by: Version | None = None


def releases_of(corpus: Corpus, slug: str | None = None) -> tuple[CutRelease, ...]:
    """Return every release in a corpus, of one book or of all, sorted by book and version.

    What can't be read, or stands in the folder of another book, has a finding of its own and is
    left out.
    """
    published = {release_of_path(each.path): each.record for each in corpus.of_kind("publication")}
    found = []
    for document in corpus.of_kind("manifest"):
        folder = release_of_path(document.path)
        if folder is None or not isinstance(document.record, Manifest):
            continue
        name, record = name_of(folder), published.get(folder)
        if slug in (None, name.slug) and str(name.version) == document.record.version:
            publication = record if isinstance(record, Publication) else None
            found.append(CutRelease(name, document.record, publication))
    return tuple(sorted(found, key=lambda cut: (cut.name.slug, cut.version._key())))


def published_of(corpus: Corpus, slug: str) -> tuple[CutRelease, ...]:
    """Return the published releases of one book, the oldest version first."""
    return tuple(cut for cut in releases_of(corpus, slug) if cut.publication is not None)


def intervals(cuts: Iterable[CutRelease]) -> tuple[ListedRelease, ...]:
    """Return the state of each release of one book, and from when to when it applies.

    A published version applies from its effective day to that of the next one. A draft applies
    never; it is superseded by the next draft of the same version, or by the version itself.
    """
    ordered = sorted(cuts, key=lambda cut: cut.version._key())
    public = [cut for cut in ordered if cut.publication is not None]
    return tuple(_standing(cut, public) for cut in ordered)


def _standing(cut: CutRelease, public: list[CutRelease]) -> ListedRelease:
    if cut.publication is None:
        return ListedRelease(cut, "candidate")
    later = [each for each in public if each.version > cut.version]
    if cut.is_draft:
        after = [
            each for each in later if each.version.final == cut.version.final or not each.is_draft
        ]
        by = after[0].version if after else None
        return ListedRelease(cut, "superseded" if by else "published", None, by)
    final = [each for each in later if not each.is_draft]
    since = _since(cut.manifest)
    if not final:
        return ListedRelease(cut, "published", Validity(since))
    # The first that applies: a correction of an older version may come after a newer version.
    first = min(final, key=lambda each: (_since(each.manifest), each.version._key()))
    by = first.version
    # A later version may apply from an earlier day; this one then applied on no day.
    until = max(since, _since(first.manifest))
    return ListedRelease(cut, "superseded", Validity(since, until, str(by)), by)


def _since(manifest: Manifest) -> str:
    return str(manifest.effective or manifest.dated)


class Successor(NamedTuple):
    """A release that came after another one; `published` is None where only its tag is known."""

    name: ReleaseName
    published: datetime.datetime | None = None


def successors_of(
    name: ReleaseName, corpus: Corpus, tagged: Iterable[ReleaseName] = ()
) -> tuple[Successor, ...]:
    """Return the published releases that came after one, the newest first.

    `tagged` are releases that have a tag, be they in the corpus or not. After a draft come later
    drafts of the same version, and versions.
    """
    found = {each: Successor(each) for each in tagged if each.slug == name.slug}
    for cut in published_of(corpus, name.slug):
        at = cut.publication.published if cut.publication else None
        found[cut.name] = Successor(cut.name, at)
    later = [each for each in found.values() if _came_after(each.name.version, name.version)]
    return tuple(sorted(later, key=lambda each: each.name.version._key(), reverse=True))


def _came_after(later: Version, version: Version) -> bool:
    if later.draft is not None and (version.draft is None or later.final != version.final):
        return False
    return later > version


def list_releases(corpus: Corpus) -> tuple[ListedRelease, ...]:
    """Return all releases of a corpus with their states, the umbrella releases last."""
    cuts = releases_of(corpus)
    slugs = dict.fromkeys(cut.name.slug for cut in cuts)
    ordered = sorted(slugs, key=lambda slug: (slug == UMBRELLA, slug))
    return tuple(
        listed
        for slug in ordered
        for listed in intervals(cut for cut in cuts if cut.name.slug == slug)
    )
