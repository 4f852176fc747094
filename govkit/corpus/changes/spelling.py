"""Is a changed word provably a corrected misspelling? Doubt says no.

The conditions are those of docs/changes.md: all of them have to hold. An unlisted word is not a
misspelling: `licensor` to `licensee` changes who owes what.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.protected import protected_words
from govkit.languages.words import has_dictionary

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# A short word has many listed neighbours, and is often one word that was meant as another.
SHORTEST = 6


@cache
def _list(language: str) -> SpellChecker:
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1)


def corrects(old: str, new: str, lexicon: Lexicon, *, begins: bool) -> bool:
    """Say whether `new` is provably the right spelling of the word `old`.

    `begins` says that the words stand at the beginning of their sentence, where a capital says
    nothing.
    """
    return (
        has_dictionary(lexicon.language)
        and len(old) >= SHORTEST
        and old.isalpha()
        and new.isalpha()
        and _written_alike(old, new, begins=begins)
        and _stands_alone(old.lower(), lexicon)
        and not _is_protected(old, lexicon)
        and not _is_protected(new, lexicon)
        and _is_only_neighbour(old.lower(), new.lower(), lexicon.language)
    )


def _written_alike(old: str, new: str, *, begins: bool) -> bool:
    # Beginnings and endings carry who does what to whom: `licensor` and `licensee`.
    if old[:2] != new[:2] or old[-2:] != new[-2:]:
        return False
    letters = old[1:] + new[1:] if begins else old + new
    return letters == letters.lower()


def _stands_alone(old: str, lexicon: Lexicon) -> bool:
    # A word that stands elsewhere too may be a name or a term of the trade, and meant so.
    return old not in lexicon.term_words and lexicon.occurrences(old) <= 1


def _is_protected(word: str, lexicon: Lexicon) -> bool:
    words = protected_words(lexicon.language)
    return words is not None and any(True for _ in words.hits(word))


def _is_only_neighbour(old: str, new: str, language: str) -> bool:
    """Say whether the old word is unlisted and the new one the only listed word at one edit.

    An edit is a letter put in, taken out or replaced, or two neighbours exchanged.
    """
    words = _list(language)
    if old in words or new not in words:
        return False
    return {word for word in words.edit_distance_1(old) if word in words} == {new}
