"""What a fetched page is: terms, or an empty page, a banner of consent, an error, another language.

What is no terms gives no answers and no score; so it is named before anybody codes it.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from govkit.assessment.canonical import word_count
from govkit.languages.words import language as language_named
from govkit.languages.words import languages_of_pages
from govkit.patterns import lazy_regex

FEWEST = 50
"""Words: a page with fewer has no terms in it."""
_SHORT = 250
"""Words: a longer page may speak of cookies, or quote an error, and be terms all the same."""
_MOST_READ = 40_000
_SURE = 0.06
"""Share of the commonest words of a language among all of a page, from which it is taken for it."""
_AHEAD = 1.5
_WORD = lazy_regex(r"[^\W\d_]+")
_SCRIPTS = {
    "ja": lazy_regex("[\u3040-\u30ff]"),
    "zh": lazy_regex("[\u4e00-\u9fff]"),
    "ko": lazy_regex("[\uac00-\ud7af]"),
    "ru": lazy_regex("[\u0400-\u04ff]"),
    "ar": lazy_regex("[\u0600-\u06ff]"),
    "hi": lazy_regex("[\u0900-\u097f]"),
    "th": lazy_regex("[\u0e00-\u0e7f]"),
    "el": lazy_regex("[\u0370-\u03ff]"),
    "he": lazy_regex("[\u0590-\u05ff]"),
}
"""Scripts by which a language is told; Ukrainian, Persian or Urdu need a person's look."""
_ONE_SCRIPT = 0.2

What = Literal["empty", "banner", "failure", "language"]


class SnapshotFault(NamedTuple):
    """Why a page is not what was asked for, as a clause: `holds 3 words`. `what` is its kind."""

    what: What
    because: str


def language_in(text: str) -> str:
    """Return the code of the language in which a text is written, or an empty text in doubt."""
    sample = text[:_MOST_READ]
    letters = sum(map(str.isalpha, sample)) or 1
    for code, script in _SCRIPTS.items():
        if len(script.findall(sample)) / letters > _ONE_SCRIPT:
            return code
    counts = Counter(_WORD.findall(sample.lower()))
    total = counts.total()
    if total < FEWEST:
        return ""
    shares = sorted(
        (
            (sum(counts[word] for word in each.commonest) / total, code)
            for code, each in languages_of_pages().items()
        ),
        reverse=True,
    )
    (most, best), (second, _) = shares[:2]
    return best if most >= _SURE and most >= _AHEAD * second else ""


def snapshot_fault(text: str, language: str) -> SnapshotFault | None:
    """Return why a canonical text is no terms in a language, or None.

    In doubt it is taken for terms: a person reads it.
    """
    words = word_count(text)
    if words < _SHORT and (fault := _other_page(text)):
        return fault
    if words < FEWEST and not any(script.search(text) for script in _SCRIPTS.values()):
        count = "one word" if words == 1 else f"{words} words" if words else "no words"
        return SnapshotFault("empty", f"holds {count}")
    written = language_in(text)
    if written and written != language.partition("-")[0]:
        return SnapshotFault(
            "language", f"is written in {name_of(written)}, not {name_of(language)}"
        )
    return None


def name_of(code: str) -> str:
    """Return a language as people call it, with its code: `German (de)`."""
    known = language_named(code.partition("-")[0])
    return f"{known.name} ({code})" if known else f"another language ({code})"


def _other_page(text: str) -> SnapshotFault | None:
    """Return what a short page says that is no terms."""
    lowered = text.lower()
    known = languages_of_pages().values()
    failures = [phrase for each in known for phrase in each.failures if phrase in lowered]
    if failures:
        return SnapshotFault("failure", f"says “{failures[0]}”, and little else")
    banner = [phrase for each in known for phrase in each.consent if phrase in lowered]
    if len(banner) > 1:
        said = "” and “".join(banner[:2])
        return SnapshotFault("banner", f"is a banner about cookies: it says “{said}”")
    return None
