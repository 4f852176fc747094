"""The word that may have been meant: the nearest of those that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def did_you_mean(near: str) -> str:
    """Return a question with the word that was most likely meant; empty where there is none."""
    return f"Did you mean `{near}`?" if near else ""


def meant_or(word: str, known: Sequence[str], otherwise: str) -> str:
    """Return a question with the word that was most likely meant; where there is none, a hint."""
    return did_you_mean(nearest(word, known)) or otherwise


def meant_and(word: str, known: Sequence[str], there: str) -> str:
    """Return a hint, and before it the word that was most likely meant, if there is one."""
    return f"{did_you_mean(nearest(word, known))} {there}".lstrip()


def choice(word: str, known: Sequence[str]) -> str:
    """Return a sentence or two with the word that was most likely meant, and all that there are."""
    there = f"One of: {', '.join(known)}." if known else "There is none yet."
    return meant_and(word, known, there)


def _compared(word: str) -> str:
    """Return a word as it is compared: capitals, hyphens and quotes make no difference."""
    return re.sub(r"[\s_-]+", "-", plainer(word)).casefold()
