"""Two states compared, read as far as they differ.

Read are the files that differ and the terms, books and charter of both sides; what rests on a
changed term is found on the newer side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from govkit.corpus.changes.compare import changes_between, language_of
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.changes.lexicon import Lexicon, lexicon_with
from govkit.corpus.changes.ripple import rests_on
from govkit.corpus.changes.values import Changes
from govkit.corpus.whole import Corpus, corpus_of
from govkit.findings import Finding
from govkit.records.kinds import CHARTER_PATH, slug_of_path
from govkit.workspace.dependents import resting_on
from govkit.workspace.moved_items import moved_items
from govkit.workspace.states import FolderState, documents_at

TERMS = "registers/terms/"
DECLARATIONS = "governance/changes/"


@dataclass(frozen=True)
class StateComparison:
    """Two states, what was read of them, and what changed."""

    old: FolderState
    new: FolderState
    before: Corpus
    after: Corpus
    changes: Changes
    moved: tuple[Finding, ...] = ()
    """References to items of lists that mean other words in the newer state."""


def compare(old: FolderState, new: FolderState) -> StateComparison:
    """Return what changed from one state to another, as the authors of the newer one declare it."""
    differ = {path for path in old.ids.keys() | new.ids.keys() if not old.is_same(path, new)}
    frame = {path for path in old.ids.keys() | new.ids.keys() if _is_frame(path)}
    both = frame - differ
    shared = documents_at(new, both)
    before = corpus_of([*documents_at(old, differ), *shared])
    after = corpus_of([*documents_at(new, differ), *shared])
    declared = declarations_of(documents_at(new, filter(_is_declaration, new.ids)))
    slugs = _terms_moved(differ, before, after)
    resting = resting_on(slugs, new, differ | both) if slugs else corpus_of(())
    charter = after.charter or before.charter
    lexicon = _lexicon(old, language_of(charter), before, after)
    return StateComparison(
        old,
        new,
        before,
        after,
        changes_between(before, after, lexicon=lexicon, declared=declared, resting=resting),
        tuple(moved_items(before, after, new)),
    )


def whole(state: FolderState) -> Corpus:
    """Return everything that a state holds."""
    return corpus_of(documents_at(state, state.ids))


def _terms_moved(differ: set[str], before: Corpus, after: Corpus) -> set[str]:
    """Return the slugs of the terms that differ, and of those that are defined through them."""
    moved = {slug_of_path(path) for path in differ if path.startswith(TERMS)}
    through = {id for slug in moved for kind, id in rests_on(slug, before, after) if kind == "term"}
    return moved | through


def _is_declaration(path: str) -> bool:
    return path.startswith(DECLARATIONS)


def _is_frame(path: str) -> bool:
    return path == CHARTER_PATH or path.startswith(TERMS) or path.endswith("/instrument.yaml")


def occurrences_in(state: FolderState) -> Callable[[str], int]:
    """Return what counts a word in all files of a state; they are read when the first is asked."""

    @cache
    def everything() -> str:
        data = state.read(path for path in state.ids if path not in state.too_large)
        return "\n".join(
            text.decode("utf-8", errors="replace").lower() for _, text in sorted(data.items())
        )

    return lambda word: len(re.findall(rf"\b{re.escape(word)}\b", everything()))


def _lexicon(old: FolderState, language: str, before: Corpus, after: Corpus) -> Lexicon:
    """Return the words of the older state; its files are searched only when a word is asked for."""
    terms = [*before.of_kind("term"), *after.of_kind("term")]
    return lexicon_with(language, occurrences_in(old), terms)
