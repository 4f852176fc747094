"""Straight quotes become a printer's, sign for sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.rendering.spans import Blank, Code, Pointer, Words
from govkit.rendering.typography import curled, typeset, with_isolates


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("isn't", "isn’t"),
        ("users' rights", "users’ rights"),
        ('"your recent activity"', "“your recent activity”"),
        ('say "no".', "say “no”."),
        ('("no")', "(“no”)"),
        ("\"she said 'no'\"", "“she said ‘no’”"),
        ("'a' and 'b'", "‘a’ and ‘b’"),
        ("the '90s and 'tis", "the ’90s and ’tis"),
        ('either/"or"', "either/“or”"),
        ('a dash \u2014"so"', "a dash \u2014“so”"),
        ('at the end "', "at the end ”"),
        ("no quotes", "no quotes"),
    ],
)
def test_quotes_of_english_sentences(typed: str, set_: str) -> None:
    assert curled(typed) == set_


@given(st.text(alphabet="ab 0\"'(-.\u2014"))
def test_each_sign_becomes_exactly_one_and_can_be_had_back(typed: str) -> None:
    straight = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
    assert curled(typed).translate(straight) == typed


def test_a_quotation_around_a_link() -> None:
    spans = (Words('the "'), Pointer("term-user", (Words("user"),)), Words('" is'))
    assert typeset(spans) == (Words("the “"), Pointer("term-user", (Words("user"),)), Words("” is"))


def test_code_and_blanks_are_words_to_their_neighbours_and_stay_as_they_are() -> None:
    spans = (Words('"'), Code('"x"'), Words("\"'s "), Blank("n", "6"), Words("' end"))
    assert typeset(spans) == (
        Words("“"),
        Code('"x"'),
        Words("”’s "),
        Blank("n", "6"),
        Words("’ end"),
    )


def test_labels_ids_and_dates_in_a_line_from_right_to_left_keep_their_order() -> None:
    words = (
        '<a id="x-2026-05-01"></a>**(a)** نص [نص](PRN-04.md) وفقا للمادة PRN-04 في 2026-05-01 `(b)`'
    )
    assert with_isolates(words) == (
        '<a id="x-2026-05-01"></a>\u2066**(a)**\u2069 نص [نص](PRN-04.md) وفقا للمادة '
        "\u2066PRN-04\u2069 في \u20662026-05-01\u2069 \u2066`(b)`\u2069"
    )
    assert with_isolates("- (i) نص") == "- \u2066(i)\u2069 نص"
