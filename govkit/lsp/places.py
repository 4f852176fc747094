"""Places as an editor counts them: lines from 0, and in a line the units of an encoding.

Editors count UTF-16 units unless they ask for something else: an emoji is two of them, and an
accent that stands apart is one of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from lsprotocol import types

from govkit.findings import Place

_LINE_END = re.compile(r"\r\n|\n|\r")


class PagePlaces:
    """The places of one text. Offsets count its characters, with LF for each line end."""

    def __init__(self, text: str, encoding: str) -> None:
        """Take the text as the editor has it, and the encoding whose units it counts."""
        self.lines = _LINE_END.split(text)
        self.text = "\n".join(self.lines)
        self._starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))[:-1]
        self._size = _SIZES[encoding]

    def position(self, offset: int) -> types.Position:
        """Return the position of a character."""
        at = bisect_right(self._starts, max(0, min(offset, len(self.text)))) - 1
        return types.Position(at, self._units(at, offset - self._starts[at]))

    def offset(self, position: types.Position) -> int:
        """Return the character at a position; one behind the end of a line or text is the end."""
        if position.line >= len(self.lines):
            return len(self.text)
        line, left = self.lines[position.line], position.character
        for at, character in enumerate(line):
            if left <= 0:
                return self._starts[position.line] + at
            left -= self._size(character)
        return self._starts[position.line] + len(line)

    def range(self, start: int, end: int) -> types.Range:
        """Return the range from one character to another."""
        return types.Range(self.position(start), self.position(end))

    def range_of(self, place: Place) -> types.Range:
        """Return the range of a place as findings have it."""
        at = min(place.line - 1, len(self.lines) - 1)
        begin, end = (self._units(at, column - 1) for column in (place.column, place.end_column))
        return types.Range(types.Position(at, begin), types.Position(at, end))

    def offset_of_line(self, line: int) -> int:
        """Return the first character of a line, counted from 0."""
        return self._starts[line]

    def whole(self) -> types.Range:
        """Return the range of the whole text."""
        return self.range(0, len(self.text))

    def _units(self, line: int, characters: int) -> int:
        return sum(map(self._size, self.lines[line][: max(characters, 0)]))


def _in_utf_16(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _in_utf_8(character: str) -> int:
    return len(character.encode("utf-8", errors="surrogatepass"))


_SIZES: dict[str, Callable[[str], int]] = {
    "utf-16": _in_utf_16,
    "utf-8": _in_utf_8,
    "utf-32": lambda _: 1,
}
