"""The paragraphs that two long texts share, in one order: no word of them has to be read."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from govkit.corpus.redline.matching import rising
from govkit.corpus.redline.tokens import paragraphs_in

_LEAST = 80
"""Letters. A shorter paragraph may be a heading, which says what a section is, or an item."""


LONG = 100_000
"""Letters of both texts together, from which looking for such paragraphs pays."""


def without_what_stays(old: str, new: str) -> tuple[str, str]:
    """Return two long texts without the paragraphs that stay; short ones are given back whole."""
    if len(old) + len(new) <= LONG:
        return old, new
    stays = paragraphs_that_stay(old, new)
    first, second = (
        "\n\n".join(each for _, each in paragraphs_in(text) if each not in stays)
        for text in (old, new)
    )
    return first, second


@lru_cache(maxsize=2)  # what a file holds, and what a reader sees of it
def paragraphs_that_stay(old: str, new: str) -> frozenset[str]:
    """Return the paragraphs that stand once in each text, in the same order.

    They are anchors: what stands between two of them in the one text became what stands between
    them in the other, or moved over them.
    """
    sides = [[paragraph for _, paragraph in paragraphs_in(text)] for text in (old, new)]
    single = [
        {each: at for at, each in enumerate(side) if count[each] == 1 and _is_prose(each)}
        for side, count in ((side, Counter(side)) for side in sides)
    ]
    pairs = [(at, single[1][each]) for each, at in single[0].items() if each in single[1]]
    return frozenset(sides[0][at] for at, _ in rising(pairs))


def _is_prose(paragraph: str) -> bool:
    long = len(paragraph) >= _LEAST
    return long and not paragraph.startswith("#") and paragraph.strip() == paragraph
