"""Names in code, as `target_adress`: is one provably a misspelling of another?

A name is written in one piece, of parts that an underscore, a figure or a capital divides. Nothing
but letters of one part may differ, and that part, as it was, is no word.
"""

from __future__ import annotations

from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.spelling import (
    corrects,
    is_gone,
    is_listed,
    is_protected,
    is_standing_alone,
)
from govkit.languages.words import has_dictionary
from govkit.patterns import lazy_regex

_PART = lazy_regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d]+")
_MARK = lazy_regex(r"[_\d]|(?<=.)[A-Z]")
_SHORTEST = 8
"""A shorter name may be an abbreviation, of which another letter makes another."""
_SHORTEST_PART = 3
"""Of such a part only the text at hand tells: `GSA` stands for much."""


def corrects_name(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether a name in code was misspelt, and stands nowhere any more.

    Either the dictionary proves it of the part that differs, or the text does: the right name
    stands in it, is one step away inside, and no other name is.
    """
    if not (has_dictionary(lexicon.language) and _MARK.search(old) and _MARK.search(new)):
        return False
    if "-" in old or not is_gone(old.lower(), lexicon):
        return False
    was, is_ = _PART.findall(old), _PART.findall(new)
    differ = [at for at, part in enumerate(was) if is_[at : at + 1] != [part]]
    if len(was) != len(is_) or len(differ) != 1:
        return False
    part, right = was[differ[0]], is_[differ[0]]
    if len(part) < _SHORTEST_PART or not (part.isalpha() and right.isalpha()):
        return False
    if _written(part) != _written(right):
        return False
    if is_protected(part, lexicon) or is_protected(right, lexicon):
        return False
    spelt = corrects(part.lower(), right.lower(), lexicon, begins=False)
    if spelt and len(part) > _SHORTEST_PART:
        return True
    return (
        len(old) >= _SHORTEST
        and not is_listed(part.lower(), lexicon.language)
        and is_standing_alone(old.lower(), new.lower(), lexicon)
    )


def _written(part: str) -> tuple[bool, bool]:
    return part.isupper(), part[0].isupper()


def writes_brand(old: str, new: str, language: str) -> bool:
    """Say whether a name got its inner capitals, as `Github`, or lost them: `GitHub`.

    The first letter keeps its capital, so that no plain word becomes a defined one, and the name is
    no word: `Subject` and `SubJect` differ.
    """
    plain, inner = (old, new) if old[1:].islower() else (new, old)
    return (
        has_dictionary(language)
        and old != new
        and old.lower() == new.lower()
        and old.isalpha()
        and old[0] == new[0]
        and plain == plain.capitalize()
        and not inner.isupper()
        and not is_listed(old.lower(), language)
    )
