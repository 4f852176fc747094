"""A text as the pieces that a redline compares: words, numbers, dates, signs, spaces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from govkit.corpus.redline.unsplit import Unsplit, unsplit
from govkit.patterns import lazy_regex

Kind = Literal["word", "number", "date", "sign", "space"]

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
    """Return the tokens of a text; joined together they are the text, to the character."""
    known = unsplit()
    match = known.piece.match
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = match(text, at)
        assert found is not None  # the last alternative takes any character
        piece = found.group()
        name = found.lastgroup
        token = None
        # The long patterns are tried only where one can begin: each of them holds many phrases.
        if name not in ("space", "sign") and (not piece or _can_begin(piece.lower(), known)):
            token = _unsplit_token(text, at, known)
        if token is None:
            kind: Kind = "space" if name == "space" else "word"
            if name in ("sign", "currency"):
                kind = "sign"
            token = Token(piece, kind)
        assert token.text  # an empty one would be taken again and again
        tokens.append(token)
        at += len(token.text)
    return tuple(tokens)


def _can_begin(piece: str, known: Unsplit) -> bool:
    return (
        piece in "$€£¥₹" or piece in known.beginnings or _HYPHEN.split(piece)[0] in known.beginnings
    )


def _unsplit_token(text: str, at: int, known: Unsplit) -> Token | None:
    tried: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        # Dates first: `10 October 2026` begins as a number does.
        ("date", known.date),
        ("number", known.number),
        ("word", known.negated),
    )
    for kind, pattern in tried:
        found = pattern.match(text, at)
        if found and not (kind == "number" and found.group().lower() in known.alone_a_word):
            return Token(found.group(), kind)
    return None
