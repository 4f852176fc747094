"""What may be typed at a place in a record, and what it means: told by the schema of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from govkit.findings import Keys
from govkit.source.schema import schema_of as described_schema
from govkit.source.validation import branches, step_into


class KeyOffer(NamedTuple):
    """A key that a group may have: its name, what it means, and whether it must be there."""

    name: str
    description: str
    required: bool
    opens: str
    """What follows the key: an empty text for a value, `[` for a list, `{` for a group."""


class ValueOffer(NamedTuple):
    """What a value may be: fixed words, kinds of records that it may name, lists of the charter."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    lists: tuple[str, ...]


@cache
def _schema(kind: str) -> dict[str, Any]:
    return described_schema(kind)


@cache
def _nodes(kind: str, route: Keys) -> list[dict[str, Any]]:
    schema = _schema(kind)
    nodes = [schema]
    for step in route:
        nodes = [deeper for node in nodes for deeper in step_into(schema, node, step)]
    return [branch for node in nodes for branch in branches(schema, node)]


def _general(route: Keys) -> Keys:
    """Return a route on which all places of a list are the first: they take the same."""
    return tuple(0 if isinstance(step, int) else step for step in route)


def keys_at(kind: str, route: Keys) -> tuple[KeyOffer, ...]:
    """Return the keys that the group at a route may have, in the order of the model."""
    found: dict[str, KeyOffer] = {}
    for node in _nodes(kind, _general(route)):
        required = node.get("required", ())
        for name, field in node.get("properties", {}).items():
            opens = _opens(kind, (*_general(route), name))
            meant = _description(kind, field)
            found.setdefault(name, KeyOffer(name, meant, name in required, opens))
    return tuple(found.values())


def values_at(kind: str, route: Keys) -> ValueOffer:
    """Return what the value at a route may be."""
    words: dict[str, None] = {}
    kinds: dict[str, None] = {}
    lists: dict[str, None] = {}
    for node in _nodes(kind, _general(route)):
        words.update(dict.fromkeys(map(str, node.get("enum", ()))))
        if "const" in node:
            words[str(node["const"])] = None
        if node.get("type") == "boolean":
            words.update({"true": None, "false": None})
        kinds.update(dict.fromkeys(node.get("x-refers-to", ())))
        if "x-in-charter" in node:
            lists[node["x-in-charter"]] = None
    return ValueOffer(tuple(words), tuple(kinds), tuple(lists))


def description_at(kind: str, route: Keys) -> str:
    """Return what the key that a route ends in means, or an empty text."""
    schema = _schema(kind)
    nodes = [schema]
    for step in _general(route):
        nodes = [deeper for node in nodes for deeper in step_into(schema, node, step)]
    return next((said for node in nodes if (said := _description(kind, node))), "")


def _description(kind: str, node: dict[str, Any]) -> str:
    return next(_descriptions(kind, node), "")


def _descriptions(kind: str, node: dict[str, Any]) -> Iterator[str]:
    for branch in branches(_schema(kind), node):
        if "description" in branch:
            yield str(branch["description"])
        items = branch.get("items")
        if isinstance(items, dict):
            yield from _descriptions(kind, items)


def _opens(kind: str, route: Keys) -> str:
    types = {node.get("type") for node in _nodes(kind, route) if isinstance(node.get("type"), str)}
    if "object" in types:
        return "{"
    return "[" if "array" in types and types <= {"array", "null"} else ""
