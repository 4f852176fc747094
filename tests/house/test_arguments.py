"""On the way to a verdict no argument has a default that no command ever gives another value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.trees import nodes_of

HOUSE = Path(__file__).resolve().parents[2] / "govkit"
ROOMS = ("log", "round", "consent", "proposals", "consultation", "release", "checks")


class Given(NamedTuple):
    """What one call hands over: how many by position, which by name, and whether all may be."""

    positions: int
    names: frozenset[str | None]
    unpacked: bool


def calls() -> dict[str, list[Given]]:
    """Every call in govkit by the name that is called; what `partial` keeps counts as handed in."""
    found: dict[str, list[Given]] = {}
    for path in HOUSE.rglob("*.py"):
        nodes = nodes_of(path)
        imported = (each for each in nodes if isinstance(each, ast.ImportFrom))
        own = {each.asname or each.name: each.name for node in imported for each in node.names}
        for node in nodes:
            if isinstance(node, ast.Call):
                called, given = node.func, node.args
                if name_of(called) == "partial" and given:
                    called, given = given[0], given[1:]
                names = frozenset(each.arg for each in node.keywords)
                unpacked = any(isinstance(each, ast.Starred) for each in given)
                name = name_of(called)
                name = own.get(name, name) if isinstance(called, ast.Name) else name
                found.setdefault(name, []).append(Given(len(given), names, unpacked))
    return found


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def with_defaults(node: ast.FunctionDef, is_method: bool) -> Iterator[tuple[int, str]]:
    """Each argument that has a default, by its position in a call; 999 for one by name alone."""
    positional = node.args.args[is_method:]
    first = len(positional) - len(node.args.defaults)
    yield from ((at, each.arg) for at, each in enumerate(positional) if at >= first)
    for each, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if default is not None:
            yield 999, each.arg


def test_no_argument_is_given_by_tests_alone() -> None:
    called = calls()
    found = set()
    for path in (path for room in ROOMS for path in (HOUSE / room).rglob("*.py")):
        where = path.relative_to(HOUSE).with_suffix("").as_posix()
        nodes = nodes_of(path)
        owners = {
            id(each): owner.name
            for owner in nodes
            if isinstance(owner, ast.ClassDef)
            for each in owner.body
        }
        for node in nodes:
            if not isinstance(node, ast.FunctionDef):
                continue
            name = owners.get(id(node), "") if node.name == "__init__" else node.name
            for at, argument in with_defaults(node, id(node) in owners):
                if not any(
                    given.unpacked or given.positions > at or {argument, None} & given.names
                    for given in called.get(name, ())
                ):
                    found.add(f"{where}: {name}({argument})")
    assert found == set()
