"""What `check --since` compares the corpus with: the base, and the other side of a merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govkit.corpus.commitments import records_disclosed
from govkit.corpus.documents import Document
from govkit.corpus.ids import id_in_name
from govkit.corpus.whole import Corpus
from govkit.records.decisions import Decision
from govkit.records.kinds import CHARTER_PATH, NORMATIVE_KINDS, id_space, is_copy, slug_of_path
from govkit.records.log import LogEntry
from govkit.source.folder_contents import as_record

Key = tuple[str, str]

_SIDES = ("/before/", "/after/", "/alongside/")
"""Where a revision keeps its texts. One that is missing is found at the revision."""


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

    A file that differs, a record that refers, directly or through terms, to an id whose record
    differs, was added or removed, and one that a record which differs no longer refers to. A
    changed charter touches everything, since its words hold everywhere.
    """
    if CHARTER_PATH in base.changed:
        return frozenset(corpus.by_path) | base.changed
    now = [corpus.by_path[path] for path in base.changed if path in corpus.by_path]
    ids = {key_of(document) for document in (*now, *base.before.documents)}
    _spread_through_terms(corpus, ids)
    users = {document.path for key in ids for document, _ in corpus.back_links.get(key, ())}
    dropped = _no_longer_named(corpus, base)
    return base.changed | users | dropped | frozenset(_through_register(corpus, base))


def _no_longer_named(corpus: Corpus, base: Base) -> frozenset[str]:
    """Return the paths of what changed and removed records named before, and do not name now.

    A record that can't be read now, where it was or under another name, may still name it.
    """
    unread = {
        id_in_name(slug_of_path(as_record(each.path)))
        for each in corpus.documents
        if each.record is None
    }
    now = {path: corpus.by_path[path] for path in base.changed if path in corpus.by_path}
    named = {
        (each.kinds, each.key)
        for old in base.before.documents
        if (old.path not in now or now[old.path].record is not None) and old.id not in unread
        for each in old.references
    }
    still = {(each.kinds, each.key) for new in now.values() for each in new.references}
    found = (corpus.find(*each) for each in named - still)
    return frozenset(each.path for each in found if each is not None)


def _through_register(corpus: Corpus, base: Base) -> Iterator[str]:
    """Yield the paths of records that stand or fall with a record of the register that differs.

    An entry of the log with the record that it is about; the entries after one that differs, which
    are bound to it; what was decided or taken over with the record that says so, and the reverse;
    all texts with the genesis.
    """
    now = [corpus.by_path[path] for path in base.changed if path in corpus.by_path]
    differ: list[Any] = [*now, *base.before.documents, *base.before.copies]
    units = {unit.id for each in differ for unit in _units_adopted(each.record)}
    numbers = [each.path for each in differ if each.kind == "log-entry"]
    folders = {
        each.path.partition(side)[0] + "/"
        for each in differ
        for side in _SIDES
        if is_copy(each.path) and side in each.path
    }
    logged = {getattr(each.record, "path", "") for each in differ if each.kind == "log-entry"}
    behind = {record for path in base.changed for record in records_disclosed(path)}
    founded = any(each.kind == "genesis" for each in differ)
    texts = {each.id for each in differ if each.kind in NORMATIVE_KINDS}
    for document in corpus.documents:
        record: Any = document.record
        if document.path in logged or document.path in behind:
            yield document.path  # the entry, or what discloses its words, may be gone
        if texts and any(unit.id in texts for unit in _units_adopted(record)):
            yield document.path
        if document.kind == "log-entry":
            if (numbers and document.path > min(numbers)) or (
                record is not None and record.path in base.changed
            ):
                yield document.path
        elif document.kind == "revision":
            if document.path.removesuffix("revision.yaml") in folders:
                yield document.path
        elif document.kind in NORMATIVE_KINDS and (founded or document.id in units):
            yield document.path


def _units_adopted(record: Any) -> tuple[Any, ...]:
    """Return the units that a decision or an entry of the log makes adopted."""
    if isinstance(record, Decision):
        return record.units
    taken_over = record.taken_over if isinstance(record, LogEntry) else None
    return taken_over.units if taken_over is not None else ()


def _spread_through_terms(corpus: Corpus, ids: set[Key]) -> None:
    waiting = [key for key in ids if key[0] == "term"]
    while waiting:
        for document, reference in corpus.back_links.get(waiting.pop(), ()):
            key = key_of(document)
            if document.kind == "term" and reference.role == "term" and key not in ids:
                ids.add(key)
                waiting.append(key)
