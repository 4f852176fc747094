"""Tells in which language words are, as far as that can be told: by their script, or small words.

The small words of each language stand in `telling.json`. Where a text is short, or has few of them,
nothing is told: no guess is better than a wrong one.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from govkit.patterns import lazy_regex

_SCRIPTS: Mapping[str, str] = {
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC"),
    **dict.fromkeys(("be", "bg", "mk", "ru", "uk"), "CYRILLIC"),
    **dict.fromkeys(("ja", "zh"), "CJK"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    "bn": "BENGALI",
    "el": "GREEK",
    "he": "HEBREW",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "km": "KHMER",
    "ko": "HANGUL",
    "ta": "TAMIL",
    "te": "TELUGU",
    "th": "THAI",
}
"""The script of a language, as the names of its letters begin; most others are in Latin letters.

Languages of several scripts, as Serbian, are in no list and are held to none.
"""
_LATIN = (
    *("cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it"),
    *("lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr"),
)
_JAPANESE = ("HIRAGANA", "KATAKANA")
_WORD = lazy_regex(r"[^\W\d_]+")
_LEAST = 6
"""Small words that must be there before a language is told by them."""


def script_of(language: str) -> str | None:
    """Return the script of a language (BCP 47), or None where it is not known to have one alone."""
    begin = language.split("-")[0]
    return "LATIN" if begin in _LATIN else _SCRIPTS.get(begin)


def scripts_in(text: str) -> Counter[str]:
    """Return how many letters of each script stand in a text."""
    counted: Counter[str] = Counter()
    for sign, count in Counter(text).items():
        if sign.isalpha():
            script = unicodedata.name(sign, "").split(" ", 1)[0]
            counted["CJK" if script in _JAPANESE else script] += count
    return counted


def language_told(text: str) -> str | None:
    """Return the language of a text in Latin letters where its small words leave no doubt."""
    words = Counter(_WORD.findall(text.lower()))
    scores = {
        code: sum(words[small] for small in several) for code, several in _small_words().items()
    }
    (first, best), (_, second) = Counter(scores).most_common(2)
    return first if best >= _LEAST and best >= 1.5 * second else None


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    text = (files("govkit.languages") / "telling.json").read_text(encoding="utf-8")
    return {code: frozenset(words) for code, words in json.loads(text).items()}
