"""Signs and spaces that say nothing where they stand: a bracket without its partner, `word ,`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from govkit.corpus.redline.tokens import Token

_PARTNERS = {")": "(", "]": "["}
_LEAST = 3
"""A bracket behind a shorter word may be that of a label: `b)`."""


def begins_here(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a sentence begins at a token: only signs stand before it."""
    return all(token.kind in ("sign", "space") for token in tokens[:at])


def is_stray_sign(tokens: Sequence[Token], at: int, other: Sequence[Token]) -> bool:
    """Say whether a sign has no partner, and all have one where it is left out, in `other`."""
    sign, before = tokens[at].text, tokens[at - 1 : at]
    if sign == "`":
        return _count(tokens, "`") % 2 == 1 and _count(other, "`") % 2 == 0
    if not before:
        return False
    if sign in _PARTNERS:
        opens = _PARTNERS[sign]
        wrong = _count(tokens, sign) == _count(tokens, opens) + 1
        is_label = before[0].text != sign and len(before[0].text) < _LEAST
        return wrong and not is_label and _count(other, sign) == _count(other, opens)
    # Two commas, or two stops that are none of three.
    twice = before[0].text == sign and [token.text for token in tokens[at - 2 : at - 1]] != [sign]
    return sign in (",", ".") and twice and [t.text for t in tokens[at + 1 : at + 2]] != [sign]


def is_same_sign(old: str, new: str) -> bool:
    """Say whether two signs are one, of which one has the width of a Chinese letter."""
    wide = {sign for sign in (old, new) if unicodedata.east_asian_width(sign[0]) == "F"}
    was, is_ = (unicodedata.normalize("NFKC", sign) for sign in (old, new))
    return len(wide) == 1 and was == is_


def is_stray_space(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a space stands before a sign that ends a part of a sentence, behind a word, or
    behind a comma before a word: with it and without it the text reads the same.
    """
    near = [*tokens[max(at - 2, 0) : at], *tokens[at : at + 3]]
    if tokens[at].kind != "space" or "\n" in tokens[at].text or at < 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1 : at + 2]
    if not after:
        return False
    if before.kind == "word" and after[0].text in (",", ".", ";", ":", ")"):
        behind = tokens[at + 2 : at + 3]
        return not behind or behind[0].kind == "space"
    joins = before.text in (",", ";") and after[0].kind == "word"
    return (joins and near[0].kind == "word") or (before.text == "(" and after[0].kind == "word")


def _count(tokens: Sequence[Token], sign: str) -> int:
    return sum(token.text == sign for token in tokens)
