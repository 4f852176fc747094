"""Is a text as it was but for slips of the pen that were corrected? Doubt says no.

A slip is a misspelling, an article before the wrong sound, a word written twice, two words written
as one, the wrong form of a verb behind `must`, a bracket without its partner, or a space beside a
sign. The conditions are those of docs/changes.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from govkit.corpus.changes.articles import corrects_article, is_article_too_many
from govkit.corpus.changes.code_names import corrects_name, writes_brand
from govkit.corpus.changes.lexicon import Lexicon
from govkit.corpus.changes.spelling import corrects, is_protected, parts
from govkit.corpus.changes.strays import begins_here, is_same_sign, is_stray_sign, is_stray_space
from govkit.corpus.changes.variants import (
    compound_in_both,
    corrects_number,
    corrects_verb,
    is_same_day,
    is_same_word,
)
from govkit.corpus.redline.tokens import Token, tokens_of
from govkit.patterns import lazy_regex

_RIGHTLY_TWICE = frozenset(("had", "that"))
"""English words that can rightly stand twice in a row. Other languages have many: nous nous."""
_SAFELY_TWICE = frozenset(("all", "and", "any", "each", "every", "or"))
"""Protected words that say no more when they stand twice, as `twice` and `not` do."""
_SENTENCE_END = lazy_regex(r"(?<=[.!?;:])\s+")
_PREFIXES = frozenset(("inter", "mid", "multi", "pre", "semi", "sub", "ultra"))
"""What is no word of its own: `pre filing` is `pre-filing`. Not `non`, which denies."""


def only_corrected(old: str, new: str, lexicon: Lexicon) -> bool:
    """Say whether each sentence is as it was but for slips that were corrected."""
    before, after = _SENTENCE_END.split(old), _SENTENCE_END.split(new)
    if len(before) != len(after):
        return False
    return all(
        was == is_ or _is_corrected(tokens_of(was), tokens_of(is_), lexicon)
        for was, is_ in zip(before, after, strict=True)
    )


def _is_corrected(before: Sequence[Token], after: Sequence[Token], lexicon: Lexicon) -> bool:
    slips = old = new = 0
    while old < len(before) or new < len(after):
        if before[old : old + 1] == after[new : new + 1]:
            old, new = old + 1, new + 1
            continue
        slip = _of_signs(before, old, after, new) or (
            _of_words(before, old, after, new, lexicon) if old < len(before) else None
        )
        if slip is None:
            return False
        slips, old, new = slips + 1, old + slip[0], new + slip[1]
    # Where most words differ, it is a rewriting, each of them looking like a slip.
    words = sum(token.kind == "word" for token in before)
    return slips == 1 or 2 * slips <= words


def _of_signs(
    before: Sequence[Token], old: int, after: Sequence[Token], new: int
) -> tuple[int, int] | None:
    """Return how many tokens of each side are a sign or space that says nothing, else None."""
    if old < len(before) and (is_stray_sign(before, old, after) or is_stray_space(before, old)):
        return 1, 0
    if new < len(after) and (is_stray_sign(after, new, before) or is_stray_space(after, new)):
        return 0, 1
    return None


def _of_words(
    before: Sequence[Token], old: int, after: Sequence[Token], new: int, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return how many tokens of each side are a slip and what it was corrected to, else None."""
    if _is_written_twice(before, old, lexicon):
        return 2, 0
    if new == len(after):
        return None
    now = after[new]
    if compound := compound_in_both(before[old:], after[new:], lexicon):
        return compound
    if is_article_too_many(before, old, now.text, lexicon.language):
        return 2, 0
    if parts(before[old].text, _two_words(after[new : new + 3]), lexicon):
        return 1, 3
    if _is_prefix(_two_words(before[old : old + 3]), now, lexicon):
        return 3, 1
    return (1, 1) if _is_slip(before, old, now, lexicon) else None


def _is_slip(before: Sequence[Token], at: int, new: Token, lexicon: Lexicon) -> bool:
    old = before[at]
    if old.kind == "sign" or new.kind != "word":
        same = is_same_sign if old.kind == new.kind == "sign" else is_same_day
        return same(old.text, new.text)
    return old.kind == new.kind == "word" and (
        _corrects(old.text, new.text, lexicon, begins=begins_here(before, at))
        or corrects_name(old.text, new.text, lexicon)
        or writes_brand(old.text, new.text, lexicon.language)
        or is_same_word(old.text, new.text, lexicon)
        or corrects_verb(before, at, new.text, lexicon)
        or corrects_number(before, at, new.text, lexicon)
        or corrects_article(old.text, new.text, before[at + 2 : at + 4], lexicon.language)
    )


def _corrects(old: str, new: str, lexicon: Lexicon, *, begins: bool) -> bool:
    """Say whether a word, or one part of a word with hyphens, was misspelt."""
    was, is_ = old.split("-"), new.split("-")
    if len(was) != len(is_):
        return False
    differ = [at for at, part in enumerate(was) if part != is_[at]]
    return len(differ) == 1 and corrects(
        was[differ[0]], is_[differ[0]], lexicon, begins=begins and differ[0] == 0
    )


def _is_prefix(old: tuple[str, ...], new: Token, lexicon: Lexicon) -> bool:
    return (
        lexicon.language == "en"
        and len(old) == 2
        and old[0].lower() in _PREFIXES
        and new.text == "-".join(old)
        and not is_protected(old[1], lexicon)
    )


def _is_written_twice(before: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Say whether what begins here, a word and a space or a space and a word, just stood before.

    "the the user" parts from "the user" at the second word, "the user user." at the space.
    """
    two, last = before[at : at + 2], before[at - 2 : at]
    if len(two) < 2 or len(last) < 2 or two[0].kind != last[0].kind:
        return False
    word, said = (two[0], last[0]) if two[0].kind == "word" else (two[1], last[1])
    return (
        {two[0].kind, two[1].kind} == {last[0].kind, last[1].kind} == {"word", "space"}
        and word.text.isalpha()
        and word.text.lower() == said.text.lower()
        and lexicon.language == "en"
        and word.text.lower() not in _RIGHTLY_TWICE
        and (word.text.lower() in _SAFELY_TWICE or not is_protected(word.text, lexicon))
    )


def _two_words(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return two words with one space between them, or nothing."""
    kinds = [token.kind for token in tokens]
    return (tokens[0].text, tokens[2].text) if kinds == ["word", "space", "word"] else ()
