"""A text as the pieces that a redline compares: words, numbers, dates, signs, spaces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple, cast

from govkit.corpus.redline.operations import PARAGRAPH_END
from govkit.corpus.redline.unsplit import Unsplit, UnsplitKind, unsplit
from govkit.patterns import lazy_regex

Kind = Literal["word", "number", "date", "sign", "space"]

_LONG = 10_000
"""From how many characters on a text is read paragraph by paragraph."""
_HYPHEN = lazy_regex("[-\u2010\u2011]")


class Token(NamedTuple):
    """A piece of a text that is never split.

    - `word`: a word; a negated verb of duty as `shall not`; a blank as `{notice_days}`; one
      character of a script without spaces.
    - `number`: figures or a number in words, with its separators, currency and unit: `30 days`,
      `thirty (30) days`, `EUR 10 000`, `5(1)(a)`.
    - `date`: `10 October 2026`, `2026-03-10`.
    - `sign`: one punctuation mark. `space`: white space, as much as there is in a row.
    """

    text: str
    kind: Kind


@lru_cache(maxsize=64)  # of a pair of texts it is asked for each again and again
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; joined together they are the text, to the character.

    No token but white space reaches over the end of a paragraph.
    """
    if len(text) < _LONG:
        return _tokens(text)
    tokens: list[Token] = []
    at = 0
    for end in (*(found.end() for found in PARAGRAPH_END.finditer(text)), len(text)):
        tokens += _tokens_of_paragraph(text[at:end])
        at = end
    return tuple(tokens)


@lru_cache(maxsize=1 << 15)
def _tokens_of_paragraph(text: str) -> tuple[Token, ...]:
    """Return the tokens of a paragraph of a long text, most of which stand in its partner too."""
    return _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    known = unsplit()
    pieces = [found.group() for found in known.piece.finditer(text)]
    starts = [*accumulate(map(len, pieces), initial=0)]
    assert starts[-1] == len(text)  # every character belongs to a piece
    # Most pieces are their own token, and a text has few different ones.
    alone = {piece: _alone(piece) for piece in set(pieces)}
    tokens: list[Token] = []
    first = 0
    for place in [at for at, piece in enumerate(pieces) if alone[piece] is None]:
        if place < first:
            continue
        tokens += cast("Iterable[Token]", map(alone.get, pieces[first:place]))
        at, first = starts[place], -1
        while starts[first] != at:
            # A token can end inside a piece: then what is left of it is read anew.
            tokens.append(_token_at(text, at, known))
            at += len(tokens[-1].text)
            first = bisect_left(starts, at, place)
    tokens += cast("Iterable[Token]", map(alone.get, pieces[first:]))
    return tuple(tokens)


@lru_cache(maxsize=1 << 14)
def _alone(piece: str) -> Token | None:
    """Return the token that a piece always is; None where that depends on what follows it."""
    known = unsplit()
    found = known.piece.match(piece)
    if found is None or found.lastgroup == "figure":
        return None
    if found.lastgroup == "space":
        return Token(piece, "space")
    if found.lastgroup == "sign":
        return Token(piece, "sign")
    return None if _patterns(piece, known) else Token(piece, "word")


def _patterns(piece: str, known: Unsplit) -> tuple[tuple[UnsplitKind, re.Pattern[str]], ...]:
    """Return the long patterns that can begin with a piece: each of them holds many phrases."""
    lowered = piece.lower()
    return known.beginnings.get(lowered) or known.beginnings.get(_HYPHEN.split(lowered)[0], ())


def _token_at(text: str, at: int, known: Unsplit) -> Token:
    """Return the token that begins at a place."""
    found = known.piece.match(text, at)
    assert found is not None  # the last alternative takes any character
    piece = found.group()
    name = found.lastgroup
    if name == "space":
        return Token(piece, "space")
    for kind, pattern in _patterns(piece, known) if name != "sign" else ():
        long = pattern.match(text, at)
        if long and not (kind == "number" and long.group().lower() in known.alone_a_word):
            return Token(long.group(), kind)
    assert piece  # an empty one would be taken again and again
    return Token(piece, "sign" if name in ("sign", "currency") else "word")
