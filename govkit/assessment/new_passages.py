"""Passages of a new version that may answer where the terms of before said nothing.

A passage counts as new by its sentences: one that stands elsewhere now, or that is parted in
another way, is no news. Nothing is answered; each is for a person to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from govkit.assessment.passages import passages_of, sentence_spans
from govkit.assessment.quotes import TOKEN
from govkit.assessment.searching import TOP, search_terms
from govkit.assessment.suggestions import ClauseQuestion, Suggestion, SuggestionSource
from govkit.records.assessments import LONGEST_QUOTE


class NewPassage(NamedTuple):
    """One of the best passages for a clause, with the sentence that was not there before.

    `rank` counts from 1.
    """

    clause: str
    rank: int
    found: Suggestion
    sentence: str

    @property
    def shown(self) -> str:
        """Return as much of the sentence as may be shown."""
        return self.sentence[:LONGEST_QUOTE]


def new_passages(
    questions: Iterable[ClauseQuestion],
    quotes: Mapping[str, Sequence[str]],
    old: Mapping[str, str],
    new: Mapping[str, str],
    language: str,
) -> list[NewPassage]:
    """Return the passages among the first five for a question that have a new sentence about it.

    `old` and `new` are the canonical texts of all documents, by id; `quotes` the ones of other
    services, by clause. Raises `GovkitError` where the library that searches is not installed.
    """
    before = " ".join(f" {_words(text)} " for text in old.values())
    source = SuggestionSource({id: passages_of(text) for id, text in new.items()}, language)
    found = []
    for question in questions:
        accepted = quotes.get(question.clause, ())
        for rank, each in enumerate(source.suggested(question.words, accepted, TOP), 1):
            fresh = [
                one
                for one in _sentences(each.found.passage.text)
                if f" {_words(one)} " not in before
            ]
            # The words come with the weightiest first: the sentence with that one is shown.
            for word in each.found.words:
                sentence = next((one for one in fresh if word in search_terms(one)), "")
                if sentence:
                    found.append(NewPassage(question.clause, rank, each, sentence))
                    break
    return found


def _sentences(passage: str) -> Iterator[str]:
    for paragraph in passage.split("\n\n"):
        for start, end in sentence_spans(paragraph):
            yield paragraph[start:end]


def _words(text: str) -> str:
    return " ".join(TOKEN.findall(text.casefold()))
