"""A quotation of terms: the words, what stands around them, and their place (W3C selectors)."""

from __future__ import annotations

from typing import NamedTuple

from govkit.assessment.canonical import sha256_of
from govkit.corpus.redline.letters import BY_CHARACTER
from govkit.patterns import lazy_regex

AROUND = 48
"""Characters before and behind a quotation that are kept, at most."""

TOKEN = lazy_regex(
    rf"\d+(?:[.,:/]\d+)*|[{BY_CHARACTER}]|[^\W\d{BY_CHARACTER}]+(?:\d+[^\W\d{BY_CHARACTER}]*)*"
    r"|[%\u20ac$\u00a3\u00a5\u00a7<>=\u2264\u2265\u00b1]"
)
"""What says something: a number with its signs, a word, and the signs that count as one.

Of scripts without spaces each character is a word."""
_LINK = lazy_regex(
    r"!?\[((?:[^\[\]\\]|\\.){0,2000})\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"
)
_MARKS = lazy_regex(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![^\W_]|\\)__?(?=\S)|(?<=[^\s\\])__?(?![^\W_])|`"
)
_ESCAPED = lazy_regex(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


class QuotedPlace(NamedTuple):
    """Words of a canonical text with what is around them, and where they begin and end."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def quoted_place(text: str, start: int, end: int) -> QuotedPlace:
    """Return a stretch of a canonical text as a quotation."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return QuotedPlace(text[start:end], before, after, start, end)


def normalised_words(words: str) -> str:
    """Return words in small letters, without signs, with single spaces.

    A number keeps the signs inside it, and signs that count as words stay: `%`, `$`, `§`.
    """
    return " ".join(TOKEN.findall(words.casefold()))


def digests_of(words: str) -> tuple[str, str]:
    """Return the digests of a quotation: of its very words, and of the words normalised."""
    return sha256_of(words), sha256_of(normalised_words(words))


def without_markup(words: str) -> str:
    """Return words that were copied out of Markdown as a reader sees them: no links, no stars."""
    if not any(sign in words for sign in "[*_`\\"):
        return words
    plain = _MARKS.sub("", _LINK.sub(r"\1", words))
    return _ESCAPED.sub(r"\1", plain)
