"""The coders talk about what they differ in, and the company is asked: two papers of that."""

from __future__ import annotations

import datetime
from pathlib import Path

from govkit.assessment.agreement import Agreement, agreement_of
from govkit.assessment.evaluation_state import (
    EvaluationPapers,
    evaluation_stage,
    reconciliation_of,
    value_rows,
)
from govkit.errors import WrongUse
from govkit.procedures.assessment.coding import NotReady
from govkit.procedures.assessment.evaluation_papers import FEEDBACK, RECONCILED, GivenPapers
from govkit.procedures.log.filing import write_as_one
from govkit.records.assessments import CompanyFeedback, Reconciliation
from govkit.source.record_bytes import record_bytes
from govkit.store.journal import Write


def agreement_in(papers: EvaluationPapers) -> Agreement:
    """Return how far the coders agree. Raises `NotReady` before their answers are shown."""
    coders = papers.evaluation.coders
    if len(coders) < 2:
        raise WrongUse(
            "one coder alone agrees with nobody", "Begin an evaluation with two: --coder, twice."
        )
    hidden = [each for each in coders if each not in papers.codings]
    if hidden:
        raise NotReady(
            f"the answers of {', '.join(hidden)} are not shown yet",
            "First every coder seals (govkit assess seal), then: govkit assess reveal.",
        )
    return agreement_of(coders, value_rows(papers))


def reconcile(root: Path, read: GivenPapers, now: datetime.datetime) -> Reconciliation:
    """Write what the coders agree on, with the open ones to talk about; keep what they settled."""
    papers = read.papers
    if len(papers.codings) < len(papers.evaluation.coders):
        agreement_in(papers)  # says what is missing
        raise NotReady("the answers are not shown yet", "Show them: govkit assess reveal.")
    made = reconciliation_of(papers, now)
    before = papers.reconciliation
    if before is not None and before.answers == made.answers:
        return before
    path = f"{papers.folder}/{RECONCILED}.yaml"
    data = record_bytes("reconciliation", made, path)
    write_as_one(root, [Write(path, read.data.get(path), data)], now)
    return made


def open_feedback(
    root: Path, read: GivenPapers, sent_to: str, closes: datetime.datetime, now: datetime.datetime
) -> CompanyFeedback:
    """Open the company's time to say what is wrong. Raises `NotReady`, `WrongUse`."""
    papers = read.papers
    state = evaluation_stage(papers, now)
    if papers.feedback is not None:
        raise WrongUse(
            f"the company was asked already; its time ends {papers.feedback.closes.date()}",
            f"Write what it says into {papers.folder}/{FEEDBACK}.yaml.",
        )
    if state != "reconciled":
        raise NotReady(
            f"the evaluation is {state}, and the company is asked about settled answers",
            "First: govkit assess reconcile.",
        )
    if closes <= now:
        raise WrongUse("that time has ended already", "Name a later day with --until.")
    made = CompanyFeedback(opened=now, closes=closes, sent_to=sent_to or None)
    path = f"{papers.folder}/{FEEDBACK}.yaml"
    write_as_one(root, [Write(path, None, record_bytes("company-feedback", made, path))], now)
    return made
