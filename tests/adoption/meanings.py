"""What a clause may look like in a platform's terms: a second opinion, that knows no grammar.

From the words of a clause it makes a pattern that lets nothing change but the words for the two
parties and the verbs behind them. A force word, a number or a negation that is another does not
fit, whatever the voice says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govkit.adoption.voice_sentences import base_of
from govkit.languages.voice import voice_words

_WORDS = voice_words("en")
assert _WORDS is not None
_VERBS = {verb: base_of(verb) for verb in _WORDS.verbs} | dict(_WORDS.irregular)
_PARTIES = {
    "the platform's": "the platform's|our",
    "the platform itself": "the platform itself|we ourselves",
    "the platform": "the platform|we|us|ours",
    "the user's": "the user's|your|yours",
    "that user's": "that user's|your|yours",
    "a user's": "a user's|your|yours",
    "the user": "the user|you|yours",
    "that user": "that user|you",
    "this user": "this user|you",
    "a user": "a user|you",
    "itself": "itself|ourselves",
    "its": "its|our",
    "it": "it|we|us",
}
_TOKEN = re.compile(
    r"\b(?:" + "|".join(sorted(_PARTIES, key=len, reverse=True)) + r")\b(?!-)|[a-z]+|.",
    re.IGNORECASE | re.DOTALL,
)


def pattern_of(text: str, values: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """Return the pattern of a clause; `values` stand in its blanks, as {days}."""
    for name, value in (values or {}).items():
        text = text.replace(f"{{{name}}}", value)
    pieces = []
    for found in _TOKEN.finditer(text):
        word = found.group()
        lower = word.lower()
        if lower in _PARTIES:
            pieces.append(f"(?:{_PARTIES[lower]})")
        elif lower in _VERBS:
            pieces.append(f"(?:{re.escape(word)}|{_VERBS[lower]})")
        elif word.isspace():
            pieces.append(r"\s+")
        else:
            pieces.append(re.escape(word))
    return re.compile("".join(pieces), re.IGNORECASE)
