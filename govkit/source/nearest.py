"""The word that may have been meant: the nearest of those that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govkit.errors import GovkitError, WrongUse
from govkit.records.slips import plainer


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the word of `known` that was most likely meant, or an empty text."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    best = process.extractOne(
        word,
        known,
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=0.6,
        processor=_compared,
    )
    return str(best[0]) if best else ""


def question(word: str, known: Sequence[str]) -> str:
    """Return a question with the word that was most likely meant; empty where there is none."""
    return question_before("", nearest(word, known))


def question_before(then: str, near: str) -> str:
    """Return what to do, behind the question whether `near` was meant; that may be empty."""
    return f"Did you mean `{near}`? {then}".rstrip() if near else then


def advice(error: GovkitError) -> str:
    """Return what to do about an error, with the name that was most likely meant."""
    if not isinstance(error, WrongUse):
        return error.hint
    near = nearest(error.typed, error.known) if error.known else ""
    asked = f"Did you mean {error.shown.get(near, f'`{near}`')}?" if near else ""
    return f"{asked} {error.hint}".strip() if error.hint else asked or error.otherwise


def _compared(word: str) -> str:
    """Return a word as it is compared: capitals, hyphens and quotes make no difference."""
    return re.sub(r"[\s_-]+", "-", plainer(word)).casefold()
