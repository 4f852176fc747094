"""What a book holds: its texts in print order, and the terms and sources that they use.

A record that stands in no part of the instrument is not in the book, wherever its file lies. A
definition is in the book if a text of the book uses the term, or a definition that is in it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.records.kinds import CHARTER_PATH, TEXT_KINDS
from govkit.records.registers import Source, Term
from govkit.records.texts import Instrument, Section

_USES_A_TERM = ("term", "addressee", "beneficiary")
_USES_A_SOURCE = ("ground", "mapping", "case")


@dataclass(frozen=True)
class Holdings:
    """The documents that a book is printed from.

    `texts` maps each id that the instrument names, in print order, to its document, or to None
    where the folder has no such text. `terms` and `sources` are sorted as they are printed, and
    hold only what can be read.
    """

    instrument: Document
    texts: dict[str, Document | None]
    terms: tuple[Document, ...]
    sources: tuple[Document, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Return the files that the book is printed from, the charter among them."""
        texts = [text for text in self.texts.values() if text is not None]
        held = (self.instrument, *texts, *self.terms, *self.sources)
        return frozenset((CHARTER_PATH, *(document.path for document in held)))


def holdings_of(corpus: Corpus, id: str) -> Holdings:
    """Return what the book with this id holds.

    Raises `GovkitError` where the instrument is missing or can't be read: then there is no order to
    print anything in.
    """
    instrument = corpus.find(("instrument",), id)
    if instrument is None or instrument.record is None:
        raise GovkitError(f"the book {id} could not be read", "Run `govkit check` to see why.")
    record = cast(Instrument, instrument.record)
    texts = {key: corpus.find(TEXT_KINDS, key) for key in dict.fromkeys(_items(record.parts))}
    readable = [text for text in texts.values() if text is not None]
    terms = _terms(corpus, (instrument, *readable))
    sources = _used(corpus, (*readable, *terms), ("source",), _USES_A_SOURCE)
    return Holdings(
        instrument,
        texts,
        tuple(sorted(terms, key=lambda term: cast(Term, term.record).term.casefold())),
        tuple(sorted(sources, key=lambda source: cast(Source, source.record).short.casefold())),
    )


def paths_of(corpus: Corpus, id: str) -> frozenset[str]:
    """Return the files that a book is printed from, also where its instrument can't be read."""
    instrument = corpus.find(("instrument",), id)
    if instrument is not None and instrument.record is not None:
        return holdings_of(corpus, id).paths
    folder = corpus.charter.instruments.get(id, "") if corpus.charter else ""
    return frozenset((CHARTER_PATH, f"{folder}/instrument.yaml"))


def _items(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from section.items
        yield from _items(section.parts)


def _terms(corpus: Corpus, users: Iterable[Document]) -> list[Document]:
    """Return the terms that the documents use, and those that these are defined by."""
    found: dict[str, Document] = {}
    waiting = _used(corpus, users, ("term",), _USES_A_TERM)
    while waiting:
        new = [term for term in waiting if term.id not in found]
        found.update((term.id, term) for term in new)
        waiting = _used(corpus, new, ("term",), _USES_A_TERM)
    return list(found.values())


def _used(
    corpus: Corpus, users: Iterable[Document], kinds: tuple[str, ...], roles: tuple[str, ...]
) -> list[Document]:
    keys = {
        reference.key
        for document in users
        for reference in document.references
        if reference.role in roles
    }
    found = (corpus.find(kinds, key) for key in sorted(keys))
    return [document for document in found if document is not None and document.record is not None]
