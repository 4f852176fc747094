"""What changed inside a sentence, made readable.

The longest common row of words is exact and often no pleasure to read: it finds an `of` here and a
`the` there in two sentences that have little to do with each other. So changes are put where a
person would put them, and joined where only a short word lies between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.redline.letters import BY_CHARACTER
from govkit.corpus.redline.matching import matches
from govkit.corpus.redline.sentences import Piece, SentenceReading
from govkit.corpus.redline.unsplit import unsplit
from govkit.patterns import lazy_regex

_CHARACTER = lazy_regex(f"[{BY_CHARACTER}]")
# A word that is repeated ten thousand times must not make each change look at all of them.
_FARTHEST = 64
"""How many words a change is shifted at most."""


class WordingChange(NamedTuple):
    """Pieces of the old text that pieces of the new one stand for; either side may be empty."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def replaces(self) -> bool:
        """Return whether both sides hold something."""
        return self.old < self.old_end and self.new < self.new_end


def changes(
    old: SentenceReading, new: SentenceReading, stretch: tuple[int, int], other: tuple[int, int]
) -> list[WordingChange]:
    """Return the changes from a stretch of pieces of the old text to one of the new, in order."""
    found = _raw(old, new, stretch, other)
    for index, change in enumerate(found):
        if not change.replaces:
            before = found[index - 1].old_end if index else stretch[0]
            after = found[index + 1].old if index + 1 < len(found) else stretch[1]
            room = (change.old - before, after - change.old_end)
            found[index] = _shifted(change, old, new, room)
    return list(_joined(found, old.pieces))


def _raw(
    old: SentenceReading, new: SentenceReading, stretch: tuple[int, int], other: tuple[int, int]
) -> list[WordingChange]:
    at_old, at_new = stretch[0], other[0]
    found = []
    same = matches(old.keys[slice(*stretch)], new.keys[slice(*other)])
    ends = [(match.old + stretch[0], match.new + other[0], match.size) for match in same]
    for start_old, start_new, size in (*ends, (stretch[1], other[1], 0)):
        if start_old > at_old or start_new > at_new:
            found.append(WordingChange(at_old, start_old, at_new, start_new))
        at_old, at_new = start_old + size, start_new + size
    return found


# --- a change put where one would put it --------------------------------------------------------


def _shifted(
    change: WordingChange, old: SentenceReading, new: SentenceReading, room: tuple[int, int]
) -> WordingChange:
    """Shift an insertion or deletion over words that stand at both its ends, to its best place.

    `and the regulator` is better than `the regulator and` or `regulator and the`. `room` is how
    many equal pieces lie before and after it.
    """
    inserted = change.old == change.old_end
    keys = new.keys if inserted else old.keys
    pieces = new.pieces if inserted else old.pieces
    start, end = change[2:] if inserted else change[:2]
    shifts = [0]
    while -shifts[-1] < min(room[0], _FARTHEST):
        by = shifts[-1] - 1
        if keys[start + by] != keys[end + by]:
            break
        shifts.append(by)
    ahead = 0
    while ahead < min(room[1], _FARTHEST) and keys[start + ahead] == keys[end + ahead]:
        ahead += 1
        shifts.append(ahead)
    # Of places that are equally good the nearest, then the later: same texts, same redline.
    best = max(shifts, key=lambda by: (_fitness(pieces, start + by, end + by), -abs(by), by))
    return WordingChange(*(place + best for place in change))


def _fitness(pieces: list[Piece], start: int, end: int) -> int:
    """Return how good the place of a change is: whole phrases are better than halves of two."""
    known = unsplit()
    fitness = 0
    if pieces[end - 1].text.lower() in known.short:
        fitness -= 2
    if pieces[start].text.lower() in known.joins or "\n" in pieces[start].space:
        fitness += 3
    if start == 0 or not pieces[start].says or not pieces[start - 1].says:
        fitness += 1
    return fitness


# --- changes that read as one -------------------------------------------------------------------


def _joined(found: list[WordingChange], pieces: list[Piece]) -> Iterator[WordingChange]:
    """Join two replacements with only one short word between them."""
    if not found:
        return
    last = found[0]
    for change in found[1:]:
        alone = change.old - last.old_end == 1
        if last.replaces and change.replaces and alone and _says_little(pieces[last.old_end]):
            last = WordingChange(last.old, change.old_end, last.new, change.new_end)
        else:
            yield last
            last = change
    yield last


def _says_little(piece: Piece) -> bool:
    return piece.text.lower() in unsplit().short or bool(_CHARACTER.fullmatch(piece.text))
