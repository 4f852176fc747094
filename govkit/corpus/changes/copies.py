"""What changes between the copies that a proposal keeps of its texts, of two sides or revisions."""

from __future__ import annotations

from collections.abc import Mapping

from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.values import Changes
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NORMATIVE_KINDS


def changes_of_copies(
    corpus: Corpus, before: Mapping[str, Document], after: Mapping[str, Document]
) -> Changes:
    """Return the changes from some copies to others, by id, in the register that they are of."""
    ids = before.keys() | after.keys()
    around = [
        document
        for document in corpus.documents
        if not (document.kind in NORMATIVE_KINDS and document.id in ids)
    ]
    old, new = (
        Corpus(tuple(sorted([*around, *copies.values()], key=lambda each: each.path)))
        for copies in (before, after)
    )
    return changes_between(old, new, resting=corpus)
