"""No pattern rests on what CPython before 3.11.5 mishandles: possessive repeats, atomic groups.

There, `(?:a++b)*+` and its like match too little or nothing at all, and a loop over a text never
ends. Debian 12 has Python 3.11.2.
"""

import ast
import re
import re._parser as parser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PERHAPS = re.compile(r"[*+?}]\+|\(\?>")
PLAIN = {":/?#@!$&'*+,;=%~", "C++", "C++ and C"}
"""Words that are no patterns, and could be read as one."""
PUT_IN = re.compile(r"(?<!\\)\{\+\+|\+\+\}")
"""The signs of words that are put into a marked-up text."""


def written(node: ast.AST) -> str:
    """Return a text of the source; what is put into it at run time counts as one group."""
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or "(?:x)" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def operations(pattern: Any) -> Iterator[str]:
    """Yield what a parsed pattern does, in capitals."""
    if isinstance(pattern, (list, tuple, parser.SubPattern)):
        for part in pattern:
            yield from operations(part)
    else:
        yield str(pattern)


def rests_on_them(pattern: str) -> bool:
    pattern = PUT_IN.sub("", pattern)
    if pattern in PLAIN or not PERHAPS.search(pattern):
        return False
    try:
        found = set(operations(parser.parse(pattern)))
    except re.error:  # a part of a pattern, or none: `+++` heads a file in a comparison
        return bool(PERHAPS.search(pattern.replace("+++", "")))
    return not found.isdisjoint({"POSSESSIVE_REPEAT", "ATOMIC_GROUP"})


@pytest.mark.parametrize(
    "pattern", ["a++", "(?:a|b)*+c", "(?>a)", "a{2}+", "|(?:x)++(?:b)*+)", "a?+"]
)
def test_they_are_seen(pattern: str) -> None:
    assert rests_on_them(pattern)


@pytest.mark.parametrize(
    "pattern", ["[*+]x", "a+b*", r"\++", r"(?=\+)[a+]+", "--- a\n+++ b", "{++ in ++}"]
)
def test_what_only_looks_alike_is_not_taken_for_one(pattern: str) -> None:
    assert not rests_on_them(pattern)


def test_no_pattern_uses_them() -> None:
    found = []
    for folder in ("govkit", "scripts", "bench", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if path == Path(__file__) or not PERHAPS.search(source):
                continue
            for node in ast.walk(ast.parse(source)):
                if rests_on_them(written(node)):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
