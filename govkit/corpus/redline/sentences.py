"""A text made ready to be compared: its words, each with the space before it, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import accumulate, compress
from operator import add
from typing import NamedTuple

from govkit.corpus.redline.operations import PARAGRAPH_END
from govkit.corpus.redline.tokens import Token, paragraphs_in, tokens_of_paragraph
from govkit.corpus.redline.unsplit import Unsplit, unsplit
from govkit.patterns import lazy_regex

_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u0964\u1362\u104b\u17d4\u17d5")
# In Chinese, Japanese and Burmese a sentence may end without a space behind it.
_ENDS_WITHOUT_SPACE = frozenset("\u3002\uff01\uff1f\u104b")
_CLOSES = frozenset("\"'\u2019\u201d\u00bb)]\u300d\u300f\uff09")
_STOPS = _ENDS | _CLOSES | {";"}
_MARKER = lazy_regex(r"\((?:[a-z]{1,4}|\d{1,3})\)|[-\u2022\u2013]", re.IGNORECASE)
_NUMBER = lazy_regex(r"[\d.]{1,6}|[A-Z]|[IVXLC]{1,6}")
_TAIL = frozenset(".,;:")
_MOST_WORDS = 0x10FFFF
"""How many different words there are characters for. Beyond, they share the last one, and what is
the same only by its key is seen when the operations are written."""


class Piece(NamedTuple):
    """A token that is no space, with the space before it. `says` is false for punctuation."""

    space: str
    text: str
    says: bool

    @property
    def whole(self) -> str:
        """Return the piece as it stands in the text."""
        return self.space + self.text


class Sentence(NamedTuple):
    """A sentence or an item of a list: the pieces from `start` to `end`.

    Its core, from `core_start` to `core_end`, is what remains without the label of an item before
    it and the stop behind it.
    """

    start: int
    end: int
    core_start: int
    core_end: int


class SentenceReading:
    """A text as it is compared.

    `keys` has one character for each piece; two pieces have the same one when their words are the
    same, wherever a line is broken. The last piece is empty and holds the space at the end of the
    text; it belongs to no sentence.
    """

    def __init__(
        self, text: str, alphabet: dict[str, str], unread: Container[str] = frozenset()
    ) -> None:
        """Read a text. Both texts of a comparison take the same alphabet.

        A paragraph of `unread` is one piece, and a sentence of its own.
        """
        self.pieces = _pieces(text, unread)
        words = [piece.text for piece in self.pieces]
        others = {}
        for word in dict.fromkeys(words):
            if word in alphabet:
                continue
            # A number can hold a space, and that can be the end of a line.
            plain = len(word) <= 3 or word.isalnum()
            folded = word if plain else " ".join(word.split())
            key = alphabet.setdefault(folded, chr(min(len(alphabet), _MOST_WORDS)))
            if folded != word:
                others[word] = key
        keys = {**alphabet, **others} if others else alphabet
        self.keys = "".join(map(keys.__getitem__, words))
        self.sentences = [*_sentences(self.pieces)]
        self._text = text
        spaces = map(len, [piece.space for piece in self.pieces])
        sizes = map(add, spaces, map(len, words))
        self._ends: list[int] = [*accumulate(sizes, initial=0)]

    def key(self, sentence: Sentence) -> str:
        """Return the keys of a sentence."""
        return self.keys[sentence.start : sentence.end]

    def core(self, sentence: Sentence) -> str:
        """Return the keys of the core of a sentence."""
        return self.keys[sentence.core_start : sentence.core_end]

    def place(self, sentence: Sentence) -> int:
        """Return at which letter of the text a sentence begins."""
        return self._ends[sentence.start] + len(self.pieces[sentence.start].space)

    def words(self, start: int, end: int) -> str:
        """Return the keys of those pieces that say something; of all where none does."""
        keys = self.keys[start:end]
        said = "".join([*compress(keys, [piece.says for piece in self.pieces[start:end]])])
        return said or keys

    def text(self, start: int, end: int) -> str:
        """Return the pieces from `start` to `end` as they stand in the text."""
        return self._text[self._ends[start] : self._ends[end]]


def _pieces(text: str, unread: Container[str]) -> list[Piece]:
    found: list[Piece] = []
    space = ""
    for gap, paragraph in paragraphs_in(text):
        space += gap
        if paragraph in unread:
            found.append(Piece(space, paragraph, True))
            space = ""
            continue
        first, *rest = pieces = _pieces_of_paragraph(paragraph)
        if not rest:
            space += first.space
            continue
        at = len(found)
        found += pieces[:-1]
        if space:
            found[at] = Piece(space + first.space, first.text, first.says)
        space = rest[-1].space
    found.append(Piece(space, "", False))
    return found


@lru_cache(maxsize=1 << 15)
def _pieces_of_paragraph(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph; the last one is empty and holds the space at its end."""
    tokens = tokens_of_paragraph(text)
    if "(" not in text:
        spaces = [token.text if token.kind == "space" else "" for token in tokens]
        before = zip(("", *spaces), tokens, strict=False)
        found = [_piece(space, token) for space, token in before if token.kind != "space"]
        return (*found, Piece(spaces[-1] if spaces else "", "", False))
    pieces: list[Piece] = []
    space = ""
    label_end = 0
    for at, token in enumerate(tokens):
        words, kind = token
        if kind == "space":
            space = words
            continue
        if words == "(":
            # A label is one piece and says nothing, so that items which were lettered anew stay
            # alike.
            label = "".join([token.text for token in tokens[at : at + 3]])
            if _MARKER.fullmatch(label):
                label_end = at + 3
                pieces.append(Piece(space, label, False))
                space = ""
                continue
        if at >= label_end:
            pieces.append(_piece(space, token))
            space = ""
    return (*pieces, Piece(space, "", False))


@lru_cache(maxsize=1 << 14)
def _piece(space: str, token: Token) -> Piece:
    """Return one for all places where a word stands so: a long text has few different ones."""
    return Piece(space, token.text, token.kind != "sign")


# --- where sentences end ------------------------------------------------------------------------


def _sentences(pieces: list[Piece]) -> Iterator[Sentence]:
    known = unsplit()
    start = 0
    last = len(pieces) - 1
    for at in (*_may_begin(pieces), last):
        if at > start and (at == last or _begins_at(pieces, start, at, known)):
            yield _sentence(pieces, start, at, known)
            start = at


def _may_begin(pieces: list[Piece]) -> Iterator[int]:
    """Yield the places behind a line end, a stop, or a semicolon and one word."""
    after = 0
    for at, (space, words, _) in enumerate(pieces[:-1]):
        if after > 0 or "\n" in space:
            yield at
        after -= 1
        if words in _STOPS:
            after = 2 if words == ";" else max(after, 1)


def _begins_at(pieces: list[Piece], start: int, at: int, known: Unsplit) -> bool:
    """Say whether a sentence begins at a piece, when the last one began at `start`."""
    space = pieces[at].space
    before = pieces[at - 1].text
    if "\n" in space:
        heading = "#" in (pieces[start].text, pieces[at].text)
        if heading or PARAGRAPH_END.fullmatch(space) or _label_end(pieces, at) > at:
            return True
    if before in _CLOSES or before in _ENDS:
        return _ends(pieces, start, at, known.abbreviations)
    return _after_semicolon(pieces, start, at, known) and _label_end(pieces, at) > at


def _after_semicolon(pieces: list[Piece], start: int, end: int, known: Unsplit) -> bool:
    """Say whether `;` or `; and` stands at the end of a stretch."""
    if pieces[end - 1].text.lower() in known.short and end - 2 > start:
        end -= 1
    return pieces[end - 1].text == ";"


def _ends(pieces: list[Piece], start: int, at: int, abbreviations: frozenset[str]) -> bool:
    """Say whether a sentence ends before a piece, maybe with quotes or brackets behind its stop."""
    stop = at - 1
    while stop > start and pieces[stop].text in _CLOSES and not pieces[stop].space:
        stop -= 1
    sign = pieces[stop].text
    if sign not in _ENDS or stop == start:
        return False
    if sign in _ENDS_WITHOUT_SPACE:
        return True
    if not pieces[at].space:
        return False
    if sign != ".":
        return True
    word = pieces[stop - 1].text
    # `3.` or `A.` at the beginning is a label, and so is `Article 3.`; one letter elsewhere is an
    # initial.
    begin = _behind_signs(pieces, start)
    labels = stop - 1 == begin and (word[0].isdigit() or len(word) == 1)
    labels = labels or (stop - 2 == begin and _NUMBER.fullmatch(word) is not None)
    shortened = word in abbreviations or (len(word) == 1 and word.isalpha())
    # A small letter goes on: behind an abbreviation that is in no list, too. Doubt ends no
    # sentence.
    return not labels and not shortened and not pieces[at].text[0].islower()


def _label_end(pieces: list[Piece], at: int) -> int:
    """Return where the label that begins at a piece ends: behind `(a)`, a dash, `3.`, `## 3.`."""
    begin, at = at, _behind_signs(pieces, at)
    end = _marker_end(pieces, at)
    return end if end > at else begin


def _behind_signs(pieces: list[Piece], at: int) -> int:
    """Return where the words of a heading begin, behind its `##`; of what is none, where it does.

    The last piece of a text is empty, so that there is always a next one.
    """
    while pieces[at].text == "#":
        at += 1
    return at


def _marker_end(pieces: list[Piece], at: int) -> int:
    label, *after = pieces[at : at + 3]
    if after and after[0].space:
        return at + 1 if _MARKER.fullmatch(label.text) else at
    stops = len(after) == 2 and after[0].text == "." and after[1].space
    return at + 2 if stops and _NUMBER.fullmatch(label.text) else at


def _sentence(pieces: list[Piece], start: int, end: int, known: Unsplit) -> Sentence:
    core_start = _label_end(pieces, start)
    core_end = end
    if _after_semicolon(pieces, core_start, end, known) and pieces[end - 1].text != ";":
        core_end -= 1
    while core_end > core_start + 1 and pieces[core_end - 1].text in _TAIL:
        core_end -= 1
    return Sentence(start, end, core_start if core_start < core_end else start, core_end)
