"""A text as the pieces that a redline compares: words, numbers, dates, signs, spaces."""

from __future__ import annotations

import re
from bisect import bisect_right
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
    if text and "\n" not in text:
        return tokens_of_paragraph(text)
    tokens: list[Token] = []
    for gap, paragraph in paragraphs_in(text):
        if gap:
            tokens.append(Token(gap, "space"))
        tokens += tokens_of_paragraph(paragraph)
    return tuple(tokens)


def paragraphs_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a text, each with the white space before it."""
    if "\n" not in text:
        if text:
            yield "", text
        return
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
    parts = _SPACES.split(text)
    read = [*map(_read, parts)]
    open_ = []
    for at, each in enumerate(read):
        if type(each) is _Open:
            if each.alone and (at + 2 >= len(parts) or not _goes_on(parts[at + 2])):
                read[at] = each.alone
            else:
                open_.append(at)
    if not open_:
        return tuple(chain.from_iterable(cast("list[tuple[Token, ...]]", read)))
    return tuple(_of_open(text, parts, read, open_))


def _of_open(
    text: str, parts: list[str], read: list[tuple[Token, ...] | _Open], open_: list[int]
) -> list[Token]:
    """Return the tokens of a paragraph where some of them reach over a space, or may do so.

    `open_` are the places of these in `parts` and in `read`, which is what was read of each part.
    """
    starts = [*accumulate(map(len, parts), initial=0)]
    tokens: list[Token] = []
    first = inner = 0
    for place in open_:
        if place < first:
            continue
        if place > first:
            inner = 0
            tokens += chain.from_iterable(cast("list[tuple[Token, ...]]", read[first:place]))
        first = place
        while first < len(parts) and type(each := read[first]) is _Open:
            first, inner = _after_stretches(text, each, (first, inner), starts, read, tokens)
    tokens += chain.from_iterable(cast("list[tuple[Token, ...]]", read[first:]))
    return tokens


def _after_stretches(
    text: str,
    part: _Open,
    place: tuple[int, int],
    starts: list[int],
    read: list[tuple[Token, ...] | _Open],
    tokens: list[Token],
) -> tuple[int, int]:
    """Add the tokens of a part, from its stretch at a place, as far as the first that depends on
    what follows; return the place behind it: a part, and a stretch in it.
    """
    first, inner = place
    at = starts[first] + sum([stretch.size for stretch in part.stretches[:inner]])
    for size, known_tokens in part.stretches[inner:]:
        if not known_tokens:
            break
        tokens += known_tokens
        at += size
    else:
        return first + 1, 0
    known = unsplit()
    while True:
        # A token can end inside a stretch: then what is left of it is read anew.
        tokens.append(_token_at(text, at, known))
        at += len(tokens[-1].text)
        first = bisect_right(starts, at, first) - 1
        if starts[first] == at:
            return first, 0
        each = read[first]
        if type(each) is _Open:
            ends = [
                *accumulate([stretch.size for stretch in each.stretches], initial=starts[first])
            ]
            if at in ends:
                return first, ends.index(at)


class _Stretch(NamedTuple):
    """So many characters, and their tokens; none where these depend on what follows."""

    size: int
    tokens: tuple[Token, ...]


class _Open(NamedTuple):
    """What stands between two spaces and may be the beginning of a longer token.

    `alone` is its only token where nothing that follows the space can go on with it; empty where
    that has to be looked at.
    """

    stretches: tuple[_Stretch, ...]
    alone: tuple[Token, ...]


@lru_cache(maxsize=1 << 15)  # a text has few different words
def _read(word: str) -> tuple[Token, ...] | _Open:
    """Return the tokens of what stands between two spaces, or of the space."""
    stretches = _stretches(word)
    if all(stretch.tokens for stretch in stretches):
        return tuple(chain.from_iterable(stretch.tokens for stretch in stretches))
    token = _token_at(word, 0, unsplit())
    return _Open(stretches, (token,) if token.text == word else ())


@lru_cache(maxsize=1 << 15)
def _goes_on(word: str) -> bool:
    """Say whether a longer token can go on, behind a space, with what begins so."""
    known = unsplit()
    found = known.piece.match(word)
    return found is not None and (
        found.group().lower() in known.inside
        or word[0].isdigit()
        or word.startswith(known.signs_inside)
    )


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
