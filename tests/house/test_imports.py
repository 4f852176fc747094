"""Imports stand at the top of a module, but for those that keep a start quick; and in no circle.

Why some stand inside a function is said here, once. A command's module is loaded for its help and
whenever the shell completes a word of it, and `govkit check` is started again and again: what only
the work itself needs waits until then. It may wait where it would load a library of others, or more
than a few modules. In a module that is loaded only when its work begins, nothing waits but the
libraries of others.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.house.test_arguments import HOUSE
from tests.house.trees import tree_of

FEW = 2
"""So many modules more cost a start nothing that can be felt: 0.3 milliseconds each."""
OF_THE_WORK = ("consultation", "correspondence", "languages", "procedures", "release", "rendering")
"""Rooms that are loaded when the work of a command begins."""
COMPLETING = "govkit.cli.completing"


class Import(NamedTuple):
    """An import of a module: what it loads, and whether it waits inside a function."""

    line: int
    loads: tuple[str, ...]
    waits: bool


MODULES = {
    ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
}


def is_for_types(node: ast.AST) -> bool:
    """Say whether this is `if TYPE_CHECKING:`, which is never run."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def statements_in(node: ast.AST) -> Iterator[ast.AST]:
    """The statements right below one. An import is one, so no expression is looked into."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        below = getattr(node, field, None)
        yield from below if isinstance(below, list) else ()


def imports_below(node: ast.AST, waits: bool = False) -> Iterator[Import]:
    for each in statements_in(node):
        if isinstance(each, ast.Import):
            yield Import(each.lineno, tuple(name.name for name in each.names), waits)
        elif isinstance(each, ast.ImportFrom):
            whole = [f"{each.module}.{name.name}" for name in each.names]
            loads = tuple(name if name in MODULES else each.module or "" for name in whole)
            yield Import(each.lineno, loads, waits)
        elif not is_for_types(each):
            yield from imports_below(each, waits or isinstance(each, ast.FunctionDef))


def trees() -> dict[str, ast.Module]:
    """The tree of each module. It takes seconds, so no worker does it that has no such test."""
    return {name: tree_of(path) for name, path in MODULES.items()}


@cache
def imports() -> dict[str, tuple[Import, ...]]:
    return {name: tuple(imports_below(tree)) for name, tree in trees().items()}


@cache
def loaded_by(name: str) -> frozenset[str]:
    """All that importing a module loads, as far as it stands at the top of govkit's modules."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        found.add(name)
        if name in MODULES:
            ahead += [name.rpartition(".")[0] or name]
            ahead += [load for each in imports()[name] if not each.waits for load in each.loads]
    return frozenset(found)


def libraries(names: frozenset[str]) -> set[str]:
    """Those of others; click is loaded by every start."""
    first = {name.partition(".")[0] for name in names}
    return first - sys.stdlib_module_names - {"govkit", "click"}


def is_command(tree: ast.Module) -> bool:
    """Say whether a module has a command of click, or a group of them."""
    marks = (
        ast.unparse(mark)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
    )
    return any(mark.startswith(("click.command", "click.group")) for mark in marks)


@cache
def modules_of_commands() -> list[str]:
    return [name for name, tree in trees().items() if is_command(tree)]


@cache
def for_help() -> frozenset[str]:
    """What is loaded for the help of one of the commands, or while the shell completes a word."""
    return frozenset().union(*map(loaded_by, (*modules_of_commands(), COMPLETING)))


def may_wait(name: str, load: str) -> bool:
    """Say whether an import of a module has a reason to stand inside a function."""
    more = loaded_by(load) - loaded_by(name)
    if not more:
        return False
    if name in loaded_by("govkit.cli.main"):
        return True
    room = name.split(".")[1]
    if room in OF_THE_WORK or (room == "cli" and name not in for_help()):
        return load not in MODULES
    if load.startswith("govkit.cli.") and load not in for_help():
        return True
    return bool(libraries(more)) or len(more & MODULES.keys()) > FEW or room != "cli"


def test_an_import_waits_only_where_that_keeps_a_start_quick() -> None:
    needless = {
        f"{name}: {', '.join(each.loads)}"
        for name, found in imports().items()
        for each in found
        if each.waits and not any(may_wait(name, load) for load in each.loads)
    }
    assert needless == set()


def test_help_and_completion_load_no_library_of_others() -> None:
    commands = modules_of_commands()
    assert len(commands) > 50
    assert {
        name: libraries(loaded_by(name)) for name in commands if libraries(loaded_by(name))
    } == {}
    assert libraries(loaded_by(COMPLETING)) == set()


def test_no_two_modules_know_each_other() -> None:
    """Wherever the import stands: inside a function a circle is hidden, and still one."""
    knows = {
        name: {load for each in found for load in each.loads if load in MODULES and load != name}
        for name, found in imports().items()
    }
    while free := [name for name, known in knows.items() if not known & knows.keys()]:
        for name in free:
            del knows[name]
    assert {name: sorted(known & knows.keys()) for name, known in knows.items()} == {}
