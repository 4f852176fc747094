"""What authors declare about their changes, and which answers a declaration owes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from govkit.corpus.changes.compare import Pair
from govkit.corpus.changes.values import Change, Evidence
from govkit.corpus.documents import Document
from govkit.records.declarations import Declaration


def declarations_of(documents: Iterable[Document]) -> dict[Pair, Declaration]:
    """Return the declarations by the id and the digests that they hold for."""
    records = (cast("Declaration | None", document.record) for document in documents
               if document.kind == "declaration")  # fmt: skip
    return {(each.of, each.before, each.after): each for each in records if each is not None}


def classes_declared(documents: Iterable[Document]) -> dict[Pair, int]:
    """Return the declared class by the id and the digests that it holds for."""
    return {pair: each.class_ for pair, each in declarations_of(documents).items()}


def unanswered(change: Change, declaration: Declaration) -> list[tuple[str, Evidence]]:
    """Return the evidence that a declaration leaves without an answer, with its clause.

    One answer serves every clause in which the same words changed in the same way.
    """
    answered = {_folded(answer.span) for answer in declaration.answers}
    return [
        (clause.id, evidence)
        for clause in change.clauses
        for evidence in clause.evidence
        if _folded(evidence.span) not in answered
    ]


def _folded(span: str) -> str:
    return " ".join(span.split()).lower()
