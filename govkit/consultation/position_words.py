"""Words that read like a position. Prose is never one: its author is asked which it is.

The phrases of each language are few on purpose: each needs somebody who speaks for themselves ("I",
"we"). One that is missed costs nothing, as the comment is kept and answered; one that is found in
vain costs a polite question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

from govkit.languages.words import position_phrases

Meaning = Literal["for", "against", "for another"]

_QUOTED = re.compile(
    r"^[ \t]*>.*$|\"[^\"\n]{0,500}\"|“[^”]{0,500}”|«[^»]{0,500}»|„[^“”]{0,500}[“”]", re.MULTILINE
)
_MOST = 20_000
"""Characters of a text that are looked at; a position in more words than these is none."""


class PositionReading(NamedTuple):
    """A sentence that reads like a position: its words, what it seems to mean, and whether it names
    a condition.
    """

    words: str
    meaning: Meaning
    conditional: bool


@cache
def _meanings() -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    """Return what each meaning is known by; what is found under an earlier one is that."""
    said = position_phrases()
    by_meaning: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
        ("for another", said.on_behalf),
        ("against", said.objection),
        ("for", said.support),
    )
    return tuple(
        (meaning, re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})")) for meaning, phrases in by_meaning
    )


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(position_phrases().conditions)})\b")


def reads_like_a_position(text: str) -> PositionReading | None:
    """Return the first sentence of a text that reads like a position, or None.

    What stands in quotation marks, or behind `>`, is not the author's own and is not looked at.
    """
    own = _paragraphs(_QUOTED.sub(" … ", text[:_MOST]))
    plain = _plain(own)
    for meaning, form in _meanings():
        if hit := form.search(plain):
            start, end = _sentence(own, hit.start())
            conditional = _condition().search(plain[start:end]) is not None
            return PositionReading(own[start:end], meaning, conditional)
    return None


def _paragraphs(text: str) -> str:
    """Return a text with a line for each paragraph, and one blank between words.

    So no phrase has to allow for runs of blanks, which a long text could make slow.
    """
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        words = line.split()
        found[-1].extend(words)
        if not words and found[-1]:
            found.append([])
    return "\n".join(" ".join(words) for words in found)


def _plain(text: str) -> str:
    """Return a text in small letters without accents, each character at its place."""
    return "".join(map(_plain_sign, text.replace("\u2019", "'")))


@cache
def _plain_sign(sign: str) -> str:
    return (unicodedata.normalize("NFD", sign)[0].lower() or sign)[0]


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends."""
    while at < len(text) and text[at] in " \n.!?":
        at += 1
    begin = max(
        text.rfind(mark, 0, at) + len(mark) if mark in text[:at] else 0
        for mark in (". ", "! ", "? ", "\n")
    )
    end = re.compile(r"[.!?](?= |\n|$)|\n").search(text, at)
    return begin, end.end() if end else len(text)
