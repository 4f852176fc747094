"""What a level of a book takes in: its texts, one option of each that offers several, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from govkit.corpus.books import items_of, terms_used
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.whole import Corpus
from govkit.records.kinds import TEXT_KINDS
from govkit.records.texts import Instrument, Level


class TakenLevel(NamedTuple):
    """What is taken of the books that have a level of this id.

    `titles` are the titles of the level by the id of the book, `texts` the ids of the texts, and
    `options` the option by the id of the text.
    """

    id: str
    titles: Mapping[str, str]
    texts: frozenset[str]
    options: Mapping[str, str]

    def takes_clause(self, document: Document, id: str) -> bool:
        """Say whether a clause of a text that is taken belongs to it: in no option, or in its own.

        Where the level takes no option, it leaves the choice to the platform, and has them all.
        """
        return clause_is_taken(document.record, id, self.options.get(document.id))

    def counts(self, document: Document, reference: Reference) -> bool:
        """Say whether a reference stands in what is taken of a text."""
        clause = clause_using(document, reference)
        return clause is None or self.takes_clause(document, clause.id)


def clause_is_taken(record: Any, id: str, option: str | None) -> bool:
    """Say whether a clause holds where an option of its text is taken; None leaves the choice."""
    options = options_of(record, id)
    return option is None or not options or option in options


def options_of(record: Any, id: str) -> tuple[str, ...]:
    """Return the ids of the options that a clause belongs to; none where it always holds."""
    options = getattr(record, "options", ())
    return tuple(option.id for option in options if id in option.clauses)


def taken_level(corpus: Corpus, id: str) -> TakenLevel | None:
    """Return what the level takes in all books that have one of this id; None where none has."""
    found = [taken_in_book(book, level) for book, _, level in levels_of(corpus) if level.id == id]
    if not found:
        return None
    return TakenLevel(
        id,
        {book: title for each in found for book, title in each.titles.items()},
        frozenset().union(*(each.texts for each in found)),
        {text: option for each in found for text, option in each.options.items()},
    )


def taken_in_book(book: Document, level: Level) -> TakenLevel:
    """Return what a level takes of its own book."""
    parts = cast(Instrument, book.record).parts
    texts = frozenset(level.items or items_of(parts))
    return TakenLevel(level.id, {book.id: level.title}, texts, level.options)


def level_ids(corpus: Corpus) -> list[str]:
    """Return the ids of the levels of all books, each once, in the order of the books."""
    return list(dict.fromkeys(level.id for _, _, level in levels_of(corpus)))


def levels_of(corpus: Corpus) -> Iterator[tuple[Document, int, Level]]:
    """Yield each level with its book and its place there."""
    for book in corpus.of_kind("instrument"):
        if book.record is not None:
            for n, level in enumerate(cast(Instrument, book.record).levels):
                yield book, n, level


# --- its words ------------------------------------------------------------------------------------


def words_of(corpus: Corpus, taken: TakenLevel) -> int:
    """Return how many words the clauses of a level have, with the definitions that they need."""
    texts = list(texts_of(corpus, taken))
    terms = terms_used(corpus, texts, taken.counts)
    words = sum(
        len(said.text.split())
        for text in texts
        for said in text.said
        if taken.takes_clause(text, said.clause)
    )
    return words + sum(len(said.text.split()) for term in terms for said in term.said)


def texts_of(corpus: Corpus, taken: TakenLevel) -> Iterator[Document]:
    """Yield the texts of a level that can be read."""
    for id in sorted(taken.texts):
        found = corpus.find(TEXT_KINDS, id)
        if found is not None and found.record is not None:
            yield found


def clause_using(document: Document, reference: Reference) -> Any:
    """Return the clause that a term is used in; None where the reference is no such use.

    A party is followed where a text first names it, so it counts wherever that is.
    """
    keys = reference.route.keys
    if keys[0] != "clauses" or reference.role != "term":
        return None
    record: Any = document.record
    return record.clauses[int(keys[1])]


def links_out(
    corpus: Corpus, texts: Iterable[Document], taken: TakenLevel
) -> Iterator[tuple[Document, Reference]]:
    """Yield the links and linked blanks of the clauses taken that lead to what is not taken."""
    for text in texts:
        record: Any = text.record
        for reference in text.references:
            keys = reference.route.keys
            if reference.role == "linked-blank":
                if reference.key not in taken.texts:
                    yield text, reference
            elif reference.role == "ref" and keys[0] == "clauses":
                clause = record.clauses[int(keys[1])]
                if taken.takes_clause(text, clause.id) and not _leads_in(
                    corpus, text, clause.id, reference, taken
                ):
                    yield text, reference


def _leads_in(
    corpus: Corpus, text: Document, clause: str, reference: Reference, taken: TakenLevel
) -> bool:
    target = corpus.find(TEXT_KINDS, reference.key)
    if target is None or target.record is None:
        return True  # `unknown-reference` says so
    if target.id not in taken.texts:
        return False
    if not reference.inside:
        return True
    there = options_of(target.record, reference.inside[0])
    if not there:
        return True
    if target.id in taken.options:
        return taken.options[target.id] in there
    here = options_of(text.record, clause) if text is target else ()
    return bool(here) and set(here) <= set(there)
