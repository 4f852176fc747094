"""Other values in a file: only their own lines change, and comments stay where they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.source.layout import NotFormatted
from govkit.source.loader import load
from govkit.source.revising import alignment, revised

BASE = Path(__file__).resolve().parents[1] / "rules/_base"

FILE = """\
# yaml-language-server: $schema=x
id: EXA-01 # never changes
title: 'A title'
rights: [a, b]
clauses:
  # the first
  - id: a
    text: >-
      One long paragraph that runs
      over two lines.
  # the second
  - id: b # b
    text: Two
    conditions:
    - one
    - two
grounds:
  - {source: x, locator: "art. 1"}
rationale: |
  Why.
"""


def values_of(text: str) -> dict[str, Any]:
    """Return plain data that a test may change."""
    return json.loads(json.dumps(load(text)))


CASES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "a word": (lambda v: v.update(title="New"), "title: 'A title'\n", "title: New\n"),
    "a list between brackets": (
        lambda v: v.update(rights=["b", "c d"]),
        "rights: [a, b]\n",
        "rights: [b, c d]\n",
    ),
    "a mapping between brackets": (
        lambda v: v["grounds"][0].update(locator="art. 2, b: [c]"),
        '{source: x, locator: "art. 1"}',
        '{source: x, locator: "art. 2, b: [c]"}',
    ),
    "a folded paragraph stays folded": (
        lambda v: v["clauses"][0].update(text="One short"),
        "      One long paragraph that runs\n      over two lines.\n",
        "      One short\n",
    ),
    "items change places with their comments": (
        lambda v: v["clauses"].reverse(),
        FILE[FILE.index("  # the first") : FILE.index("grounds")],
        FILE[FILE.index("  # the second") : FILE.index("grounds")]
        + FILE[FILE.index("  # the first") : FILE.index("  # the second")],
    ),
    "an item goes with its comment": (
        lambda v: v["clauses"].pop(0),
        FILE[FILE.index("  # the first") : FILE.index("  # the second")],
        "",
    ),
    "an item comes between": (
        lambda v: v["clauses"].insert(1, {"id": "c", "text": "Three: so"}),
        "  # the second\n",
        '  - id: c\n    text: "Three: so"\n  # the second\n',
    ),
    "a word of a list": (
        lambda v: v["clauses"][1]["conditions"].__setitem__(0, "uno"),
        "    - one\n",
        "    - uno\n",
    ),
    "a key comes": (
        lambda v: v["clauses"][1].update(guidance="Help"),
        "    - two\n",
        "    - two\n    guidance: Help\n",
    ),
    "a key goes": (
        lambda v: v["clauses"][1].pop("conditions"),
        "    conditions:\n    - one\n    - two\n",
        "",
    ),
    "a number stays one": (lambda v: v.update(title=7), "title: 'A title'\n", "title: 7\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_changed_is_written_anew(name: str) -> None:
    change, old, new = CASES[name]
    values = values_of(FILE)
    change(values)
    assert FILE.count(old) == 1
    assert revised("provision", FILE.encode(), values).decode() == FILE.replace(old, new)


def test_a_new_key_stands_where_keys_of_its_kind_stand() -> None:
    values = values_of(FILE) | {"category": "x"}
    order = ("id", "title", "rights", "category", "clauses")
    after = revised("provision", FILE.encode(), values, order).decode()
    assert "rights: [a, b]\ncategory: x\nclauses:" in after


def test_line_ends_of_windows_stay() -> None:
    data = FILE.replace("\n", "\r\n").encode()
    after = revised("provision", data, values_of(FILE) | {"title": "New"})
    assert after.decode() == data.decode().replace("'A title'", "New")


@pytest.mark.parametrize("words", ["a\x00b", "a\u202eb", "a\u200bb", "\ud800"])
def test_what_no_file_may_hold_is_refused(words: str) -> None:
    with pytest.raises(NotFormatted):
        revised("provision", FILE.encode(), values_of(FILE) | {"title": words})


def test_a_comment_that_would_be_lost_stops_it() -> None:
    text = FILE.replace("    text: Two\n", "    text: Two # said so\n")
    values = values_of(text)
    values["clauses"][1]["text"] = "Two\n\nand three"
    with pytest.raises(NotFormatted):
        revised("provision", text.encode(), values)


def test_every_file_of_the_example_comes_back_as_it_is() -> None:
    for path in sorted(BASE.rglob("*.yaml")):
        data = path.read_bytes()
        assert revised("provision", data, load(data.decode())) == data, path


WORDS = st.text(st.sampled_from("ab :#'\"-[]{},&*!|>%@`\\()é\n"), max_size=20).map(
    lambda text: "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
)


@given(st.lists(WORDS, max_size=3), WORDS, WORDS, st.permutations([0, 1, 2]))
def test_whatever_is_typed_is_read_back(
    limits: list[str], text: str, locator: str, order: list[int]
) -> None:
    values = values_of(FILE)
    clauses = [*values["clauses"], {"id": "c", "text": text, "conditions": limits}]
    values["clauses"] = [clauses[at] for at in order]
    values["clauses"][0]["text"] = text
    values["grounds"][0]["locator"] = locator
    values["rationale"] = text
    try:
        after = revised("provision", FILE.encode(), values).decode()
    except NotFormatted:
        return
    assert load(after) == values
    for comment in ("# never changes", "# the first", "# the second", "# b"):
        assert comment in after


def test_items_are_known_by_their_names() -> None:
    old = [{"id": "a", "x": 1}, {"id": "b", "x": 2}]
    assert alignment(old, [{"id": "b", "x": 3}, {"id": "a", "x": 1}]) == [1, 0]
    assert alignment(old, [{"id": "c", "x": 1}]) == [None]
    assert alignment(["one", "two"], ["uno", "two"]) == [0, 1]


def test_null_is_written_over() -> None:
    file = b"of: X\n# who\nby: null\nend: null\n"
    after = revised("translation", file, {"of": "X", "by": "A. Example", "end": None})
    assert after == b"of: X\n# who\nby: A. Example\nend: null\n"
