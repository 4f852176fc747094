"""What of a book is printed: for which users and platforms, and with which notes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.levels import TakenLevel, clause_using
from govkit.corpus.profile import Profile

NOTES = ("summary", "burden", "rationale", "guidance")
"""What stands in a book and is no part of the texts; a reader may ask for a book without it."""


@dataclass(frozen=True)
class Selection:
    """A choice among texts, clauses and notes. Without profile and level, every text and clause.

    A short edition has the words that bind and the definitions that they need, and nothing else.
    """

    profile: Profile | None = None
    without: frozenset[str] = frozenset()
    level: TakenLevel | None = None
    is_short: bool = False

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
        name += f".level-{self.level.id}" if self.level is not None else ""
        name += ".short" if self.is_short else ""
        if len(name) <= _LONGEST:
            return name
        return f"{name[:_LONGEST]}.{sha256(name.encode()).hexdigest()[:16]}"

    @property
    def is_part(self) -> bool:
        """Say whether texts or clauses are left out."""
        return self.profile is not None or self.level is not None

    @property
    def notes_left_out(self) -> frozenset[str]:
        """Return the notes that are not printed; of a short edition all."""
        return frozenset(NOTES) if self.is_short else self.without

    @property
    def frame(self) -> tuple[str, ...]:
        """Return the fields printed before the parts of a book; a preamble binds nobody."""
        return ("interpretation",) if self.is_short else ("preamble", "interpretation")

    def takes(self, document: Document | None) -> bool:
        """Return whether a text is printed; of one that can't be read, that fact is printed."""
        if document is None:
            return True
        if self.level is not None and document.id not in self.level.texts:
            return False
        if self.profile is None or document.record is None:
            return True
        return self.profile.covers(document.record)

    def takes_clause(self, document: Document, clause: Any) -> bool:
        """Return whether a clause is printed. That one was withdrawn is told to everybody."""
        if clause.withdrawn is not None:
            return True
        if self.level is not None and not self.level.takes_clause(document, clause.id):
            return False
        if self.profile is None:
            return True
        alone: Any = document.record
        return self.profile.covers(alone.model_copy(update={"clauses": (clause,)}))

    def left_out(self, document: Document) -> list[str]:
        """Return the ids of the clauses of a text that are not printed."""
        clauses = getattr(document.record, "clauses", ())
        return [clause.id for clause in clauses if not self.takes_clause(document, clause)]

    def counts(self, document: Document, reference: Reference) -> bool:
        """Return whether a reference stands in what is printed of a document."""
        if document.kind == "instrument":
            return reference.route.keys[0] != "preamble" or "preamble" in self.frame
        clause = clause_using(document, reference) if self.is_part else None
        return clause is None or self.takes_clause(document, clause)


_LONGEST = 120
"""A name of a file has 255 bytes at most, and the book's own name has to be in it."""

WHOLE = Selection()
