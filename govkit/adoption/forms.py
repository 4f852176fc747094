"""The forms that clauses ask for, and what they ask of whoever moderates: read from the terms.

A clause that says what has to stand in a message is a form; so is one by which something is
confirmed or taken in. The words by which it says so are data (`languages/voice`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from govkit.adoption.choices import FilledBlank
from govkit.adoption.terms import PlatformTerms, TermsClause, TermsSection, words_of
from govkit.languages.voice import VoiceWords, voice_words

FormKind = Literal["sets-out", "confirmation", "filing"]


class ClauseForm(NamedTuple):
    """A form: what it is for, the clause that asks for it, what it has to say, and its limits."""

    kind: FormKind
    title: str
    number: str
    points: tuple[str, ...]
    limits: tuple[str, ...]


class TimeLimit(NamedTuple):
    """A time in the terms, with the numbers of the clauses in which it stands."""

    blank: FilledBlank
    numbers: tuple[str, ...]


def forms_of(terms: PlatformTerms) -> Iterator[ClauseForm]:
    """Yield the forms that the clauses ask for, in the order of the clauses."""
    words = voice_words(terms.choices.corpus.language.split("-")[0])
    if words is None:
        return
    for section in terms.sections:
        for clause in section.clauses:
            form = _form(section, clause, words)
            if form is not None:
                yield form


def _form(section: TermsSection, clause: TermsClause, words: VoiceWords) -> ClauseForm | None:
    first = clause.blocks[0].words.lower()
    items = tuple(block.words.rstrip(" ;.") for block in clause.blocks if block.style != "p")
    limits = tuple(words_of(blocks) for blocks in clause.exceptions)
    if items and any(each in first for each in words.sets_out):
        return ClauseForm("sets-out", section.title, clause.number, items, limits)
    if any(each in first for each in words.confirms):
        points = tuple(block.words for block in clause.blocks)
        return ClauseForm("confirmation", section.title, clause.number, points, limits)
    if any(each in first for each in words.accepts) and not items:
        points = tuple(block.words for block in clause.blocks)
        return ClauseForm("filing", section.title, clause.number, points, limits)
    return None


def procedural_clauses(terms: PlatformTerms, force: str) -> Iterator[TermsClause]:
    """Yield the clauses of one force in the provisions on procedure: what moderators go by."""
    for section in terms.sections:
        document = terms.document(section.text)
        if document is not None and getattr(document.record, "category", None) == "procedural":
            yield from (clause for clause in section.clauses if clause.force == force)


def time_limits(terms: PlatformTerms) -> Iterator[TimeLimit]:
    """Yield the times in the provisions on procedure, each with its clauses."""
    for blank in terms.blanks:
        document = terms.document(blank.text)
        if document is None or getattr(document.record, "category", None) != "procedural":
            continue
        used = {said.clause for said, run in document.blanks if run.target == blank.name}
        numbers = tuple(
            clause.number
            for clause in terms.clauses()
            if clause.text == blank.text and clause.id in used
        )
        if numbers:
            yield TimeLimit(blank, numbers)
