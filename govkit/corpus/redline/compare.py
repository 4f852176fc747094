"""Compares two texts as a lawyer would: sentence with sentence, then word with word.

1. Sentences and items of lists are paired: those that are the same, those that moved, those that
   are most alike (`pairing`).
2. Two sentences that have at least half of their words in common are compared word by word; others
   stand as a whole, the old one and the new one (`wording`).
3. The outcome is put into one list of operations (`draft`).

Same texts, same operations, on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from govkit.corpus.redline.draft import ALONE, STAYS, Draft
from govkit.corpus.redline.operations import Operation, Redline
from govkit.corpus.redline.pairing import SentencePair, paired
from govkit.corpus.redline.paragraphs import LONG, paragraphs_that_stay
from govkit.corpus.redline.regions import TEXT, Region, Regions
from govkit.corpus.redline.sentences import Sentence, SentenceReading
from govkit.corpus.redline.tables import Places, places_of
from govkit.corpus.redline.wording import changes
from govkit.patterns import lazy_regex
from govkit.source.text_blocks import TextBlock, as_one_text

Side = Callable[..., None]


def redline(
    old: str, new: str, of_old: Sequence[Region] = (), of_new: Sequence[Region] = ()
) -> Redline:
    """Return the operations that make the new text of the old one.

    Texts of 10,000 words take a fraction of a second; the time grows with their length and not with
    its square (see `matching`). How large a text may be is for the caller to say.

    To compare several blocks at once (the paragraphs and items of a clause), join each side with
    an empty line between the blocks: a block that moved is then shown as moved. `of_old` and
    `of_new` are the regions of the two texts, where they have any (see `regions`).
    """
    if old == new and not of_old and not of_new:
        return Redline((Operation("equal", old, new),) if old else (), ())
    words = old.rstrip(), new.rstrip()
    end = old[len(words[0]) :]
    is_long = len(old) + len(new) > LONG and not of_old and not of_new
    if is_long and end == new[len(words[1]) :] and all(map(_ENDS_PLAINLY.search, words)):
        return _with_end(_of_long(*words), end)
    return _compared(old, new, of_old, of_new)


_ENDS_PLAINLY = lazy_regex(r"[a-z][.!?]?\Z")
"""No label: whether one stands at the very end is told by the white space behind it."""


@lru_cache(maxsize=1)
def _of_long(old: str, new: str) -> Redline:
    """Return the redline of two long texts, which may be asked for several times.

    What stays, and is most of them, is not read word by word.
    """
    return _compared(old, new, (), (), paragraphs_that_stay(old, new))


def _with_end(found: Redline, end: str) -> Redline:
    """Return the redline of two texts with the same white space behind both."""
    *before, last = found.operations
    if not end:
        return found
    if last.op != "equal":
        return found._replace(operations=(*found.operations, Operation("equal", end, end)))
    last = Operation("equal", last.old + end, last.new + end)
    return found._replace(operations=(*before, last))


def _compared(
    old: str,
    new: str,
    of_old: Sequence[Region],
    of_new: Sequence[Region],
    unread: frozenset[str] = frozenset(),
) -> Redline:
    # One alphabet for both sides: a key says something only if equal words have one character in
    # both.
    alphabet: dict[str, str] = {}
    readings = SentenceReading(old, alphabet, unread), SentenceReading(new, alphabet, unread)
    return _Comparison(*readings, Regions(*readings, of_old, of_new)).redline()


def redline_of_blocks(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> tuple[Redline, Places]:
    """Return the redline of two texts that are given as blocks, tables by cell, and where each
    block stands. The operations are on their texts as one (`as_one_text`).
    """
    places = places_of(old, new)
    regions = [[place.region for place in side] for side in places]
    if all(region.name == TEXT for side in regions for region in side):
        regions = [[], []]
    return redline(as_one_text(old), as_one_text(new), *regions), places


_Stretch = tuple[int, int]


class _Comparison:
    """One comparison; it walks over both texts once."""

    def __init__(self, old: SentenceReading, new: SentenceReading, regions: Regions) -> None:
        self.old = old
        self.new = new
        self.pairing = paired(old, new, regions)
        names = dict.fromkeys(each.name for each in (*regions.old, *regions.new))
        alone = {name: ALONE - at for at, name in enumerate(filter(None, names), 1)}
        self.alone_old = [alone.get(each.name, ALONE) for each in regions.old]
        self.alone_new = [alone.get(each.name, ALONE) for each in regions.new]
        self.origins = {to: at for at, to in self.pairing.moved.items()}
        self.moving = {at: self._moving(at, to) for at, to in self.pairing.moved.items()}

    def redline(self) -> Redline:
        draft = Draft()
        at_old = at_new = 0
        last = SentencePair(len(self.old.sentences), 0, len(self.new.sentences), 0)
        for number, pair in enumerate((*self.pairing.pairs, last)):
            for at in range(at_old, pair.old):
                self._unpaired_old(at, draft)
            for at in range(at_new, pair.new):
                self._unpaired_new(at, draft)
            if pair is not last:
                old = _stretch(self.old, pair.old, pair.old_end)
                self._pair(old, _stretch(self.new, pair.new, pair.new_end), number, draft)
            at_old, at_new = pair.old_end, pair.new_end
        self._same(len(self.old.pieces) - 1, len(self.new.pieces) - 1, 1, number, draft)
        return draft.redline(self._inside())

    def _unpaired_old(self, at: int, draft: Draft) -> None:
        stretch = self.moving[at][0] if at in self.moving else None
        alone = self.alone_old[at]
        _write(self.old, self.old.sentences[at], stretch, (alone, at), draft.old)

    def _unpaired_new(self, at: int, draft: Draft) -> None:
        origin = self.origins.get(at, STAYS)
        stretch = self.moving[origin][1] if origin in self.moving else None
        alone = self.alone_new[at]
        _write(self.new, self.new.sentences[at], stretch, (alone, origin), draft.new)

    def _moving(self, at: int, to: int) -> tuple[_Stretch, _Stretch]:
        """Return what moves of two sentences; the label of an item stays where it is."""
        old, new = self.old.sentences[at], self.new.sentences[to]
        label = self.old.keys[old.start : old.core_start]
        heading = at in self.pairing.headings
        tail = self.old.keys[old.core_end : old.end]
        differ = tail != self.new.keys[new.core_end : new.end]
        if differ and not heading and self.old.core(old) == self.new.core(new):
            return (old.core_start, old.core_end), (new.core_start, new.core_end)
        if heading or label == self.new.keys[new.start : new.core_start]:
            return (old.start, old.end), (new.start, new.end)
        return (old.core_start, old.end), (new.core_start, new.end)

    def _inside(self) -> dict[int, tuple[Operation, ...]]:
        """Return what changed in the sentences that moved, where anything did."""
        found = {}
        for at, (old, new) in self.moving.items():
            if self.old.keys[slice(*old)] != self.new.keys[slice(*new)]:
                draft = Draft()
                self._pair(old, new, 0, draft)
                found[at] = draft.redline({}).operations
        return found

    def _pair(self, old: _Stretch, new: _Stretch, number: int, draft: Draft) -> None:
        """Write two stretches that became each other, word by word."""
        at_old, at_new = old[0], new[0]
        for change in changes(self.old, self.new, old, new):
            self._same(at_old, at_new, change.old - at_old, number, draft)
            draft.old(self.old.text(change.old, change.old_end), number)
            draft.new(self.new.text(change.new, change.new_end), number)
            at_old, at_new = change.old_end, change.new_end
        self._same(at_old, at_new, old[1] - at_old, number, draft)

    def _same(self, at_old: int, at_new: int, size: int, number: int, draft: Draft) -> None:
        """Write pieces whose words are the same; the space before or inside them may differ."""
        same = self.old.text(at_old, at_old + size)
        if same == self.new.text(at_new, at_new + size):
            draft.same(same)
            return
        olds = self.old.pieces[at_old : at_old + size]
        news = self.new.pieces[at_new : at_new + size]
        for old, new in zip(olds, news, strict=True):
            if old.text == new.text:
                if old.space == new.space:
                    draft.same(old.whole)
                    continue
                draft.old(old.space, number)
                draft.new(new.space, number)
                draft.same(old.text)
            else:
                # Equal keys, other text: a line ends inside a piece, or the alphabet is full.
                # Shown as changed, since both texts have to come out to the character.
                draft.old(old.whole, number)
                draft.new(new.whole, number)


def _write(
    reading: SentenceReading,
    sentence: Sentence,
    moving: _Stretch | None,
    numbers: tuple[int, int],
    side: Side,
) -> None:
    """Write a sentence of one side only; what does not move with it stands by itself.

    `numbers` are what stands for its region, and the number of its move.

    The label of a sentence that did not move does too: another one may have the same label.
    """
    start, end = moving or (sentence.core_start, sentence.end)
    alone, move = numbers
    side(reading.text(sentence.start, start), alone)
    side(reading.text(start, end), alone, move if moving else STAYS)
    side(reading.text(end, sentence.end), alone)


def _stretch(reading: SentenceReading, first: int, end: int) -> _Stretch:
    """Return the pieces of sentences that follow each other."""
    return reading.sentences[first].start, reading.sentences[end - 1].end
