"""Places as editors count them, with emoji, accents that stand apart, and odd line ends."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position

from govkit.findings import Place
from govkit.lsp.places import PagePlaces

TEXT = "a🙂e\u0301b\r\nשלום🏳️‍🌈!\n\nlast"
COUNTED = {
    "utf-16": [(0, 0, 0), (2, 0, 3), (4, 0, 5), (5, 0, 6), (6, 1, 0), (10, 1, 4), (11, 1, 6)],
    "utf-8": [(0, 0, 0), (2, 0, 5), (4, 0, 8), (5, 0, 9), (6, 1, 0), (10, 1, 8), (11, 1, 12)],
    "utf-32": [(0, 0, 0), (2, 0, 2), (4, 0, 4), (5, 0, 5), (6, 1, 0), (10, 1, 4), (11, 1, 5)],
}


@pytest.mark.parametrize("encoding", COUNTED)
def test_a_character_has_a_position_and_the_position_the_character(encoding: str) -> None:
    page = PagePlaces(TEXT, encoding)
    for offset, line, character in COUNTED[encoding]:
        assert page.position(offset) == Position(line, character)
        assert page.offset(Position(line, character)) == offset
    for offset in range(len(page.text) + 1):
        assert page.offset(page.position(offset)) == offset


def test_a_position_behind_the_end_is_the_end() -> None:
    page = PagePlaces(TEXT, "utf-16")
    assert page.offset(Position(0, 99)) == len("a🙂e\u0301b")
    assert page.offset(Position(99, 0)) == len(page.text)
    assert page.position(10**9) == Position(3, 4)
    assert page.position(-1) == Position(0, 0)


def test_in_the_middle_of_a_character_the_next_one_begins() -> None:
    assert PagePlaces("🙂x", "utf-16").offset(Position(0, 1)) == 1


def test_a_finding_has_its_range() -> None:
    where = PagePlaces("🙂🙂 [x](term:y)\n", "utf-16").range_of(Place(1, 4, 7))
    assert (where.start, where.end) == (Position(0, 5), Position(0, 8))


def test_an_old_line_end_is_one() -> None:
    page = PagePlaces("a\rb\r\nc", "utf-16")
    assert page.lines == ["a", "b", "c"]
    assert page.position(2) == Position(1, 0)
