"""What a book holds: its texts in their order, and the terms and sources that they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.whole import Corpus
from govkit.records.kinds import TEXT_KINDS
from govkit.records.texts import Instrument, Section

_USES_A_TERM = ("term", "addressee", "beneficiary")
_USES_A_SOURCE = ("ground", "mapping", "case")


def slug_of_book(book: str | None) -> str:
    """Return the slug of a book in names of releases: the last part of its id.

    None stands for a release of several books.
    """
    return re.split(r"[.-]", book)[-1].lower() if book is not None else "all"


def items_of(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the ids that the parts of a book name, in their order."""
    for section in sections:
        yield from section.items
        yield from items_of(section.parts)


def terms_used(
    corpus: Corpus,
    users: Iterable[Document],
    counts: Callable[[Document, Reference], bool] = lambda document, reference: True,
) -> list[Document]:
    """Return the terms that the documents use, and those that these are defined by.

    `counts` says of a reference in one of the documents whether it counts as a use.
    """
    found: dict[str, Document] = {}
    waiting = _used(corpus, users, ("term",), _USES_A_TERM, counts)
    while waiting:
        new = [term for term in waiting if term.id not in found]
        found.update((term.id, term) for term in new)
        waiting = _used(corpus, new, ("term",), _USES_A_TERM)
    return list(found.values())


def sources_used(corpus: Corpus, users: Iterable[Document]) -> list[Document]:
    """Return the sources that the documents rest on."""
    return _used(corpus, users, ("source",), _USES_A_SOURCE)


def units_of(corpus: Corpus, book: str) -> list[Document]:
    """Return what is consented to in a book: the book itself, its texts in order, its terms by id.

    Empty where the book is missing or can't be read; a text that is missing is left out.
    """
    head = corpus.find(("instrument",), book)
    if head is None or head.record is None:
        return []
    named = dict.fromkeys(items_of(cast(Instrument, head.record).parts))
    texts = [text for id in named if (text := corpus.find(TEXT_KINDS, id)) is not None]
    terms = terms_used(corpus, (head, *texts))
    return [head, *texts, *sorted(terms, key=lambda term: term.id)]


def _used(
    corpus: Corpus,
    users: Iterable[Document],
    kinds: tuple[str, ...],
    roles: tuple[str, ...],
    counts: Callable[[Document, Reference], bool] = lambda document, reference: True,
) -> list[Document]:
    keys = {
        reference.key
        for document in users
        for reference in document.references
        if reference.role in roles and counts(document, reference)
    }
    found = (corpus.find(kinds, key) for key in sorted(keys))
    return [document for document in found if document is not None and document.record is not None]
