"""The protected words of a language: those that bear on duties, limits, numbers and time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain

from govkit.corpus.redline.letters import BY_CHARACTER
from govkit.corpus.redline.tokens import tokens_of_paragraph
from govkit.corpus.word_list import Hit, Phrase, WordList
from govkit.languages.words import protected_lists, unsplit_words
from govkit.patterns import lazy_regex

ROW_OF_FORCE = ("modal", "negation")
"""The kinds whose row in a text says how it binds."""
_WORD_BEFORE = lazy_regex(r"[\w,]\s+$")
_YEAR = lazy_regex(r"\d{4}$")


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


def met(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the protected phrases of a text in order, as (kind, phrase).

    None reaches over the end of a paragraph.
    """
    # A language without a list has no spelling list either: no misspelling is proved in it.
    if protected_words(language) is None:
        return ()
    return tuple(chain.from_iterable(_met(paragraph, language) for paragraph in text.split("\n\n")))


@lru_cache(maxsize=1 << 15)  # a paragraph is looked at alone and in its text, for several ends
def _met(text: str, language: str) -> tuple[tuple[str, str], ...]:
    words = protected_words(language)
    assert words is not None
    unspaced = _unspaced(language)
    if unspaced is not None:
        pattern, kinds = unspaced
        found = [(kinds[each.group()], each.group()) for each in pattern.finditer(text)]
        return tuple((kind, phrase) for kind, phrase in found if kind != "none")
    return tuple(
        (hit.phrase.means, hit.phrase.words)
        for hit in words.hits(text)
        if hit.phrase.means != "none" and not _is_name(hit, text, language)
    )


def _is_name(hit: Hit, text: str, language: str) -> bool:
    """Say whether a phrase is the name of a month or person: `1 May 2026`, `in May`, `Ms May`."""
    written = text[hit.start : hit.end]
    if written == hit.phrase.words or written not in unsplit_words().months:
        return False
    before = text[: hit.start].split()[-1:]
    lists = protected_lists(language)
    if before and lists and before[0] in lists.before_names:
        return True
    at = 0
    for words, kind in tokens_of_paragraph(text):
        end = at + len(words)
        if end >= hit.end:
            # `May 5 users appeal?` asks: where nothing stands before it, only a year tells.
            asks = at == hit.start and not _WORD_BEFORE.search(text[:at])
            return kind == "date" and not (asks and not _YEAR.search(words))
        at = end
    return False


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
