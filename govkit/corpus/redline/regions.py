"""Stretches of two texts that are compared only with each other: a cell of a table with that cell.

Without them, the fee of one row is found again in the row below, since its words are the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.corpus.redline.sentences import SentenceReading

TEXT = ""
"""The name of the running text."""


class Region(NamedTuple):
    """A region begins at `start`, in letters, and ends where the next one begins.

    Two regions of one name, one in each text, are the same cell; those of cells stand in the same
    order in both, but for those that `moved`. Of running text there may be several of one name.
    """

    start: int
    name: str = TEXT
    is_cell: bool = False
    moved: bool = False


_ALL = Region(0)
Stretch = tuple[list[int], list[int]]
"""Sentences of both texts, by their numbers."""


class Regions:
    """In which region each sentence of two texts stands."""

    def __init__(
        self,
        old: SentenceReading,
        new: SentenceReading,
        of_old: Sequence[Region],
        of_new: Sequence[Region],
    ) -> None:
        """Take the regions in the order in which they stand; none where all is running text."""
        self.old, self.new = _of_sentences(old, of_old), _of_sentences(new, of_new)
        self.any = bool(of_old or of_new)

    def key(self, region: Region, side: str, key: str) -> str:
        """Return what stands for a sentence, so that it is found in its own region only."""
        if region.name == TEXT:
            return key
        return f"\0{region.name}\0{side if region.moved else ''}{key}"

    def moved(self) -> dict[int, int]:
        """Return the sentences of cells that moved, old number to new number."""
        there: dict[str, list[int]] = {}
        for to, region in enumerate(self.new):
            if region.moved:
                there.setdefault(region.name, []).append(to)
        return {
            at: there[region.name].pop(0)
            for at, region in enumerate(self.old)
            if region.moved and there.get(region.name)
        }

    def stretches(self, left: list[int], come: list[int]) -> Iterator[tuple[Stretch, bool]]:
        """Yield what of two gaps may become each other, in order; and whether it is one cell."""
        if not self.any:
            yield (left, come), False
            return
        cells = {self.old[at].name for at in left if self.old[at].is_cell}
        cells &= {self.new[at].name for at in come if self.new[at].is_cell}
        for of_old, of_new in zip(
            _parted(left, self.old, cells), _parted(come, self.new, cells), strict=True
        ):
            names = dict.fromkeys(self.old[at].name for at in of_old)
            for name in names:
                is_cell = name in cells
                yield (
                    (
                        [at for at in of_old if self.old[at].name == name],
                        [at for at in of_new if self.new[at].name == name],
                    ),
                    is_cell,
                )


def _of_sentences(reading: SentenceReading, regions: Sequence[Region]) -> list[Region]:
    if not regions:
        return [_ALL] * len(reading.sentences)
    starts = [region.start for region in regions]
    return [
        regions[max(bisect_right(starts, reading.place(sentence)) - 1, 0)]
        for sentence in reading.sentences
    ]


def _parted(numbers: list[int], regions: list[Region], cells: set[str]) -> list[list[int]]:
    """Part sentences at the cells that both sides have: text, cell, text, cell, ..., text."""
    parts: list[list[int]] = [[]]
    within = ""
    for at in numbers:
        name = regions[at].name if regions[at].name in cells else ""
        if name != within:
            if name and within:
                parts.append([])
            parts.append([])
            within = name
        parts[-1].append(at)
    return [*parts, []] if within else parts
