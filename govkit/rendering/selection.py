"""What of a book is printed: for which users and platforms, and with which notes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.profile import Profile

NOTES = ("summary", "burden", "rationale", "guidance")
"""What stands in a book and is no part of the texts; a reader may ask for a book without it."""


@dataclass(frozen=True)
class Selection:
    """A choice among texts, clauses and notes. Without a profile, every text and clause."""

    profile: Profile | None = None
    without: frozenset[str] = frozenset()

    @property
    def suffix(self) -> str:
        """Return what the name of a file says: `.for-sizes_small.users_adult+child`, or nothing.

        Slugs hold neither `.` nor `_` nor `+`, so no two selections have one name. One of very many
        words ends in its digest.
        """
        axes = self.profile.axes.items() if self.profile is not None else ()
        chosen = ".".join(f"{axis}_{'+'.join(words)}" for axis, words in axes)
        notes = "+".join(note for note in NOTES if note in self.without)
        name = (f".for-{chosen}" if chosen else "") + (f".without-{notes}" if notes else "")
        if len(name) <= _LONGEST:
            return name
        return f"{name[:_LONGEST]}.{sha256(name.encode()).hexdigest()[:16]}"

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


_LONGEST = 120
"""A name of a file has 255 bytes at most, and the book's own name has to be in it."""

WHOLE = Selection()
