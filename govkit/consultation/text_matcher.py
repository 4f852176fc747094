"""Which texts a passage may be about, by the words that both have. A proposal, never a decision.

A word weighs the more, the fewer texts have it; a word that all of several texts have says nothing.
Weights are whole numbers, so the order is the same on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from govkit.consultation.quoted_places import id_pattern, places_quoted, quote_in
from govkit.consultation.wording import RevisionWording, folded_text
from govkit.languages.words import matching_words

MOST = 3
"""How many texts are proposed for a passage, at most."""

_ENOUGH = 3
"""Shared words that it takes for a clear proposal."""

_WEIGHT = 1000
_WORD = re.compile(r"[^\W\d_]{3,}")


class MatchCandidate(NamedTuple):
    """A text that a passage may be about.

    `basis` says why: its id is `named`, its words are `quoted` just before, or `words` are shared.
    `clause` is empty where none is named, `quote` where nothing is quoted. `clear` says that
    nothing else comes near.
    """

    unit: str
    basis: str
    clause: str
    shared: tuple[str, ...]
    weight: int
    clear: bool
    quote: str = ""


@dataclass(frozen=True)
class TextMatcher:
    """The texts of a revision, looked through for what a passage is about."""

    wordings: tuple[RevisionWording, ...]

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """Return the words of each text that say something."""
        return {
            each.id: frozenset(words_in(f"{each.title} {each.words}")) for each in self.wordings
        }

    @cached_property
    def weights(self) -> dict[str, int]:
        """Return what each word weighs."""
        counts = Counter(word for words in self.words.values() for word in words)
        several = len(self.wordings) > 2
        return {
            word: 0 if several and count == len(self.wordings) else _WEIGHT // count
            for word, count in counts.items()
        }

    def candidates(self, passage: str, quoted: str = "", subject: str = "") -> list[MatchCandidate]:
        """Return up to three texts, the likeliest first.

        `quoted` is what the author quotes just before, `subject` the subject of the mail.
        """
        for words in (passage, subject):
            named = self._named(words, quoted)
            if named:
                return named[:MOST]
        for words in (quoted, *_in_quotes(passage)):
            found = self._quoted(words)
            if found:
                return found[:MOST]
        return self._by_words(passage)

    def _named(self, text: str, quoted: str) -> list[MatchCandidate]:
        """Return the texts whose ids stand in a passage, in the order of the passage."""
        hits = []
        for wording in self.wordings:
            first = id_pattern(wording.id).search(text)
            if first:
                hits.append((first.start(), wording, self._clause(wording, text, first)))
        hits.sort(key=lambda hit: hit[0])
        return [
            MatchCandidate(
                wording.id,
                "named",
                clause,
                (),
                0,
                len(hits) == 1,
                quote_in(wording, quoted, clause),
            )
            for _, wording, clause in hits
        ]

    def _clause(self, wording: RevisionWording, text: str, named: re.Match[str]) -> str:
        behind = _clause_named().match(text, named.end())
        before = _clause_before().search(text[: named.start()])
        for found in (behind, before):
            id = (found["id"] or found["bare"] or "") if found else ""
            if id in wording.clauses:
                return id
        return ""

    def _quoted(self, quoted: str) -> list[MatchCandidate]:
        if len(words_in(quoted)) < _ENOUGH:
            return []
        return [
            MatchCandidate(each.unit, "quoted", each.clause, (), 0, each.sure, each.quote)
            for each in places_quoted(self.wordings, quoted)
        ]

    def _by_words(self, passage: str) -> list[MatchCandidate]:
        own = words_in(passage)
        found = []
        for wording in self.wordings:
            shared = [word for word in self.words[wording.id] & own.keys() if self.weights[word]]
            shared.sort(key=lambda word: (-self.weights[word], word))
            weight = sum(self.weights[word] for word in shared)
            said = tuple(own[word] for word in shared)
            if len(shared) > 1:
                found.append(MatchCandidate(wording.id, "words", "", said, weight, False))
        found.sort(key=lambda each: -each.weight)
        if found:
            second = found[1].weight if len(found) > 1 else 0
            clear = len(found[0].shared) >= _ENOUGH and found[0].weight >= 2 * second
            found[0] = found[0]._replace(clear=clear)
        return found[:MOST]


def _any_clause_word() -> str:
    return rf"(?:{'|'.join(map(re.escape, matching_words().clause))})"


_OPEN, _CLOSE = r"[(\uff08]", r"[)\uff09]"


@cache
def _clause_named() -> re.Pattern[str]:
    """Return the pattern of a clause behind the id of its text: `, clause (b)` or ` para. 2`."""
    named = _any_clause_word()
    return re.compile(
        rf"[\s,;:\uff0c]{{0,3}}(?:{named}\s{{0,2}})?{_OPEN}(?P<id>[A-Za-z0-9]{{1,4}}){_CLOSE}"
        rf"|[\s,;:]{{0,3}}{named}\s{{1,2}}(?P<bare>[A-Za-z0-9]{{1,4}})\b",
        re.IGNORECASE,
    )


@cache
def _clause_before() -> re.Pattern[str]:
    """Return the pattern of a clause before the id of its text: `clause (b) of `, `(b) in `."""
    named = _any_clause_word()
    return re.compile(
        rf"(?:{_OPEN}(?P<id>[A-Za-z0-9]{{1,4}}){_CLOSE}"
        rf"|\b{named}\s{{1,2}}(?P<bare>[A-Za-z0-9]{{1,4}}))(?:,|\s[^\W\d_]{{1,4}})?\s$",
        re.IGNORECASE,
    )


def words_in(text: str) -> dict[str, str]:
    """Return the words of a text that say something, by the same without their endings."""
    little = frozenset(matching_words().say_little)
    found: dict[str, str] = {}
    for word in _WORD.findall(folded_text(text).text):
        if word not in little:
            found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _in_quotes(text: str) -> Iterable[str]:
    """Yield what stands between quotation marks, the longest first."""
    found = re.findall(
        r'["\u201c\u201e\u00ab]([^"\u201c\u201d\u201e\u00ab\u00bb]{12,2000})'
        r'["\u201d\u201c\u00bb]',
        text,
    )
    return sorted(found, key=lambda words: (-len(words), words))
