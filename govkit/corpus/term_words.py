"""The words by which defined terms are known, and when a text means a term by them.

The rules ask it where a term lacks its mark, and the books where a term gets its link, so that no
book links a word that the rules take for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.corpus.word_list import Hit, Phrase
from govkit.findings import Keys
from govkit.patterns import lazy_regex

TERM = "term"
"""The name of the list of these words in a `WordList`."""
OUT_OF_USE = ("withdrawn", "superseded")
HIDDEN = "\0"
"""Stands for each character that is not looked at: no word, and no space between two words."""

_QUOTED = lazy_regex(r'"[^"]{1,400}"|\u201c[^\u201d]{1,400}\u201d')
_FAR = 400
"""Characters before a word that are looked at, so that a long text takes no more than its time."""


def terms_in_use(corpus: Corpus) -> dict[str, Document]:
    """Return the terms that can be read and are in use, by slug."""
    return {
        document.id: document
        for document in reversed(corpus.of_kind("term"))
        if document.record is not None and document.status not in OUT_OF_USE
    }


def forms(term: Document) -> Iterator[tuple[Keys, str]]:
    """Yield the words by which a term is known, with the keys to each: its plural and aliases."""
    record: Any = term.record
    yield ("term",), record.term
    if record.plural:
        yield ("plural",), record.plural
    for at, alias in enumerate(record.aliases):
        yield ("aliases", at), alias


def phrases_of(terms: Mapping[str, Document]) -> Iterator[Phrase]:
    """Yield the words of all terms as phrases that mean their slugs."""
    for slug in sorted(terms):
        for _, form in forms(terms[slug]):
            yield Phrase(TERM, form, slug)


def without_quotations(plain: str) -> str:
    """Hide what stands in double quotes: it speaks of words and does not use them."""
    if '"' in plain or "\u201c" in plain:
        return _QUOTED.sub(hide, plain)
    return plain


def hide(found: re.Match[str]) -> str:
    """Return as many hidden characters as were found."""
    return HIDDEN * len(found.group())


def is_term(hit: Hit, plain: str) -> bool:
    """Say whether a hit is the term: in the middle of a sentence `Notice` is somebody's title."""
    return not (plain[hit.start].isupper() and hit.phrase.words[0].islower()) or begins(hit, plain)


def begins(hit: Hit, plain: str) -> bool:
    """Say whether a hit stands at the beginning of a sentence or an item."""
    before = plain[max(0, hit.start - _FAR) : hit.start].rstrip(" \t\n*")
    return not before or before[-1] in f".:;?!({HIDDEN}"
