"""Compares two texts as a lawyer would: sentence with sentence, then word with word.

1. Sentences and items of lists are paired: those that are the same, those that moved, those that
   are most alike (`pairing`).
2. Two sentences that have at least half of their words in common are compared word by word; others
   stand as a whole, the old one and the new one (`wording`).
3. The outcome is put into one list of operations (`draft`).

Same texts, same operations, on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from govkit.corpus.redline.draft import ALONE, Draft
from govkit.corpus.redline.operations import Operation, Redline
from govkit.corpus.redline.pairing import SentencePair, paired
from govkit.corpus.redline.sentences import Sentence, SentenceReading
from govkit.corpus.redline.wording import changes

Side = Callable[..., None]


def redline(old: str, new: str) -> Redline:
    """Return the operations that make the new text of the old one.

    Texts of 10,000 words take a fraction of a second; the time grows with their length and not with
    its square (see `matching`). How large a text may be is for the caller to say.

    To compare several blocks at once (the paragraphs and items of a clause), join each side with
    an empty line between the blocks: a block that moved is then shown as moved.
    """
    if old == new:
        return Redline((Operation("equal", old, new),) if old else (), ())
    # One alphabet for both sides: a key says something only if equal words have one character in
    # both.
    alphabet: dict[str, str] = {}
    return _Comparison(SentenceReading(old, alphabet), SentenceReading(new, alphabet)).redline()


class _Moves(NamedTuple):
    """The number of a move, -1 where there is none; `whole` where label and stop go with it."""

    number: int
    whole: bool


class _Comparison:
    """One comparison; it walks over both texts once."""

    def __init__(self, old: SentenceReading, new: SentenceReading) -> None:
        self.old = old
        self.new = new
        self.pairing = paired(old, new)
        self.origins = {to: at for at, to in self.pairing.moved.items()}
        self.draft = Draft()

    def redline(self) -> Redline:
        at_old = at_new = 0
        last = SentencePair(len(self.old.sentences), 0, len(self.new.sentences), 0)
        for number, pair in enumerate((*self.pairing.pairs, last)):
            self._unpaired_old(range(at_old, pair.old))
            self._unpaired_new(range(at_new, pair.new))
            if pair is not last:
                self._pair(pair, number)
            at_old, at_new = pair.old_end, pair.new_end
        self._same(len(self.old.pieces) - 1, len(self.new.pieces) - 1, 1, number)
        return self.draft.redline()

    def _unpaired_old(self, numbers: Iterable[int]) -> None:
        for at in numbers:
            to = self.pairing.moved.get(at)
            _write(self.old, self.old.sentences[at], self._moves(at, to), self.draft.old)

    def _unpaired_new(self, numbers: Iterable[int]) -> None:
        for at in numbers:
            origin = self.origins.get(at)
            _write(self.new, self.new.sentences[at], self._moves(origin, at), self.draft.new)

    def _moves(self, old: int | None, new: int | None) -> _Moves:
        """Return the number of a move, and whether label and stop moved too."""
        if old is None or new is None:
            return _Moves(-1, True)
        whole = self.old.key(self.old.sentences[old]) == self.new.key(self.new.sentences[new])
        return _Moves(old, whole)

    def _pair(self, pair: SentencePair, number: int) -> None:
        """Write a pair of sentences, word by word."""
        start_old, end_old = _stretch(self.old, pair.old, pair.old_end)
        start_new, end_new = _stretch(self.new, pair.new, pair.new_end)
        at_old, at_new = start_old, start_new
        for change in changes(self.old, self.new, (start_old, end_old), (start_new, end_new)):
            self._same(at_old, at_new, change.old - at_old, number)
            self.draft.old(self.old.text(change.old, change.old_end), number)
            self.draft.new(self.new.text(change.new, change.new_end), number)
            at_old, at_new = change.old_end, change.new_end
        self._same(at_old, at_new, end_old - at_old, number)

    def _same(self, at_old: int, at_new: int, size: int, number: int) -> None:
        """Write pieces whose words are the same; the space before or inside them may differ."""
        same = self.old.text(at_old, at_old + size)
        if same == self.new.text(at_new, at_new + size):
            self.draft.same(same)
            return
        olds = self.old.pieces[at_old : at_old + size]
        news = self.new.pieces[at_new : at_new + size]
        for old, new in zip(olds, news, strict=True):
            if old.text == new.text:
                if old.space == new.space:
                    self.draft.same(old.whole)
                    continue
                self.draft.old(old.space, number)
                self.draft.new(new.space, number)
                self.draft.same(old.text)
            else:
                # Equal keys, other text: a line ends inside a piece, or the alphabet is full.
                # Shown as changed, since both texts have to come out to the character.
                self.draft.old(old.whole, number)
                self.draft.new(new.whole, number)


def _write(reading: SentenceReading, sentence: Sentence, moves: _Moves, side: Side) -> None:
    """Write a sentence of one side only; what does not move with it stands by itself.

    The label of a sentence that did not move does too: another one may have the same label.
    """
    start, end = sentence.start, sentence.end
    if moves.number < 0:
        start = sentence.core_start
    elif not moves.whole:
        start, end = sentence.core_start, sentence.core_end
    side(reading.text(sentence.start, start), ALONE)
    side(reading.text(start, end), ALONE, moves.number)
    side(reading.text(end, sentence.end), ALONE)


def _stretch(reading: SentenceReading, first: int, end: int) -> tuple[int, int]:
    """Return the pieces of sentences that follow each other."""
    return reading.sentences[first].start, reading.sentences[end - 1].end
