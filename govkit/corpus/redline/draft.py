"""Takes down a redline from left to right and gives it its final form.

What is changed between two equal stretches is collected on either side and laid out at once, so
that deletions stand before insertions and an old stretch stands with the new one in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from govkit.corpus.redline.operations import Op, Operation, Redline

ALONE = -1
"""The number of the pair of a sentence that has none; smaller ones are those of regions."""
STAYS = -1
"""The number of the move of a stretch that did not move."""


Inside = tuple[Operation, ...]
"""What changed in a stretch that moved."""


class _Part(NamedTuple):
    """A stretch of one side.

    `pair` is the number of the pair of sentences in which it stands, or `ALONE`; `move` the number
    of its move.
    """

    text: str
    pair: int
    move: int

    @property
    def held(self) -> tuple[int, str]:
        """Return the words with their region: the same in another cell are others."""
        return min(self.pair, ALONE), self.text


class _Entry(NamedTuple):
    op: Op
    old: str
    new: str
    move: int = STAYS


class Draft:
    """A redline that is being written."""

    def __init__(self) -> None:
        """Begin at the beginning of both texts."""
        self._entries: list[_Entry] = []
        self._equal: list[str] = []
        self._old: list[_Part] = []
        self._new: list[_Part] = []

    def same(self, text: str) -> None:
        """Add what stands in both texts."""
        if text:
            if self._old or self._new:
                self._lay_out()
            self._equal.append(text)

    def old(self, text: str, pair: int, move: int = STAYS) -> None:
        """Add what the old text has next."""
        _add(self._old, _Part(text, pair, move))

    def new(self, text: str, pair: int, move: int = STAYS) -> None:
        """Add what the new text has next."""
        _add(self._new, _Part(text, pair, move))

    def redline(self, inside: Mapping[int, Inside]) -> Redline:
        """Return the whole; `inside` has what changed in moves, by their numbers."""
        self._lay_out()
        self._end_equal()
        entries, changed = _joined_moves(self._entries, inside)
        numbered = [(at, entry) for at, entry in enumerate(entries) if entry.move != STAYS]
        arrivals = {entry.move: at for at, entry in numbered if entry.new}
        moved = tuple((at, arrivals[entry.move]) for at, entry in numbered if entry.old)
        operations = tuple(Operation(entry.op, entry.old, entry.new) for entry in entries)
        within = tuple(changed.get(entry.move, ()) for _, entry in numbered if entry.old)
        return Redline(operations, moved, within)

    def _lay_out(self) -> None:
        """Write down what has changed since the last equal stretch.

        A stretch takes the place of the next one that is the same, or that stands in the same pair
        of sentences, or that has no pair either. What lies before that one is passed first.
        """
        olds, news = self._old[::-1], self._new[::-1]
        self._old, self._new = [], []
        ahead = _Ahead(news)
        while olds or news:
            old, new = _next(olds), _next(news)
            if old and new and (old.held == new.held or ahead.takes_place(old, new)):
                self._replace(old.text, new.text)
                olds.pop()
                ahead.passed(news.pop())
            elif olds and not (old and ahead.has_place_for(old)):
                part = olds.pop()
                self._append(_Entry("delete", part.text, "", part.move))
            else:
                part = news.pop()
                self._append(_Entry("insert", "", part.text, part.move))
                ahead.passed(part)

    def _replace(self, old: str, new: str) -> None:
        if old == new:
            self._equal.append(old)
        else:
            self._append(_Entry("replace", old, new))

    def _append(self, entry: _Entry) -> None:
        """Add an entry; one beside it that reads as one with it is joined to it."""
        self._end_equal()
        behind: list[_Entry] = []
        if entry.op == "delete":
            # Deletions stand before insertions.
            while self._entries and self._entries[-1].op == "insert":
                behind.append(self._entries.pop())
        last = self._entries[-1] if self._entries else None
        # Nothing is joined to what moved: the two sides of a move hold the same words.
        if last and last.op == entry.op and last.move == entry.move == STAYS:
            self._entries.pop()
            entry = entry._replace(old=last.old + entry.old, new=last.new + entry.new)
        self._entries += (entry, *reversed(behind))

    def _end_equal(self) -> None:
        if self._equal:
            text = "".join(self._equal)
            self._entries.append(_Entry("equal", text, text))
            self._equal = []


class _Ahead:
    """What the new text has still to come among the stretches that did not move."""

    def __init__(self, parts: list[_Part]) -> None:
        staying = [part for part in parts if part.move == STAYS]
        self.texts = Counter(part.held for part in staying)
        self.pairs = Counter(part.pair for part in staying)

    def passed(self, part: _Part) -> None:
        if part.move == STAYS:
            self.texts[part.held] -= 1
            self.pairs[part.pair] -= 1

    def takes_place(self, old: _Part, new: _Part) -> bool:
        """Say whether the new stretch stands in the place of the old one, though it differs."""
        return old.pair == new.pair and not self.texts[old.held]

    def has_place_for(self, old: _Part) -> bool:
        return bool(self.texts[old.held] or self.pairs[old.pair])


def _add(parts: list[_Part], part: _Part) -> None:
    last = parts[-1] if parts else None
    if last and last.pair == part.pair != ALONE and last.move == part.move == STAYS:
        parts[-1] = part._replace(text=last.text + part.text)
    elif part.text:
        parts.append(part)


def _next(parts: list[_Part]) -> _Part | None:
    """Return the next stretch where it stays."""
    return parts[-1] if parts and parts[-1].move == STAYS else None


def _joined_moves(
    entries: list[_Entry], inside: Mapping[int, Inside]
) -> tuple[list[_Entry], dict[int, Inside]]:
    """Join sentences that moved together: neighbours before and after, with the same space.

    Returns what changed in each of these moves, too.
    """
    place = {entry.move: at for at, entry in enumerate(entries) if entry.new and entry.move >= 0}
    joined = {
        second.move
        for first, second in pairwise(entries)
        if min(first.move, second.move) >= 0
        and (first.old and second.old)
        and place[second.move] == place[first.move] + 1
        and _space(second.old) == _space(entries[place[second.move]].new)
    }
    kept: list[_Entry] = []
    changed: dict[int, Inside] = {}
    for entry in entries:
        within: Inside = ()
        if entry.old and entry.move >= 0:
            within = inside.get(entry.move) or _same_words(
                entry.old, entries[place[entry.move]].new
            )
        if entry.move in joined:
            last = kept[-1]
            entry = _Entry(last.op, last.old + entry.old, last.new + entry.new, last.move)
            within = (*changed.get(entry.move, ()), *within) if within else ()
            kept.pop()
        kept.append(entry)
        if within:
            changed[entry.move] = within
    return kept, {
        move: _merged(within)
        for move, within in changed.items()
        if not all(map(_says_nothing, within))
    }


def _says_nothing(operation: Operation) -> bool:
    return operation.op == "equal" or operation.old.split() == operation.new.split()


def _space(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _same_words(old: str, new: str) -> Inside:
    """Return the operations of a sentence that moved unchanged, but for the space before it."""
    words = old.lstrip()
    gone, come = _space(old), _space(new)
    if old == new:
        return (Operation("equal", old, new),)
    if new.lstrip() != words:
        return (Operation("replace", old, new),)  # a line ends elsewhere inside
    op: Op = "replace" if gone and come else "delete" if gone else "insert"
    return (Operation(op, gone, come), Operation("equal", words, words))


def _merged(operations: Inside) -> Inside:
    """Join operations of equal words that stand beside each other."""
    merged: list[Operation] = []
    for op, old, new in operations:
        if merged and merged[-1].op == op:
            last = merged.pop()
            old, new = last.old + old, last.new + new
        merged.append(Operation(op, old, new))
    return tuple(merged)
