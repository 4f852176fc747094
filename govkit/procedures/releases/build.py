"""Everything that a release consists of, made from its state alone, as bytes or into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from govkit.release.manifest import FOREWORD, MANIFEST, RECORDS, SUMS, sums_of
from govkit.release.release import Release
from govkit.store import printed as files
from govkit.workspace.releases.values import Progress, built, unseen


@dataclass(frozen=True)
class PrintedRelease:
    """What was made: SHA256SUMS over everything, and where the files lie now."""

    sums: bytes
    folder: Path


def print_into(
    folder: Path, release: Release, records: bytes, progress: Progress = unseen
) -> PrintedRelease:
    """Make every file of a release in a folder that is made anew, and SHA256SUMS over them.

    Raises `GovkitError` where the disk does not take it.
    """
    digests: dict[str, str] = {}
    own = {MANIFEST: release.manifest_bytes, RECORDS: records}
    if release.foreword is not None:
        own[FOREWORD] = release.foreword.encode()
    files.begin(folder)
    for name, data in _all(own, built(release, progress)):
        files.put(folder, name, data)
        digests[name] = sha256(data).hexdigest()
    sums = sums_of(digests)
    files.put(folder, SUMS, sums)
    return PrintedRelease(sums, folder)


def _all(
    own: Mapping[str, bytes], made: Iterator[tuple[str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    yield from own.items()
    yield from made
