"""References to items of lists whose words moved between two states, wherever they stand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from govkit.checks.context import Context
from govkit.checks.item_letters import moved_item, with_other_items
from govkit.corpus.base import Base
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.findings import Finding
from govkit.workspace.states import FolderState, documents_at


def moved_items(
    before: Corpus, after: Corpus, elsewhere: FolderState | None = None
) -> list[Finding]:
    """Return what `moved-item` finds between two states; nothing is placed.

    `elsewhere` is the newer state where `after` is a part of it: its other records are searched
    for references, and read where they have one.
    """
    old, new = before.by_path, after.by_path
    changed = frozenset(path for path in {*old, *new} if old.get(path) is not new.get(path))
    was = corpus_of(old[path] for path in changed if path in old)
    base = Base("", changed, was, corpus_of(()))
    ids = [each.id for each, _, _ in with_other_items(_context(after, base))]
    if not ids:
        return []
    if elsewhere is not None:
        after = corpus_of([*after.documents, *_referring(ids, elsewhere, new)])
    return list(moved_item(_context(after, base)))


def _context(corpus: Corpus, base: Base) -> Context:
    return Context(corpus, datetime.date.min, {}, base)  # it looks at no day, and at no other rule


def _referring(ids: Iterable[str], state: FolderState, known: Iterable[str]) -> list[Document]:
    """Return the records of a state, beside those that are known, that link into some texts."""
    link = re.compile(rb"\(ref:(?:%b)\(" % b"|".join(re.escape(id.encode()) for id in ids))
    paths = [path for path in state.ids if path not in state.too_large and path not in set(known)]
    return documents_at(
        state, [path for path, data in state.read(paths).items() if link.search(data)]
    )
