"""Is `a` for `an`, or the reverse, provably a correction? It is the same word in its other form."""

from __future__ import annotations

from collections.abc import Sequence

from govkit.corpus.redline.tokens import Token
from govkit.patterns import lazy_regex

# Only where the first letters tell the sound. Not `h` (an hour, a house), `u` (a use, an urn) but
# for `up` and `un` before a consonant, `eu` or `ew`, `one`, `once`, nor a word in
# capitals, which may be read letter by letter (an FAQ).
_VOWEL = lazy_regex(r"(?:a|e(?![uw])|i|o(?!n(?:e|ce)\b)|up|un(?![aeiou]))[a-z]+")
_CONSONANT = lazy_regex(r"[bcdfgjklmnpqrstvwz][a-z]+")


def corrects_article(old: str, new: str, next_: Sequence[Token], language: str) -> bool:
    """Say whether an English article got the form that the next word asks for."""
    if language != "en" or not next_ or {old.lower(), new.lower()} != {"a", "an"}:
        return False
    if old[0] != new[0]:
        return False
    asked = _VOWEL if new.lower() == "an" else _CONSONANT
    return asked.match(next_[0].text) is not None
