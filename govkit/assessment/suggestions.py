"""Passages of a service's terms that a coder should look at for a clause, and what denies in them.

A suggestion is never an answer: the five best are shown with the words by which they were found,
and a sentence that denies says so, since the words of a duty and of its denial are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from govkit.assessment.passages import Passage, sentence_spans
from govkit.assessment.searching import (
    TOP,
    PassageIndex,
    RankedPassage,
    question_terms,
    search_terms,
)
from govkit.corpus.changes.protected import met
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.records.assessments import LONGEST_QUOTE

_BINDING = ("must", "must-not", "should", "should-not")
_MUST_NOT = ("not", "never", "no longer", "n't", "nicht", "pas", "no")
_OWN_WILL = lazy_regex(
    r"(?i)\bwithout (?:prior |any )?(?:notice|liability|cause|reason)\b|\bwith or without\b"
    r"|\bsole (?:and absolute )?discretion\b|\bfor any (?:or no )?reason\b|\bno obligation\b"
    r"|\b(?:are|is) (?:not |un)(?:obliged|required|obligated)\b|\bdisclaim\w*|\bwaive\w*"
)
"""English phrases by which terms deny a duty without any word of negation."""


class ClauseQuestion(NamedTuple):
    """A clause that terms are asked about: its name, as EXA-DUE-01(a), and its words."""

    clause: str
    words: str


class Suggestion(NamedTuple):
    """A passage of a document that may answer. `denials` are the words in it that deny."""

    document: str
    found: RankedPassage
    denials: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Return as much of its words as may be shown: terms belong to their platform."""
        return self.found.passage.text[:LONGEST_QUOTE]


def clause_questions(corpus: Corpus) -> tuple[ClauseQuestion, ...]:
    """Return a question for each clause that binds, in the order of the texts' ids."""
    found = []
    for document in corpus.of_kind("provision"):
        record: Any = document.record
        if record is None or getattr(record, "withdrawn", None):
            continue
        for clause in record.clauses:
            if clause.withdrawn is None and clause.force in _BINDING:
                words = f"{record.title}. {clause.text}"
                found.append(ClauseQuestion(f"{document.id}({clause.id})", words))
    return tuple(found)


def questions_about(corpus: Corpus, named: Sequence[str]) -> tuple[ClauseQuestion, ...]:
    """Return the questions of the clauses and texts that are named, or of all where none is.

    Raises `WrongUse` for a name that no clause that binds has.
    """
    found = clause_questions(corpus)
    for name in named:
        if not any(name in (each.clause, each.clause.partition("(")[0]) for each in found):
            raise WrongUse(
                f"no clause that binds is called {name}",
                "Name a provision, as EXA-DUE-01, or one of its clauses, as EXA-DUE-01(a).",
            )
    wanted = {*named}
    return tuple(
        each for each in found if not named or {each.clause, each.clause.partition("(")[0]} & wanted
    )


class SuggestionSource:
    """The documents of a set, made ready to be asked."""

    def __init__(self, passages: Mapping[str, Sequence[Passage]], language: str) -> None:
        """Take the passages of each document, by its id."""
        rows = [(id, each) for id, several in passages.items() for each in several]
        self._documents = [id for id, _ in rows]
        self._index = PassageIndex([each for _, each in rows])
        self._at = {id(each): n for n, each in enumerate(self._index.passages)}
        self._language = language

    def suggested(
        self, question: str, quotes: Sequence[str] = (), most: int = TOP
    ) -> tuple[Suggestion, ...]:
        """Return the best passages for a question, with what denies in them.

        `quotes` are quotations that were accepted for the same clause of other services.
        """
        terms = question_terms(question, quotes)
        return tuple(
            Suggestion(
                self._documents[self._at[id(each.passage)]],
                each,
                denials_in(each.passage.text, self._language, terms),
            )
            for each in self._index.ranked(terms, most)
        )


def denials_in(text: str, language: str, terms: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the words by which a passage denies, in the sentences that share a word with `terms`.

    Without terms, all sentences are looked at.
    """
    wanted = frozenset(terms)
    found: dict[str, None] = {}
    for start, end in sentence_spans(text.replace("\n\n", "\n")):
        sentence = text.replace("\n\n", "\n")[start:end]
        if wanted and wanted.isdisjoint(search_terms(sentence)):
            continue
        found |= dict.fromkeys(_denials(sentence, language))
    return tuple(found)


def _denials(sentence: str, language: str) -> list[str]:
    said = [
        phrase
        for kind, phrase in met(sentence, language)
        if kind == "negation"
        or (kind == "modal" and any(word in phrase.split() for word in _MUST_NOT))
        or phrase.endswith("n't")
    ]
    return [*said, *(each.group().lower() for each in _OWN_WILL.finditer(sentence))]
