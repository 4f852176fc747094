"""Quoted words find their place, or none."""

from __future__ import annotations

import pytest

from govkit.consultation.anchoring import narrow_places, nearest_place, places_of
from govkit.consultation.wording import RevisionWording

FOUND = {
    "as they stand": ("at least 14 days", "at least 14 days", "a"),
    "in capitals": ("AT LEAST 14 DAYS", "at least 14 days", "a"),
    "with a blank by its name": ("least {days} days", "least 14 days", "a"),
    "with a blank in brackets": ("least [14] days", "least 14 days", "a"),
    "over two lines": ("the\n  reasons for", "the reasons for", "b"),
    "with other quotation marks": ('with the "notice"', "with the “notice”", "b"),
    "over two clauses": (
        "it begins. The platform must give",
        "it begins. The platform must give",
        "a",
    ),
}


@pytest.mark.parametrize(("quote", "expected", "clause"), FOUND.values(), ids=FOUND)
def test_a_quote_that_is_found(
    notice: RevisionWording, quote: str, expected: str, clause: str
) -> None:
    [place] = places_of(notice, quote)
    assert (place.quote, place.clause) == (expected, clause)


@pytest.mark.parametrize("quote", ["15 days", "latform must", "tell the use", "", "   ", "[]"])
def test_a_quote_that_is_not_found(notice: RevisionWording, quote: str) -> None:
    assert places_of(notice, quote) == ()


def test_words_around_decide_between_two_places(notice: RevisionWording) -> None:
    both = places_of(notice, "restriction")
    assert len(both) == 2
    [second] = narrow_places(both, "for the", "")
    assert second.clause == "b"
    assert places_of(notice, "restriction", "b") == (second,)


def test_the_nearest_place_begins_and_ends_between_words(notice: RevisionWording) -> None:
    near = nearest_place(notice, "at the least fourteen days before it")
    assert near is not None
    assert near.clause == "a"
    assert near.quote in notice.words
    assert nearest_place(notice, "zzz qqq xxx vvv") is None


def test_what_is_kept_around_is_short(notice: RevisionWording) -> None:
    [place] = places_of(notice, "reasons")
    assert place.prefix == "before it begins. The platform must give the"
    assert len(place.prefix) <= 49
    assert place.suffix == "for the restriction with the “notice”."
