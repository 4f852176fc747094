"""Where somebody is typing, in files that are whole and in files that are not."""

from __future__ import annotations

import pytest

from govkit.findings import Keys
from govkit.source.typing_place import typing_place

HEAD = "id: EXA-DUE-01\nclauses:\n  - id: a\n    force: must\n"

VALUES: list[tuple[str, Keys, str]] = [
    ("status: dr|", ("status",), "dr"),
    ("status: |", ("status",), ""),
    ("rights: [privacy, due|", ("rights", 1), "due"),
    ("rights:\n- privacy\n- |", ("rights", 1), ""),
    ("rights:\n  - privacy\n  - du|\ntitle: X", ("rights", 1), "du"),
    ("grounds:\n  - {source: eu|, locator: 4}", ("grounds", 0, "source"), "eu"),
    ("grounds:\n  - {source: a, locator: 4}\n  - source: |", ("grounds", 1, "source"), ""),
    ("applies_to: {users: [adult], sizes: [|", ("applies_to", "sizes", 0), ""),
    ("applies_to: {users: [adult],\n  sizes: [sm|", ("applies_to", "sizes", 0), "sm"),
    ('title: "a: b, c"\nstatus: |', ("status",), ""),
    ("rationale: |!\n  force: x\n\n  more\nstatus: d|", ("status",), "d"),
    ("grounds: {source: x\nstatus: |", ("status",), ""),
]
GROUPS: list[tuple[str, Keys, str, set[str]]] = [
    ("|", (), "", set()),
    ("id: x\nsta|\ntitle: y\n", (), "sta", {"id", "title"}),
    (f"{HEAD}    te|", ("clauses", 0), "te", {"id", "force"}),
    (
        f"{HEAD}    |\n    text: X\n  - id: b\n    guidance: y",
        ("clauses", 0),
        "",
        {"id", "force", "text"},
    ),
    (f"{HEAD}  - |", ("clauses", 1), "", set()),
    ("grounds:\n  - {sou|", ("grounds", 0), "sou", set()),
    ("grounds:\n  - {source: a, |", ("grounds", 0), "", {"source"}),
]


def at(marked: str) -> tuple[str, int]:
    offset = marked.replace("|!", "\0").index("|")
    text = marked.replace("|!", "\0").replace("|", "").replace("\0", "|")
    return text, offset


@pytest.mark.parametrize(("marked", "route", "word"), VALUES, ids=lambda each: str(each)[-20:])
def test_a_value(marked: str, route: Keys, word: str) -> None:
    place = typing_place(*at(marked))
    assert (place.value, place.word, place.in_block) == (route, word, False)


@pytest.mark.parametrize(
    ("marked", "route", "word", "beside"),
    GROUPS,
    ids=lambda e: str(sorted(e) if isinstance(e, set) else e)[-20:],
)
def test_a_key(marked: str, route: Keys, word: str, beside: set[str]) -> None:
    place = typing_place(*at(marked))
    assert (place.group, place.word, set(place.beside)) == (route, word, beside)


@pytest.mark.parametrize("style", [">-", "|!", "|!2  # why"])
def test_a_text_below_a_bar(style: str) -> None:
    place = typing_place(*at(f"{HEAD}    text: {style}\n      The [user](term:|"))
    assert (place.value, place.in_block) == (("clauses", 0, "text"), True)


def test_what_is_nested_without_end_gives_no_offer_and_no_error() -> None:
    deep = "".join(" " * n + "a:\n" for n in range(300)) + "[" * 5000
    assert typing_place(deep, len(deep)).word == ""
