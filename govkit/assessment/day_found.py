"""What was found of a service on one day, ready to be shown: each answer with what stands behind.

Only what the coders agreed on is an answer. Nothing is worked out here that the papers do not say.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.assessment.agreement import Agreement, agreement_of
from govkit.assessment.evaluation_score import evaluation_score
from govkit.assessment.evaluation_state import (
    EvaluationPapers,
    State,
    answer_behind,
    evaluation_stage,
    value_rows,
)
from govkit.assessment.remedies import Remedy, remedies
from govkit.assessment.scoring import OTHER_SERVICE, Score
from govkit.corpus.whole import Corpus
from govkit.records.assessments import AnswerValue, Criterion, Quote

SHOWN: tuple[State, ...] = ("revealed", "reconciled", "feedback", "final")
"""The states in which there are answers that everybody may see."""


class ClauseFound(NamedTuple):
    """What was found for one clause. `reasons` are sentences, each with who says so before it."""

    criterion: Criterion
    value: AnswerValue | None
    why_not_counted: str
    quotes: tuple[Quote, ...]
    searched: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    remedy: Remedy | None

    @property
    def word(self) -> str:
        """Return the answer in a word or two, as a cell of a table has it."""
        if self.why_not_counted == OTHER_SERVICE:
            return "not asked"
        stale = " (stale)" if self.why_not_counted.startswith("stale") else ""
        return f"{self.value or 'open'}{stale}"

    def said(self, which: str) -> tuple[Quote, ...]:
        """Return the quotations `for` the protection, or `against` it."""
        return tuple(each for each in self.quotes if each.says == which)


class DayFound(NamedTuple):
    """An evaluation as it is to be shown: its state at a moment, its figures, its answers."""

    papers: EvaluationPapers
    state: State
    score: Score
    agreement: Agreement | None
    clauses: tuple[ClauseFound, ...]
    superseded_by: str = ""

    @property
    def is_shown(self) -> bool:
        """Say whether there are answers that everybody may see."""
        return self.state in SHOWN

    @property
    def day(self) -> str:
        """Return the day of which the terms are."""
        return str(self.papers.documents.day)

    @property
    def name(self) -> str:
        """Return the service and the day."""
        return f"{self.papers.documents.service}, {self.day}"

    @property
    def stale(self) -> tuple[str, ...]:
        """Return the criteria whose clause is another since."""
        return tuple(
            each.criterion.of for each in self.clauses if each.why_not_counted.startswith("stale")
        )

    def clause(self, of: str) -> ClauseFound | None:
        """Return what was found for a criterion."""
        return next((each for each in self.clauses if each.criterion.of == of), None)

    def coded(self) -> tuple[str, str]:
        """Return the first and the last day on which somebody gave an answer, or two empty ones."""
        at = sorted(
            str(answer.at)[:10]
            for coding in self.papers.codings.values()
            for answer in coding.answers
            if answer.at
        )
        return (at[0], at[-1]) if at and self.is_shown else ("", "")


def day_found(
    papers: EvaluationPapers, corpus: Corpus | None, now: datetime.datetime, superseded_by: str = ""
) -> DayFound:
    """Return an evaluation as it is to be shown. Answers that are sealed stay out of it."""
    state = evaluation_stage(papers, now)
    if state not in SHOWN:
        papers = papers._replace(codings={}, drafts={}, reconciliation=None, feedback=None)
    coders = papers.evaluation.coders
    several = len(coders) > 1 and state in SHOWN
    score = evaluation_score(papers, corpus)
    return DayFound(
        papers,
        state,
        score,
        agreement_of(coders, value_rows(papers)) if several else None,
        tuple(_clauses(papers, score)),
        superseded_by,
    )


def _clauses(papers: EvaluationPapers, score: Score) -> Iterator[ClauseFound]:
    why = {row.criterion: row for row in score.rows}
    remedied = {each.adopt: each for each in remedies(papers)}
    for each in papers.evaluation.criteria:
        row = why[each.of]
        behind = answer_behind(papers, each.of) if row.value is not None else None
        stale = row.why_not.startswith("stale")
        yield ClauseFound(
            each,
            row.value,
            row.why_not,
            tuple(behind.quotes) if behind else (),
            tuple(word for made in behind.search_log for word in made.words) if behind else (),
            tuple(_reasons(papers, each.of, behind.reason if behind else None)),
            None if stale or row.why_not == OTHER_SERVICE else remedied.get(each.of),
        )


def _reasons(
    papers: EvaluationPapers, of: str, coder_said: str | None
) -> Iterator[tuple[str, str]]:
    if coder_said:
        yield "Reason", coder_said
    for each in papers.reconciliation.answers if papers.reconciliation else ():
        if each.criterion == of and each.reason:
            said = ", ".join(f"{coder} {value}" for coder, value in each.values.items())
            yield f"The coders differed ({said}), and agreed", each.reason
    for reply in papers.feedback.replies if papers.feedback else ():
        if reply.criterion == of:
            yield "The company said", reply.said
            changed = "changed" if reply.answer_changed else "kept"
            if reply.reason:
                yield f"The answer was {changed}", reply.reason


class ClauseChange(NamedTuple):
    """A clause of which two days of one service say different things."""

    of: str
    before: str
    after: str
    other_words: bool
    """Both days were not asked the same: the words of the clause changed in between."""


def changes_between(old: DayFound, new: DayFound) -> tuple[ClauseChange, ...]:
    """Return the clauses in which two days differ, in the order of the later one."""
    found = []
    for each in new.clauses:
        before = old.clause(each.criterion.of)
        if before is None or before.value == each.value:
            continue
        other = before.criterion.digest != each.criterion.digest
        words = (before.value or "open", each.value or "open")
        found.append(ClauseChange(each.criterion.of, *words, other))
    return tuple(found)


def all_asked(days: Iterable[DayFound]) -> tuple[str, ...]:
    """Return the criteria of some evaluations, each once."""
    return tuple(dict.fromkeys(each.criterion.of for day in days for each in day.clauses))


def asked_differently(days: Sequence[DayFound]) -> tuple[str, ...]:
    """Return the criteria whose clause had other words in one of these evaluations."""
    found = []
    for of in all_asked(days):
        digests = {row.criterion.digest for day in days if (row := day.clause(of)) is not None}
        if len(digests) > 1:
            found.append(of)
    return tuple(found)
