"""A free mail as points, each with the texts that it may be about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consultation.points import split_mail, with_joins
from govkit.consultation.text_matcher import TextMatcher, words_in

LONG = "A notice fourteen days before a restriction begins is too short for a reader on holiday."
FEE = "That a fee for a complaint is forbidden, however it is decided, is a very good thing."


def proposals(mail: str, shelf: TextMatcher) -> list[tuple[str, str | None]]:
    """Each point: its first words, and the text that is clear for it."""
    split = split_mail(mail, shelf)
    return [
        (" ".join(point.text.split()[:3]), point.clear.unit if point.clear else None)
        for point in split.points
    ]


CASES = {
    "two paragraphs, two texts": (
        f"Dear all,\n\n{LONG}\n\n{FEE}\n\nKind regards\nA. Example",
        [("A notice fourteen", "EXA-DUE-01"), ("That a fee", "EXA-DUE-02")],
    ),
    "a second paragraph on the same": (
        f"{LONG}\n\nPlease think of this.",
        [("A notice fourteen", "EXA-DUE-01")],
    ),
    "two paragraphs on no text": (
        "I see it otherwise.\n\nSo do others.",
        [("I see it", None), ("So do others.", None)],
    ),
    "items of a list": (
        "1. I like it.\n2. I do not like it.",
        [("1. I like", None), ("2. I do", None)],
    ),
    "praise names nothing": ("Thank you for this good work!", [("Thank you for", None)]),
    "an id in the words": (
        "EXA-PRV-01: which form has the copy?",
        [("EXA-PRV-01: which form", "EXA-PRV-01")],
    ),
    "two ids in the words": (
        "EXA-PRV-01 and EXA-DUE-01 are unclear.",
        [("EXA-PRV-01 and EXA-DUE-01", None)],
    ),
    "an id that is none": ("EXA-DUE-011 is unclear.", [("EXA-DUE-011 is unclear.", None)]),
    "an id in the subject": (
        "From: A\nTo: B\nSubject: EXA-DUE-02 (b)\n\nGood.",
        [("Good.", "EXA-DUE-02")],
    ),
    "an answer below a quotation": (
        "> The platform must not ask a fee for a complaint.\n\nGood.",
        [("Good.", "EXA-DUE-02")],
    ),
    "a quotation in the words": (
        'I would drop "reasons for the restriction with the notice" here.',
        [("I would drop", "EXA-DUE-01")],
    ),
    "words close between quoted lines": (f"> a\n{LONG}\n> b", [("A notice fourteen", None)]),
}


@pytest.mark.parametrize(("mail", "expected"), CASES.values(), ids=CASES)
def test_what_is_proposed(
    mail: str, expected: list[tuple[str, str | None]], shelf: TextMatcher
) -> None:
    assert proposals(mail, shelf) == expected


def test_at_most_three_texts_are_proposed_and_the_shared_words_named(shelf: TextMatcher) -> None:
    [point] = split_mail(
        "reasons, the user, days, a restriction, a complaint and a fee", shelf
    ).points
    units = [candidate.unit for candidate in point.candidates]
    assert units == ["EXA-DUE-02", "EXA-DUE-01"]
    assert set(point.candidates[0].shared) == {"complaint", "fee", "days", "restriction"}
    assert point.clear is None


def test_a_clause_that_is_named_is_kept(shelf: TextMatcher) -> None:
    for words in ("EXA-DUE-02 (b) is good", "EXA-DUE-02, clause (b): good", "EXA-DUE-02(b) x"):
        [point] = split_mail(words, shelf).points
        assert point.clear is not None
        assert point.clear.clause == "b", words
    [other] = split_mail("EXA-DUE-02 (z) is good", shelf).points
    assert other.clear is not None
    assert other.clear.clause == ""


def test_a_paragraph_about_another_clause_of_the_text_is_a_point_of_its_own(
    shelf: TextMatcher,
) -> None:
    text = "EXA-DUE-01(a) is too long.\n\nEXA-DUE-01(b) names no day.\n\nThat hurts in (b)."
    split = split_mail(text, shelf)
    assert [each.text for each in split.points] == [
        "EXA-DUE-01(a) is too long.",
        "EXA-DUE-01(b) names no day.\n\nThat hurts in (b).",
    ]


def test_greeting_closing_and_signature_are_set_aside(shelf: TextMatcher) -> None:
    mail = f"Dear colleagues,\n\n{LONG}\n\nBest regards,\nA. Example\nA University\n-- \nPhone"
    split = split_mail(mail, shelf)
    assert split.aside == ("Dear colleagues,", "Best regards,\nA. Example\nA University")
    assert len(split.points) == 1
    assert split.lines_of("signature") == 2


def test_proposed_words_are_told_apart(shelf: TextMatcher) -> None:
    [point] = split_mail(f"{LONG}\n\nProposed text: thirty days\n\nBe bold.", shelf).points
    assert point.proposed_text == "thirty days"
    assert point.text == f"{LONG}\n\nBe bold."


def test_lines_that_a_mail_program_broke_are_joined(shelf: TextMatcher) -> None:
    [point] = split_mail("A first line of more than forty-five characters\nand more.", shelf).points
    assert point.text == "A first line of more than forty-five characters and more."


def test_points_are_joined_on_request(shelf: TextMatcher) -> None:
    split = split_mail(f"{LONG}\n\n{FEE}\n\n1. Third.", shelf)
    joined = with_joins(split, [2], shelf)
    assert [point.text for point in joined.points] == [f"{LONG}\n\n{FEE}", "1. Third."]
    assert [point.number for point in joined.points] == [1, 2]


@given(
    st.lists(
        st.sampled_from(
            [
                LONG,
                FEE,
                "> x",
                "1. a",
                "Dear all,",
                "Best",
                "Proposed text: y",
                "> q\nz\n> r",
                "-- \nme",
            ]
        ),
        max_size=6,
    )
)
def test_own_words_are_in_a_point_or_set_aside(pieces: list[str]) -> None:
    shelf = TextMatcher(())
    split = split_mail("\n\n".join(pieces), shelf)
    kept = " ".join([*(f"{p.text} {p.proposed_text}" for p in split.points), *split.aside])
    own = [
        word
        for passage in split.passages
        if passage.kind == "own"
        for word in passage.text.replace("Proposed text:", "").split()
    ]
    assert sorted(own) == sorted(kept.replace("Proposed text:", "").split())


def test_each_paragraph_is_a_point_on_request(shelf: TextMatcher) -> None:
    split = split_mail(f"{LONG}\n\nPlease think of this.\n\nBest", shelf, each_paragraph=True)
    assert [point.text for point in split.points] == [LONG, "Please think of this."]


def test_words_are_compared_without_their_endings() -> None:
    assert words_in("Restrictions restricting RESTRICTED") == {
        "restriction": "restrictions",
        "restrict": "restricting",
    }


@pytest.mark.parametrize(
    ("mail", "points"),
    [
        ("Seven days are short.\n\nAnna\n", ["Seven days are short."]),
        ("Seven days are short.\nAnna B.\n", ["Seven days are short."]),
        ("Seven days are short.\n\nanna berg\nHead of law\n", ["Seven days are short."]),
        (f"{LONG}\n\nAnna\n\nP.S. {FEE}", [LONG, f"P.S. {FEE}"]),
        ("Seven days are short.\n\nAgreed\n", ["Seven days are short.", "Agreed"]),
        ("> Who signs?\n\nAnna\n", ["Anna"]),
        (
            "Seven days are short.\n\nAnna Berg said so.\n",
            ["Seven days are short.", "Anna Berg said so."],
        ),
    ],
)
def test_the_name_of_its_author_ends_a_mail(
    mail: str, points: list[str], shelf: TextMatcher
) -> None:
    split = split_mail(mail, shelf, names=["Anna Berg"])
    assert [each.text for each in split.points] == points
