"""Passages ranked by the words that they share with a question (BM25, by the library `bm25s`).

A word counts without its ending, and the more, the fewer passages have it. Words of quotations that
were accepted for the same clause of other services join the question (Rocchio): services say the
same thing in similar words, and seldom in those of a clause. Nothing is answered here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from govkit.assessment.passages import Passage
from govkit.assessment.quotes import TOKEN
from govkit.errors import GovkitError
from govkit.languages.words import languages_of_pages

TOP = 5
"""Passages that are shown for a clause."""
_QUOTE_WORDS = 24
"""Words of the quotations of other services that join a question, those that most of them have."""
_MOST_REPEATED = 3
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "ly")


K1, B = 1.2, 0.75
"""How fast more of one word counts less, and how far a long passage counts less (BM25)."""


class RankedPassage(NamedTuple):
    """A passage with its score, and the words by which it was found, the weightiest first."""

    passage: Passage
    score: float
    words: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """Return a word without its ending, where enough of it is left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=1 << 14)  # the versions of a document have most of their passages in common
def search_terms(text: str) -> tuple[str, ...]:
    """Return the words of a text that are looked for, without endings, as often as they stand."""
    little = _little()
    return tuple(stem_of(word) for word in TOKEN.findall(text.lower()) if word not in little)


def passage_terms(passage: Passage) -> tuple[str, ...]:
    """Return the words of a passage that are looked for, with those of its heading."""
    return search_terms(f"{passage.heading} {passage.text}")


@cache
def _little() -> frozenset[str]:
    """Return the words that every text is full of, in any language."""
    return frozenset(word for each in languages_of_pages().values() for word in each.commonest)


def question_terms(question: str, quotes: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what a question looks for; a word is there as often as it weighs.

    `quotes` are the accepted ones of other services, to the same clause.
    """
    found = Counter(set(search_terms(question)))
    shared = Counter(term for quote in quotes for term in set(search_terms(quote)))
    ordered = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    for term, count in ordered[:_QUOTE_WORDS]:
        found[term] += min(count, _MOST_REPEATED)
    return tuple(sorted(found.elements()))


class PassageIndex:
    """The passages of a document set, made ready to be searched."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Take passages. Raises `GovkitError` where the library is not installed."""
        self.passages = tuple(passages)
        self.terms = [*map(passage_terms, self.passages)]
        self._index: Any = None
        if any(self.terms):
            self._index = _bm25().BM25(method="lucene", k1=K1, b=B)
            self._index.index([list(each) for each in self.terms], show_progress=False)

    def ranked(self, question: Sequence[str], most: int = TOP) -> list[RankedPassage]:
        """Return the best passages for the terms of a question, the best first.

        Passages with the same score stand in the order of the text; one without a shared word is
        left out.
        """
        if self._index is None or not question:
            return []
        scores = self._index.get_scores(list(question)).tolist()
        order = sorted(range(len(scores)), key=lambda at: (-round(scores[at], 4), at))[:most]
        counts = Counter(question)
        return [
            RankedPassage(self.passages[at], round(scores[at], 4), self._words(at, counts))
            for at in order
            if scores[at] > 0
        ]

    def _words(self, at: int, question: Counter[str]) -> tuple[str, ...]:
        shared = set(self.terms[at]) & question.keys()
        spread = {term: sum(term in each for each in self._sets) for term in shared}
        return tuple(sorted(shared, key=lambda term: (spread[term], -question[term], term)))

    @property
    def _sets(self) -> Iterable[frozenset[str]]:
        if not hasattr(self, "_kept"):
            self._kept = [frozenset(each) for each in self.terms]
        return self._kept


def require_search() -> None:
    """Raise `GovkitError` where the library is not installed."""
    _bm25()


def _bm25() -> Any:
    try:
        import bm25s
    except ImportError:
        raise GovkitError(
            "the search in terms is not installed", "Run: pip install 'coalition-govkit[assess]'"
        ) from None
    return bm25s
