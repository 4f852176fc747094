"""What of a book is printed: for which users and platforms, and with which notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.profile import Profile

NOTES = ("rationale", "guidance")
"""What stands in a book and is no part of the texts; a reader may ask for a book without it."""


@dataclass(frozen=True)
class Selection:
    """A choice among texts, clauses and notes. Without a profile, every text and clause."""

    profile: Profile | None = None
    without: frozenset[str] = frozenset()

    def takes(self, document: Document | None) -> bool:
        """Return whether a text is printed; of one that can't be read, that fact is printed."""
        if self.profile is None or document is None or document.record is None:
            return True
        return self.profile.covers(document.record)

    def takes_clause(self, document: Document, clause: Any) -> bool:
        """Return whether a clause is printed. That one was withdrawn is told to everybody."""
        if self.profile is None or clause.withdrawn is not None:
            return True
        alone: Any = document.record
        return self.profile.covers(alone.model_copy(update={"clauses": (clause,)}))

    def left_out(self, document: Document) -> list[str]:
        """Return the ids of the clauses of a text that are not printed."""
        clauses = getattr(document.record, "clauses", ())
        return [clause.id for clause in clauses if not self.takes_clause(document, clause)]


WHOLE = Selection()
