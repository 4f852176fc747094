"""The data of a file made to fit its kind: what does not fit is left out, or stands as any value.

So the rest can be looked at as a record, for remarks alone: it says what nobody wrote. Where the
file has a mistake is kept beside it, and where each part stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govkit.findings import Finding, Keys
from govkit.records.base import Record
from govkit.source.validation import branches, schema_of, step_into, validate

_ROUNDS = 8
"""What is put in may be at fault itself, and a part of it is then left out."""
_MOST_FAULTS = 200
"""Faults of one file. Beyond them it is no record with mistakes, and nobody reads on."""


class FittedRecord(NamedTuple):
    """A record made of the parts that fit; `at_fault` are the routes of all others in the file."""

    record: Record
    at_fault: frozenset[Keys]
    parts: FittedParts


@dataclass(frozen=True)
class FittedParts:
    """What of the data is left out, what is put in, and which keys have another name.

    All by their routes in the data as the file holds them.
    """

    left_out: set[Keys] = field(default_factory=set)
    put_in: dict[Keys, dict[str, Any]] = field(default_factory=dict)
    renamed: dict[Keys, str] = field(default_factory=dict)

    def written(self, data: Any, at: Keys = ()) -> Any:
        """Return the data as they fit."""
        if isinstance(data, dict):
            kept = {
                self.renamed.get((*at, key), key): self.written(value, (*at, key))
                for key, value in data.items()
                if (*at, key) not in self.left_out
            }
            return kept | self.put_in.get(at, {})
        if isinstance(data, list):
            return [
                self.written(value, (*at, place))
                for place, value in enumerate(data)
                if (*at, place) not in self.left_out
            ]
        return data

    def in_file(self, keys: Keys) -> Keys:
        """Return the route in the file that a route of the record stands for."""
        found: Keys = ()
        for step in keys:
            if isinstance(step, int):
                step = self._place(found, step)
            elif step not in self.put_in.get(found, {}):
                step = next(
                    (
                        old[-1]
                        for old, new in self.renamed.items()
                        if new == step and old[:-1] == found
                    ),
                    step,
                )
            found = (*found, step)
        return found

    def _place(self, of_list: Keys, place: int) -> int:
        """Return the place in the file of an item, before which some are left out."""
        gone = sorted(
            keys[-1]
            for keys in self.left_out
            if len(keys) == len(of_list) + 1 and keys[:-1] == of_list and isinstance(keys[-1], int)
        )
        for each in gone:
            if each <= place:
                place += 1
        return place


def fitted(kind: str, data: Any) -> FittedRecord | None:
    """Return what of the data fits the kind; None where too little does, or too much does not."""
    if not isinstance(data, dict):
        return None
    parts = FittedParts()
    at_fault: set[Keys] = set()
    for turn in range(_ROUNDS):
        fit = parts.written(data)
        record, faults = validate(kind, fit, "")
        if record is not None:
            return FittedRecord(record, frozenset(at_fault), parts)
        if len(faults) > _MOST_FAULTS:
            return None
        for fault in faults:
            if not fault.route.keys and fault.rule != "missing-key":
                return None
            at_fault |= set(_mend(parts, kind, fit, fault, turn))
    return None


def _mend(parts: FittedParts, kind: str, fit: Any, fault: Finding, turn: int) -> Iterator[Keys]:
    """Take one fault out of the data, and yield the routes in the file that it leaves at fault."""
    keys = parts.in_file(fault.route.keys)
    if fault.rule == "missing-key" and fault.expected and " " not in fault.expected.split(", ")[0]:
        for name in fault.expected.split(", "):
            number = sum(map(len, parts.put_in.values())) + 1
            value = _any_value(kind, fit, (*fault.route.keys, name), f"x{number}x")
            parts.put_in.setdefault(keys, {})[name] = value
            yield (*keys, name)
        return
    *above, last = keys
    around = tuple(above)
    if fault.rule == "unknown-key" and _can_be(fit, fault):
        parts.renamed[keys] = fault.expected
        return  # its value is read as that of the key that was meant
    yield keys
    if last in parts.put_in.get(around, {}):
        if turn < 2:
            return  # it was put in this turn, by another fault of the same part
        del parts.put_in[around][last]
        parts.left_out.add(around)
        yield around
    else:
        parts.renamed.pop(keys, None)
        parts.left_out.add(keys)


def _can_be(fit: Any, fault: Finding) -> bool:
    """Say whether a key that nobody knows can stand for the one that was meant."""
    around = fit
    for step in fault.route.keys[:-1]:
        around = around[step]
    return bool(fault.expected) and fault.expected not in around


_WORDS = ("{}", "X-{0}", "x.{0}", "2000-01-01", "2000-01-01T00:00:00Z", "1", "yes", "en")
"""Words of the forms that fields have; the first that fits is taken."""


def _any_value(kind: str, fit: Any, keys: Keys, word: str) -> Any:
    """Return any value that fits at a route, in which nothing is said; `word` is in no text."""
    schema = schema_of(kind)
    nodes = [schema]
    for step in keys:
        nodes = [deeper for node in nodes for deeper in step_into(schema, node, step)]
    return next((_of_node(schema, node, word, 4) for node in nodes), word)


def _of_node(schema: dict[str, Any], node: dict[str, Any], word: str, depth: int) -> Any:
    forms = branches(schema, node)
    if any(form.get("type") == "null" for form in forms) or not depth:
        return None
    for form in forms:
        if "enum" in form or "const" in form:
            return form.get("const", form.get("enum", [None])[0])
        kind = form.get("type")
        if kind == "array":
            least = form.get("minItems", 0)
            return [_of_node(schema, form["items"], word, depth - 1)] if least else []
        if kind == "object":
            return {
                key: _of_node(schema, form["properties"][key], word, depth - 1)
                for key in form.get("required", ())
            }
        if kind is not None:
            pattern = form.get("pattern", "")
            words = [each.format(word) for each in _WORDS]
            return next((each for each in words if re.search(pattern, each)), word)
    return word
