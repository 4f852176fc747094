"""Words and phrases in a text: whole words, the longest phrase, several lists in one walk."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.word_list import Phrase, WordList

PHRASES = [
    "must",
    "must not",
    "user",
    "human rights",
    "human rights due diligence",
    "AI",
    "May",
    "children's rights",
    "terms & conditions",
    "C++",
    "due-process right",
]
WORDS = WordList(Phrase("words", each, each) for each in PHRASES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The user must notify.", ["user", "must"]),  # by characters, `must not` would be met
        ("The user must not ify.", ["user", "must not"]),
        ("Users, non-users, superuser, user_name", []),
        ("the user's, a user-to-user call, (user)", ["user", "user"]),
        ("Human Rights, human\n   rights, human\u00a0rights", ["human rights"] * 3),
        ("human rights due diligence", ["human rights due diligence"]),
        ("human rights due", ["human rights"]),
        ("human, rights; human. Rights", []),
        ("human human rights", ["human rights"]),
        ("the user *must* not, must *not*", ["user", "must not", "must not"]),
        ("AI and ai, Ai", ["AI"]),
        ("in May, it may", ["May", "May"]),
        ("children's rights, children\u2019s rights, children rights", ["children's rights"] * 2),
        ("terms & conditions, terms and conditions", ["terms & conditions"]),
        ("C++ and C", ["C++"]),
        ("a due-process right, due process right", ["due-process right"]),
        ("", []),
        ("\0\0\0", []),
    ],
)
def test_what_stands_in_a_text(text: str, expected: list[str]) -> None:
    assert [hit.phrase.means for hit in WORDS.hits(text)] == expected


def test_where_it_stands() -> None:
    text = "A user  must\n not."
    assert [text[hit.start : hit.end] for hit in WORDS.hits(text)] == ["user", "must\n not"]


def test_a_capital_whose_small_form_is_longer_moves_no_place() -> None:
    text = "\u0130stanbul and the user"
    assert [text[hit.start : hit.end] for hit in WORDS.hits(text)] == ["user"]


def test_lists_do_not_take_words_from_each_other() -> None:
    """A term that holds a word of force hides no force."""
    words = WordList(
        [
            Phrase("force", "must", 1),
            Phrase("terms", "must-have list", 2),
            Phrase("terms", "what must be", 3),
        ]
    )
    assert [hit.phrase.means for hit in words.hits("what must be is on the must-have list")] == [
        3,
        1,
        2,
    ]


def test_of_two_phrases_written_alike_the_first_counts() -> None:
    words = WordList([Phrase("terms", "user", "first"), Phrase("terms", "User", "second")])
    assert [hit.phrase.means for hit in words.hits("A user")] == ["first"]


@given(
    st.lists(st.sampled_from(["must", "not", "user", "human", "rights", "due", "x"]), max_size=9)
)
def test_every_word_alone_is_met_where_it_stands(words: list[str]) -> None:
    """Beside the phrases: a word list of single words is a search for whole words."""
    text = " ".join(words)
    single = WordList([Phrase("words", "user", 1), Phrase("words", "due", 2)])
    found = [text[hit.start : hit.end] for hit in single.hits(text)]
    assert found == [word for word in words if word in ("user", "due")]


def test_hits_of_one_list_do_not_overlap() -> None:
    words = WordList(
        [Phrase("words", "a b", 1), Phrase("words", "b c", 2), Phrase("words", "c", 3)]
    )
    assert [hit.phrase.means for hit in words.hits("a b c")] == [1, 3]


def test_a_long_text_is_walked_once() -> None:
    """A million words with a phrase begun at each: no second look at what was passed."""
    text = "human " * 200_000 + "rights"
    assert [hit.start for hit in WORDS.hits(text)] == [len(text) - len("human rights")]


TOKENS = ["user", "must", "not", "human", "rights", "x", "u", "us", "non-user", "\u00e9", "User"]
BETWEEN = [" ", "  ", ", ", "\n", ".", "*", " *", "\u00a0", "\0"]


@given(st.lists(st.tuples(st.sampled_from(TOKENS), st.sampled_from(BETWEEN)), max_size=12))
def test_a_hit_stands_where_a_search_for_the_whole_word_finds_it(
    pieces: list[tuple[str, str]],
) -> None:
    """However often a word is repeated, and whatever stands between."""
    text = "".join(word + between for word, between in pieces)
    words = WordList([Phrase("users", "user", 1), Phrase("force", "must", 2)])
    found = [(hit.start, hit.end) for hit in words.hits(text)]
    assert found == [
        word.span()
        for word in re.finditer(r"(?<![\w-])(?:user|must)(?![\w-])", text, re.IGNORECASE)
    ]


def test_a_phrase_of_repeated_words_ends_at_its_last_one() -> None:
    words = WordList([Phrase("a", "so so so", 1), Phrase("b", "so", 2)])
    spans = [(hit.start, hit.end, hit.phrase.means) for hit in words.hits("so  so so")]
    assert spans == [(0, 9, 1), (0, 2, 2), (4, 6, 2), (7, 9, 2)]


def test_a_text_of_hits_alone_is_walked_once() -> None:
    """Two hundred thousand hits: each place is looked for from the one before."""
    text = "user x " * 200_000
    starts = [hit.start for hit in WORDS.hits(text)]
    assert starts == list(range(0, len(text), 7))
