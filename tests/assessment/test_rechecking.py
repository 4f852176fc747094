"""What becomes of a quotation when terms change; nothing that binds otherwise is carried."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.assessment.anchoring import AnchoringText
from govkit.assessment.rechecking import QuotedWords, Recheck, rechecked

SENTENCE = (
    "We will delete your data within 30 days after you ask us to, unless the law requires us to "
    "keep it."
)
TERMS = f"""Accounts

You can delete your account at any time. {SENTENCE} You may appeal within 14 days.

Fees

We do not charge fees. We will tell you before we do.
"""
WITHOUT = TERMS.replace(f" {SENTENCE}", "")
QUOTE = "We will delete your data within 30 days after you ask us to"


def becomes(quote: str, new: str, old: str = TERMS, language: str = "en") -> Recheck:
    start = old.index(quote, old.find(SENTENCE) if quote in SENTENCE else 0)
    quoted = QuotedWords(quote, start=start, end=start + len(quote))
    return rechecked(quoted, AnchoringText(new), language, old)


CASES = {
    "the same": (TERMS, "carried", ""),
    "a paragraph was parted": (
        TERMS.replace("data within", "data\n\nwithin"),
        "carried",
        "only links or white space differ",
    ),
    "capitals and a comma": (
        TERMS.replace("We will delete your data", "WE WILL, DELETE YOUR DATA"),
        "carried",
        "only capitals or punctuation differ",
    ),
    "moved to the top": (f"{SENTENCE}\n\n{WITHOUT}", "carried", ""),
    "another number": (TERMS.replace("30 days", "14 days"), "review", "30 days became 14 days"),
    "another unit": (TERMS.replace("30 days", "30 weeks"), "review", "30 days became 30 weeks"),
    "denied": (TERMS.replace("will delete", "will not delete"), "review", "will became will not"),
    "weakened": (TERMS.replace("will delete", "may delete"), "review", "will became may"),
    "a limit in the sentence around": (
        TERMS.replace("unless the law", "unless we or the law"),
        "review",
        "in the sentence around it, or was put in",
    ),
    "other words": (
        TERMS.replace("delete your data", "erase your data"),
        "review",
        "delete became erase",
    ),
    "the same words elsewhere and another number in their place": (
        f"Old\n\n{QUOTE}.\n\n" + TERMS.replace("30 days", "90 days"),
        "review",
        "other words stand in its place, and these elsewhere: 30 days became 90 days",
    ),
    "taken out": (WITHOUT, "lost", "its words are gone, and nothing like them stands there"),
    "an empty page": ("", "lost", "its words are gone, and nothing like them stands there"),
}


@pytest.mark.parametrize("case", [*CASES])
def test_a_quotation_is_carried_reviewed_or_lost(case: str) -> None:
    new, outcome, because = CASES[case]
    found = becomes(QUOTE, new)
    assert (found.outcome, found.because) == (outcome, because)
    assert (found.place is None) == (outcome == "lost")


def test_a_negation_before_the_quoted_words_asks_too() -> None:
    new = TERMS.replace("will delete", "will not delete")
    found = becomes("delete your data within 30 days", new)
    assert (found.outcome, found.because) == (
        "review",
        "in the sentence around it, will became will not",
    )
    around = QuotedWords(
        "delete your data within 30 days",
        "delete your account at any time. We will ",
        " after you ask us to, unless the",
    )
    assert rechecked(around, AnchoringText(new), "en").outcome == "review"


def test_a_rewritten_passage_between_the_same_neighbours_is_shown() -> None:
    new = TERMS.replace(SENTENCE, "Ask support.")
    assert becomes(QUOTE, new).outcome == "lost"
    whole = becomes(SENTENCE, new)
    assert whole.outcome == "review"
    assert whole.place
    assert new[whole.place.start : whole.place.end] == "Ask support"


def test_in_a_language_without_lists_any_other_word_around_asks() -> None:
    old = "本規約は三十日前に通知します。利用者は異議を申し立てることができます。\n"
    new = old.replace("三十日前に", "予告なく")
    assert becomes("通知します", new, old, "ja").outcome == "review"
    assert becomes("通知します", old, old, "ja").outcome == "carried"


WORDS_OF = ("will", "may", "must", "shall", "can")
NUMBERS = ("7", "14", "60", "three", "90")


def _in_quote(old: str, swapped: str) -> str:
    """Change the words of the quotation's own sentence, and nothing elsewhere."""
    return TERMS.replace(SENTENCE, SENTENCE.replace(old, swapped, 1))


BINDING = [
    *(_in_quote("30", number) for number in NUMBERS),
    *(_in_quote("We will", f"We {word}") for word in WORDS_OF[1:]),
    *(_in_quote("will delete", f"will {word} delete") for word in ("not", "never", "no longer")),
    _in_quote("after you", "not after you"),
    _in_quote("unless", "only if"),
    _in_quote("days", "months"),
]


def _noise(text: str, seed: int) -> str:
    """Change what says nothing, as another reading of the same page does."""
    shuffled = random.Random(seed)
    paragraphs = text.strip().split("\n\n")
    if shuffled.random() < 0.5:
        paragraphs.insert(0, "Last updated: yesterday")
    if shuffled.random() < 0.3:
        paragraphs = [*paragraphs[2:], *paragraphs[:2]]
    if shuffled.random() < 0.3:
        paragraphs = [re.sub(r"(?<=\.) ", "\n\n", each) for each in paragraphs]
    if shuffled.random() < 0.3:
        paragraphs = [each.replace(" data ", "  data ").upper() for each in paragraphs]
    return "\n\n".join(paragraphs) + "\n"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(BINDING), st.integers(0, 10_000), st.integers(0, 3), st.integers(4, 20))
def test_what_binds_otherwise_is_never_carried(text: str, seed: int, first: int, last: int) -> None:
    """Whatever part of the sentence is quoted, and whatever else is other on the page."""
    quote = " ".join(SENTENCE.split()[first:last])
    found = becomes(quote, _noise(text, seed))
    assert found.outcome != "carried", (quote, found)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(0, 3), st.integers(4, 20))
def test_what_says_the_same_is_carried(seed: int, first: int, last: int) -> None:
    """Another reading of the same page changes nothing: an archive's filter, white space, order."""
    quote = " ".join(SENTENCE.split()[first:last])
    assert becomes(quote, _noise(TERMS, seed)).outcome == "carried", quote
