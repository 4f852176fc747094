"""The numbers of lists, as word processors and browsers count them: `1.2`, `(b)`, `iv.`"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

BULLET = "\u2022"
_LEVELS = 9
_MOST = 1 << 20
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_BLANK = re.compile(r"%([1-9])")


def number_as(form: str, number: int) -> str:
    """Return a number in a form of ECMA-376 (ST_NumberFormat); one that is not known is decimal."""
    if not 0 < number < _MOST:
        return str(number)
    match form:
        case "lowerLetter" | "upperLetter":
            # After z comes aa, then bb (ECMA-376, 17.18.59), and not ab.
            letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 100)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            letters = _roman(number)
            return letters.upper() if form == "upperRoman" else letters
        case "decimalZero":
            return f"{number:02}"
    return str(number)


def _roman(number: int) -> str:
    if number >= 5000:
        return str(number)
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


class Level(NamedTuple):
    """How one level of a list is numbered: `text` is as `%1.%2` (ECMA-376, w:lvlText).

    `restarts` is false where a level counts on under the next item of the one above it; `legal`
    says that all numbers in the label are decimal.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts: bool = True
    legal: bool = False


class Counters:
    """Counts the items of lists, from the top of a text to its end."""

    def __init__(self) -> None:
        """Have counted nothing yet."""
        self._counted: dict[str, list[int | None]] = {}

    def next_label(self, list_: str, depth: int, levels: Mapping[int, Level]) -> str:
        """Return the label of the next item of a list at a depth from 0."""
        depth = min(max(depth, 0), _LEVELS - 1)
        level = levels.get(depth, Level())
        counts = self._counted.setdefault(list_, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            if levels.get(deeper, Level()).restarts:
                counts[deeper] = None
        if level.form == "bullet":
            return BULLET
        if level.form == "none":
            return _BLANK.sub("", level.text).strip()
        return _BLANK.sub(
            lambda found: self._number(counts, int(found[1]) - 1, level, levels), level.text
        ).strip()

    def begin_again(self, list_: str, depth: int) -> None:
        """Let a level of a list begin at its start again."""
        if list_ in self._counted and 0 <= depth < _LEVELS:
            self._counted[list_][depth] = None

    @staticmethod
    def _number(
        counts: list[int | None], at: int, level: Level, levels: Mapping[int, Level]
    ) -> str:
        of = levels.get(at, Level())
        count = counts[at]
        return number_as(
            "decimal" if level.legal else of.form, of.start if count is None else count
        )
