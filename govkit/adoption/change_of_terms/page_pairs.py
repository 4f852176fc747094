"""Two versions of a page, block by block: which block of the one is which of the other.

A number at the head of a block and signs say nothing here: a section may come before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz.distance import Indel

from govkit.adoption.printed_words import comparable
from govkit.source.text_blocks import TextBlock

_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*\.?(?:\s+|$)")
_ALIKE = 0.5
"""Two blocks that share less of their words are two, and not one in other words."""
_MOST_PAIRS = 40_000
"""In a gap with more pairs than this, blocks are paired by their order alone."""


class PageBlock(NamedTuple):
    """A block of a page: its text without its number, its words as compared, and its number."""

    text: str
    words: tuple[str, ...]
    number: str
    style: str


class Pair(NamedTuple):
    """A block of the old page and the one that it became; one side is None where it has none."""

    old: int | None
    new: int | None


def page_blocks(blocks: Sequence[TextBlock]) -> tuple[PageBlock, ...]:
    """Return the blocks of a page that a reader takes for its text, each without its number."""
    every = (_block(each) for each in blocks if not each.is_beside)
    return tuple(each for each in every if each.words or each.number)


_ANCHOR = re.compile(r'<a id="[A-Za-z0-9.-]{1,80}"></a>')
"""An address inside a page of Markdown: no words."""


def _block(block: TextBlock) -> PageBlock:
    text = _ANCHOR.sub("", block.text)
    found = _NUMBER.match(text)
    text = text[found.end() :] if found else text
    number = found.group().strip() if found else ""
    return PageBlock(text.strip(), comparable(text), number, block.style)


def pairs_of(old: Sequence[PageBlock], new: Sequence[PageBlock]) -> list[Pair]:
    """Return the pairs of two pages in the order of the new one, what is gone at its old place."""
    ids: dict[tuple[str, ...], int] = {}
    rows = [[ids.setdefault(each.words, len(ids)) for each in side] for side in (old, new)]
    matcher = SequenceMatcher(None, rows[0], rows[1], autojunk=False)
    found: list[Pair] = []
    for name, i, j, k, m in matcher.get_opcodes():
        if name == "equal":
            found += [Pair(i + n, k + n) for n in range(j - i)]
        else:
            found += _paired(old, new, range(i, j), range(k, m))
    return _with_moves(found, old, new)


def _paired(
    old: Sequence[PageBlock], new: Sequence[PageBlock], gone: range, come: range
) -> Iterator[Pair]:
    """Pair the blocks of a gap by how alike they are, in their order."""
    best = _in_order(old, new, gone, come) if len(gone) * len(come) <= _MOST_PAIRS else {}
    at = come.start
    for left in gone:
        right = best.get(left)
        if right is None:
            yield Pair(left, None)
            continue
        yield from (Pair(None, each) for each in range(at, right))
        yield Pair(left, right)
        at = right + 1
    yield from (Pair(None, each) for each in range(at, come.stop))


def _in_order(
    old: Sequence[PageBlock], new: Sequence[PageBlock], gone: range, come: range
) -> dict[int, int]:
    """Return the pairs, none crossing another, that have the most in common together."""
    if not gone or not come:
        return {}
    alike = [[_likeness(old[i].words, new[k].words) for k in come] for i in gone]
    height, width = len(gone), len(come)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in reversed(range(height)):
        for k in reversed(range(width)):
            both = alike[i][k] + best[i + 1][k + 1] if alike[i][k] >= _ALIKE else 0.0
            best[i][k] = max(both, best[i + 1][k], best[i][k + 1])
    found: dict[int, int] = {}
    i = k = 0
    while i < height and k < width:
        if alike[i][k] >= _ALIKE and best[i][k] == alike[i][k] + best[i + 1][k + 1]:
            found[gone[i]] = come[k]
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1
    return found


def _likeness(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    return Indel.normalized_similarity(old, new)


def _with_moves(
    pairs: list[Pair], old: Sequence[PageBlock], new: Sequence[PageBlock]
) -> list[Pair]:
    """Return the pairs with blocks that went here and came there in the same words made one."""
    come: dict[tuple[str, ...], list[int]] = {}
    for _, right in (each for each in pairs if each.old is None):
        assert right is not None
        come.setdefault(new[right].words, []).append(right)
    moved: dict[int, int] = {}
    for left, _ in (each for each in pairs if each.new is None):
        assert left is not None
        if several := come.get(old[left].words):
            moved[several.pop(0)] = left
    gone = set(moved.values())
    return [
        Pair(moved[each.new], each.new) if each.new in moved and each.old is None else each
        for each in pairs
        if not (each.new is None and each.old in gone)
    ]
