"""What `check --since` compares the corpus with: the base, and the other side of a merge."""

from __future__ import annotations

from dataclasses import dataclass

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import CHARTER_PATH, id_space

Key = tuple[str, str]


@dataclass(frozen=True)
class Base:
    """The merge base, as far as it differs from the work folder, and what the other side added.

    `before` holds the documents of changed and removed paths as they were at the base; `other` the
    documents that the named revision added or changed since the base. `changed` are the paths that
    differ, removed ones included.
    """

    commit: str
    changed: frozenset[str]
    before: Corpus
    other: Corpus


def key_of(document: Document) -> Key:
    """Return the (id space, id) of a document."""
    return (id_space(document.kind or ""), document.id)


def touched(corpus: Corpus, base: Base) -> frozenset[str]:
    """Return the paths whose findings a change since the base can have caused.

    A file that differs, and a record that refers, directly or through terms, to an id whose record
    differs, was added or removed. A changed charter touches everything, since its words hold
    everywhere.
    """
    if CHARTER_PATH in base.changed:
        return frozenset(corpus.by_path) | base.changed
    now = [corpus.by_path[path] for path in base.changed if path in corpus.by_path]
    ids = {key_of(document) for document in (*now, *base.before.documents)}
    _spread_through_terms(corpus, ids)
    users = {document.path for key in ids for document, _ in corpus.back_links.get(key, ())}
    return base.changed | users


def _spread_through_terms(corpus: Corpus, ids: set[Key]) -> None:
    waiting = [key for key in ids if key[0] == "term"]
    while waiting:
        for document, reference in corpus.back_links.get(waiting.pop(), ()):
            key = key_of(document)
            if document.kind == "term" and reference.role == "term" and key not in ids:
                ids.add(key)
                waiting.append(key)
