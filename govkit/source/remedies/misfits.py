"""Lines that can be read where they stand, and were meant to stand further to the left or right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkit.findings import Finding
from govkit.source.loader import Spots, load
from govkit.source.remedies.fitting import LONGEST
from govkit.source.remedies.indentation import moved
from govkit.source.remedies.page import Page, Remedy
from govkit.source.validation import keys_of_kind


def moved_lines(text: str, kind: str, misfits: Iterable[Finding]) -> Remedy | None:
    """Return the move of lines after which a file fits its kind, or None.

    `text` can be read, and `misfits` are where `validate` says that its data do not fit.
    """
    if len(text) > LONGEST:
        return None
    spots: Spots = {}
    load(text, spots)
    near = dict.fromkeys(line for fault in misfits for line in _lines(text, spots, fault))
    if not near:
        return None
    page = Page(text, next(iter(near)), (), keys_of_kind(kind))
    return moved(page, near, kind, joiners=True)


def _lines(text: str, spots: Spots, fault: Finding) -> Iterator[int]:
    """Yield the lines, from 0, that may have been moved where a value does not fit."""
    keys = fault.route.keys
    while keys and keys not in spots:
        keys = keys[:-1]
    spot = spots.get(keys)
    if spot is None or not keys:
        return
    first = text.count("\n", 0, spot.key_start)
    yield first
    lines = text[: spot.end].rstrip().split("\n")
    above = lines[first].lstrip(" ")
    for at in range(first + 1, len(lines)):
        line = lines[at].lstrip(" ")
        if line.startswith("- ") or len(lines[at]) - len(line) != len(lines[at - 1]) - len(above):
            yield at
        above = line
