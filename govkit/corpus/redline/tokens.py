"""A text as the pieces that a redline compares: words, numbers, dates, signs, spaces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain
from typing import Literal, NamedTuple, cast

from govkit.corpus.redline.operations import PARAGRAPH_END
from govkit.corpus.redline.unsplit import Unsplit, UnsplitKind, unsplit
from govkit.patterns import lazy_regex

Kind = Literal["word", "number", "date", "sign", "space"]

_SPACES = lazy_regex(r"(\s+)")
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
    tokens: list[Token] = []
    for gap, paragraph in paragraphs_in(text):
        if gap:
            tokens.append(Token(gap, "space"))
        tokens += tokens_of_paragraph(paragraph)
    return tuple(tokens)


def paragraphs_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a text, each with the white space before it."""
    at = 0
    gap = ""
    for found in PARAGRAPH_END.finditer(text):
        if found.start() or gap:
            yield gap, text[at : found.start()]
        gap, at = found.group(), found.end()
    if gap or text:
        yield gap, text[at:]


@lru_cache(maxsize=1 << 15)
def tokens_of_paragraph(text: str) -> tuple[Token, ...]:
    """Return the tokens of a paragraph, which is looked at in more than one comparison."""
    stretches = [*chain.from_iterable(map(_stretches, _SPACES.split(text)))]
    known = unsplit()
    starts = [*accumulate([stretch.size for stretch in stretches], initial=0)]
    tokens: list[Token] = []
    first = 0
    for place in [at for at, stretch in enumerate(stretches) if not stretch.tokens]:
        if place < first:
            continue
        tokens += chain.from_iterable([stretch.tokens for stretch in stretches[first:place]])
        at, first = starts[place], -1
        while starts[first] != at:
            # A token can end inside a stretch: then what is left of it is read anew.
            tokens.append(_token_at(text, at, known))
            at += len(tokens[-1].text)
            first = bisect_left(starts, at, place)
    tokens += chain.from_iterable([stretch.tokens for stretch in stretches[first:]])
    return tuple(tokens)


class _Stretch(NamedTuple):
    """So many characters, and their tokens; none where these depend on what follows."""

    size: int
    tokens: tuple[Token, ...]


@lru_cache(maxsize=1 << 15)  # a text has few different words
def _stretches(word: str) -> tuple[_Stretch, ...]:
    """Return the stretches of what stands between two spaces, or of the space."""
    known = unsplit()
    found: list[tuple[int, list[Token]]] = []
    for match in known.piece.finditer(word):
        piece, name = match.group(), match.lastgroup
        kind: Kind = cast("Kind", name) if name in ("space", "sign") else "word"
        if name == "figure" or (kind == "word" and _patterns(piece, known)):
            found.append((len(piece), []))
        elif found and found[-1][1]:
            found[-1][1].append(Token(piece, kind))
            found[-1] = (found[-1][0] + len(piece), found[-1][1])
        else:
            found.append((len(piece), [Token(piece, kind)]))
    assert sum(size for size, _ in found) == len(word)  # every character belongs to one
    return tuple(_Stretch(size, tuple(tokens)) for size, tokens in found)


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
