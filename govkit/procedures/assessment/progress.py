"""How far an evaluation is, in words, and what comes next."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from govkit.assessment.criteria import stale_criteria
from govkit.assessment.evaluation_state import EvaluationPapers, State, evaluation_stage
from govkit.assessment.score_profiles import score_profile
from govkit.procedures.assessment.evaluation_papers import GivenPapers
from govkit.records.papers import paper_of_path
from govkit.workspace import Workspace

_NEXT: dict[State, str] = {
    "draft": "answer and seal: govkit assess answers, govkit assess seal",
    "sealed": "show the answers: govkit assess reveal",
    "revealed": "talk about what differs: govkit assess reconcile",
    "reconciled": "ask the company: govkit assess feedback",
    "feedback": "write down what the company says, in feedback.yaml",
    "final": "publish it, with its score: govkit assess score",
}


class Progress(NamedTuple):
    """How far an evaluation is. `answered` says of each coder how far they are."""

    service: str
    day: str
    state: State
    answered: dict[str, str]
    stale: dict[str, str]
    superseded_by: str
    next_step: str


def progress_of(workspace: Workspace, read: GivenPapers, now: datetime.datetime) -> Progress:
    """Return how far an evaluation is at a moment."""
    papers = read.papers
    profile = score_profile(papers.evaluation.score_profile)
    state = evaluation_stage(papers, now)
    return Progress(
        papers.documents.service,
        str(papers.documents.day),
        state,
        {coder: _of_coder(papers, coder) for coder in papers.evaluation.coders},
        stale_criteria(workspace.corpus, papers.evaluation, profile),
        newer_evaluation(workspace.root, papers.folder),
        _NEXT[state],
    )


def _of_coder(papers: EvaluationPapers, coder: str) -> str:
    asked = len(papers.criteria)
    coding = papers.codings.get(coder) or papers.drafts.get(coder)
    done = sum(each.value is not None for each in coding.answers) if coding else 0
    minutes = sum(each.minutes or 0 for each in coding.answers) if coding else 0
    time = f", {minutes} minutes" if minutes else ""
    if coder in papers.codings:
        return f"{done} of {asked} answered, sealed and shown{time}"
    if coder in papers.seals:
        return "sealed"
    return f"{done} of {asked} answered{time}" if coding else "not on this machine"


def newer_evaluation(root: Path, folder: str) -> str:
    """Return the folder of the newest later evaluation of the service that has a set."""
    above, _, day = folder.rpartition("/")
    days = sorted(each.parent.name for each in (root / above).glob(f"{_ANY_DAY}/set.yaml"))
    later = [each for each in days if each > day and paper_of_path(f"{above}/{each}/set.yaml")]
    return f"{above}/{later[-1]}" if later else ""


_ANY_DAY = "????-??-??"
