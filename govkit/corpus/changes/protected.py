"""The protected words of a language: those that bear on duties, limits, numbers and time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from govkit.corpus.redline.letters import BY_CHARACTER
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
    unspaced = _unspaced(language)
    if unspaced is not None:
        pattern, kinds = unspaced
        found = [(kinds[each.group()], each.group()) for each in pattern.finditer(text)]
        return tuple((kind, phrase) for kind, phrase in found if kind != "none")
    return tuple(
        (hit.phrase.means, hit.phrase.words)
        for hit in words.hits(text)
        if hit.phrase.means != "none"
    )


@cache
def _unspaced(language: str) -> tuple[re.Pattern[str], Mapping[str, str]] | None:
    """Return how phrases are met in a script without spaces, the longest first; else None."""
    lists = protected_lists(language)
    assert lists is not None
    kinds = {words: kind for kind, phrases in lists.words.items() for words in phrases}
    if not any(re.match(f"[{BY_CHARACTER}]", words) for words in kinds):
        return None
    ordered = sorted(kinds, key=lambda words: (-len(words), words))
    return re.compile("|".join(map(re.escape, ordered))), kinds


def row_of_force(text: str, language: str) -> tuple[str, ...]:
    """Return the words of force and the negations of a text, in order."""
    return tuple(phrase for kind, phrase in met(text, language) if kind in ROW_OF_FORCE)


def same_effect(phrase: str, language: str) -> str:
    """Return what stands for all phrases that bind as this one does: `must` for `shall`, too."""
    folded = " ".join(phrase.lower().split())
    return _alike(language).get(folded, folded)


def force_alike(phrase: str, language: str) -> str:
    """Return what stands for all phrases of the same force: so `will` and `must` are one.

    Less sure than `same_effect`: what binds in the same way may still be asked about.
    """
    folded = " ".join(phrase.lower().split())
    # "Need not" permits to leave something undone, "may" to do it. "May not" forbids, or says that
    # something is perhaps not so: beside "must not" a lawyer asks which.
    if folded in ("need not", "needn't", "may not", "may never"):
        return same_effect(folded, language)
    return forces_of(language).get(folded) or same_effect(folded, language)


@cache
def _alike(language: str) -> Mapping[str, str]:
    lists = protected_lists(language)
    groups = lists.alike if lists else ()
    return {phrase: group[0] for group in groups for phrase in group}
