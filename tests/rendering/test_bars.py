"""Bars of voices: none of a kind vanishes, none rests on colour, and the words stand beside it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from govkit.consent.counted_voices import STANDS, CountedVoices
from govkit.languages.catalogue import messages
from govkit.rendering.bars import ASCII, LOOKS, MOST_SIGNS, SIGNS, as_svg, bar_of, scaled, signs_of
from govkit.rendering.spans import Bar


@pytest.mark.parametrize(
    ("counts", "signs"),
    [
        ((1, 0, 0, 0, 2), "█··"),
        ((20, 0, 0, 0, 0), "█" * 20),
        ((40, 0, 0, 0, 0), "█" * 20),
        ((500, 1, 1, 1, 1), "█" * 19 + "▒×–·"),
        ((30, 0, 10, 0, 20), "█" * 10 + "×" * 3 + "·" * 7),
        ((0, 0, 0, 0, 0), ""),
    ],
)
def test_a_large_group_is_made_smaller_and_nothing_in_it_vanishes(
    counts: tuple[int, ...], signs: str
) -> None:
    named = CountedVoices("x", counts).named
    assert signs_of((LOOKS[stand], count) for stand, count in named) == signs
    kinds = len(named)
    drawn = sum(count for _, count in scaled(tuple((LOOKS[s], n) for s, n in named)))
    assert drawn <= MOST_SIGNS + kinds


def test_each_look_has_a_sign_of_its_own_also_in_ascii() -> None:
    assert len(set(SIGNS.values())) == len(set(ASCII.values())) == len(STANDS)
    assert "".join(ASCII.values()).isascii()


def test_the_shapes_differ_without_their_colours() -> None:
    drawn = [as_svg(Bar((((look, 1),),), "x")) for look in LOOKS.values()]
    assert len({re.sub("#[0-9a-f]{6}", "", each) for each in drawn}) == len(STANDS)


def test_the_picture_says_in_words_what_it_shows_and_is_never_too_wide() -> None:
    stands = [CountedVoices(f"g{n}", (200, 3, 1, 0, 80)) for n in range(8)]
    bar = bar_of(stands, messages("en"), {"g0": "A <b> & B"})
    picture = ElementTree.fromstring(as_svg(bar))
    title = picture.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == picture.get("aria-label") == bar.said
    assert bar.said.startswith("A <b> & B: agree 200, with reservation 3, object 1, not heard 80; ")
    assert picture.get("role") == "img"
    assert float(picture.get("width", "999")) < 200
