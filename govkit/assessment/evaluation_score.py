"""The score of an evaluation from its papers: only what is settled and not stale counts."""

from __future__ import annotations

from govkit.assessment.criteria import stale_criteria
from govkit.assessment.evaluation_state import EvaluationPapers, final_values
from govkit.assessment.score_profiles import score_profile
from govkit.assessment.scoring import Score, score_of
from govkit.corpus.whole import Corpus


def evaluation_score(papers: EvaluationPapers, corpus: Corpus | None) -> Score:
    """Return the score. With a corpus, answers to clauses that are others now are left out."""
    profile = score_profile(papers.evaluation.score_profile)
    stale = stale_criteria(corpus, papers.evaluation, profile) if corpus is not None else {}
    left_out = {of: f"stale: {why}" for of, why in stale.items()} | papers.for_others
    empty = all(each.state != "present" for each in papers.documents.documents)
    criteria = papers.evaluation.criteria
    return score_of(criteria, final_values(papers), profile, left_out, is_empty=empty)
