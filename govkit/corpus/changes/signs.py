"""Signs that bear on the meaning: those of numbers, and the commas that say who is meant."""

from __future__ import annotations

import re
from functools import cache

from govkit.languages.words import protected_lists
from govkit.patterns import lazy_regex

# A minus or plus belongs to the number behind it where no word or number ends before it. An arrow
# and the angle brackets of a link or tag compare nothing.
_SIGN = lazy_regex(
    r"<=|>=|[≤≥≠≈±]|(?<![-=<])>(?=\s*\d)|<(?=\s*[\d$€£¥₹])|(?<![\w)\]%])[-\u2212+](?=\s?\d)"
    r"|(?<=\d)\+(?!\w)"
)
_SIGNS = "<>\u2264\u2265\u2260\u2248\u00b1-\u2212+"
"""One of these is in each sign: most texts have few, and looking for them is quicker."""
_LABEL = lazy_regex(r"(?<!\w)\(?(?P<label>[a-z]{1,2}|[ivxl]{2,5})\)")
_SPACES = lazy_regex(r"[\s,]+")


def signs_of(text: str) -> list[str]:
    """Return the signs of numbers in a text, in order: `<=`, `-`, `+` and the like."""
    if not any(sign in text for sign in _SIGNS):
        return []
    return [found.group().replace("\u2212", "-") for found in _SIGN.finditer(text)]


def labels_of(text: str) -> list[str]:
    """Return the letters by which a text names points, as the `b` of `point (b)`, in order."""
    return [found["label"] for found in _LABEL.finditer(text)] if ")" in text else []


def commas_of(old: str, new: str, language: str) -> tuple[list[str], list[str]]:
    """Return the commas before relative words, where nothing but commas differs.

    "Users, who pay," are all users, "users who pay" some of them.
    """
    if "".join(old.replace(",", " ").split()) != "".join(new.replace(",", " ").split()):
        return [], []
    lists = protected_lists(language)
    if lists is None or not lists.relative or _SPACES.sub(" ", old) != _SPACES.sub(" ", new):
        return [], []
    pattern = _before(lists.relative)
    before, after = (
        [" ".join(found.group().split()) for found in pattern.finditer(text)] for text in (old, new)
    )
    return before, after


@cache
def _before(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
