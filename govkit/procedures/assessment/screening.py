"""An archive screened part by part: planned, gone on with where it stopped, and counted.

A part is some hundred versions of a few files, one after the other. It is written whole, its list
of snapshots last: where that is there, the part is done, whoever was killed in the middle. The
plan of the first run stands in `screen.json`; a folder takes no second one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import govkit
from govkit.assessment.archive import ArchiveVersion
from govkit.assessment.document_sets import LARGEST
from govkit.assessment.screening import Mark, Screen, ScreenedSnapshot, Snapshot
from govkit.errors import WrongUse
from govkit.procedures.assessment.archives import canonical_of
from govkit.procedures.assessment.screening_tables import TABLES, state_counts
from govkit.store import worktree
from govkit.store.committed_files import blob_bytes, blob_sizes

PLAN = "screen.json"
_IN_A_PART = 100
SNAPSHOTS, MARKS = "snapshots", "marks"


class Part(NamedTuple):
    """Some versions of an archive, with the number of the part."""

    number: int
    versions: tuple[ArchiveVersion, ...]


class StoredVersion(NamedTuple):
    """A version with its bytes as the archive has them; None where it was too large to be read."""

    version: ArchiveVersion
    data: bytes | None


LoadedPart = tuple[int, Sequence[StoredVersion]]
Screened = tuple[list[ScreenedSnapshot], list[Mark]]
Mapped = Callable[[Screen, Iterable[LoadedPart]], Iterator[tuple[int, Screened]]]
"""A way to work: it takes the parts as they come, and gives back each with what was found."""


def screened(screen: Screen, snapshots: Sequence[StoredVersion]) -> Screened:
    """Return what was found in some snapshots. It rests on nothing else: it may run anywhere."""
    texts: dict[bytes, str] = {}  # many versions have the same bytes
    read = []
    for version, data in snapshots:
        if data is not None and data not in texts:
            texts[data] = canonical_of(data)
        read.append(Snapshot(version, texts[data] if data is not None else None))
    return screen.screened(read)


@dataclass(frozen=True)
class Screening:
    """A screening of an archive into a folder, in a format of `TABLES`."""

    archive: Path
    versions: Sequence[ArchiveVersion]
    screen: Screen
    folder: Path
    format: str

    def run(self, mapped: Mapped, told: Callable[[int, int], None]) -> None:
        """Screen what is not screened yet. `told` hears how many parts are done, and of how many.

        Raises `WrongUse` where the folder holds another screening, or something else.
        """
        self._begin()
        parts = [*self.parts()]
        open_ = [each for each in parts if not self._place(SNAPSHOTS, each.number).exists()]
        done = len(parts) - len(open_)
        told(done, len(parts))
        for number, (snapshots, marks) in mapped(self.screen, self._loaded(open_)):
            table = TABLES[self.format]
            worktree.write_whole(self._place(MARKS, number), table(Mark, marks))
            worktree.write_whole(self._place(SNAPSHOTS, number), table(ScreenedSnapshot, snapshots))
            done += 1
            told(done, len(parts))

    def parts(self) -> Iterator[Part]:
        """Yield the versions part by part: those of a file together, the oldest first."""
        ordered = sorted(self.versions, key=lambda each: each.path)
        for number, at in enumerate(range(0, len(ordered), _IN_A_PART)):
            yield Part(number, tuple(ordered[at : at + _IN_A_PART]))

    def counts(self) -> Counter[str]:
        """Return how many snapshots have each state, and under `marks` how many marks there are."""
        found: Counter[str] = Counter()
        for path in sorted((self.folder / SNAPSHOTS).glob(f"part-*.{self.format}")):
            found += state_counts(path)
        return found

    def plan(self) -> dict[str, Any]:
        """Return what the screening is made of, as the folder keeps it."""
        asked = "".join(f"{each.clause}\n{each.words}\n" for each in self.screen.questions)
        listed = "".join(f"{each.commit} {each.path} {each.blob}\n" for each in self.versions)
        return {
            "version": 1,
            "govkit": govkit.__version__,
            "format": self.format,
            "language": self.screen.language,
            "most": self.screen.most,
            "least": self.screen.least,
            "clauses": len(self.screen.questions),
            "questions": f"sha256:{sha256(asked.encode()).hexdigest()}",
            "snapshots": len(self.versions),
            "archive": f"sha256:{sha256(listed.encode('utf-8', 'replace')).hexdigest()}",
            "parts": sum(1 for _ in self.parts()),
        }

    def _begin(self) -> None:
        place = self.folder / PLAN
        data = (json.dumps(self.plan(), indent=2) + "\n").encode()
        if place.is_file():
            if place.read_bytes() != data:
                raise WrongUse(
                    f"{self.folder} holds another screening",
                    "Other clauses, versions or options, or another govkit: name another folder.",
                )
            return
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise WrongUse(
                f"{self.folder} holds something else", "Name an empty folder, or a new one."
            )
        for name in (MARKS, SNAPSHOTS):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        worktree.write_whole(place, data)

    def _place(self, table: str, number: int) -> Path:
        return self.folder / table / f"part-{number:05}.{self.format}"

    def _loaded(self, parts: Iterable[Part]) -> Iterator[LoadedPart]:
        """Yield parts with their bytes, read when they are asked for."""
        for part in parts:
            sizes = blob_sizes(self.archive, {each.blob for each in part.versions})
            small = [id for id, size in sizes.items() if size <= LARGEST]
            data = blob_bytes(self.archive, small)
            yield part.number, [StoredVersion(each, data.get(each.blob)) for each in part.versions]
