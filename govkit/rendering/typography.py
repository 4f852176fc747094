"""Sets the straight quotes of a source text as a printer would, in English.

Contributors type `"` and `'`; a book prints opening and closing marks and apostrophes. Each sign is
exchanged for exactly one other, so nothing is lost of a text that held no printer's quotes. Code,
ids and addresses are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from govkit.rendering.spans import (
    Blank,
    Code,
    Deleted,
    Emphasis,
    Inserted,
    Link,
    Mark,
    MovedFrom,
    MovedTo,
    Pointer,
    Span,
    Strong,
    Words,
)

_OPENS = {'"': "\u201c", "'": "\u2018"}
_CLOSES = {'"': "\u201d", "'": "\u2019"}
_QUOTE = re.compile(r"[\"']")
_BEFORE_OPENING = re.compile(r"[\s(\[{/<\u2013\u2014\u2018\u201c]")
_OMISSION = re.compile(r"'(?:\d\ds?\b|(?:tis|twas|em|til|cause)\b)", re.IGNORECASE)
_STANDS_FOR_A_WORD = "x"
_LEFT_TO_RIGHT = re.compile(
    r"(?P<kept>\]\([^)\n]*\)|<[^>\n]*>)|`[^`\n]+`|\*\*\([^()\n]+\)\*\*|(?<=- )\([^()\s]+\)"
    r"|(?<=</a>)\([^()\s]+\)|\b[A-Z]{3}-[A-Z0-9]+(?:-\d+)*\b|\b\d{4}-\d{2}-\d{2}\b"
)
"""Labels, code, ids and dates in Markdown; `kept` are addresses, which stay as they are."""


def curled(text: str) -> str:
    """Return the text with printer's quotes; it has as many characters as before."""
    if not _QUOTE.search(text):
        return text
    set_: list[str] = []
    for at, sign in enumerate(text):
        before = set_[-1] if set_ else " "
        set_.append(_curled_sign(text, at, before) if sign in _OPENS else sign)
    return "".join(set_)


def _curled_sign(text: str, at: int, before: str) -> str:
    sign = text[at]
    after = text[at + 1 : at + 2]
    if _OMISSION.match(text, at) and not before.isalnum():
        return _CLOSES[sign]
    if _BEFORE_OPENING.match(before) and after and not after.isspace():
        return _OPENS[sign]
    return _CLOSES[sign]


def typeset(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans with printer's quotes; a quotation may begin in one and end in another."""
    text = "".join(_text(spans))
    if not _QUOTE.search(text):
        return spans
    return _with_letters(spans, iter(curled(text)))


def _text(spans: tuple[Span, ...]) -> Iterator[str]:
    """Yield the words, and one letter for each thing that is not set but stands for a word."""
    for span in spans:
        match span:
            case Words(text):
                yield text
            case Emphasis(inner) | Strong(inner) | Pointer(_, inner) | Link(_, inner):
                yield from _text(inner)
            case Deleted(inner) | Inserted(inner) | MovedFrom(inner) | MovedTo(inner):
                yield from _text(inner)
            case Code() | Blank() | Mark():
                yield _STANDS_FOR_A_WORD
            case _:
                yield " "


def _with_letters(spans: tuple[Span, ...], letters: Iterator[str]) -> tuple[Span, ...]:
    """Put the letters, which follow the order of `_text`, back into spans of the same shape."""
    changed: list[Span] = []
    for span in spans:
        match span:
            case Words(text):
                changed.append(Words("".join(islice(letters, len(text)))))
            case Emphasis(inner) | Strong(inner) | Pointer(_, inner) | Link(_, inner):
                changed.append(replace(span, spans=_with_letters(inner, letters)))
            case Deleted(inner) | Inserted(inner) | MovedFrom(inner) | MovedTo(inner):
                changed.append(replace(span, spans=_with_letters(inner, letters)))
            case _:
                next(letters)
                changed.append(span)
    return tuple(changed)


def is_right_to_left(language: str) -> bool:
    """Return whether a language, given as its code, is written from right to left."""
    return language.split("-")[0] in ("ar", "fa", "he", "ur")


def with_isolates(markdown: str) -> str:
    """Return Markdown from right to left in which labels, ids and dates keep their own order.

    Without the isolates (UAX #9), a line that begins with `(a)` would be laid out from the left.
    """
    return _LEFT_TO_RIGHT.sub(
        lambda found: found[0] if found["kept"] else f"\u2066{found[0]}\u2069", markdown
    )
