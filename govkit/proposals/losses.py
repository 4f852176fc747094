"""What was lost on the way from one revision to the next: clauses whose words nobody gave up.

A clause is still there where its id is and most of its words are. An id that now stands for other
words has lost its own, though nothing is missing from the list: so a clause that was numbered anew,
or pasted over, is found too. Where the lost words stand now is looked up, so that the message can
say "moved" or "merged"; only a person says that it was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from govkit.corpus.changes.around import lists_of
from govkit.corpus.changes.written import written
from govkit.corpus.documents import Document
from govkit.records.proposals import Dropped

Clauses = Mapping[str, str]
"""The words of the clauses of a unit, by their ids; a text without clauses has one, `""`."""

HALF = 0.5
"""A clause that keeps fewer of its words is lost: an editor who means it says so."""

NEARLY_ALL = 0.9
"""A clause that keeps this many of its words is there, whatever else was put in beside it."""

ANOTHERS = 0.75
"""A clause that is so like what another one said before, and less like its own, says the other."""

FOUND = 0.8
"""Where this many of its words stand in their order, a lost clause has gone to."""

_WORD = re.compile(r"\w+")


class WordsPlace(NamedTuple):
    """A place of words: a unit, and a clause of it (empty where the unit has none)."""

    unit: str
    clause: str

    def __str__(self) -> str:
        """Write the place as people do: `EXA-DUE-01(b)`."""
        return f"{self.unit}({self.clause})" if self.clause else self.unit


class Loss(NamedTuple):
    """A unit, or a clause of one, that is missing and was not named.

    `how` is `gone` where the id is missing, `other words` where it stands for something else now.
    `words` are its first words, `now_in` where its words are, or None.
    """

    unit: str
    clause: str | None
    how: Literal["gone", "other words"]
    words: str
    now_in: WordsPlace | None = None

    def __str__(self) -> str:
        """Write the place as people do: `EXA-DUE-01(b)`."""
        return str(WordsPlace(self.unit, self.clause or ""))


def clauses_of(document: Document) -> dict[str, str]:
    """Return the words of each clause in force of a text, of a book's frame, or of a term."""
    if document.kind == "term":
        return {"": "\n\n".join(written(said.wording, marks=False) for said in document.said)}
    return {
        said.clause: written(said.wording, marks=False)
        for said in document.said
        if said.keys[0] in lists_of(document.kind or "") and said.keys[2] == "text"
    }


def withdrawn_clauses(document: Document) -> Iterator[Dropped]:
    """Yield the clauses that a text itself says are withdrawn, with the reason it gives."""
    for clause in getattr(document.record, "clauses", ()):
        if clause.withdrawn is not None:
            yield Dropped(id=document.id, clause=clause.id, because=clause.withdrawn.reason)


def losses_of(
    old: Mapping[str, Clauses], new: Mapping[str, Clauses], dropped: Iterable[Dropped] = ()
) -> tuple[Loss, ...]:
    """Return what was in the old revision, is not in the new one, and was not named as dropped.

    A unit that is gone is one loss, however many clauses it has; naming it names them all. In the
    order of the old revision.
    """
    named = {(each.id, each.clause) for each in dropped}
    search = _Search(old, new)
    return tuple(
        loss
        for loss in search.losses()
        if (loss.unit, None) not in named and (loss.unit, loss.clause) not in named
    )


def not_missing(
    old: Mapping[str, Clauses], new: Mapping[str, Clauses], dropped: Iterable[Dropped]
) -> tuple[Dropped, ...]:
    """Return what was named as dropped and is still there, or never was."""
    replaced = {(loss.unit, loss.clause) for loss in _Search(old, new).losses()}

    def is_missing(each: Dropped) -> bool:
        if each.id not in old or each.id not in new or each.clause is None:
            return each.id in old and each.id not in new
        if each.clause not in old[each.id]:
            return False
        return each.clause not in new[each.id] or (each.id, each.clause) in replaced

    return tuple(each for each in dropped if not is_missing(each))


class _Search:
    """Two revisions, with the words of each clause counted once."""

    def __init__(self, old: Mapping[str, Clauses], new: Mapping[str, Clauses]) -> None:
        self.old, self.new = old, new
        self.was = {place: _words(text) for place, text in _places(old)}
        self.now = {place: _words(text) for place, text in _places(new)}
        self.changed = {
            place: words for place, words in self.now.items() if self.was.get(place) != words
        }
        self.whose: dict[tuple[str, ...], WordsPlace] = {}
        for place, words in self.was.items():
            self.whose.setdefault(words, place)

    def losses(self) -> Iterator[Loss]:
        for unit, clauses in self.old.items():
            if unit not in self.new:
                first = next(iter(clauses), "")
                place = WordsPlace(unit, first)
                yield Loss(unit, None, "gone", clauses.get(first, ""), self.now_in(place))
                continue
            for clause, text in clauses.items():
                place = WordsPlace(unit, clause)
                if place not in self.now:
                    yield Loss(unit, clause, "gone", text, self.now_in(place))
                elif place in self.changed and self.says_something_else(place):
                    yield Loss(unit, clause, "other words", text, self.now_in(place))

    def says_something_else(self, place: WordsPlace) -> bool:
        """Say whether the words of a clause are no longer those that its id stood for."""
        was, now = self.was[place], self.now[place]
        kept = _share(was, now)
        if kept == 1.0:
            return False
        if kept < HALF or self.whose.get(now, place) != place:
            return True
        if kept >= NEARLY_ALL:
            return False
        nearest = max(_likeness(was, now), ANOTHERS)
        return any(_likeness(other, now) > nearest for at, other in self.was.items() if at != place)

    def now_in(self, place: WordsPlace) -> WordsPlace | None:
        """Return the clause that holds the words of a lost one, the nearest by the words."""
        was = self.was.get(place, ())
        held = [
            (share, _likeness(was, now), at)
            for at, now in self.changed.items()
            if at != place and (share := _in_order(was, now)) >= FOUND
        ]
        return max(held, key=lambda each: each[:2])[2] if held else None


def _places(units: Mapping[str, Clauses]) -> Iterator[tuple[WordsPlace, str]]:
    for unit, clauses in units.items():
        for clause, text in clauses.items():
            yield WordsPlace(unit, clause), text


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _share(was: tuple[str, ...], now: tuple[str, ...]) -> float:
    """Return which share of the words is still there, in whatever order, from 0 to 1."""
    return sum((Counter(was) & Counter(now)).values()) / len(was) if was else 1.0


def _in_order(was: tuple[str, ...], now: tuple[str, ...]) -> float:
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(was, now) / len(was) if was else 0.0


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other)
