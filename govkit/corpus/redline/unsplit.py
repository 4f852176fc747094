"""What a redline keeps in one piece, as patterns made from the lists of all languages.

They serve every text at once, since a text does not say its language: a phrase of one language
seldom means something else in another, and where it would, it is left out of the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple

from govkit.corpus.redline.letters import BY_CHARACTER, letters, with_marks
from govkit.languages.words import UnsplitWords, unsplit_words
from govkit.patterns import lazy_regex

_SPACE = "[ \\t\\n\u00a0\u2009\u202f]"
"""One space inside a number, date or phrase; a text may be folded there."""
_WITHOUT_SPACES = lazy_regex(f"[{BY_CHARACTER}]")
_HAN = "[〇零一二三四五六七八九十百千万萬亿億两兩]"
"""Chinese and Japanese numerals: a number with a unit, or two and more in a row."""
_END = f"(?![^\\W{BY_CHARACTER}]|[-\u2010\u2011'\u2019][^\\W{BY_CHARACTER}])"
"""What follows the end of a word: no letter, and no hyphen or apostrophe that goes on with it."""


UnsplitKind = Literal["date", "number", "word"]
_KindPattern = tuple[UnsplitKind, re.Pattern[str]]


class Unsplit(NamedTuple):
    """Patterns that are tried where a piece begins, and the pieces with which they can begin.

    `beginnings` leads from a piece in small letters to the patterns that can begin with it, in the
    order in which they are tried; "" stands for figures. `alone_a_word` are numbers in words that
    count as a number only beside a unit or a figure. `abbreviations` are words behind which a full
    stop ends no sentence, `short` those that say so little that two changes beside one are shown
    as one change, `joins` those with which a part of a sentence begins. With the pieces `inside`,
    in small letters, and with `signs_inside`, a date, number or phrase can go on behind a space.
    """

    piece: re.Pattern[str]
    beginnings: Mapping[str, tuple[_KindPattern, ...]]
    alone_a_word: frozenset[str]
    abbreviations: frozenset[str]
    short: frozenset[str]
    joins: frozenset[str]
    inside: frozenset[str]
    signs_inside: tuple[str, ...]


@cache
def unsplit() -> Unsplit:
    """Return the patterns of all languages."""
    lists = unsplit_words()
    piece = re.compile(_piece(lists), re.DOTALL)
    date: _KindPattern = ("date", re.compile(_date(lists)))
    number: _KindPattern = ("number", re.compile(_number(lists)))
    negated: _KindPattern = ("word", re.compile(_any_of(lists.negated)))
    beginnings: dict[str, tuple[_KindPattern, ...]] = {}
    # Dates first: `10 October 2026` begins as a number does.
    for pattern, phrases in (
        (date, ("", *lists.months)),
        (number, ("", *lists.numbers, *lists.currencies, *"$€£¥₹", *_HAN[1:-1])),
        (negated, lists.negated),
    ):
        for first in {_first_piece(piece, phrase.lower()) for phrase in phrases}:
            beginnings[first] = (*beginnings.get(first, ()), pattern)
    return Unsplit(
        piece,
        beginnings,
        frozenset(lists.alone_a_word),
        frozenset(lists.abbreviations),
        frozenset(lists.short),
        frozenset(lists.joins),
        frozenset(
            _first_piece(piece, word) for phrase in _going_on(lists) for word in phrase.split(" ")
        ),
        ("(", *"$€£¥₹", *lists.glued_units),
    )


def _going_on(lists: UnsplitWords) -> Iterator[str]:
    """Yield in small letters the phrases of which a word may stand inside a date or a number, or
    goes on with a negated verb.
    """
    inside = (lists.months, lists.of, lists.after_year, lists.numbers, lists.joined)
    units = (lists.scales, lists.units, lists.currencies)
    for phrase in chain(*inside, *units):
        yield phrase.lower()
    for phrase in lists.negated:
        yield phrase.lower().partition(" ")[2]


def _first_piece(piece: re.Pattern[str], phrase: str) -> str:
    found = piece.match(phrase)
    return found.group() if found else ""


# --- the patterns -------------------------------------------------------------------------------


def _piece(lists: UnsplitWords) -> str:
    """Return the pattern of one piece of a text; every character belongs to one."""
    in_a_row = letters()
    return (
        r"(?P<space>\s+)"
        # Empty on purpose: how far figures go, the pattern of numbers or dates says.
        r"|(?P<figure>(?=\d))"
        # French elision ends a word: `l'hôte` to `l'auteur` then changes the noun alone.
        rf"|(?P<word>(?i:{_either(lists.elided)})['\u2019](?=[^\W\d])"
        rf"|{in_a_row}(?:[-\u2010\u2011'\u2019\u00b7]{in_a_row})*|\{{[a-z][a-z0-9_]*\}})"
        rf"|(?P<character>{with_marks(f'[{BY_CHARACTER}]')})"
        rf"|(?P<currency>[$€£¥₹])"
        rf"|(?P<sign>{with_marks('.')})"
    )


def _longest_first(phrases: Iterable[str]) -> list[str]:
    """Return phrases so that, of two that begin alike, the longer one is met."""
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, as they are written."""
    return "|".join(map(re.escape, _longest_first(words)))


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of these whole phrases, however their spaces are written."""
    phrases = _longest_first(phrases)
    spaced = [_phrase(phrase) for phrase in phrases if not _WITHOUT_SPACES.match(phrase)]
    # Words that have no space between them have no end that a pattern could see.
    others = [phrase for phrase in phrases if _WITHOUT_SPACES.match(phrase)]
    return "|".join((f"(?:{'|'.join(spaced)}){_END}", *others))


def _phrase(phrase: str) -> str:
    """Return the pattern of a phrase in small letters or capitals."""
    words = f"{_SPACE}+".join(map(re.escape, phrase.split(" ")))
    return f"(?i:{words})".replace("'", "['\u2019]")


def _date(lists: UnsplitWords) -> str:
    named = {form for month in lists.months for form in (month, month.capitalize())}
    month = f"(?:{_either(named)}){_END}"
    year = r"\d{4}(?!\d)"
    of = f"(?:{_SPACE}(?:{_either(lists.of)}))?"
    ordinal = f"(?:{_either(lists.ordinals)})?"
    # `May 10 000 users` is a month and a number; a date must not take half of the number.
    no_more = rf"(?![\d.,]?\d|{_SPACE}\d{{3}}(?!\d))"
    return "|".join(
        (
            r"\d{4}-\d\d-\d\d(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?",
            r"\d{1,2}(?P<between>[./-])\d{1,2}(?P=between)\d{2,4}(?!\d)",
            rf"\d{{1,2}}{ordinal}{of}{_SPACE}{month}\.?(?:,?{of}{_SPACE}{year})?"
            rf"(?:{_SPACE}(?:{_either(lists.after_year)}))?",
            rf"{month}\.?{_SPACE}\d{{1,2}}{ordinal}(?:,?{_SPACE}{year}|{no_more})",
            rf"{month}\.?{of}{_SPACE}{year}",
            r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?",
        )
    )


def _number(lists: UnsplitWords) -> str:
    """Return the pattern of a number: currency, figures or words, its double in brackets, unit."""
    in_a_row = letters()
    whole = r"\d+(?!\d)"  # the next figure can't belong to what follows: one way to read them all
    thousands = rf"(?:{_SPACE}\d{{3}})+|(?:['\u2019]\d{{3}})+"
    figures = (
        rf"(?:\d{{1,3}}(?:{thousands})(?!\d)(?:[.,]{whole})?|{whole}(?:[.,:/]{whole})*){in_a_row}?"
        rf"(?:[-\u2010\u2011]{in_a_row}|\u2013{whole})*(?:\([0-9A-Za-z]{{1,5}}\))*"
    )
    one = f"(?i:{_either(lists.numbers)})"
    words = f"{one}(?:(?:[-\u2010\u2011]|{_SPACE}){one}|(?:{_inside(lists)}){one})*"
    amount = f"(?:{figures}|{words}{_END})"
    currency = f"(?:(?:{_either(lists.currencies)})|[$€£¥₹])"
    unit = f"(?:{_any_of(lists.units)})"
    glued = _either(lists.glued_units)
    return (
        rf"{words}[-\u2010\u2011]{unit}"
        # 百分之 is "per cent", and stands before; 万一 says "in case", and counts nothing.
        rf"|百分之{_HAN}+|(?!万一){_HAN}+(?:{glued})|(?!万一){_HAN}{{2,}}"
        rf"|(?:{currency}{_SPACE}?)?{amount}(?:{_SPACE}?\({amount}\))?"
        rf"(?:{_SPACE}?(?:{_any_of(lists.scales)}))?"
        rf"(?:{_SPACE}{unit}|{_SPACE}?(?:{glued})|{_SPACE}?{currency}{_END})?"
    )


def _inside(lists: UnsplitWords) -> str:
    """Return the pattern of a word inside a number: the `and` of `one hundred and twenty`."""
    # An `and` joins only behind these words: `one hundred and twenty` is one number, `two and
    # three` are two.
    return "|".join(
        f"(?i:{'|'.join(f'(?<={word})' for word in after)}){_SPACE}(?i:{inner}){_SPACE}"
        for inner, after in sorted(lists.joined.items())
    )
