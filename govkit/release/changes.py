"""What changed in one book between two states, for the plan and the notes alike."""

from __future__ import annotations

from dataclasses import replace

from govkit.corpus.books import sources_used, units_of
from govkit.corpus.changes.bump import highest
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.whole import Corpus
from govkit.records.enumerations import BUMPS, Bump


def changes_of_book(old: Corpus, new: Corpus, book: str) -> Changes:
    """Return what changed in a book, as the authors of the newer state declare it.

    What the book holds in either state counts: its frame, texts, terms, the sources that these rest
    on, and their translations. Both corpora are whole.
    """
    held = {id for corpus in (old, new) for id in _held(corpus, book)}
    found = changes_between(old, new, declared=declarations_of(new.documents))
    changes = tuple(change for change in found.changes if held & _names(change))
    return replace(
        found,
        changes=changes,
        others=(),
        bump=None if found.bump is None else highest(change.bump for change in changes),
    )


def _names(change: Change) -> set[tuple[str, str]]:
    """Return what a change is about; a translation may be of a text or of a term."""
    if change.kind == "translation":
        return {("text", change.id), ("term", change.id)}
    return {(change.kind if change.kind in ("term", "source") else "text", change.id)}


def _held(corpus: Corpus, book: str) -> set[tuple[str, str]]:
    units = units_of(corpus, book)
    return {
        *(("term" if unit.kind == "term" else "text", unit.id) for unit in units),
        *(("source", source.id) for source in sources_used(corpus, units)),
    }


def asked_by(changes: Changes) -> tuple[Bump, tuple[Change, ...]]:
    """Return what the changes ask for, and the changes that ask for no less."""
    asked = highest(change.bump for change in changes.changes)
    weighty = tuple(c for c in changes.changes if c.bump == asked and asked != BUMPS[0])
    return asked, weighty
