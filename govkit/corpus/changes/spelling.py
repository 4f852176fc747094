"""Is a changed word provably a corrected misspelling? Doubt says no.

The conditions are those of docs/changes.md: all of them have to hold. An unlisted word is not a
misspelling: `licensor` to `licensee` changes who owes what.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.protected import protected_words
from govkit.languages.misspellings import is_listed_misspelling
from govkit.languages.words import has_dictionary
from govkit.patterns import lazy_regex

if TYPE_CHECKING:
    from spellchecker import SpellChecker

SHORTEST = 4
"""A shorter word has too many listed neighbours, but for two letters exchanged."""
FARTHEST = 8
"""From how many letters on two slips in one word are looked at."""
_BY_FAR = 10
"""How many times commoner the new word has to be than all its rivals together."""
_SLIP = 10
"""How many times likelier a slip of the fingers is (two letters exchanged, one doubled or not)."""
_SURELY_DOUBLED = 100
"""The same for one doubled or not in a word long enough (`emited`): no other slip is as common."""
_ALONE = 10
"""From how many letters on a word that has only one other within two steps is that one."""
_OWN = 6
"""From how many letters on the text at hand says which word was meant."""
_RAREST = 100
"""How often a word has to stand in the list of the speller to be one that was meant."""
# Endings carry who does what to whom: `licensor` and `licensee`, `payor` and `payer`.
_WHO = lazy_regex(r"(?:[eo]r|ee)s?$")
_DOUBLED = lazy_regex(r"(.)\1")


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
        and (len(old) >= SHORTEST or _is_exchanged(old, new))
        and old.isalpha()
        and new.isalpha()
        and (_written_alike(old, new, begins=begins) or _is_small_elsewhere(old, new, lexicon))
        and is_gone(old.lower(), lexicon)
        and not is_protected(old, lexicon)
        and not is_protected(new, lexicon)
        and (
            _is_known(old.lower(), new.lower(), lexicon)
            or _is_meant(old.lower(), new.lower(), lexicon.language)
            or _is_meant_here(old.lower(), new.lower(), lexicon)
        )
    )


def _is_known(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether a public list of misspellings has the old word, with the new one alone.

    A short one has to be the commonest of its neighbours, too; and none of these may stand in the
    text, where the new one does not: then the text speaks for another.
    """
    words = _list(lexicon.language)
    if not is_listed_misspelling(old, new, lexicon.language) or old in words:
        return False
    rivals = [
        word for word in words.edit_distance_1(old) if word in words and word not in (old, new)
    ]
    if len(old) < _OWN:
        most = max((words.word_frequency[word] for word in rivals), default=0)
        if words.word_frequency[new] <= most:
            return False
    return lexicon.occurrences(new) > 0 or not any(map(lexicon.occurrences, rivals))


def parts(old: str, new: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Say whether `new` are the two words that were written as one in `old`."""
    if len(new) != 2 or not has_dictionary(lexicon.language) or "".join(new) != old:
        return False
    words = _list(lexicon.language)
    return (
        old.isalpha()
        and old.islower()
        and old not in words
        and all(word in words and words.word_frequency[word] >= _RAREST for word in new)
        and is_gone(old, lexicon)
        and not any(is_protected(word, lexicon) for word in new)
    )


def is_slip(old: str, new: str, language: str) -> bool:
    """Say whether `old` is no word and `new` the one next to it: no proof, and no other word."""
    if not has_dictionary(language) or not (old.isalpha() and new.isalpha()) or old[0] != new[0]:
        return False
    words, was, is_ = _list(language), old.lower(), new.lower()
    ends = _WHO.search(was) or _WHO.search(is_)
    near = _steps(was, is_) <= (1 if len(was) < FARTHEST else 2)
    return was not in words and is_ in words and near and not ends


def _written_alike(old: str, new: str, *, begins: bool) -> bool:
    if old[0].lower() != new[0].lower():
        return False
    if (_WHO.search(old) or _WHO.search(new)) and old[-2:] != new[-2:]:
        return False
    letters = old[1:] + new[1:] if begins else old + new
    return letters == letters.lower() and (not begins or old[0] == new[0])


def _is_exchanged(old: str, new: str) -> bool:
    """Say whether two neighbours of three letters changed places, as in `teh`."""
    return len(old) == len(new) == SHORTEST - 1 and sorted(old) == sorted(new)


def _is_small_elsewhere(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether a word with a capital is no name: it stands in small letters in the older state,
    rightly written.
    """
    rest = old[1:] + new[1:]
    return (
        len(old) >= _OWN
        and rest == rest.lower()
        and _written_alike(old.lower(), new.lower(), begins=False)
        and old[0] == new[0]
        and lexicon.small is not None
        and lexicon.small(new.lower()) > 0
    )


def is_gone(old: str, lexicon: Lexicon) -> bool:
    """Say whether a word, in small letters, is none of a term and stands in the text no more."""
    # A word that stands elsewhere too may be a name or a term of the trade, and meant so.
    if old in lexicon.term_words:
        return False
    if lexicon.left is not None:
        return lexicon.left(old) == 0
    return lexicon.occurrences(old) <= 1


def is_protected(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word bears a number, a time, force or the like: it is never a mere slip."""
    words = protected_words(lexicon.language)
    # A word of effect, as `automatically`, can be misspelt as any other: no number or force hides.
    return words is not None and any(
        hit.phrase.means not in ("effect", "ordinal") for hit in words.hits(word)
    )


def is_listed(word: str, language: str) -> bool:
    """Say whether a word, in small letters, stands in the list of a language that has one."""
    return word in _list(language)


def _is_meant(old: str, new: str, language: str) -> bool:
    """Say whether the old word is unlisted and the new one by far the commonest beside it.

    One edit is a letter put in, taken out or replaced, or two neighbours exchanged.
    """
    words = _list(language)
    if old in words or new not in words:
        return False
    rivals = [word for word in words.edit_distance_1(old) if word in words and word[0] == old[0]]
    if words.word_frequency[new] < _RAREST:
        return not rivals and _is_alone(old, new, language)
    if new in rivals:
        return _is_by_far({word: _commonness(old, word, words) for word in rivals}, new)
    if rivals or len(old) < FARTHEST or _steps(old, new) != 2:
        return False
    if _is_alone(old, new, language):
        return True
    if old[-2:] != new[-2:]:
        return False
    # The ends stay, where number, time and person stand: what ends otherwise is no rival.
    listed = _beginning(language).get(old[:2], ())
    near = [word for word in listed if word[-2:] == old[-2:] and _is_near(old, word)]
    return _is_by_far({word: words.word_frequency[word] for word in near}, new)


def _is_alone(old: str, new: str, language: str) -> bool:
    """Say whether a long word has one listed word within two steps, however rare, and no other."""
    listed = _beginning(language).get(old[:2], ())
    return len(old) >= _ALONE and [word for word in listed if _is_near(old, word)] == [new]


def _is_meant_here(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether the text itself shows the word that was meant, or nothing else can be.

    The new word stands in the older state twice or more (once, where it is long) and none of its
    rivals does, or it is the only listed word one step away. The ends stay, where number, time and
    person stand.
    """
    words = _list(lexicon.language)
    if len(old) < _OWN or old in words or old[-2:] != new[-2:] or _steps(old, new) != 1:
        return False
    if new not in words and not lexicon.occurrences(new):
        return False  # neither way; the hundreds of words one step away need not be made
    near = [word for word in words.edit_distance_1(old) if word[0] == old[0]]
    standing = {word for word in near if word != old and lexicon.occurrences(word)}
    if standing:
        return standing == {new} and (lexicon.occurrences(new) > 1 or len(old) >= FARTHEST)
    return len(old) >= FARTHEST and [word for word in near if word in words] == [new]


def is_standing_alone(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether a name, in no dictionary, stands in the older state, and is the only one there
    that is one step away from the other; both begin with the same letter and end with the same two.
    """
    if old[0] != new[0] or old[-2:] != new[-2:] or _steps(old, new) != 1:
        return False
    near = _list(lexicon.language).edit_distance_1(old)
    return {word for word in near if word != old and lexicon.occurrences(word)} == {new}


def _commonness(old: str, word: str, words: SpellChecker) -> int:
    return int(words.word_frequency[word]) * _likely(old, word)


def _is_by_far(weights: dict[str, int], word: str) -> bool:
    rest = sum(weights.values()) - weights.get(word, 0)
    return weights.get(word, 0) >= _BY_FAR * rest


def _steps(old: str, new: str) -> int:
    """Return how many edits lead from one word to the other; two neighbours exchanged are one."""
    from rapidfuzz.distance import OSA

    return OSA.distance(old, new)


def _is_near(old: str, word: str) -> bool:
    return abs(len(word) - len(old)) <= 2 and _steps(old, word) <= 2


def _likely(old: str, word: str) -> int:
    exchanged = len(old) == len(word) and sorted(old) == sorted(word)
    if _DOUBLED.sub(r"\1", old) == _DOUBLED.sub(r"\1", word):
        return _SURELY_DOUBLED if len(old) >= _OWN else _SLIP
    return _SLIP if exchanged else 1


@cache
def _beginning(language: str) -> dict[str, list[str]]:
    """Return the listed words by their first two letters."""
    found: dict[str, list[str]] = {}
    for word in sorted(_list(language).word_frequency.words()):
        found.setdefault(word[:2], []).append(word)
    return found
