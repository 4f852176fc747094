"""A change as a value: what it touches, its class with the reasons, and which way it goes.

Nothing here computes; docs/changes.md says what each word means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from govkit.records.enumerations import Bump

Class = int | Literal["S"]
"""0 none, 1 editorial, 2 arrangement, 3 clarifying, 4 addition, 5 force, 6 scope, 7 definition,
8 new or removed; S is the life cycle alone."""

Duty = Literal["tighter", "looser", "tighter and looser", "unclear"]
Protection = Literal["stronger", "weaker", "stronger and weaker", "unclear"]
Conformity = Literal["still conforms", "re-check", "new duty"]

CLASS_NAMES: dict[Class, str] = {
    0: "none",
    1: "editorial",
    2: "arrangement",
    3: "clarifying",
    4: "addition",
    5: "force",
    6: "scope",
    7: "definition",
    8: "new or removed",
    "S": "status",
}


def weight(class_: Class) -> int:
    """Return the number by which classes are compared: a change of status alone weighs nothing."""
    return 0 if class_ == "S" else class_


class ChangeEvidence(NamedTuple):
    """A word that bears on the meaning and is not as it was; one side is empty where it was put in
    or taken out.

    `kind` is a kind of protected word (`modal`, `negation`, `quantifier`, `connective`, `limit`,
    `time`, `unit`, `ordinal`, `effect`), or `number`, `sign`, `date`, `term`, `reference`, `blank`,
    `capital`, `comma`, or `word`: a word in the place of another.
    """

    kind: str
    old: str
    new: str

    @property
    def span(self) -> str:
        """Return the words by which an author's answer names it: `30 days -> 10 days`."""
        return f"{self.old} -> {self.new}".strip()


class Direction(NamedTuple):
    """Which way a change goes, from two viewpoints; None where it does not bear on one."""

    platform_duty: Duty | None = None
    user_protection: Protection | None = None


NO_DIRECTION = Direction()


class FieldChange(NamedTuple):
    """A field that differs. `field` is its route, with the ids of clauses: `clauses.a.force`.

    `old` and `new` are plain data (text, list, map, number or None) in canonical form.
    """

    field: str
    old: Any
    new: Any
    class_: Class
    direction: Direction = NO_DIRECTION


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause whose words, force, parties, limits or scope differ.

    `id` is the id of the clause; `title` for a title, `definition` for a definition, `text` where
    there is none. `old` and `new` are its words as the source has them, white space folded; empty
    where it was not there. `reasons` say in short why it has this class. `marks_only` says that no
    word differs, only marks of terms.
    """

    id: str
    class_: Class
    old: str
    new: str
    evidence: tuple[ChangeEvidence, ...] = ()
    reasons: tuple[str, ...] = ()
    direction: Direction = NO_DIRECTION
    marks_only: bool = False
    sweep: str | None = None
    parties: tuple[str, ...] = ()
    """Force, addressees and beneficiaries after the change: for whom the same words are a duty."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one unit: a text, a book, a term, a source or a translation.

    `floor` is the class that follows from the rules, `declared` what the author says, `class_` the
    higher of both. `unanswered` are spans of evidence that no author has answered: until one does,
    a change under class 5 asks for what class 5 asks for, and nobody may call it clarifying.
    `before` and `after` are digests, None where the unit has none. `affects` are the ids of all
    that rests on it where a definition changed. `mixed` says that words and status changed
    together. `old_path` and `new_path` are empty where there is no such file.
    """

    id: str
    kind: str
    title: str
    class_: Class
    floor: Class
    declared: int | None
    bump: Bump
    direction: Direction
    conformity: Conformity
    fields: tuple[FieldChange, ...]
    clauses: tuple[ClauseChange, ...]
    affects: tuple[str, ...] = ()
    sweep: str | None = None
    before: str | None = None
    after: str | None = None
    mixed: bool = False
    unanswered: tuple[str, ...] = ()
    old_path: str = ""
    new_path: str = ""


class Sweep(NamedTuple):
    """One operation that was done in many clauses. `clauses` are as `MCP-DUE-03(a)`."""

    id: str
    operations: tuple[tuple[str, str, str], ...]
    clauses: tuple[str, ...]


class Unread(NamedTuple):
    """A record that could not be compared: `side` is `old` or `new`."""

    path: str
    id: str
    side: Literal["old", "new"]
    why: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two states, sorted by kind and id; the highest bump; what is left out.

    `others` are paths of records that differ and are no unit, as members and events. `bump` is
    None where the charter's versions are dates.
    """

    changes: tuple[Change, ...]
    bump: Bump | None
    sweeps: tuple[Sweep, ...] = ()
    unread: tuple[Unread, ...] = ()
    others: tuple[str, ...] = ()
