"""The word that may have been meant: the nearest of those that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govkit.records.slips import plainer


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
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


def choice(word: str, known: Sequence[str]) -> str:
    """Return a sentence or two with the word that was most likely meant, and all that there are."""
    there = f"One of: {', '.join(known)}." if known else "There is none yet."
    by_case = {each.casefold(): each for each in known}
    near = by_case.get(nearest(word.casefold(), list(by_case)))
    return f"Did you mean `{near}`? {there}" if near else there


def _compared(word: str) -> str:
    """Return a word as it is compared: capitals, hyphens and quotes make no difference."""
    return re.sub(r"[\s_-]+", "-", plainer(word)).casefold()
