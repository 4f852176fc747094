"""How far an evaluation is: from its papers and a moment, and from nothing that somebody typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from govkit.assessment.answer_rules import CodedTexts, answer_findings
from govkit.assessment.criteria import applies
from govkit.assessment.scoring import OTHER_SERVICE
from govkit.assessment.seals import fits
from govkit.findings import Finding, Keys, Route
from govkit.records.assessments import (
    AnswerValue,
    CodedAnswer,
    Coding,
    CodingSeal,
    CompanyFeedback,
    Criterion,
    DocumentSet,
    Evaluation,
    FinalAnswer,
    Reconciliation,
)

State = Literal["draft", "sealed", "revealed", "reconciled", "feedback", "final"]
STATES: tuple[State, ...] = get_args(State)
"""`sealed`: every coder has; `feedback`: the company has time to say what is wrong."""


class EvaluationPapers(NamedTuple):
    """All papers of one evaluation. `folder` is relative to the root, with `/`."""

    folder: str
    documents: DocumentSet
    evaluation: Evaluation
    drafts: Mapping[str, Coding] = {}
    codings: Mapping[str, Coding] = {}
    seals: Mapping[str, CodingSeal] = {}
    reconciliation: Reconciliation | None = None
    feedback: CompanyFeedback | None = None
    texts: Mapping[str, str] = {}

    @property
    def coded_texts(self) -> CodedTexts:
        """Return what answers are held against."""
        return CodedTexts(self.evaluation, self.documents, self.texts)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria that are for this service."""
        return tuple(each for each in self.evaluation.criteria if applies(each, self.documents))

    @property
    def for_others(self) -> dict[str, str]:
        """Return the criteria that are for other services, with that as the reason."""
        own = {each.of for each in self.criteria}
        return {e.of: OTHER_SERVICE for e in self.evaluation.criteria if e.of not in own}

    def answer(self, coder: str, of: str) -> CodedAnswer | None:
        """Return what a coder found for a criterion."""
        coding = self.codings.get(coder)
        return (
            next((each for each in coding.answers if each.criterion == of), None)
            if coding
            else None
        )


def evaluation_stage(papers: EvaluationPapers, now: datetime.datetime) -> State:
    """Return how far an evaluation is at a moment."""
    coders = papers.evaluation.coders
    if not all(coder in papers.seals for coder in coders):
        return "draft"
    if not all(coder in papers.codings for coder in coders):
        return "sealed"
    if papers.reconciliation is None or any(
        each.final is None for each in papers.reconciliation.answers
    ):
        return "revealed"
    if papers.feedback is None:
        return "reconciled"
    return "feedback" if now < papers.feedback.closes else "final"


def value_rows(papers: EvaluationPapers) -> list[tuple[str, tuple[AnswerValue, ...]]]:
    """Return the criteria that all coders answered, with their values in the order of coders."""
    rows = []
    for each in papers.criteria:
        found = [papers.answer(coder, each.of) for coder in papers.evaluation.coders]
        values = tuple(answer.value for answer in found if answer and answer.value)
        if len(values) == len(found):
            rows.append((each.of, values))
    return rows


def reconciliation_of(papers: EvaluationPapers, now: datetime.datetime) -> Reconciliation:
    """Return the answers that stand, and those that the coders have to talk about.

    What was agreed on before is kept, as long as the coders had said the same then.
    """
    before = {
        each.criterion: each
        for each in (papers.reconciliation.answers if papers.reconciliation else ())
    }
    coders = papers.evaluation.coders
    answers = []
    for of, values in value_rows(papers):
        said = dict(zip(coders, values, strict=True))
        old = before.get(of)
        if old is not None and old.values == said:
            answers.append(old)
        elif len(set(values)) == 1:
            final = FinalAnswer(criterion=of, values=said, final=values[0], follows=coders[0])
            answers.append(final)
        else:
            answers.append(FinalAnswer(criterion=of, values=said))
    return Reconciliation(at=now, answers=tuple(answers))


def final_values(papers: EvaluationPapers) -> dict[str, AnswerValue | None]:
    """Return the value of each criterion on which there is one: what coders and company settled.

    Before the coders have talked, only that in which they do not differ.
    """
    final: dict[str, AnswerValue | None] = {}
    if papers.reconciliation is not None:
        final = {each.criterion: each.final for each in papers.reconciliation.answers}
    else:
        for of, values in value_rows(papers):
            final[of] = values[0] if len(set(values)) == 1 else None
    for reply in papers.feedback.replies if papers.feedback else ():
        if reply.answer_changed and reply.changed_to is not None:
            final[reply.criterion] = reply.changed_to
    return final


def answer_behind(papers: EvaluationPapers, of: str) -> CodedAnswer | None:
    """Return the answer whose quotes stand for what was agreed on."""
    for each in papers.reconciliation.answers if papers.reconciliation else ():
        if each.criterion == of and each.follows:
            return papers.answer(each.follows, of)
    for coder in papers.evaluation.coders:
        found = papers.answer(coder, of)
        if found is not None:
            return found
    return None


# --- what is wrong ------------------------------------------------------------------------------

RULES = {
    "seal-broken": "answers were revealed that are not those that were sealed",
    "seal-missing": "answers were shown that nobody had sealed",
    "final-open": "the coders differ, and have not agreed on a value yet",
    "final-without-reason": "a value was agreed on, and nobody says why",
    "final-follows-nobody": "the coder whose quotes stand for a value had said something else",
    "final-other-values": "the answers of the coders are others than the agreement says",
    "feedback-unanswered": "the company said what is wrong, and nobody says what came of it",
    "feedback-value": "an answer is called changed, and the new value is missing or the same",
}
"""Every rule of an evaluation after its answers were given."""


def evaluation_findings(papers: EvaluationPapers) -> Iterator[Finding]:
    """Yield what is wrong in the papers of an evaluation, the answers of each coder first."""
    for folder, codings in (("drafts", papers.drafts), ("coding", papers.codings)):
        for coder, coding in codings.items():
            path = f"{papers.folder}/{folder}/{coder}.yaml"
            yield from answer_findings(coding, papers.coded_texts, path, papers.for_others)
    for coder, coding in papers.codings.items():
        yield from _of_seal(coding, papers.seals.get(coder), f"{papers.folder}/coding/{coder}.yaml")
    yield from _of_reconciliation(papers, f"{papers.folder}/reconciled.yaml")
    yield from _of_feedback(papers, f"{papers.folder}/feedback.yaml")


def _of_seal(coding: Coding, seal: CodingSeal | None, path: str) -> Iterator[Finding]:
    keys: Keys = ("nonce",)
    if seal is None:
        message = f"the answers of {coding.coder} were never sealed"
        help = "Nobody can tell whether they were given without a look at the others."
        yield Finding("seal-missing", message, path, stops="merge", help=help)
    elif not fits(coding, seal):
        message = f"these are not the answers that {coding.coder} sealed"
        help = "Take the sealed answers back out of the history of this file."
        yield Finding("seal-broken", message, path, Route(keys), stops="merge", help=help)


def _of_reconciliation(papers: EvaluationPapers, path: str) -> Iterator[Finding]:
    said = dict(value_rows(papers))
    coders = papers.evaluation.coders
    for at, each in enumerate(papers.reconciliation.answers if papers.reconciliation else ()):
        for rule, field, message, help in _of_final(each, said.get(each.criterion), coders):
            keys: Keys = ("answers", at, field)
            yield Finding(rule, message, path, Route(keys), each.criterion, "merge", help=help)


def _of_final(
    each: FinalAnswer, said: tuple[AnswerValue, ...] | None, coders: tuple[str, ...]
) -> Iterator[tuple[str, str, str, str]]:
    of = each.criterion
    differed = len(set(each.values.values())) > 1
    if said is None or dict(zip(coders, said, strict=True)) != dict(each.values):
        message = f"of {of} the coders said something else than stands here"
        yield "final-other-values", "values", message, "Run `govkit assess reconcile` again."
    if each.final is None:
        message = f"of {of} the coders say {_row(each)}, and have not agreed"
        help = "Talk, then write `final`, `follows`, `reason` and `by`."
        yield "final-open", "criterion", message, help
        return
    if (differed or each.final not in each.values.values()) and not (each.reason and each.by):
        message = f"of {of} the coders said {_row(each)}, and nothing says why it is {each.final}"
        yield "final-without-reason", "final", message, "Write a `reason`, and by whom: `by`."
    somebody_said_so = each.follows is not None or each.final in each.values.values()
    if somebody_said_so and each.values.get(each.follows or "") != each.final:
        message = f"no coder is named in `follows` who said `{each.final}` of {of}"
        help = "Name the coder whose quotes stand for the value."
        yield "final-follows-nobody", "final", message, help


def _of_feedback(papers: EvaluationPapers, path: str) -> Iterator[Finding]:
    settled = {
        each.criterion: each.final
        for each in (papers.reconciliation.answers if papers.reconciliation else ())
    }
    for at, reply in enumerate(papers.feedback.replies if papers.feedback else ()):
        keys: Keys = ("replies", at)
        of = reply.criterion
        if not reply.reason:
            message = f"the company spoke of {of}, and nothing says what came of it"
            help = "Write a `reason`: why the answer is changed, or stays."
            yield Finding("feedback-unanswered", message, path, Route(keys), of, "merge", help=help)
        same = reply.changed_to is None or reply.changed_to == settled.get(of)
        if reply.answer_changed == same:
            message = f"of {of} `answer_changed` and `changed_to` do not go together"
            help = "Write both where the value is another one now, and neither where it stays."
            yield Finding("feedback-value", message, path, Route(keys), of, "merge", help=help)


def _row(each: FinalAnswer) -> str:
    return ", ".join(f"{coder} {value}" for coder, value in each.values.items())
