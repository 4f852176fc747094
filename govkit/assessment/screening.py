"""A whole archive of terms searched for every clause at once: which passages may speak of it.

It is the search of `searching`, for hundreds of clauses and tens of thousands of versions: the
same words, the same BM25, worked out as one product of two matrices. Nothing is answered, and a
page that is no terms has no marks. What is worked out of a snapshot depends on nothing but its
bytes and the questions, so it is the same wherever it runs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from govkit.assessment.archive import ArchiveVersion
from govkit.assessment.canonical import sha256_of, word_count
from govkit.assessment.passages import Passage, passages_of
from govkit.assessment.searching import K1, B, passage_terms, question_terms
from govkit.assessment.snapshots import snapshot_fault
from govkit.assessment.suggestions import ClauseQuestion, denials_in
from govkit.records.assessments import LONGEST_QUOTE


class Snapshot(NamedTuple):
    """A version of terms with its canonical text; None where it was too large to be read."""

    version: ArchiveVersion
    text: str | None


class ScreenedSnapshot(NamedTuple):
    """What became of a version: `state` is `terms`, or why it has no marks: `empty`, `banner`,
    `failure`, `language`, `too-large`. `words` are those of its text, `marks` how many it has.
    """

    service: str
    type: str
    path: str
    day: str
    commit: str
    kind: str
    blob: str
    state: str
    words: int
    marks: int


class Mark(NamedTuple):
    """A passage that may speak of a clause: the best has the `rank` 1.

    `start` and `end` are places in the canonical text, in characters; `passage` is the digest of
    its words, `quote` their beginning. `words` are those by which it was found, `denials` those by
    which it denies; both with spaces between.
    """

    service: str
    type: str
    day: str
    commit: str
    clause: str
    rank: int
    score: float
    start: int
    end: int
    passage: str
    words: str
    denials: str
    quote: str


class Screen(NamedTuple):
    """What is looked for. At most `most` passages are marked for a clause, each with a score of at
    least `least`.
    """

    questions: tuple[ClauseQuestion, ...]
    language: str = "en"
    most: int = 3
    least: float = 6.0

    def screened(self, snapshots: Sequence[Snapshot]) -> tuple[list[ScreenedSnapshot], list[Mark]]:
        """Return what became of some snapshots, and their marks, both in the order given."""
        asked = _asked(self.questions)
        found: list[ScreenedSnapshot] = []
        marks: list[Mark] = []
        for version, read in snapshots:
            text = read or ""
            fault = snapshot_fault(text, self.language) if read is not None else None
            state = "too-large" if read is None else fault.what if fault else "terms"
            before = len(marks)
            if state == "terms":
                marks += self._marks(version, passages_of(text), asked)
            found.append(
                ScreenedSnapshot(
                    version.service,
                    version.type,
                    version.path,
                    version.day,
                    version.commit,
                    version.kind,
                    version.blob,
                    state,
                    word_count(text),
                    len(marks) - before,
                )
            )
        return found, marks

    def _marks(
        self, version: ArchiveVersion, passages: Sequence[Passage], asked: _Asked
    ) -> Iterator[Mark]:
        scores = asked.scores(passages)
        if scores is None:
            return
        import numpy

        # Stable: passages with the same score stand in the order of the text.
        order = numpy.argsort(-scores, axis=0, kind="stable")[: self.most]
        for at, question in enumerate(self.questions):
            for rank, place in enumerate(order[:, at].tolist(), 1):
                score = float(scores[place, at])
                if score < self.least:
                    break
                passage = passages[place]
                words, denials = _told(passage, question, self.language)
                yield Mark(
                    version.service,
                    version.type,
                    version.day,
                    version.commit,
                    question.clause,
                    rank,
                    score,
                    passage.start,
                    passage.end,
                    _digest(passage.text),
                    words,
                    denials,
                    " ".join(passage.text.split())[:LONGEST_QUOTE],
                )


@lru_cache(maxsize=1 << 15)
def _digest(text: str) -> str:
    return sha256_of(text)


@lru_cache(maxsize=1 << 16)  # versions that follow each other have most of their passages in common
def _told(passage: Passage, question: ClauseQuestion, language: str) -> tuple[str, str]:
    """Return the words by which a passage was found, and those by which it denies."""
    terms = _terms(question.words)
    own = {*passage_terms(passage)}
    shared = [term for term in dict.fromkeys(terms) if term in own]
    return " ".join(shared), " ".join(denials_in(passage.text, language, terms))


@lru_cache(maxsize=1 << 12)
def _terms(words: str) -> tuple[str, ...]:
    return question_terms(words)


@lru_cache(maxsize=4)
def _asked(questions: tuple[ClauseQuestion, ...]) -> _Asked:
    return _Asked(questions)


class _Asked:
    """The questions as a matrix: how often each term stands in each question."""

    def __init__(self, questions: tuple[ClauseQuestion, ...]) -> None:
        self._terms = [Counter(_terms(each.words)) for each in questions]
        self._places = {
            term: at for at, term in enumerate(sorted({t for each in self._terms for t in each}))
        }

    @cached_property
    def _matrix(self) -> Any:
        import numpy

        made = numpy.zeros((len(self._places), len(self._terms)))
        for at, counts in enumerate(self._terms):
            for term, count in counts.items():
                made[self._places[term], at] = count
        return made

    def scores(self, passages: Sequence[Passage]) -> Any:
        """Return the score of each passage for each question; None where no word is shared."""
        import numpy

        said = [*map(passage_terms, passages)]
        total = sum(map(len, said))
        if not total:
            return None
        average = total / len(said)
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        places = self._places
        for row, terms in enumerate(said):
            length = K1 * (1 - B + B * len(terms) / average)
            for term, count in Counter(terms).items():
                if (column := places.get(term)) is not None:
                    rows.append(row)
                    columns.append(column)
                    values.append(count / (length + count))
        if not rows:
            return None
        # Only the terms that the text has are multiplied: a few hundred of several thousand.
        used, columns_ = numpy.unique(columns, return_inverse=True)
        spread = numpy.bincount(columns_)
        rarity = [math.log(1 + (len(said) - n + 0.5) / (n + 0.5)) for n in spread.tolist()]
        weights = numpy.zeros((len(said), len(used)))
        weights[rows, columns_] = values
        return numpy.round((weights * rarity) @ self._matrix[used], 4)
