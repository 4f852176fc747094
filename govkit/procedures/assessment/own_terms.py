"""Terms that `govkit adopt` wrote, assessed by their statement: nobody has to judge the words.

For a clause that stands there as the statement says, whole and in its words, with numbers within
the bounds, the answer follows: `met`. Whatever is not so is left for people to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from govkit.adoption.label_check import drafted_again, edition_of, read_statement
from govkit.adoption.terms import PlatformTerms
from govkit.assessment.criteria import CriteriaWanted, criteria_of
from govkit.assessment.score_profiles import NEWEST, score_profile
from govkit.assessment.thresholds import standing_of, threshold_words
from govkit.corpus.levels import clause_is_taken
from govkit.procedures.adoption.label_verification import LabelFiles, LabelVerdict, verified
from govkit.records.assessments import Criterion, StatedNumber
from govkit.store.worktree import read_named
from govkit.workspace import Workspace
from govkit.workspace.adopted import corpus_of_edition


class OwnAnswer(NamedTuple):
    """A criterion and what the statement gives for it; `why` is empty where it is met."""

    criterion: str
    number: str
    why: str

    @property
    def is_met(self) -> bool:
        """Say whether the clause stands there as it asks."""
        return not self.why


def own_answers(
    workspace: Workspace, files: LabelFiles, texts: Sequence[tuple[str, str]]
) -> tuple[OwnAnswer, ...]:
    """Return an answer for each criterion that applies. Raises `WrongUse`."""
    name = files.statement.name
    statement = read_statement(read_named(files.statement), name)
    corpus, _ = corpus_of_edition(workspace, edition_of(statement))
    terms = drafted_again(statement, corpus, name)
    verdict = verified(workspace, files, texts)
    profile = terms.choices.profile
    wanted = CriteriaWanted(profile.book, profile.level or "", profile.provisions)
    asked = criteria_of(corpus, wanted, score_profile(NEWEST))
    return tuple(_answers(asked, terms, verdict))


def _answers(
    asked: Sequence[Criterion], terms: PlatformTerms, verdict: LabelVerdict
) -> Iterator[OwnAnswer]:
    choices = terms.choices
    numbers = {(each.text, each.id): each.number for each in terms.clauses()}
    reworded = {(e.text, e.id) for e in terms.clauses() if e.deviation is not None}
    said = {fault.where: fault for fault in verdict.faults}
    for each in asked:
        text, id = each.of.removesuffix(")").split("(")
        document = terms.document(text)
        if document is None:
            found = choices.corpus.find(("provision",), text)
            if found is None or found.record is None or not choices.axes.covers(found.record):
                continue
            yield OwnAnswer(each.of, "", "the provision is not taken in")
            continue
        taken = clause_is_taken(document.record, id, choices.options.get(text))
        if not taken or not choices.axes.covers(cast(Any, each)):
            continue
        number = numbers.get((text, id), "")
        if not number:
            why = "the clause is left out"
        elif (text, id) in reworded:
            why = "the clause has other words"
        elif each.of in said:
            why = f"the statement says {said[each.of].said}"
        else:
            why = _on_pages(text, id, verdict) or _numbers(each, terms, text)
        yield OwnAnswer(each.of, number, why)


def _on_pages(text: str, id: str, verdict: LabelVerdict) -> str:
    for page, found in verdict.found.items():
        own = [each for each in found if (each.text, each.id) == (text, id)]
        wrong = next((each.found for each in own if each.found != "true"), "")
        if wrong or not own:
            return f"on {page} it is {wrong or 'missing'}"
    return ""


def _numbers(criterion: Criterion, terms: PlatformTerms, text: str) -> str:
    for each in criterion.thresholds:
        value = terms.choices.value_of(text, each.parameter)
        stated = StatedNumber.model_construct(value=int(value), unit=each.unit)
        if standing_of(each, stated) != "met":
            return f"{value} is outside of {threshold_words(each)}"
    return ""
