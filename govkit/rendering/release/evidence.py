"""The public evidence of a release as one archive: what its decisions can be computed from again.

It holds the texts of the book with their terms and sources, the charter, genesis, policies, acts,
members and log, and the proposals behind the texts. What the coordinators keep in private is no
part of the records and so not of this archive; nor is what discloses names of people who are no
members, so that nobody has to ask every reader of a release to take one out.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from govkit.consent.adoption import adoptions_of
from govkit.records.kinds import folder_of_proposal, kind_of_path
from govkit.release.release import Release
from govkit.rendering.holdings import holdings_of

_ALWAYS = (
    "governance/acts/",
    "governance/charter.yaml",
    "governance/genesis.yaml",
    "governance/log/",
    "governance/members/",
    "governance/policies/",
    "registers/events/",
)
"""Events are here since a policy may count who attended."""


def evidence_archive(release: Release) -> bytes:
    """Return the archive: the same bytes for the same records, whenever and wherever it is made."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(_paths(release)):
            data = release.files[path]
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode, entry.mtime = len(data), 0o644, 0
            tar.addfile(entry, io.BytesIO(data))
    return archive.getvalue()


def _paths(release: Release) -> Iterator[str]:
    folders = (*_ALWAYS, *_proposals(release))
    books = _book_paths(release)
    for path in release.files:
        # A submission arrived, and nobody has taken it in; a name could not be taken out again.
        apart = "/submissions/" in path or kind_of_path(path) == "disclosure"
        if (path in books or path.startswith(folders)) and not apart:
            yield path


def _proposals(release: Release) -> tuple[str, ...]:
    """Return the folders of all proposals that ever adopted words of a text of the release."""
    adoptions, units = adoptions_of(release.corpus), release.manifest.units
    ids = {each.by for unit in units for each in adoptions.get(unit.id, ())}
    ids |= {resolved.id for resolved in release.adoptions.resolved}
    return tuple(folder_of_proposal(id) for id in sorted(ids) if id)


def _book_paths(release: Release) -> frozenset[str]:
    if release.manifest.instrument is None:
        return frozenset()
    return holdings_of(release.corpus, release.manifest.instrument).paths
