"""What a clause said when it was translated: found in the history by the digest that was bound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.text_digests import clause_digests
from govkit.corpus.translations import ClauseStanding, Standing, Words, clauses_in_force
from govkit.errors import GovkitError
from govkit.workspace.past import read_past


def earlier_words(root: Path, standing: Standing) -> dict[str, Words]:
    """Return, for each clause that is behind, the words that its translation was made from.

    A clause whose earlier words no commit has is left out, and so are all where the history can't
    be read.
    """
    behind = {each.id: each for each in standing.clauses if each.state == "behind" and each.id}
    if not behind:
        return {}
    try:
        moments = read_past(root, standing.original.id).moments
    except GovkitError:
        return {}
    found: dict[str, Words] = {}
    for moment in reversed(moments):
        if moment.document is not None and moment.document.record is not None:
            found |= {
                id: words
                for id, words in _bound(moment.document, behind).items()
                if id not in found
            }
        if len(found) == len(behind):
            break
    return found


def _bound(document: Document, behind: dict[str, ClauseStanding]) -> dict[str, Words]:
    """Return the clauses of an earlier state that have the digests of translations."""
    digests = dict(clause_digests(document))
    clauses: dict[str, Any] = {each.id: each for each in clauses_in_force(document)}
    return {
        id: Words(
            clauses[id].text,
            tuple(getattr(clauses[id], "conditions", ())),
            tuple(getattr(clauses[id], "exceptions", ())),
        )
        for id, each in behind.items()
        if digests.get(id) == each.bound
    }
