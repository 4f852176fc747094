"""Edits of the coalition's own texts, hundreds of them: no edit of substance passes as a small one.

Each edit is tried on every clause of the real corpus that it fits, and at every word that it fits:
in one place of each clause, and wherever a word comes for the first time. The corpus is the test's
material and no more: that there are enough clauses and enough edits of each kind is asserted too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.lexicon import Lexicon, lexicon_of
from govkit.corpus.changes.prose import prose_change
from govkit.corpus.documents import NormativeText, document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.normative import Wording, read
from govkit.records.texts import WithdrawnClause
from govkit.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[3]
FEWEST_CLAUSES = 300


@cache
def texts() -> Corpus:
    return open_workspace(ROOT).corpus


@cache
def clauses() -> tuple[NormativeText, ...]:
    return tuple(
        said
        for document in texts().documents
        if document.kind != "translation"
        for said in document.said
    )


@cache
def lexicon() -> Lexicon:
    return lexicon_of("en", texts().documents, texts().of_kind("term"))


@cache
def wording(text: str) -> Wording:
    """Read a clause once for all of its edits."""
    return read(text)


def floor(old: str, new: str) -> int:
    return prose_change(wording(old), wording(new), lexicon()).floor


def _swap(old: str, new: str) -> Callable[[str], Iterator[str]]:
    def edit(text: str) -> Iterator[str]:
        for found in re.finditer(rf"(?<![\w-]){old}(?![\w-])", text):
            yield text[: found.start()] + new + text[found.end() :]

    return edit


def _numbers(text: str) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w{])\d+", text):
        yield text[: found.start()] + str(int(found.group()) + 1) + text[found.end() :]


def _dropped_words(text: str) -> Iterator[str]:
    for found in list(re.finditer(r"(?<= )[a-z]+ ", text))[::4]:
        yield text[: found.start()] + text[found.end() :]


def _dropped_commas(text: str) -> Iterator[str]:
    for found in re.finditer(",", text):
        yield text[: found.start()] + text[found.end() :]


def _capitals(text: str) -> Iterator[str]:
    for found in re.finditer(r"(?<=[a-z] )(user|platform|child|notifier)s?\b", text):
        yield text[: found.start()] + found.group().capitalize() + text[found.end() :]


# For each kind: the edits, the least class, and the fewest edits that the corpus has to give.
KINDS: dict[str, tuple[tuple[Callable[[str], Iterator[str]], ...], int, int]] = {
    "force down": ((_swap("must", "should"), _swap("must", "may")), 5, 200),
    "force up": ((_swap("may", "must"), _swap("should", "must")), 5, 20),
    "not put in": ((_swap("must(?! not)", "must not"), _swap("may(?! not)", "may not")), 5, 100),
    "not taken out": ((_swap("must not", "must"), _swap("does not", "does")), 5, 30),
    "or and and": ((_swap("or", "and"), _swap("and", "or")), 3, 200),
    "all and certain": (
        (
            _swap("all", "certain"),
            _swap("every", "some"),
            _swap("each", "one"),
            _swap("any", "some"),
        ),
        3,
        60,
    ),
    "only and unless dropped": (
        (_swap("only", ""), _swap("unless", ""), _swap("except", "")),
        3,
        8,
    ),
    "a number": ((_numbers,), 3, 3),
    "the unit of a duration": (
        (_swap("days", "weeks"), _swap("hours", "days"), _swap("months", "years")),
        3,
        20,
    ),
    "a synonym of a protected word": (
        (
            _swap("must", "shall"),
            _swap("must", "has to"),
            _swap("any", "every"),
            _swap("before", "prior to"),
            _swap("at least", "no less than"),
        ),
        3,
        200,
    ),
    "a dropped word": ((_dropped_words,), 3, 800),
    "a dropped comma": ((_dropped_commas,), 3, 300),
    "a changed capital": ((_capitals,), 3, 200),
}


def _word_at_the_edit(old: str, new: str) -> str:
    at = next((at for at, letter in enumerate(new) if letter != old[at]), len(new))
    return old[old.rfind(" ", 0, at) + 1 :].split(" ", 1)[0]


def _edited(edit: Callable[[str], Iterator[str]]) -> Iterator[tuple[str, str]]:
    """Yield clauses before and after: one place of each, in turn, and each word's first."""
    known: set[str] = set()
    for number, said in enumerate(clauses()):
        every = [new for new in edit(said.text) if not wording(new).flaws]
        for at, new in enumerate(every):
            word = _word_at_the_edit(said.text, new)
            if at == number % len(every) or word not in known:
                known.add(word)
                yield said.text, new


def test_there_are_enough_clauses_to_mean_something() -> None:
    assert len(clauses()) >= FEWEST_CLAUSES


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_of_substance_never_passes_as_a_small_one(kind: str) -> None:
    edits, least, fewest = KINDS[kind]
    tried = 0
    for edit in edits:
        for old, new in _edited(edit):
            tried += 1
            assert floor(old, new) >= least, f"{old!r} -> {new!r}"
    assert tried >= fewest


def _misspelt(word: str, chance: random.Random) -> str:
    """Return a word with one slip in the middle: exchanged, doubled, lost or wrong letters."""
    at = chance.randrange(2, len(word) - 3)
    slip = chance.choice(("exchange", "double", "lose", "wrong"))
    if slip == "exchange":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == "double":
        return word[:at] + word[at] + word[at:]
    if slip == "lose":
        return word[:at] + word[at + 1 :]
    return word[:at] + chance.choice("aeioutnrs") + word[at + 1 :]


def _slips(seed: int) -> Iterator[tuple[str, str]]:
    """Yield pairs of a clause with one misspelt word, and the clause as it should be."""
    chance = random.Random(seed)
    for said in clauses():
        words = list(re.finditer(r"(?<= )[a-z]{7,}(?= )", said.text))
        if words:
            found = chance.choice(words)
            wrong = _misspelt(found.group(), chance)
            if wrong != found.group():
                yield said.text[: found.start()] + wrong + said.text[found.end() :], said.text


def test_most_corrected_misspellings_are_seen_as_such() -> None:
    floors = [floor(old, new) for old, new in _slips(1)]
    assert len(floors) >= 200
    assert sum(1 for each in floors if each == 1) >= 0.6 * len(floors)


def _wrapped(text: str, chance: random.Random) -> str:
    """Return a text with other white space inside its blocks."""
    return re.sub(r"(?<=[a-z,]) (?=[a-z]{3})", lambda _: chance.choice((" ", "\n", "  ")), text)


def test_formatting_is_never_a_change() -> None:
    chance = random.Random(2)
    tried = 0
    for said in clauses():
        new = _wrapped(said.text, chance)
        if "\n\n" in said.text or "(" in said.text[:1] or wording(new).flaws:
            continue
        tried += new != said.text
        assert floor(said.text, new) == 0, new
    assert tried >= 200


STRUCTURED: dict[str, tuple[str, Any]] = {
    "force": (
        "force",
        {
            "must": "should",
            "must-not": "must",
            "should": "may",
            "may": "must",
            "declares": "must",
            "should-not": "may",
        },
    ),
    "addressee": ("addressee", ("somebody-else",)),
    "beneficiary": ("beneficiary", ("somebody-else",)),
    "scope": ("applies_to", {"sizes": ("micro",)}),
    "a condition": ("conditions", ("where the sun shines",)),
    "an exception": ("exceptions", ("where the sun shines",)),
}


@pytest.mark.parametrize("kind", STRUCTURED)
def test_a_structured_edit_is_always_major(kind: str) -> None:
    corpus = texts()
    field, value = STRUCTURED[kind]
    tried = 0
    for document in corpus.of_kind("provision"):
        record: Any = document.record
        edited = []
        for clause in record.clauses:
            if isinstance(clause, WithdrawnClause):
                edited.append(clause)
                continue
            put = value[clause.force] if field == "force" else value
            differs = getattr(clause, field) != put
            edited.append(clause.model_copy(update={field: put}) if differs else clause)
        new = record.model_copy(update={"clauses": tuple(edited)})
        others = [other for other in corpus.documents if other is not document]
        after = corpus_of([*others, document_of(document.path, "provision", new, ())])
        (change,) = changes_between(corpus, after).changes
        assert change.bump == "major", document.id
        tried += 1
    assert tried >= 15


def test_an_edited_definition_that_a_text_uses_is_always_major() -> None:
    corpus = texts()
    tried = 0
    for document in corpus.of_kind("term"):
        record: Any = document.record
        new = record.model_copy(update={"definition": record.definition + " and more"})
        others = [other for other in corpus.documents if other is not document]
        after = corpus_of([*others, document_of(document.path, "term", new, ())])
        (change,) = changes_between(corpus, after).changes
        assert (change.class_, change.bump) == (7, "major"), document.id
        assert change.affects
        tried += 1
    assert tried >= 10
