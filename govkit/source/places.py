"""From a route through a record to the line and column in its file, down to a span of a text.

Spans need no model of YAML's folding: the n-th character of the value that is not white space is
the n-th such character of the source. Single quotes are doubled, and in double quotes an escape
counts as one character.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from govkit.findings import WHOLE_FILE, Finding, Place, Route
from govkit.patterns import lazy_regex
from govkit.source.loader import Spots, ValueSpan
from govkit.source.reading import spots_of

_ESCAPE = lazy_regex(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)")
_INVISIBLE_ESCAPES = "\n nt_\tr"
_BLOCK_HEADER = lazy_regex(r"[|>][^\n]*\n")


def with_places(data: bytes, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of one file with the place of each filled in.

    Those in the same value are looked for in a row, since each value is walked over once for them.
    """
    placed = list(findings)
    by_keys: dict[tuple[str | int, ...], list[int]] = {}
    for number, finding in enumerate(placed):
        if finding.place is None:
            by_keys.setdefault(finding.route.keys, []).append(number)
    text, spots = spots_of(data) if by_keys else ("", {})
    for numbers in by_keys.values():
        for number in numbers:
            at = place(text, spots, placed[number].route)
            placed[number] = replace(placed[number], place=at)
    return placed


def place(text: str, spots: Spots, route: Route) -> Place:
    """Return where a route leads: to its value, its key, or the characters of its span.

    A route that leads past what the file holds gives the nearest part above it that is there.
    """
    keys = route.keys
    while keys and keys not in spots:
        keys = keys[:-1]
    spot = spots.get(keys)
    if spot is None or (not keys and not route.span):
        return WHOLE_FILE
    if keys != route.keys or route.at_key:
        return _on_one_line(text, spot.key_start, spot.key_end)
    if route.span:
        start, end = span_in_source(text, spot, route.span)
        return _on_one_line(text, start, end)
    if spot.style in ("|", ">"):
        start = _content_start(text, spot)
        return _on_one_line(text, start, spot.end)
    if spot.start == spot.end:
        return _on_one_line(text, spot.key_start, spot.key_end)
    return _on_one_line(text, spot.start, spot.end)


def _on_one_line(text: str, start: int, end: int) -> Place:
    starts = _line_starts(text)
    line = bisect_right(starts, start)
    if line < len(starts):
        end = min(end, starts[line] - 1)
    column = start - starts[line - 1] + 1
    return Place(line, column, column + max(end - start, 1))


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """Return where each line begins. A file can have findings by the ten thousand."""
    lengths = (len(line) + 1 for line in text.split("\n"))
    return list(accumulate(lengths, initial=0))[:-1]


def _content_start(text: str, spot: ValueSpan) -> int:
    header = _BLOCK_HEADER.match(text, spot.start, spot.end)
    start = header.end() if header else spot.start
    while start < spot.end and text[start] in " \n":
        start += 1
    return start if start < spot.end else spot.start


def span_in_source(text: str, spot: ValueSpan, span: tuple[int, int]) -> tuple[int, int]:
    """Return the characters of the source that hold `span` of the value."""
    visible, places = _offsets(text, spot)
    if not places:
        return spot.start, spot.end
    start, end = (visible[min(at, len(visible) - 1)] for at in span)
    first = min(start, len(places) - 1)
    last = min(max(end, first + 1), len(places))
    return places[first][0], places[last - 1][1]


@lru_cache(maxsize=1)
def _offsets(text: str, spot: ValueSpan) -> tuple[list[int], list[tuple[int, int]]]:
    """Return how many visible characters stand before each of the value, and where each stands.

    Kept for the next finding: a hostile text can have thousands, and is walked over once.
    """
    visible = accumulate((not character.isspace() for character in spot.value), initial=0)
    return list(visible), list(_source_characters(text, spot))


def _source_characters(text: str, spot: ValueSpan) -> Iterator[tuple[int, int]]:
    """Yield where each visible character of the value begins and ends in the source."""
    at, end = spot.start, spot.end
    if spot.style in ("|", ">"):
        at = _content_start(text, spot)
    elif spot.style in ("'", '"'):
        at, end = at + 1, end - 1
    while at < end:
        length = 1
        if spot.style == "'" and text.startswith("''", at):
            length = 2
        elif spot.style == '"' and text[at] == "\\":
            found = _ESCAPE.match(text, at, end)
            length = len(found.group()) if found else 1
            if found and _is_space(found.group()):
                at += length
                continue
        if not text[at].isspace():
            yield at, at + length
        assert length  # else the same character would be read again and again
        at += length


def _is_space(escape: str) -> bool:
    if escape[1] in "xuU":
        return chr(int(escape[2:], 16)).isspace()
    return escape[1] in _INVISIBLE_ESCAPES
