"""What a print holds: texts in print order, and the terms and sources that they use.

A record that stands in no part of the instrument is not in the book, wherever its file lies. A
definition is in the book if a text of the book uses the term, or a definition that is in it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from govkit.corpus.books import items_of, sources_used, terms_used
from govkit.corpus.documents import Document
from govkit.corpus.impact import POINTERS
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.records.kinds import CHARTER_PATH, TEXT_KINDS
from govkit.records.registers import Source, Term
from govkit.records.texts import Instrument
from govkit.rendering.selection import WHOLE, Selection


@dataclass(frozen=True)
class Holdings:
    """The documents that a book or an offprint is printed from.

    `head` is what the front speaks of: an instrument, or the one record of an offprint. `texts`
    maps each id that is printed, in print order, to its document, or to None where the folder has
    no such text; `left_out` are the ids that the selection does not take. `terms` and `sources` are
    sorted as they are printed, and hold only what can be read. `lacking` are the slugs of the terms
    and sources that are named and can't be printed, each with a line that says why.
    """

    head: Document
    texts: dict[str, Document | None]
    terms: tuple[Document, ...]
    sources: tuple[Document, ...]
    left_out: tuple[str, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def slugs(self) -> frozenset[str]:
        """Return the slugs of the terms and sources that are printed."""
        return frozenset(each.id for each in (*self.terms, *self.sources))

    @property
    def paths(self) -> frozenset[str]:
        """Return the files that are printed from, the charter among them."""
        texts = [text for text in self.texts.values() if text is not None]
        held = (self.head, *texts, *self.terms, *self.sources)
        return frozenset((CHARTER_PATH, *(document.path for document in held)))


def holdings_of(corpus: Corpus, id: str, selection: Selection = WHOLE) -> Holdings:
    """Return what the book with this id holds.

    Raises `GovkitError` where the instrument is missing or can't be read: then there is no order to
    print anything in.
    """
    instrument = corpus.find(("instrument",), id)
    # Another record may have its id, which `govkit check` says.
    if instrument is None or not isinstance(instrument.record, Instrument):
        raise GovkitError(f"the book {id} could not be read", "Run `govkit check` to see why.")
    record = instrument.record
    named = {key: corpus.find(TEXT_KINDS, key) for key in dict.fromkeys(items_of(record.parts))}
    texts = {key: text for key, text in named.items() if selection.takes(text)}
    left_out = tuple(key for key in named if key not in texts)
    return _holdings(corpus, instrument, texts, selection, left_out)


def holdings_of_one(corpus: Corpus, document: Document, selection: Selection = WHOLE) -> Holdings:
    """Return what the offprint of one record holds. Raises `GovkitError` if it can't be read."""
    if document.record is None:
        raise GovkitError(f"{document.id} could not be read", "Run `govkit check` to see why.")
    is_text = document.kind in TEXT_KINDS
    return _holdings(corpus, document, {document.id: document} if is_text else {}, selection)


def _holdings(
    corpus: Corpus,
    head: Document,
    texts: dict[str, Document | None],
    selection: Selection,
    left_out: tuple[str, ...] = (),
) -> Holdings:
    readable = [text for text in texts.values() if text is not None]
    terms = {term.id: term for term in terms_used(corpus, (head, *readable), selection.counts)}
    if head.kind == "term":
        terms[head.id] = head
    used = sources_used(corpus, (head, *readable, *terms.values()))
    sources = [head] if head.kind == "source" else [] if selection.is_short else used
    return Holdings(
        head,
        texts,
        tuple(sorted(terms.values(), key=lambda term: cast(Term, term.record).term.casefold())),
        tuple(sorted(sources, key=lambda source: cast(Source, source.record).short.casefold())),
        left_out,
        {
            kind: tuple(_lacking(corpus, (head, *readable, *terms.values()), kind))
            for kind in (("term",) if selection.is_short else ("term", "source"))
        },
    )


def _lacking(corpus: Corpus, users: Iterable[Document], kind: str) -> Iterator[str]:
    """Yield a line for each term or source that is named and can't be printed."""
    said = corpus.messages
    keys = {
        reference.key
        for document in users
        for reference in document.references
        if reference.kinds == (kind,) and reference.role not in POINTERS
    }
    for key in sorted(keys):
        found = corpus.find((kind,), key)
        if found is None or found.record is None:
            yield (
                said.say("book.absent", id=key)
                if found is None
                else said.say("book.unreadable", id=key)
            )


def paths_of(corpus: Corpus, id: str, selection: Selection = WHOLE) -> frozenset[str]:
    """Return the files that a book is printed from, also where its instrument can't be read."""
    instrument = corpus.find(("instrument",), id)
    if instrument is not None and instrument.record is not None:
        return holdings_of(corpus, id, selection).paths
    folder = corpus.charter.instruments.get(id, "") if corpus.charter else ""
    return frozenset((CHARTER_PATH, f"{folder}/instrument.yaml"))


def paths_of_one(corpus: Corpus, document: Document) -> frozenset[str]:
    """Return the files that an offprint is printed from, also where the record can't be read."""
    if document.record is None:
        return frozenset((CHARTER_PATH, document.path))
    return holdings_of_one(corpus, document).paths


def name_of_book(id: str) -> str:
    """Return the word by which people ask for a book: `provisions` for INS-provisions."""
    return id.removeprefix("INS-")
