"""What changed in a unit outside its clauses: its fields, by the table of rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.changes import direction as towards
from govkit.corpus.changes.around import ComparisonContext
from govkit.corpus.changes.canonical import values_of
from govkit.corpus.changes.prose import plain_change
from govkit.corpus.changes.rules import FieldRule, rules_for
from govkit.corpus.changes.values import NO_DIRECTION, Class, Direction, FieldChange, weight
from govkit.corpus.documents import Document
from govkit.records.kinds import TEXT_KINDS


def field_changes(old: Document, new: Document, around: ComparisonContext) -> Iterator[FieldChange]:
    """Yield the fields that differ between two states of a unit, clauses aside."""
    rules = {
        field: rule
        for field, rule in rules_for(new.kind or "").items()
        if "*" not in field and rule.class_ != "list" and field != "definition"
    }
    before, after = values_of(old, tuple(rules)), values_of(new, tuple(rules))
    for field, rule in rules.items():
        was, is_ = before[field], after[field]
        if was == is_ or (field.endswith(" order") and _same_order(was, is_)):
            continue
        if field.endswith(" notes") and before[field[:-6]] != after[field[:-6]]:
            continue  # the field itself says so
        class_ = _class_of(rule, was, is_, old, around)
        if class_ != 0:
            way = _direction(rule, class_, was, is_, around)
            for route, old_part, new_part in _parts(field, was, is_):
                yield FieldChange(route, old_part, new_part, class_, way)


def _parts(field: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs inside a map, each with its route; any other value is one part."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield field, old, new
        return
    for key in sorted(old.keys() | new.keys()):
        was, is_ = old.get(key), new.get(key)
        if was != is_:
            yield from _parts(f"{field}.{key}", was, is_)


def _same_order(old: list[str], new: list[str]) -> bool:
    common = set(old) & set(new)
    return [id for id in old if id in common] == [id for id in new if id in common]


def _class_of(
    rule: FieldRule, old: Any, new: Any, document: Document, around: ComparisonContext
) -> Class:
    """Return the class of a change of a field outside the clauses."""
    word = rule.class_
    if word == "S":
        return "S"
    if word.isdigit():
        return int(word)
    if word == "order":
        # In a procedure the order of the clauses is the order of the steps.
        procedural = getattr(document.record, "category", None) == "procedural"
        return 3 if procedural and document.kind in TEXT_KINDS else 2
    if word == "added":
        # Only what was put in is an addition: a source that was taken out or changed is class 3.
        return 4 if all(part in (new or ()) for part in old or ()) else 3
    floor = plain_change(_as_text(old), _as_text(new), around.lexicon).floor
    if word == "defined":
        return floor if floor <= 1 else 7
    return min(floor, 5)  # a title has no links and no blanks


def _as_text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


def _direction(
    rule: FieldRule, class_: Class, old: Any, new: Any, around: ComparisonContext
) -> Direction:
    if weight(class_) < 5:
        return NO_DIRECTION
    return towards.of_scope(old, new, around.axes) if rule.more == "duty" else towards.UNCLEAR
