"""The files of a release made again from its tag, into a folder, with its signatures beside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError
from govkit.procedures.releases.build import print_into
from govkit.release.manifest import PUBLISHED, SIGNATURES, SUMS, read_sums
from govkit.store import printed, unfinished
from govkit.store.output_files import require_replaceable
from govkit.workspace.releases.rebuild import programs_in_words
from govkit.workspace.releases.states import OpenedRelease
from govkit.workspace.releases.values import Progress, release_of, unseen


class OtherBytes(GovkitError):
    """What comes out is not what was signed. Nothing was written."""

    exit_code = 1


class ReprintedFiles(NamedTuple):
    """Where the files lie now, and their names."""

    folder: Path
    files: tuple[str, ...]


def remake(opened: OpenedRelease, folder: Path, progress: Progress = unseen) -> ReprintedFiles:
    """Make every file of a release in `<folder>/<instrument>/<version>`, whole or not at all.

    What lies there goes away. Raises `OtherBytes` where one has other bytes than SHA256SUMS says.
    """
    listed = read_sums(opened.sums)
    said = programs_in_words(opened.manifest)
    if said:
        raise OtherBytes(
            f"{opened.name} was made with other programs than this machine has, so the same bytes "
            f"can't come out: {said}",
            "Take the files from the machine that cut it, or install those versions. "
            "Nothing was written.",
        )
    final = Path(os.path.realpath(folder)) / opened.name.slug / str(opened.name.version)
    require_replaceable(final, SUMS)
    staged = printed.beside(final)
    with unfinished.noted(staged):
        _settled(opened, staged, final, listed, progress)
    return ReprintedFiles(final, (*listed, *_beside(opened)))


def _settled(
    opened: OpenedRelease, staged: Path, final: Path, listed: Mapping[str, str], progress: Progress
) -> None:
    try:
        made = read_sums(print_into(staged, release_of(opened), opened.records, progress).sums)
        if made != listed:
            wrong = sorted(
                name for name in made.keys() | listed.keys() if made.get(name) != listed.get(name)
            )
            raise OtherBytes(
                f"built again, {opened.name} has other bytes than were signed: {', '.join(wrong)}",
                "Do not hand these files out, and tell the coordinators. Nothing was written.",
            )
        for name, data in _beside(opened).items():
            printed.put(staged, name, data)
        printed.settle(staged, final)
    except BaseException:
        printed.forget(staged)
        raise


def _beside(opened: OpenedRelease) -> dict[str, bytes]:
    return {
        name: data
        for name, data in sorted(opened.folder.items())
        if name == PUBLISHED or name.startswith(f"{SIGNATURES}/")
    }
