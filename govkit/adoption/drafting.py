"""Drafts the terms of a platform from its choices: numbers first, then the words of each clause."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, cast

from govkit.adoption.choices import Choices
from govkit.adoption.clause_words import Cell, Setting, cells_of, set_clause, spoken
from govkit.adoption.terms import DefinedTerm, LeftOut, PlatformTerms, TermsClause, TermsSection
from govkit.adoption.voice import Parties
from govkit.corpus.books import terms_used
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.term_words import forms
from govkit.corpus.text_digests import clause_digests, digest_of
from govkit.languages.voice import voice_words
from govkit.records import normative
from govkit.records.registers import Term
from govkit.records.texts import Instrument
from govkit.records.wording import Wording

FIRST_SECTION = 2
"""Section 1 says who is who and what comes first; `rendering/adoption` words it."""


class _Taken(NamedTuple):
    """A clause that applies: its text, its position there, and its own number in the terms."""

    text: Document
    at: int
    clause: Any
    number: str


def terms_of(choices: Choices) -> PlatformTerms:
    """Return the terms that a platform's choices give."""
    return _Drafting(choices).terms()


class ClauseSource(NamedTuple):
    """What a clause of the terms is printed from: its words first, then conditions, exceptions."""

    wordings: tuple[Wording, ...]
    conditions: int
    cells: tuple[tuple[tuple[Cell, ...], ...], ...]


def sources_of(
    choices: Choices, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], ClauseSource]:
    """Return what some clauses of the terms are printed from, by text and clause."""
    return dict(_Drafting(choices).sources(keys))


class _Drafting:
    """One set of terms, as it is drafted."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.corpus = choices.corpus
        self.said = self.corpus.messages
        self.sections = list(self._sections())
        numbers: dict[str, str] = {}
        for number, text, taken in self.sections:
            numbers[text.id] = number
            numbers |= {f"{text.id}({each.clause.id})": each.number for each in taken}
        numbers |= self._reading_numbers()
        self.parties = parties_of(choices)
        language = self.corpus.language.split("-")[0]
        known = voice_words(language)
        self.setting = Setting(
            self.parties,
            known if choices.profile.voice == "we-you" else None,
            known.units if known else {},
            numbers,
            self._place,
            self.said["adopt.not-in-these-terms"],
        )

    def terms(self) -> PlatformTerms:
        sections = tuple(
            TermsSection(number, text.title, text.id, tuple(map(self._clause, taken)))
            for number, text, taken in self.sections
        )
        return PlatformTerms(
            self.choices,
            sections,
            self._reading(),
            tuple(self._definitions()),
            tuple(self._left_out()),
        )

    def sources(
        self, keys: Collection[tuple[str, str]]
    ) -> Iterator[tuple[tuple[str, str], ClauseSource]]:
        for _, text, several in self.sections:
            for taken in several:
                if (text.id, taken.clause.id) not in keys:
                    continue
                main, conditions, exceptions = self._worded(taken)
                wordings = (main, *conditions, *exceptions)
                serves = self._serves_user(taken.clause)
                said = spoken(wordings, self.setting, serves_user=serves)
                values = partial(self.choices.value_of, text.id)
                cells = tuple(
                    tuple(map(tuple, cells_of(wording, each, values, self.setting)))
                    for wording, each in zip(wordings, said, strict=True)
                )
                key = (text.id, taken.clause.id)
                yield key, ClauseSource(wordings, len(conditions), cells)

    def _place(self, number: str) -> str:
        name = "adopt.clause" if "." in number else "adopt.section"
        return self.said.say(name, number=number)

    # --- what stands where ------------------------------------------------------------------------

    def _sections(self) -> Iterator[tuple[str, Document, list[_Taken]]]:
        number = FIRST_SECTION
        for text in self.choices.texts:
            taken = self._taken(text, str(number))
            if taken:
                yield str(number), text, taken
                number += 1

    def _taken(self, text: Document, number: str) -> list[_Taken]:
        if self._is_left_out(text, ""):
            return []
        record: Any = text.record
        applying = [
            (at, clause)
            for at, clause in enumerate(record.clauses)
            if self.choices.takes(text, clause) and not self._is_left_out(text, clause.id)
        ]
        return [
            _Taken(text, at, clause, f"{number}.{n}")
            for n, (at, clause) in enumerate(applying, start=1)
        ]

    def _is_left_out(self, text: Document, clause: str) -> bool:
        deviation = self.choices.changed.get((text.id, clause))
        return deviation is not None and deviation.left_out is not None

    def _left_out(self) -> Iterator[LeftOut]:
        for text in self.choices.texts:
            record: Any = text.record
            digests = dict(clause_digests(text))
            whole = self.choices.changed.get((text.id, ""))
            if whole is not None:
                digest = self.corpus.digests.of(text) or ""
                yield LeftOut(text.id, "", digest, whole.left_out or "")
                continue
            for clause in record.clauses:
                if self.choices.takes(text, clause) and self._is_left_out(text, clause.id):
                    deviation = self.choices.changed[text.id, clause.id]
                    yield LeftOut(text.id, clause.id, digests[clause.id], deviation.left_out or "")

    # --- clauses ----------------------------------------------------------------------------------

    def _clause(self, taken: _Taken) -> TermsClause:
        text, clause = taken.text, taken.clause
        deviation = self.choices.changed.get((text.id, clause.id))
        main, conditions, exceptions = self._worded(taken)
        blocks = set_clause(
            (main, *conditions, *exceptions),
            lambda name: self.choices.value_of(text.id, name),
            self.setting,
            serves_user=self._serves_user(clause),
        )
        cut = 1 + len(conditions)
        return TermsClause(
            taken.number,
            text.id,
            clause.id,
            clause.force,
            dict(clause_digests(text))[clause.id],
            blocks[0],
            blocks[1:cut],
            blocks[cut:],
            deviation,
        )

    def _worded(self, taken: _Taken) -> Wordings:
        """Return the words of a clause as the platform has them."""
        deviation = self.choices.changed.get((taken.text.id, taken.clause.id))
        wordings = self._wordings(taken)
        return wordings if deviation is None else reworded(wordings, deviation)

    def _wordings(self, taken: _Taken) -> Wordings:
        said = {each.keys: each.wording for each in taken.text.said}
        main = said["clauses", taken.at, "text"]
        several = [
            [said["clauses", taken.at, name, n] for n in range(len(getattr(taken.clause, name)))]
            for name in ("conditions", "exceptions")
        ]
        return main, several[0], several[1]

    def _serves_user(self, clause: Any) -> bool:
        charter = self.corpus.charter
        parties = charter.parties[:2] if charter else ()
        return set(clause.beneficiary) <= set(parties)

    # --- how it is read, and what the words mean --------------------------------------------------

    def _carried(self) -> list[tuple[int, Any]]:
        record = cast(Instrument, self.choices.book.record)
        return [(at, part) for at, part in enumerate(record.interpretation) if part.in_terms]

    def _reading_number(self) -> str:
        return str(FIRST_SECTION + len(self.sections))

    def _reading_numbers(self) -> Mapping[str, str]:
        book = self.choices.book
        return {
            f"{book.id}({part.id})": f"{self._reading_number()}.{n}"
            for n, (_, part) in enumerate(self._carried(), start=1)
        }

    def _reading(self) -> TermsSection | None:
        carried = self._carried()
        if not carried:
            return None
        book, number = self.choices.book, self._reading_number()
        said = {each.keys: each.wording for each in book.said}
        clauses = []
        for n, (at, part) in enumerate(carried, start=1):
            wording = said["interpretation", at, "text"]
            (blocks,) = set_clause((wording,), str, self.setting, serves_user=True)
            digest = digest_of(part.text)
            clauses.append(
                TermsClause(f"{number}.{n}", book.id, part.id, part.force, digest, blocks)
            )
        return TermsSection(number, self.said["adopt.reading"], "", tuple(clauses))

    def _definitions(self) -> Iterator[DefinedTerm]:
        texts = [text for _, text, _ in self.sections]
        users = [*texts, self.choices.book]
        named = self.setting._replace(words=None)
        used = terms_used(self.corpus, users, self._counts)
        for term in sorted(used, key=lambda each: cast(Term, each.record).term.casefold()):
            record = cast(Term, term.record)
            wordings = tuple(said.wording for said in term.said)
            blocks = set_clause(wordings, str, named, serves_user=False)
            digest = self.corpus.digests.of(term) or ""
            plural = record.plural or ""
            yield DefinedTerm(term.id, record.term, plural, digest, sum(blocks, ()))

    def _counts(self, document: Document, reference: Reference) -> bool:
        """Say whether a use of a term stands in what is taken in."""
        if document is self.choices.book:
            keys = reference.route.keys
            parts = {at for at, part in self._carried()}
            return keys[0] == "interpretation" and keys[1] in parts
        if reference.route.keys[0] != "clauses":
            return False
        record: Any = document.record
        clause = record.clauses[int(reference.route.keys[1])]
        return self._is_taken(document, clause) or self._stands_unmarked(document, reference.key)

    def _is_taken(self, document: Document, clause: Any) -> bool:
        return self.choices.takes(document, clause) and not self._is_left_out(document, clause.id)

    def _stands_unmarked(self, document: Document, slug: str) -> bool:
        """Say whether a term that a clause marks which is not taken stands in one that is.

        A text marks each term once; where it is used again, nothing shows it.
        """
        term = self.corpus.find(("term",), slug)
        record: Any = document.record
        if term is None or term.record is None:
            return False
        taken = {each.id for each in record.clauses if self._is_taken(document, each)}
        words = " ".join(s.text for s in document.said if s.clause in taken).casefold()
        return any(form.casefold() in words for _, form in forms(term))


Wordings = tuple[Wording, list[Wording], list[Wording]]
"""The words of a clause, its conditions and its exceptions."""


def reworded(wordings: Wordings, deviation: Any) -> Wordings:
    """Return the words of a clause with those of a platform in their place."""
    main, conditions, exceptions = wordings
    if deviation.text is not None:
        main = normative.read(deviation.text)
    if deviation.conditions is not None:
        conditions = [normative.read(each) for each in deviation.conditions]
    if deviation.exceptions is not None:
        exceptions = [normative.read(each) for each in deviation.exceptions]
    return main, conditions, exceptions


def parties_of(choices: Choices) -> Parties:
    """Return the names of the two parties in the clauses: the first two that the charter names."""
    charter = choices.corpus.charter
    slugs = [*(charter.parties if charter else ()), "platform", "user"][:2]
    names = []
    for slug in slugs:
        found = choices.corpus.find(("term",), slug)
        names.append(cast(Term, found.record).term if found and found.record else slug)
    return Parties(*names)
