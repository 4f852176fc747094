"""Articles that are provably slips: `a` for `an` before a vowel, and one too many, as `a an hour`.

`a` and `an` are the same word in two forms.
"""

from __future__ import annotations

from collections.abc import Sequence

from govkit.corpus.redline.tokens import Token
from govkit.patterns import lazy_regex

# Only where the first letters tell the sound. Of `h` not what may be silent (an hour, an heir), of
# `u` what is plain (up, un- before a consonant, use, union, unique). Of words in capitals, which
# may be read letter by letter (an FAQ), those that sound alike in both ways: an EIP, a PDF.
_VOWEL = lazy_regex(
    r"(?:a|e(?![uw])|i|o(?!n(?:e|ce)\b)|up|un(?![aeiou]))[a-z]+"
    r"|(?!EU|EW|ONE|ONCE|OUI)[AEIO][A-Z]+\b|8\d?(?!\d)"
)
_CONSONANT = lazy_regex(
    r"(?:[bcdfgjklmnpqrstvwz]|h(?!eir|er\b|erb|on|our)|[Ee]u|us[aeiu]|uti|uni(?:[cfoqtv]|l)|one\b)"
    r"[a-z]*|[BCDGJKPQTVWYZ][A-Z]+\b|[2-79]\d?(?!\d)"
)
_ARTICLES = ("a", "an", "the")
_AFTER_NO_ARTICLE = frozenset(("its", "my", "our", "their", "these", "this", "those", "your"))
"""Words that say which, behind which an article can't stand, as in `the our copy`. Not `that` and
`her`, which stand alone, too."""
_BEFORE_NO_ARTICLE = frozenset(("my", "our"))
"""Those of them that are no slip for another word before an article, as `your the` for `you're`."""


def corrects_article(old: str, new: str, next_: Sequence[Token], language: str) -> bool:
    """Say whether an English article got the form that the next word asks for.

    `next_` are the tokens behind the space; a mark of code or stress before the word is no letter.
    """
    if language != "en" or {old.lower(), new.lower()} != {"a", "an"} or old[0] != new[0]:
        return False
    return _fits(new, next_)


def is_article_too_many(before: Sequence[Token], at: int, new: str, language: str) -> bool:
    """Say whether an article stands beside a word that takes none, and is left out: `the our copy`.

    `new` is the word that now stands in its place. Of `a an hour` the right one has to stay.
    """
    if language != "en" or [token.kind for token in before[at : at + 3]] != [
        "word",
        "space",
        "word",
    ]:
        return False
    word, behind = before[at].text, before[at + 2].text
    if word not in _ARTICLES or behind != new:
        return False
    last = [token.text.lower() for token in before[:at] if token.kind != "space"][-1:]
    return (
        behind in _AFTER_NO_ARTICLE
        or (bool(last) and last[0] in _BEFORE_NO_ARTICLE)
        or ({word, behind} == {"a", "an"} and _fits(behind, before[at + 4 : at + 6]))
    )


def _fits(article: str, next_: Sequence[Token]) -> bool:
    signs = ("`", "*", '"', "'")
    words = [token.text for token in next_ if token.text not in signs]
    asked = _VOWEL if article.lower() == "an" else _CONSONANT
    return bool(words) and asked.match(words[0]) is not None
