"""docs/attacks.md is true: each test that it names is there, each sentence is one of govkit's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.trees import nodes_of, tree_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/attacks.md"
PARTS = (
    "One coordinator, alone",
    "Somebody with the host",
    "A contributor's pull request",
    "Somebody who hands over a file",
)


class Attack(NamedTuple):
    """A row of the table."""

    part: str
    what: str
    words: str
    file: str
    test: str


def attacks() -> list[Attack]:
    """Return the rows of the page."""
    found, part = [], ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:]
        row = re.fullmatch(r"\| (.*) \| (.*) \| (.*) \| `(.*\.py)::(test_\w+)` \|", line)
        if row:
            found.append(Attack(part, row[1], row[3], row[4], row[5]))
    return found


def strings_in(files: Iterable[Path]) -> str:
    """Every string in these files, each on a line; an f-string is the parts between its values."""
    return "\n".join(
        " ".join(node.value.split())
        for file in files
        for node in nodes_of(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def spoken() -> str:
    return strings_in(sorted((ROOT / "govkit").rglob("*.py")))


def test_there_are_at_least_sixty_in_four_parts() -> None:
    rows = attacks()
    assert len(rows) >= 60
    assert {row.part for row in rows} == set(PARTS)
    lines = PAGE.read_text(encoding="utf-8").count("::test_")
    assert len(rows) == lines, "a row is not read"
    assert len({(row.file, row.test) for row in rows}) == len(rows), "a test is named twice"
    assert f"Each of these {len(rows)} is a test" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", attacks(), ids=lambda row: row.test)
def test_the_test_is_there_and_the_words_are_said(row: Attack) -> None:
    file = ROOT / "tests" / row.file
    names = {node.name for node in tree_of(file).body if isinstance(node, ast.FunctionDef)}
    assert row.test in names
    said = "" if row.words == "the test says" else row.words.strip("“”")
    # Parts that another part stands between come from two strings.
    for words in (each.strip(" ,:;.`(") for each in re.split("…|: |, and ", said)):
        assert len(words) < 4 or words in spoken() or words in strings_in([file]), words
