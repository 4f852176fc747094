"""What changed in a unit outside its clauses: its fields, by the table of rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkit.corpus.changes import direction as towards
from govkit.corpus.changes.around import ComparisonContext
from govkit.corpus.changes.canonical import plain, values_of
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
            way = _Ways(old, new, around, rule, class_)
            for route, old_part, new_part in _parts(field, was, is_):
                yield FieldChange(
                    route, old_part, new_part, class_, way.of(route, old_part, new_part)
                )


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
    return min(floor, 3)  # a title names, and binds nobody


def _as_text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


class _Ways(NamedTuple):
    """What the direction of a field outside the clauses rests on."""

    old: Document
    new: Document
    around: ComparisonContext
    rule: FieldRule
    class_: Class

    def of(self, route: str, was: Any, is_: Any) -> Direction:
        """Return the direction of one part of the field that differs."""
        if weight(self.class_) < 5:
            return NO_DIRECTION
        if self.rule.more == "duty":
            top = [getattr(each.record, "applies_to", None) for each in (self.old, self.new)]
            before, after = map(plain, top)
            return towards.of_scope(before, after, self.around.axes, self._bounds_of_scope())
        keys = route.split(".")
        if keys[0] == "parameters" and len(keys) == 3:
            if keys[2] == "linked":  # a least number that another blank gives
                was, is_ = (0 if each else None for each in (was, is_))
                return self._of_number(keys[1], "minimum", was, is_)
            return self._of_number(keys[1], keys[2], was, is_)
        if keys[0] == "parameters" and keys[2:] == ["linked", "plus"]:
            return self._of_number(keys[1], "minimum", was, is_)
        return towards.UNCLEAR

    def _bounds_of_scope(self) -> list[towards.Bound]:
        """Return the clauses that the scope of the text covers: not those with one of their own."""
        return [
            towards.bound_by(clause, self.around.platform)
            for clause in getattr(self.new.record, "clauses", ())
            if clause.withdrawn is None and clause.applies_to is None
        ]

    def _of_number(self, name: str, which: str, was: Any, is_: Any) -> Direction:
        # From the older state: a change must not turn its own direction by what it sets with it.
        parameter = getattr(self.old.record, "parameters", {}).get(name)
        favours = getattr(parameter, "favours", None)
        clauses = {clause.id: clause for clause in getattr(self.new.record, "clauses", ())}
        used = {said.clause for said, run in self.new.blanks if run.target == name}
        bounds = [
            towards.bound_by(clauses[id], self.around.platform)
            for id in sorted(used & clauses.keys())
        ]
        return towards.of_number(which, was, is_, favours, bounds)
