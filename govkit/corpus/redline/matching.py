"""Which parts of two sequences are the same, in order, found in bounded time and memory.

Sequences are strings in which each character stands for a word or a sentence. rapidfuzz finds the
longest common subsequence in about `len(a) * len(b) / 64` steps and as many bytes. Where that would
be too much, the sequences are first cut at what stands once in both; where nothing does, they are
cut into as many equal parts each. So a match may be missed in a text of a megabyte without one
sentence of its own, and none is ever wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from math import isqrt
from typing import Any, NamedTuple

_Row = str | tuple[Any, ...]
MOST_CELLS = 100_000_000
"""The largest `len(a) * len(b)` that is compared in one go: 10,000 words with 10,000."""
_GRAM = 6
"""How many words in a row make a place that is looked for in both texts."""


class Match(NamedTuple):
    """`size` items from `old` on are those from `new` on."""

    old: int
    new: int
    size: int


def matching_rows(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return what is the same in two rows of words or sentences, in order."""
    there = set(new)
    common = [item for item in dict.fromkeys(old) if item in there]
    # What stands on one side only needs no character of its own; there are about a million.
    character = {item: chr(at) for at, item in enumerate(common, 2)}
    return matches(
        "".join([character.get(item, "\0") for item in old]),
        "".join([character.get(item, "\1") for item in new]),
    )


def matches(old: str, new: str) -> list[Match]:
    """Return what is the same in both, in order; no two matches touch in both sequences."""
    found: list[Match] = []
    for match in _matches(old, new):
        last = found[-1] if found else None
        if last and last.old + last.size == match.old and last.new + last.size == match.new:
            found[-1] = Match(last.old, last.new, last.size + match.size)
        else:
            found.append(match)
    return found


def _matches(old: str, new: str) -> Iterator[Match]:
    start = common_start(old, new)
    if start:
        yield Match(0, 0, start)
    end = common_end(old[start:], new[start:])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    for match in _inner(inner_old, inner_new):
        yield Match(match.old + start, match.new + start, match.size)
    if end:
        yield Match(len(old) - end, len(new) - end, end)


def _inner(old: str, new: str) -> Iterator[Match]:
    if len(old) * len(new) <= MOST_CELLS:
        yield from _longest(old, new)
        return
    at_old = at_new = 0
    for anchor in chain(_anchors(old, new), [Match(len(old), len(new), 0)]):
        parts = _in_parts(old[at_old : anchor.old], new[at_new : anchor.new])
        for match in parts:
            yield Match(match.old + at_old, match.new + at_new, match.size)
        if anchor.size:
            yield anchor
        at_old, at_new = anchor.old + anchor.size, anchor.new + anchor.size


def _longest(old: str, new: str) -> Iterator[Match]:
    if not old or not new:
        return
    # Imported late: most commands compare nothing.
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield Match(code.src_start, code.dest_start, code.src_end - code.src_start)


def _in_parts(old: str, new: str) -> Iterator[Match]:
    """Compare the first part with the first, the second with the second, and so on."""
    # As many parts of one as of the other: a pair of them then has about `MOST_CELLS` at most.
    parts = isqrt(max(len(old) * len(new) - 1, 0) // MOST_CELLS) + 1
    for part in range(parts):
        first_old, end_old = (len(old) * at // parts for at in (part, part + 1))
        first_new, end_new = (len(new) * at // parts for at in (part, part + 1))
        for match in _longest(old[first_old:end_old], new[first_new:end_new]):
            yield Match(match.old + first_old, match.new + first_new, match.size)


def _anchors(old: str, new: str) -> Iterator[Match]:
    """Yield the rows of words that stand once in both, as far as they are in the same order."""
    # As in git's `diff --patience`: what stands once in both can't be matched with a wrong copy.
    places = _single(new)
    common = [(at, places[gram]) for gram, at in _single(old).items() if gram in places]
    last = Match(0, 0, 0)
    for at_old, at_new in rising(common):
        overlap = max(last.old + last.size - at_old, last.new + last.size - at_new, 0)
        follows = at_old - last.old == at_new - last.new and at_old <= last.old + last.size
        if follows:
            last = Match(last.old, last.new, at_old + _GRAM - last.old)
            continue
        if last.size:
            yield last
        last = Match(at_old + overlap, at_new + overlap, _GRAM - overlap)
    if last.size:
        yield last


def _single(text: str) -> dict[str, int]:
    """Return the rows of `_GRAM` words that stand once in a text, each with its place."""
    grams = [text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)]
    counts = Counter(grams)
    return {gram: at for at, gram in enumerate(grams) if counts[gram] == 1}


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs, sorted by their first, whose second rises too."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second) if ends and second <= ends[-1] else len(ends)
        before.append(holders[length - 1] if length else -1)
        if length == len(ends):
            ends.append(second)
            holders.append(index)
        else:
            ends[length] = second
            holders[length] = index
    found: list[tuple[int, int]] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


# Halving compares slices in C. A loop over items is far slower on a text of a megabyte.
def common_start(old: _Row, new: _Row) -> int:
    """Return how many items are the same at the beginning."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(old: _Row, new: _Row) -> int:
    """Return how many items are the same at the end."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle :] == new[len(new) - middle :]:
            low = middle
        else:
            high = middle - 1
    return low
