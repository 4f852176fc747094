"""Takes down a redline from left to right and gives it its final form.

What is changed between two equal stretches is collected on either side and laid out at once, so
that deletions stand before insertions and an old stretch stands with the new one in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from govkit.corpus.redline.operations import Op, Operation, Redline

_STAYS = -1
"""The number of a stretch that did not move."""


class _Part(NamedTuple):
    """A stretch of one side; `move` is the number of its move."""

    text: str
    move: int


class _Entry(NamedTuple):
    op: Op
    old: str
    new: str
    move: int


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

    def old(self, text: str, move: int = _STAYS) -> None:
        """Add what the old text has next."""
        _add(self._old, text, move)

    def new(self, text: str, move: int = _STAYS) -> None:
        """Add what the new text has next."""
        _add(self._new, text, move)

    def redline(self) -> Redline:
        """Return the whole."""
        self._lay_out()
        self._end_equal()
        entries = list(_joined_moves(self._entries))
        numbered = [(at, entry) for at, entry in enumerate(entries) if entry.move != _STAYS]
        arrivals = {entry.move: at for at, entry in numbered if entry.new}
        moved = tuple((at, arrivals[entry.move]) for at, entry in numbered if entry.old)
        operations = tuple(Operation(entry.op, entry.old, entry.new) for entry in entries)
        return Redline(operations, moved)

    def _lay_out(self) -> None:
        """Write down what has changed since the last equal stretch."""
        last = self._same_at_end()
        olds, news = self._old[::-1], self._new[::-1]
        self._old, self._new = [], []
        stays = sum(part.move == _STAYS for part in news)
        while olds or news:
            old_stays = bool(olds) and olds[-1].move == _STAYS
            new_stays = bool(news) and news[-1].move == _STAYS
            if old_stays and new_stays:
                self._replace(olds.pop().text, news.pop().text)
                stays -= 1
            elif olds and not (old_stays and stays):
                self._change("delete", olds.pop())
            else:
                self._change("insert", news.pop())
                stays -= new_stays
        if last:
            self._equal.append(last)

    def _same_at_end(self) -> str:
        """Take away a last stretch that is the same on both sides, as the stop of the last item."""
        if not (self._old and self._new) or self._old[-1] != self._new[-1]:
            return ""
        if self._old[-1].move != _STAYS:
            return ""
        self._old.pop()
        return self._new.pop().text

    def _replace(self, old: str, new: str) -> None:
        if old == new:
            self._equal.append(old)
        else:
            self._end_equal()
            self._entries.append(_Entry("replace", old, new, _STAYS))

    def _change(self, op: Op, part: _Part) -> None:
        self._end_equal()
        old, new = (part.text, "") if op == "delete" else ("", part.text)
        self._entries.append(_Entry(op, old, new, part.move))

    def _end_equal(self) -> None:
        if self._equal:
            text = "".join(self._equal)
            self._entries.append(_Entry("equal", text, text, _STAYS))
            self._equal = []


def _add(parts: list[_Part], text: str, move: int) -> None:
    if not text:
        return
    if parts and move == _STAYS == parts[-1].move:
        parts[-1] = _Part(parts[-1].text + text, move)
    else:
        parts.append(_Part(text, move))


def _joined_moves(entries: list[_Entry]) -> Iterable[_Entry]:
    """Join sentences that moved together: neighbours before and after, with the same space."""
    place = {entry.move: at for at, entry in enumerate(entries) if entry.new and entry.move >= 0}
    joined = {
        second.move
        for first, second in pairwise(entries)
        if min(first.move, second.move) >= 0
        and (first.old and second.old)
        and place[second.move] == place[first.move] + 1
        and second.old == entries[place[second.move]].new
    }
    kept: list[_Entry] = []
    for entry in entries:
        if entry.move in joined:
            last = kept[-1]
            kept[-1] = _Entry(last.op, last.old + entry.old, last.new + entry.new, last.move)
        else:
            kept.append(entry)
    return kept
