"""Where the comments of a file stand, and between which of its words.

Everything that rewrites a file is held to this: the same comments, in the same order, between the
same keys and values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.loader import Spots, ValueSpan

_COMMENT = lazy_regex(r"#[^\n]*")
_QUOTES = ("'", '"')
_BLOCKS = ("|", ">")


class YamlComment(NamedTuple):
    """A comment: where it begins and ends, its words, and whether it has a line of its own."""

    start: int
    end: int
    words: str
    alone: bool


class Scalar(NamedTuple):
    """A key or a single value in the source, with its style as YAML writes it."""

    start: int
    end: int
    style: str
    words: str
    route: tuple[str | int, ...]
    is_key: bool


def scalars(text: str, spots: Spots) -> list[Scalar]:
    """Return the keys and the single values of a file, in the order of the source."""
    return sorted(_scalars(text, spots), key=lambda scalar: scalar.start)


def _scalars(text: str, spots: Spots) -> Iterator[Scalar]:
    for route, spot in spots.items():
        if not route:
            continue
        if isinstance(route[-1], str):
            style = text[spot.key_start : spot.key_start + 1]
            style = style if style in _QUOTES else ""
            yield Scalar(spot.key_start, spot.key_end, style, route[-1], route, True)
        if spot.end > spot.start and not _is_collection(route, spot, spots, text):
            yield Scalar(spot.start, spot.end, spot.style, spot.value, route, False)


def _is_collection(route: tuple[str | int, ...], spot: ValueSpan, spots: Spots, text: str) -> bool:
    # The loader keeps the words of single values only; a null is its own few characters.
    if spot.style or spot.value:
        return False
    return text[spot.start : spot.end] not in ("null", "~")


def comments(text: str, spots: Spots) -> list[YamlComment]:
    """Return the comments of a file, in order: what begins with # outside keys and values."""
    covered = []
    for scalar in scalars(text, spots):
        start = scalar.start
        if scalar.style in _BLOCKS:
            start = text.find("\n", start, scalar.end)
        if start >= 0:
            covered.append((start, scalar.end))
    return list(_outside(text, covered))


def _outside(text: str, covered: list[tuple[int, int]]) -> Iterator[YamlComment]:
    at = 0
    for start, end in (*covered, (len(text), len(text))):
        for found in _COMMENT.finditer(text, at, start):
            begin = text.rfind("\n", 0, found.start()) + 1
            alone = not text[begin : found.start()].strip()
            yield YamlComment(found.start(), found.end(), found.group().rstrip(), alone)
        at = max(at, end)


def in_order(text: str, spots: Spots) -> list[tuple[str, str]]:
    """Return the keys, values and comments of a file as they follow each other."""
    found = [
        (scalar.start, "key" if scalar.is_key else "value", scalar.words)
        for scalar in scalars(text, spots)
    ]
    found += [
        (comment.start, "line of comment" if comment.alone else "comment", comment.words)
        for comment in comments(text, spots)
    ]
    return [(kind, words) for _, kind, words in sorted(found)]


def rewritten(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return the text with stretches replaced; each edit is (start, end, new), none overlap."""
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))
