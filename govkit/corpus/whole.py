"""The corpus: all documents of a coalition at one moment, found by id and kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from operator import is_
from types import MappingProxyType
from typing import Any, TypeVar, cast

from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.text_digests import Digests
from govkit.languages.catalogue import Messages, messages
from govkit.records.governance import Charter
from govkit.records.kinds import CHARTER_PATH, id_space, is_copy

Derived = TypeVar("Derived")
Whole = TypeVar("Whole", bound="Deriving")


class Deriving:
    """A value from which others are derived, each once."""

    @cached_property
    def _derived(self) -> dict[Callable[[Any], object], object]:
        return {}

    def once(self: Whole, derive: Callable[[Whole], Derived]) -> Derived:
        """Return what a function derives from this; it is called once, however many ask."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        return cast("Derived", self._derived[derive])


@cache
def _spaces(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the id spaces of some kinds, each once."""
    return tuple(dict.fromkeys(map(id_space, kinds)))


@dataclass(frozen=True)
class Corpus(Deriving):
    """All documents, sorted by path. Two corpora are compared, never changed.

    `copies` are the texts that belong to proposals: whole texts as they were before a change and as
    they would be after it. They are no second issue of an id, so nothing that looks for texts,
    references or ids sees them.
    """

    documents: tuple[Document, ...]
    copies: tuple[Document, ...] = ()
    printed_in: str = ""
    """The language of the words around the texts, where it is not that of the texts."""

    @property
    def is_forming(self) -> bool:
        """Say whether the coalition is not founded yet, so that nothing can be adopted."""
        return not self.of_kind("genesis")

    @cached_property
    def charter(self) -> Charter | None:
        """Return the charter, or None where it can't be read."""
        document = self.by_path.get(CHARTER_PATH)
        return cast("Charter | None", document.record if document else None)

    @property
    def language(self) -> str:
        """Return the language of the texts (BCP 47): English where no charter says it."""
        return self.charter.languages.authoritative if self.charter else "en"

    @property
    def messages(self) -> Messages:
        """Return the words that are printed around the texts, in their language or `printed_in`."""
        return messages(self.printed_in or self.language)

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Return each document by its path."""
        return MappingProxyType({document.path: document for document in self.documents})

    @cached_property
    def by_id(self) -> Mapping[tuple[str, str], tuple[Document, ...]]:
        """Return the documents of each (id space, id); more than one is a finding."""
        found: dict[tuple[str, str], list[Document]] = {}
        for document in self.documents:
            if document.kind and document.kind != "translation":
                found.setdefault((id_space(document.kind), document.id), []).append(document)
        return MappingProxyType({key: tuple(documents) for key, documents in found.items()})

    @cached_property
    def back_links(self) -> Mapping[tuple[str, str], tuple[tuple[Document, Reference], ...]]:
        """Return, for each (id space, id), the references to it with the documents they are in."""
        found: dict[tuple[str, str], list[tuple[Document, Reference]]] = {}
        for document in self.documents:
            for reference in document.references:
                for space in _spaces(reference.kinds):
                    found.setdefault((space, reference.key), []).append((document, reference))
        return MappingProxyType({key: tuple(links) for key, links in found.items()})

    @cached_property
    def digests(self) -> Digests:
        """Return the digests of the units, computed when asked for."""
        return Digests(self.documents)

    def find(self, kinds: tuple[str, ...], key: str) -> Document | None:
        """Return the first document with this id or slug among the kinds, or None."""
        by_id = self.by_id
        for space in _spaces(kinds):
            documents = by_id.get((space, key))
            if documents:
                return documents[0]
        return None

    @cached_property
    def copies_by_path(self) -> Mapping[str, Document]:
        """Return each text that belongs to a proposal by its path."""
        return MappingProxyType({document.path: document for document in self.copies})

    def links_of(
        self, document: Document
    ) -> tuple[tuple[Document, Reference, Document | None], ...]:
        """Return those of `links` that stand in a document."""
        return self._links_by_path.get(document.path, ())

    @cached_property
    def _links_by_path(
        self,
    ) -> Mapping[str, tuple[tuple[Document, Reference, Document | None], ...]]:
        return {path: tuple(links) for path, links in groupby(self.links, _path_of_link)}

    @cached_property
    def links(self) -> tuple[tuple[Document, Reference, Document | None], ...]:
        """Return every reference with the document it is in and the one it leads to, or None."""
        find = cache(self.find)  # most texts lead to the same terms, sources and parties
        return tuple(
            (document, reference, find(reference.kinds, reference.key))
            for document in self.documents
            for reference in document.references
        )

    @cached_property
    def broken_links(self) -> tuple[tuple[Document, Reference, Document | None], ...]:
        """Return the references that lead nowhere, or to a record of a kind that is not meant."""
        return tuple(
            (document, reference, target)
            for document, reference, target in self.links
            if target is None or target.kind not in reference.kinds
        )

    def of_kind(self, *kinds: str) -> list[Document]:
        """Return the documents of these kinds, sorted by path."""
        if len(kinds) == 1:
            return list(self._by_kind.get(kinds[0], ()))
        return [document for document in self.documents if document.kind in kinds]

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Document]]:
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            if document.kind:
                found.setdefault(document.kind, []).append(document)
        return found


def _path_of_link(link: tuple[Document, Reference, Document | None]) -> str:
    return link[0].path


def corpus_after(before: Corpus, documents: Iterable[Document]) -> Corpus:
    """Return the corpus of these documents, which are mostly the same objects as before.

    The digests of the terms, from which those of the texts are made, are taken over where no term
    is another one.
    """
    after = corpus_of(documents)
    old, new = before.of_kind("term"), after.of_kind("term")
    if len(old) == len(new) and all(map(is_, old, new)) and "digests" in vars(before):
        vars(after)["digests"] = before.digests
    return after


def corpus_of(documents: Iterable[Document]) -> Corpus:
    """Return the corpus of these documents, whatever order they come in.

    A document in the place of a copy is one, whatever its kind. A book that can't be read is the
    one that the charter puts there: its file is named the same as those of all other books.
    """
    found: tuple[list[Document], list[Document]] = ([], [])
    for document in sorted(documents, key=lambda document: document.path):
        found[is_copy(document.path)].append(document)
    texts = found[False]
    unread = [
        at for at, each in enumerate(texts) if each.kind == "instrument" and each.record is None
    ]
    charter = Corpus(tuple(texts)).charter if unread else None
    books = {folder: id for id, folder in charter.instruments.items()} if charter else {}
    for at in unread:
        folder = texts[at].path.rpartition("/")[0]
        texts[at] = replace(texts[at], id=books.get(folder, texts[at].id))
    return Corpus(tuple(texts), tuple(found[True]))
