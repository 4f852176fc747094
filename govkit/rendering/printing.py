"""What the desks of one printing share: the corpus, the addresses, and the words of the charter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from govkit.corpus.documents import Document
from govkit.corpus.term_words import phrases_of, terms_in_use
from govkit.corpus.whole import Corpus
from govkit.corpus.word_list import WordList
from govkit.languages.catalogue import Messages
from govkit.records.kinds import NUMBERED_KINDS, Status
from govkit.records.registers import Source, Term
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords
from govkit.release.release import Release
from govkit.rendering import phrases
from govkit.rendering.places import Places
from govkit.rendering.selection import WHOLE, Selection
from govkit.rendering.spans import Code, Span, Spans, Words
from govkit.rendering.typography import curled


@dataclass(frozen=True)
class Printing:
    """One printing of one book or offprint; `head` is the record that its front speaks of.

    `release` is the release that is printed; None for a working copy.
    """

    corpus: Corpus
    places: Places
    head: Document
    selection: Selection = WHOLE
    release: Release | None = None

    @property
    def messages(self) -> Messages:
        """Return the words that are printed around the texts, in their language."""
        return self.corpus.messages

    @property
    def adoptions(self) -> AdoptionRecords | None:
        """Return what stands behind each text of the release."""
        return self.release.adoptions if self.release else None

    def adoption(self, id: str) -> AdoptionRecord | None:
        """Return what stands behind a text of the release, or None outside of one."""
        return self.adoptions.of(id) if self.adoptions else None

    @property
    def is_draft(self) -> bool:
        """Say whether a draft release is printed."""
        return self.release is not None and self.release.is_draft

    def status(self, status: str) -> str:
        """Return the printed name of a state, the charter's own where it has one."""
        charter = self.corpus.charter
        own = charter.state_names.get(cast(Status, status)) if charter else None
        return own or self.messages[f"book.statuses.{status}"]

    def note(self, document: Document, field: str) -> Any:
        """Return what a text has in a field that is no part of it; None where that is left out."""
        if field in self.selection.notes_left_out:
            return None
        return getattr(document.record, field, None)

    def right(self, slug: str) -> str:
        """Return the name of a right."""
        charter = self.corpus.charter
        return (charter.rights.get(slug) if charter else None) or phrases.spaced(slug)

    def term(self, slug: str) -> Spans:
        """Return a term by its name, linked to its definition."""
        found = self.corpus.find(("term",), slug)
        name = cast(Term, found.record).term if found and found.record else phrases.spaced(slug)
        return self.places.to_term(slug, (Words(curled(name)),))

    @cached_property
    def term_words(self) -> WordList:
        """Return the words of all terms that are in use."""
        return WordList(phrases_of(terms_in_use(self.corpus)))

    def source(self, slug: str) -> Spans:
        """Return a source by its short name, linked to its full reference."""
        found = self.corpus.find(("source",), slug)
        name = cast(Source, found.record).short if found and found.record else slug
        return self.places.to_source(slug, (Words(curled(name)),))

    def text(self, id: str) -> Spans:
        """Return another text by its id and title; the id is linked where this book holds it."""
        found = self.corpus.find(NUMBERED_KINDS, id)
        linked = self.places.to_text(id, (Code(id),))
        title = curled(found.title) if found else ""
        return (*linked, Words(f" {title}")) if title else linked

    def scope(self, applies_to: Mapping[str, Sequence[str]]) -> str:
        """Return whom a text covers, axis by axis; an axis that is not named means all."""
        charter = self.corpus.charter
        axes = dict.fromkeys((*(charter.axes if charter else ()), *applies_to))
        named = [in_words(self.messages, axis, applies_to.get(axis, ("all",))) for axis in axes]
        return "; ".join(named) or self.messages["book.everyone"]

    def options(self, document: Document) -> str:
        """Return the options that a text offers, or the one that the selection took of them."""
        said = self.messages
        offered = getattr(document.record, "options", ())
        level = self.selection.level
        if level is not None and document.id in level.options:
            return said.say("book.option-taken", option=level.options[document.id])
        names = [
            said.say("book.option-of", option=option.id, labels=said.several(labels))
            for option in offered
            if (labels := [f"({id})" for id in option.clauses])
        ]
        return said.say("book.options-offered", options="; ".join(names)) if names else ""

    def resting_on_left_out(self, document: Document) -> list[tuple[str, str]]:
        """Return each clause that is printed and refers to what is not, with what that is."""
        selection = self.selection
        if not selection.is_part:
            return []
        record: Any = document.record
        found = {}
        for reference in document.references:
            keys = reference.route.keys
            if reference.role != "ref" or keys[0] != "clauses":
                continue
            clause = record.clauses[int(keys[1])]
            target = self.corpus.find(reference.kinds, reference.key)
            if target is None or target.kind == "instrument":
                continue
            inside = reference.inside[:1]
            gone = not selection.takes(target) or (
                inside and inside[0] in selection.left_out(target)
            )
            if gone and selection.takes_clause(document, clause):
                named = reference.key + "".join(f"({part})" for part in inside)
                found[f"({clause.id})", named] = True
        return list(found)

    def narrowed(self, applies_to: Mapping[str, Sequence[str]]) -> str:
        """Return whom a text covers on the axes on which that is not everybody; else nothing."""
        return "; ".join(
            in_words(self.messages, axis, words)
            for axis, words in applies_to.items()
            if "all" not in words
        )


def in_words(said: Messages, axis: str, words: Sequence[str]) -> str:
    """Return the words of an axis as they are printed: `sizes: large, very large`."""
    if "all" in words:
        return f"{said['book.everyone']} {phrases.spaced(axis)}"
    return f"{phrases.spaced(axis)}: {', '.join(map(phrases.spaced, words))}"


def in_a_row(several: Sequence[Spans], last: str, between: str = ", ") -> Spans:
    """Return several pieces as one: `a, b and c`; `last` stands before the last one."""
    spans: list[Span] = []
    for at, piece in enumerate(several):
        if at:
            spans.append(Words(last if at == len(several) - 1 else between))
        spans += piece
    return tuple(spans)
