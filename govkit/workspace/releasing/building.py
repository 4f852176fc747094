"""Everything that a release consists of, made from its state alone, as bytes or into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from govkit.records.releases import Manifest
from govkit.release.manifest import FOREWORD, MANIFEST, RECORDS, SUMS, Name, sums_of
from govkit.release.release import Release
from govkit.release.value import release_with
from govkit.release.version import parse
from govkit.rendering.release.artefacts import artefacts
from govkit.store import printed as files
from govkit.workspace.releasing.states import Opened, Snapshot, state_of

Progress = Callable[[str, int, int], None]
"""Called before each file is made: its name, its number, and how many there are."""


def unseen(name: str, number: int, of: int) -> None:
    """Nobody looks."""


def release_of(opened: Opened) -> Release:
    """Return a release that was cut as the value from which everything in it is made."""
    return release_from(
        opened.name, opened.state, opened.manifest, opened.manifest_bytes, opened.foreword
    )


def release_from(
    name: Name, state: Snapshot, manifest: Manifest, data: bytes, foreword: str | None
) -> Release:
    """Return the release value of a state with its manifest."""
    previous = None
    if manifest.compared_with is not None and manifest.instrument is not None:
        earlier = Name(name.slug, parse(manifest.compared_with))
        previous = state_of(state.root, earlier, state.commit).state.texts
    value = release_with(manifest, data, state.corpus, state.records, previous, foreword)
    # The manifest itself is in the state of a candidate, and not yet in that which it is cut from.
    return replace(value, corpus=state.texts)


def built(release: Release, progress: Progress = unseen) -> Iterator[tuple[str, bytes]]:
    """Yield each artefact of a release with its bytes, in the order of the manifest."""
    names = release.manifest.artefacts
    for number, (name, make) in enumerate(artefacts(release), start=1):
        progress(name, number, len(names))
        yield name, make()


@dataclass(frozen=True)
class Printed:
    """What was made: SHA256SUMS over everything, and where the files lie now."""

    sums: bytes
    folder: Path


def print_into(
    folder: Path, release: Release, records: bytes, progress: Progress = unseen
) -> Printed:
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
    return Printed(sums, folder)


def _all(
    own: Mapping[str, bytes], made: Iterator[tuple[str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    yield from own.items()
    yield from made
