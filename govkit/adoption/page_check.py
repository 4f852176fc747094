"""Whether the terms on a page are those that a statement speaks of, clause by clause.

Every clause has to stand there in its words and its order, and nothing may stand between them: a
further exception is as good as another clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from govkit.adoption.printed_words import PrintedUnit, comparable

Found = Literal["true", "changed", "missing", "added", "taken-back"]


class PageFinding(NamedTuple):
    """What was found of one unit on a page. `stands` and `owed` are the words where they differ."""

    found: Found
    number: str
    text: str
    id: str
    owed: str = ""
    stands: str = ""


_FILL = frozenset(("only", "exception", "exceptions", "condition", "conditions"))
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SHOWN = 12
_ANCHOR = 5


class PlacedUnit(NamedTuple):
    """Where a unit stands on a page: its first word and the one behind it; none where it does not.

    `is_moved` says that it stands before a unit that it should follow.
    """

    unit: PrintedUnit
    span: tuple[int, int] | None
    is_moved: bool = False


def placed_units(units: Sequence[PrintedUnit], page: str) -> list[PlacedUnit]:
    """Return where each unit stands on a page, word for word."""
    whole, end, found = _Page(page), 0, []
    for unit in units:
        place = whole.place(unit, end)
        moved = None if place else whole.place(unit, 0)
        end = place[1] if place else end
        found.append(PlacedUnit(unit, place or moved, moved is not None))
    return found


def sentences_that_take_back(units: Sequence[PrintedUnit], page: str) -> list[str]:
    """Return the sentences of a page that take something of the sections back."""
    return [each.stands for each in _Page(page)._taken_back(units)]


def page_findings(units: Sequence[PrintedUnit], page: str) -> list[PageFinding]:
    """Return what was found of each unit, and of words between them and about them."""
    return list(_Page(page).findings(units))


class _Page:
    """The words of a page, walked over once from the first clause to the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = comparable(text)
        self.at: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self.at.setdefault(word, []).append(place)

    def findings(self, units: Sequence[PrintedUnit]) -> Iterator[PageFinding]:
        end = 0
        first = True
        before: set[str] = set()
        for unit in units:
            before |= unit.before
            place = self.place(unit, end)
            if place is None:
                yield self._other(unit, end)
                continue
            start, stop = place
            added = [] if first else self._added(end, start, before)
            if added:
                stands = " ".join(added[:_SHOWN])
                yield PageFinding("added", unit.number, unit.text, unit.id, "", stands)
            yield PageFinding("true", unit.number, unit.text, unit.id)
            end, first, before = stop, False, set()
        yield from self._taken_back(units)

    def place(self, unit: PrintedUnit, start: int) -> tuple[int, int] | None:
        """Return where a unit stands from a place on: its first word, and the one behind it."""
        head = unit.rows[0]
        for place in self.at.get(head[0], ()) if head else ():
            if place >= start and self.words[place : place + len(head)] == head:
                end = self._limits(unit.rows[1:], place + len(head))
                if end is not None:
                    return place, end
        return None

    def _limits(self, rows: Sequence[tuple[str, ...]], end: int) -> int | None:
        for row in rows:
            for _ in range(3):
                if self.words[end : end + len(row)] == row:
                    break
                if end < len(self.words) and not self._is_fill(self.words[end]):
                    return None
                end += 1
            if self.words[end : end + len(row)] != row:
                return None
            end += len(row)
        return end

    def _is_fill(self, word: str) -> bool:
        return word in _FILL or _NUMBER.fullmatch(word) is not None

    def _added(self, end: int, start: int, before: set[str]) -> list[str]:
        between = self.words[end:start]
        return [w for w in between if w not in before and not _NUMBER.fullmatch(w)]

    def _other(self, unit: PrintedUnit, end: int) -> PageFinding:
        """Return how a clause differs where words like its own stand; else that it is missing."""
        row, place = max(
            ((row, place) for row in unit.rows for place in [self._alike(row, end)]),
            key=lambda each: each[1][1],
        )
        start, same = place
        if same < min(_ANCHOR, len(row)):
            owed = " ".join(unit.rows[0][:_SHOWN])
            return PageFinding("missing", unit.number, unit.text, unit.id, owed)
        cut = max(same - 3, 0)
        owed = " ".join(row[cut : cut + _SHOWN])
        stands = " ".join(self.words[start + cut : start + cut + _SHOWN])
        if owed == stands[: len(owed)]:  # its own words are all there: a limit is not
            gone = next((each for each in unit.rows if not self._stands(each)), row)
            owed, stands = " ".join(gone[:_SHOWN]), ""
        return PageFinding("changed", unit.number, unit.text, unit.id, owed, stands)

    def _stands(self, row: tuple[str, ...]) -> bool:
        places = self.at.get(row[0], ()) if row else (0,)  # signs alone are no words to look for
        return any(self.words[place : place + len(row)] == row for place in places)

    def _alike(self, row: tuple[str, ...], end: int) -> tuple[int, int]:
        """Return where most of the first words of a row stand, and how many are the same."""
        best = (0, 0)
        for place in self.at.get(row[0], ()) if row else ():
            same = 0
            while same < len(row) and self.words[place + same : place + same + 1] == (row[same],):
                same += 1
            if same > best[1] and (same < len(row) or place >= end):
                best = (place, same)
        return best

    def _taken_back(self, units: Sequence[PrintedUnit]) -> Iterator[PageFinding]:
        """Yield sentences that take something of the sections back, wherever they stand."""
        own = {" ".join(row) for unit in units for row in unit.rows}
        overriding = [row for row in own if _OVERRIDES.search(row)]
        numbers = {unit.number.partition(".")[0] for unit in units if unit.kind == "clause"}
        for sentence in re.split(r"(?<=[.;])\s+|\n\n", self.text):
            words = comparable(sentence)
            while words and self._is_fill(words[0]):
                words = words[1:]
            said = " ".join(words)
            if not _OVERRIDES.search(said) or any(said in each for each in own):
                continue
            if not _OVERRIDES.search(_without(said, overriding)):
                continue  # a PDF runs the exceptions of a clause together into one sentence
            named = _NAMED.search(said)
            if named and (named[1] is None or named[1].partition(".")[0] in numbers):
                yield PageFinding("taken-back", "", "", "", "", said[:200])


def _without(said: str, rows: Sequence[str]) -> str:
    """Return what a sentence says beside whole limits of the terms; a part of one stays."""
    for row in rows:
        said = re.sub(rf"(?<!\S){re.escape(row)}(?!\S)", "|", said)
    return said


_OVERRIDES = re.compile(
    r"\b(?:notwithstanding|(?:do|does|shall|will|must|can)\s?not\s(?:apply|bind|prevail|hold)|"
    r"override|overrides|prevails? over|prevail over|no effect|not binding|at our discretion|"
    r"without regard to|in spite of|despite|for information only|"
    r"(?:may|can|reserve the right to)\s(?:change|suspend|disregard|ignore|set aside|waive)|"
    r"nothing above)\b"
)
_NAMED = re.compile(
    r"\b(?:sections?|clauses?)\s([0-9]+(?:\.[0-9]+)?)|\b(?:these|those|above|such)\s"
    r"(?:sections|protections|clauses|provisions)|\bnothing above\b"
)
