"""What is known of words outside the text at hand: the language, the terms, the other texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from govkit.corpus.word_list import Phrase, WordList
from govkit.patterns import lazy_regex

if TYPE_CHECKING:
    from govkit.corpus.documents import Document

_WORD = lazy_regex(r"\w+")


class Lexicon(NamedTuple):
    """The words around a text.

    `language` is the code of the authoritative language. `occurrences` says how often a word (in
    small letters) stands in the older state, the text at hand included. `term_words` are the words,
    in small letters, of which the forms of defined terms are made; `terms` finds those forms.
    `left`, where it is known, says how often a word stands in the newer state, and `small` how
    often in small letters in the older one.
    """

    language: str
    occurrences: Callable[[str], int]
    term_words: frozenset[str] = frozenset()
    terms: WordList | None = None
    left: Callable[[str], int] | None = None
    small: Callable[[str], int] | None = None


def lexicon_of(language: str, base: Iterable[Document], terms: Iterable[Document]) -> Lexicon:
    """Return the lexicon of the older state; `terms` are the terms of both states."""
    documents = tuple(base)

    # Counted only when a spelling is in question; most comparisons ask for no word.
    @cache
    def counts() -> Counter[str]:
        return Counter(
            word for document in documents for word in _WORD.findall(document.words.lower())
        )

    return lexicon_with(language, lambda word: counts()[word], terms)


def lexicon_with(
    language: str, occurrences: Callable[[str], int], terms: Iterable[Document]
) -> Lexicon:
    """Return the lexicon for a way to count words in the older state."""
    forms = sorted({(form, term.id) for term in terms for form in _forms(term.record)})
    return Lexicon(
        language,
        occurrences,
        frozenset(word for form, _ in forms for word in _WORD.findall(form.lower())),
        WordList(Phrase("term", form, slug) for form, slug in forms) if forms else None,
    )


def _forms(record: Any) -> tuple[str, ...]:
    if record is None:
        return ()
    return (record.term, *((record.plural,) if record.plural else ()), *record.aliases)


def lexicon_of_text(language: str, text: str, later: str | None = None) -> Lexicon:
    """Return the lexicon of a text that stands alone; `later` is the text that it became."""
    left = None if later is None else _counting(lambda: later.lower())
    counts, small = _counting(lambda: text.lower()), _counting(lambda: text)
    return Lexicon(language, counts, left=left, small=small)


def _counting(text: Callable[[], str]) -> Callable[[str], int]:
    # Counted only when a spelling is in question, as in `lexicon_of`.
    @cache
    def counts() -> Counter[str]:
        return Counter(_WORD.findall(text()))

    return lambda word: counts()[word]
