"""The protected words of a language: those that bear on duties, limits, numbers and time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from govkit.corpus.word_list import Phrase, WordList
from govkit.languages.words import protected_lists

ROW_OF_FORCE = ("modal", "negation")
"""The kinds whose row in a text says how it binds."""


@cache
def protected_words(language: str) -> WordList | None:
    """Return the protected words of a language, or None where there is no list of them.

    The meaning of each phrase is its kind, as `values.Evidence` names it; phrases of the kind
    `none` only keep the words in them from counting.
    """
    lists = protected_lists(language)
    if lists is None:
        return None
    return WordList(
        Phrase("protected", words, kind)
        for kind, phrases in lists.words.items()
        for words in phrases
    )


@cache
def forces_of(language: str) -> Mapping[str, str]:
    """Return the force (`must`, `must-not`, …) of each modal phrase that has a clear one."""
    lists = protected_lists(language)
    forces = lists.forces if lists else {}
    return {phrase: force for force, phrases in forces.items() for phrase in phrases}


@lru_cache(maxsize=64)  # of a pair of texts it is asked twice for each
def met(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the protected phrases of a text in order, as (kind, phrase)."""
    words = protected_words(language)
    # A language without a list has no spelling list either: no misspelling is proved in it.
    if words is None:
        return ()
    return tuple(
        (hit.phrase.means, hit.phrase.words)
        for hit in words.hits(text)
        if hit.phrase.means != "none"
    )


def row_of_force(text: str, language: str) -> tuple[str, ...]:
    """Return the words of force and the negations of a text, in order."""
    return tuple(phrase for kind, phrase in met(text, language) if kind in ROW_OF_FORCE)
