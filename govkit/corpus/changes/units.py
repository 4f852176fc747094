"""What changed in one unit: its fields by the table of rules, its clauses by their ids."""

from __future__ import annotations

from typing import Any, NamedTuple

from govkit.corpus.changes import direction as towards
from govkit.corpus.changes.around import ComparisonContext
from govkit.corpus.changes.clauses import clause_changes, lone_clauses
from govkit.corpus.changes.fields import field_changes
from govkit.corpus.changes.values import (
    NO_DIRECTION,
    Class,
    ClauseChange,
    Direction,
    FieldChange,
    weight,
)
from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE

_Part = FieldChange | ClauseChange


class UnitDifference(NamedTuple):
    """What differs in a unit.

    `floor` is the class that follows from the rules, `assumed` the one that holds while the author
    declares none. `light` says that all that is new is a recommendation to the platform alone.
    """

    fields: tuple[FieldChange, ...]
    clauses: tuple[ClauseChange, ...]
    floor: Class
    assumed: Class
    direction: Direction
    light: bool = False

    @property
    def mixed(self) -> bool:
        """Return whether words and the life cycle changed together."""
        classes: list[Class] = [field.class_ for field in self.fields]
        classes += [clause.class_ for clause in self.clauses]
        return "S" in classes and any(class_ != "S" for class_ in classes)


def compare_units(
    old: Document | None, new: Document | None, around: ComparisonContext
) -> UnitDifference | None:
    """Return what differs between two states of a unit, or None where nothing does.

    One side may be missing: the unit is new, or was removed. Both have records of the same kind.
    """
    if old is None or new is None:
        return _whole(old, new, around)
    fields = list(field_changes(old, new, around))
    clauses: list[ClauseChange] = []
    for of_clause, clause in clause_changes(old, new, around):
        fields += of_clause
        clauses.append(clause)
    if not fields and not clauses:
        return None
    return _compared(fields, clauses, around, old, new)


def _compared(
    fields: list[FieldChange],
    clauses: list[ClauseChange],
    around: ComparisonContext,
    old: Document,
    new: Document,
) -> UnitDifference:
    parts: list[_Part] = [*fields, *clauses]
    classes = [part.class_ for part in parts]
    assumed: Class = max(classes, key=weight)
    # A text that is withdrawn, or put back, comes or goes as a whole.
    withdrawn = is_withdrawn(new)
    comes_or_goes = withdrawn != is_withdrawn(old)
    if comes_or_goes:
        assumed = 8
    if weight(assumed) == 0 and any(class_ == "S" for class_ in classes):
        assumed = "S"
    floor = assumed
    # Where the book gives defined words their meaning anyway, a mark may be declared down to 3;
    # until then 7 holds (decision 16).
    if assumed == 7 and around.marked_anyway:
        of_clauses = [3 if clause.marks_only else clause.class_ for clause in clauses]
        floor = max([*of_clauses, *(field.class_ for field in fields)], key=weight)
    directions = [part.direction for part in parts]
    if comes_or_goes:
        directions = [
            towards.of_clause(clause, around.platform, put_in=not withdrawn)
            for clause in _live(old if withdrawn else new)
        ] or [towards.UNCLEAR]
    heavy = weight(assumed) >= 5
    light = _is_light(parts, new, around.platform)
    return UnitDifference(
        tuple(fields),
        tuple(clauses),
        floor,
        assumed,
        towards.together(directions) if heavy else NO_DIRECTION,
        light,
    )


def is_withdrawn(document: Document) -> bool:
    """Say whether a text says of itself that it holds no more: withdrawn, or superseded."""
    record: Any = document.record
    return document.status in OUT_OF_USE or getattr(record, "withdrawn", None) is not None


def _live(document: Document) -> list[Any]:
    clauses = getattr(document.record, "clauses", ())
    return [clause for clause in clauses if clause.withdrawn is None]


def _is_light(parts: list[_Part], new: Document, platform: str) -> bool:
    """Say whether the weightiest that is new are recommendations to the platform alone."""
    live = {clause.id: clause for clause in _live(new)}
    heavy = [part for part in parts if weight(part.class_) >= 5]
    return bool(heavy) and all(
        isinstance(part, ClauseChange)
        and part.class_ == 8
        and not part.old
        and part.id in live
        and _is_recommendation(live[part.id], platform)
        for part in heavy
    )


def _is_recommendation(clause: Any, platform: str) -> bool:
    return clause.force == "should" and towards.binds_only(clause.addressee, platform)


def _whole(old: Document | None, new: Document | None, around: ComparisonContext) -> UnitDifference:
    document = new or old
    assert document is not None
    put_in = old is None
    clauses = tuple(lone_clauses(document, around, put_in=put_in))
    # A term that is new is weighed by who uses it (compare.py); the other units are new or removed.
    class_: Class = 7 if document.kind == "term" else 8
    live = _live(document)
    light = (
        put_in
        and bool(live)
        and all(_is_recommendation(clause, around.platform) for clause in live)
    )
    directions = [clause.direction for clause in clauses] or [towards.UNCLEAR]
    return UnitDifference((), clauses, class_, class_, towards.together(directions), light)
