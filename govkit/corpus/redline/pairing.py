"""Which sentence of the old text became which of the new one, and which moved.

First the sentences that are the same, in order, and the headings of the same sections; then those
that are the same but for the label or the stop of an item; then those that stand elsewhere; and of
the rest those that are most alike, first in the same place and then elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from govkit.corpus.redline.matching import MOST_CELLS, common_end, common_start, matching_rows
from govkit.corpus.redline.regions import Regions
from govkit.corpus.redline.sections import is_number, same_sections
from govkit.corpus.redline.sentences import SentenceReading

ALIKE = 0.5
"""How alike two sentences have to be to be compared word by word: half of their words the same."""
_RARE = 8
"""A word that stands in more sentences than this tells none of them apart."""
# With a fixed number of candidates the time grows with the sentences and not with their square.
_CANDIDATES = 4
ALIKE_ELSEWHERE = 0.75
"""How alike two sentences have to be for one to be the other, moved and changed."""
_LEAST_ALIKE = 5
"""How many words a sentence needs at least to be called moved and changed."""
_LEAST_MOVED = 4
"""How many words, numbers aside, a sentence needs at least to be called moved."""
_LEAST_OF_ITEM = 1
"""How many an item of a list needs."""
_LONG = 16
_HEADING = chr(0x10FFFE)
"""Begins what stands for a heading that was paired: no text has so many different words."""
# Fewer kept words, as `The platform may`, begin many sentences that have nothing else in common.
_LEAST_KEPT = 4
# Each attempt to grow a pair compares it anew, so long joined sentences would take too long.
_LONGEST_JOINED = 4000


class SentencePair(NamedTuple):
    """Sentences of the old text, by their numbers, that became those of the new text.

    Several became one where a sentence was split or two were joined.
    """

    old: int
    old_end: int
    new: int
    new_end: int


class Pairing(NamedTuple):
    """The pairs in order, and the sentences that moved, old number to new number.

    `headings` are those that belong together since their sections do.
    """

    pairs: list[SentencePair]
    moved: dict[int, int]
    headings: dict[int, int]


def paired(old: SentenceReading, new: SentenceReading, regions: Regions) -> Pairing:
    """Return how the sentences of two texts belong together."""
    headings = same_sections(old, new, regions)
    if len(old.sentences) == len(new.sentences) == 1 and not headings and not regions.any:
        return Pairing(_of_one(old, new), {}, headings)
    named_old = {at: f"{_HEADING}{at}" for at in headings}
    named_new = {to: named_old[at] for at, to in headings.items()}

    def known(keys_old: Iterable[str], keys_new: Iterable[str]) -> tuple[list[str], list[str]]:
        if not regions.any:
            return _with_headings(keys_old, named_old), _with_headings(keys_new, named_new)
        sides = zip("<>", (keys_old, keys_new), (regions.old, regions.new), strict=True)
        first, second = (
            [regions.key(where, side, key) for key, where in zip(keys, of, strict=True)]
            for side, keys, of in sides
        )
        return _with_headings(first, named_old), _with_headings(second, named_new)

    same = _same(*known(map(old.key, old.sentences), map(new.key, new.sentences)))
    # One item put in or taken out changes the labels of all that follow, and the stop of the last.
    bare = [*map(old.core, old.sentences)], [*map(new.core, new.sentences)]
    cores_old, cores_new = known(*bare)
    fixed: list[tuple[int, int]] = []
    for gap in _gaps(same, len(cores_old), len(cores_new)):
        inner = _same(cores_old[gap.old : gap.old_end], cores_new[gap.new : gap.new_end])
        fixed += ((gap.old + at, gap.new + other) for at, other in inner)
    fixed = sorted([*same, *fixed])
    taken = set(fixed)
    moved = {at: to for at, to in headings.items() if (at, to) not in taken} | regions.moved()
    cores_old, cores_new = _with_headings(bare[0], named_old), _with_headings(bare[1], named_new)
    if _some_elsewhere(cores_old, cores_new, fixed):
        moved |= _moved(_unsaid(old, cores_old), _unsaid(new, cores_new), fixed, moved)
    pairs = [SentencePair(at, at + 1, other, other + 1) for at, other in fixed]
    arrived = set(moved.values())
    kept = {regions.old[at].name for at, _ in fixed}
    for gap in _gaps(fixed, len(cores_old), len(cores_new)):
        left = [at for at in range(gap.old, gap.old_end) if at not in moved]
        come = [at for at in range(gap.new, gap.new_end) if at not in arrived]
        for (olds, news), is_cell in regions.stretches(left, come):
            found = _Free(old, new, olds, news).pairs()
            if is_cell and not found and regions.old[olds[0]].name not in kept:
                found = _whole(olds, news)
            pairs += found
    return Pairing(sorted(pairs), moved | _moved_and_changed(old, new, pairs, moved), headings)


def _whole(olds: list[int], news: list[int]) -> list[SentencePair]:
    """Return one pair of all that is left of a cell, which is the same cell whatever it holds."""
    pair = SentencePair(olds[0], olds[-1] + 1, news[0], news[-1] + 1)
    whole = len(olds) == pair.old_end - pair.old and len(news) == pair.new_end - pair.new
    return [pair] if whole else []


def _of_one(old: SentenceReading, new: SentenceReading) -> list[SentencePair]:
    """Return how two texts of one sentence belong together, of which a long text has thousands."""
    was, is_ = old.sentences[0], new.sentences[0]
    same = old.key(was) == new.key(is_) or old.core(was) == new.core(is_)
    words = old.words(was.core_start, was.end), new.words(is_.core_start, is_.end)
    return [SentencePair(0, 1, 0, 1)] if same or _alike(*words) >= ALIKE else []


def _with_headings(keys: Iterable[str], named: Mapping[int, str]) -> list[str]:
    """Return what stands for each sentence; `named` has the headings that were paired."""
    if not named:
        return [*keys]
    return [named.get(at, key) for at, key in enumerate(keys)]


def _some_elsewhere(old: list[str], new: list[str], fixed: list[tuple[int, int]]) -> bool:
    """Say whether any sentence stands in both texts and not in the same place."""
    taken_old, taken_new = {at for at, _ in fixed}, {to for _, to in fixed}
    left = {core for at, core in enumerate(old) if at not in taken_old}
    return any(core in left for to, core in enumerate(new) if to not in taken_new)


def _unsaid(reading: SentenceReading, cores: list[str]) -> list[str]:
    """Return the cores without those that say too little to be called moved.

    `Article 4` stands over other words where one was put in. An item of a list is told by its label
    and may be short, but not where it stands twice, as `(a) none`.
    """
    counts = Counter(cores)
    kept = []
    for core, sentence in zip(cores, reading.sentences, strict=True):
        pieces = reading.pieces[sentence.core_start : sentence.core_end][:_LONG]
        saying = islice((piece for piece in pieces if not is_number(piece)), _LEAST_MOVED)
        said = len([*saying])
        is_item = sentence.core_start > sentence.start and counts[core] == 1
        kept.append(core if said >= (_LEAST_OF_ITEM if is_item else _LEAST_MOVED) else "")
    return kept


def _moved_and_changed(
    old: SentenceReading, new: SentenceReading, pairs: list[SentencePair], moved: dict[int, int]
) -> dict[int, int]:
    """Return those of the rest that stand elsewhere with other words in them."""
    gone = {at for pair in pairs for at in range(pair.old, pair.old_end)} | moved.keys()
    come = {at for pair in pairs for at in range(pair.new, pair.new_end)} | set(moved.values())
    left = [at for at in range(len(old.sentences)) if at not in gone]
    free = [at for at in range(len(new.sentences)) if at not in come]
    return _Free(old, new, left, free).elsewhere() if left and free else {}


def _same(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the places of what is the same in both lists, in order."""
    return [
        (match.old + step, match.new + step)
        for match in matching_rows(old, new)
        for step in range(match.size)
    ]


def _gaps(fixed: Iterable[tuple[int, int]], old: int, new: int) -> Iterator[SentencePair]:
    """Yield the stretches between the pairs where both texts, or one of them, have sentences."""
    at_old = at_new = 0
    for next_old, next_new in (*fixed, (old, new)):
        if next_old > at_old or next_new > at_new:
            yield SentencePair(at_old, next_old, at_new, next_new)
        at_old, at_new = next_old + 1, next_new + 1


def _moved(
    old: list[str], new: list[str], fixed: list[tuple[int, int]], known: dict[int, int]
) -> dict[int, int]:
    """Return the sentences that stand elsewhere in the new text; of equal ones, first to first.

    `known` are those of which it is known already.
    """
    taken_old = {at for at, _ in fixed} | known.keys()
    taken_new = {at for _, at in fixed} | set(known.values())
    elsewhere: dict[str, list[int]] = defaultdict(list)
    # From the end, since `pop` takes the last one: of equal sentences the first goes to the first.
    for at in range(len(new) - 1, -1, -1):
        if at not in taken_new and new[at]:
            elsewhere[new[at]].append(at)
    return {
        at: elsewhere[core].pop()
        for at, core in enumerate(old)
        if at not in taken_old and core and elsewhere.get(core)
    }


# --- the sentences that are most alike ----------------------------------------------------------


class _Free:
    """Pairs sentences that have no sure partner, by how alike they are."""

    def __init__(
        self, old: SentenceReading, new: SentenceReading, left: list[int], come: list[int]
    ) -> None:
        self.old = _Side(old, left)
        self.new = _Side(new, come)

    def pairs(self) -> list[SentencePair]:
        """Return pairs that rise on both sides, as those between two sure pairs do."""
        if not self.old.numbers or not self.new.numbers:
            return []
        # Weighed by the words in common: many short pairs must not win over one long sentence.
        weighed = [
            (at, other, alike * self._shorter(at, other)) for at, other, alike in self._alike()
        ]
        pairs = [SentencePair(at, at + 1, other, other + 1) for at, other in heaviest(weighed)]
        return [self._grown(pairs, index) for index in range(len(pairs))]

    def elsewhere(self) -> dict[int, int]:
        """Return pairs in any order, the heaviest first."""
        found: dict[int, int] = {}
        taken = set()
        likely = [
            (-alike * self._shorter(at, other), at, other)
            for at, other, alike in self._alike()
            if alike >= ALIKE_ELSEWHERE and self._shorter(at, other) >= _LEAST_ALIKE
        ]
        for _, at, other in sorted(likely):
            if at not in found and other not in taken:
                found[at] = other
                taken.add(other)
        return found

    def _shorter(self, at: int, other: int) -> int:
        return min(len(self.old.words[at]), len(self.new.words[other]))

    def _alike(self) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs that come into question, with how alike they are."""
        for at in self.old.numbers:
            words = self.old.words[at]
            for other in self._candidates(at):
                alike = _alike(words, self.new.words[other])
                if alike >= ALIKE:
                    yield at, other, alike

    def _candidates(self, at: int) -> list[int]:
        """Return the sentences that share the most rare words, and those at the same place."""
        shared: dict[int, int] = defaultdict(int)
        for word in self.new.rare.keys() & self.old.words[at]:
            for other in self.new.rare[word]:
                shared[other] += 1
        # A sentence of common words shares no rare one; its place is then the only hint.
        place = self.old.place[at] * len(self.new.numbers) // len(self.old.numbers)
        for near in self.new.numbers[max(place - 1, 0) : place + 2]:
            shared[near] += 1
        order = sorted(
            shared, key=lambda other: (-shared[other], abs(self.new.place[other] - place), other)
        )
        return sorted(order[:_CANDIDATES])

    def _grown(self, pairs: list[SentencePair], index: int) -> SentencePair:
        """Return a pair with the neighbours that make its sides more alike, and keep it so."""
        before = pairs[index - 1] if index else SentencePair(-1, 0, -1, 0)
        after = pairs[index + 1] if index + 1 < len(pairs) else None
        pair = pairs[index]
        while True:
            larger = [grown for grown in _larger(pair) if self._is_free(grown, pair, before, after)]
            best = max(larger, key=self._alikeness, default=pair)
            if best == pair or self._alikeness(best) <= self._alikeness(pair):
                pairs[index] = pair
                return pair
            pair = best

    def _is_free(
        self,
        grown: SentencePair,
        pair: SentencePair,
        before: SentencePair,
        after: SentencePair | None,
    ) -> bool:
        return (
            grown.old >= before.old_end
            and grown.new >= before.new_end
            and (after is None or (grown.old_end <= after.old and grown.new_end <= after.new))
            and all(at in self.old.place for at in range(grown.old, grown.old_end))
            and all(at in self.new.place for at in range(grown.new, grown.new_end))
        )

    def _alikeness(self, pair: SentencePair) -> float:
        words_old = self.old.joined(pair.old, pair.old_end)
        words_new = self.new.joined(pair.new, pair.new_end)
        if max(len(words_old), len(words_new)) > _LONGEST_JOINED:
            return 0.0
        return _alike(words_old, words_new)


class _Side:
    """The free sentences of one text in a gap, and their words."""

    def __init__(self, reading: SentenceReading, numbers: list[int]) -> None:
        self.numbers = numbers
        self.place = {at: place for place, at in enumerate(numbers)}
        sentences = reading.sentences
        self.words = {
            at: reading.words(sentences[at].core_start, sentences[at].end) for at in numbers
        }

    @cached_property
    def rare(self) -> dict[str, list[int]]:
        """Return the sentences that a word stands in, of words that stand in few."""
        holders: dict[str, list[int]] = defaultdict(list)
        for at, words in self.words.items():
            for word in set(words):
                holders[word].append(at)
        return {word: found for word, found in holders.items() if len(found) <= _RARE}

    def joined(self, start: int, end: int) -> str:
        return "".join(self.words[at] for at in range(start, end))


def _larger(pair: SentencePair) -> Iterator[SentencePair]:
    yield pair._replace(old_end=pair.old_end + 1)
    yield pair._replace(new_end=pair.new_end + 1)
    yield pair._replace(old=pair.old - 1)
    yield pair._replace(new=pair.new - 1)


def _alike(old: str, new: str) -> float:
    """Return how alike two rows of words are, from 0 to 1: twice what is common, by all words.

    Of rows that are too long for that, the order of the words is left out. Where the beginning and
    the end of the shorter one are kept and something long was put in, they are alike all the same.
    """
    if len(old) * len(new) > MOST_CELLS:
        return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))
    from rapidfuzz.distance import Indel

    alike: float = Indel.normalized_similarity(old, new)
    if alike < ALIKE:
        shorter = min(len(old), len(new))
        kept = common_start(old, new)
        kept += common_end(old[kept:], new[kept:])
        if kept >= _LEAST_KEPT and 3 * kept >= 2 * shorter:
            return ALIKE
    return alike


def heaviest(pairs: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the pairs that rise on both sides and weigh the most together."""
    # Of one old sentence the later partners come first, so none can follow another in a chain.
    pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    # `ends` rises with `weights`: the lightest chain that weighs so much ends there.
    ends: list[int] = []
    weights: list[float] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_, end, weight) in enumerate(pairs):
        place = bisect_right(ends, end - 1)
        total = weight + (weights[place - 1] if place else 0.0)
        before.append(holders[place - 1] if place else -1)
        if place < len(ends) and ends[place] == end and weights[place] >= total:
            continue
        last = place
        while last < len(ends) and weights[last] <= total:
            last += 1
        ends[place:last] = [end]
        weights[place:last] = [total]
        holders[place:last] = [index]
    chain: list[tuple[int, int]] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        chain.append(pairs[at][:2])
        at = before[at]
    return chain[::-1]
