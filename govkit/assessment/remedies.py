"""What would close a gap: the clause to take in, and which words of the terms it would replace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.assessment.evaluation_state import EvaluationPapers, answer_behind, final_values
from govkit.records.assessments import AnswerValue, Quote

NO_REMEDY = ("met", "not-applicable", None)


class Remedy(NamedTuple):
    """A clause to take in, why, and the quoted words that would go."""

    adopt: str
    value: AnswerValue
    replaces: tuple[Quote, ...]


def remedies(papers: EvaluationPapers) -> Iterator[Remedy]:
    """Yield the remedy of each criterion that is not met, in the order of the criteria."""
    final = final_values(papers)
    for each in papers.criteria:
        value = final.get(each.of)
        if value is None or value in NO_REMEDY:
            continue
        behind = answer_behind(papers, each.of)
        quotes = behind.quotes if behind else ()
        gone = tuple(q for q in quotes if q.says == "against" or value == "partly")
        yield Remedy(each.of, value, gone)
