"""Numbers that somebody typed before paragraphs are labels where they count up, and only there."""

import pytest

from govkit.source.text_blocks import TextBlock
from govkit.source.typed_labels import with_typed_labels

# The paragraphs of a text, and how many of them have a label.
LABELLED = {
    "numbers": (["1. Rent", "2. Heat", "and so on", "3. End"], 3),
    "numbers that begin anew": (["1) Rent", "2) Heat", "Fees:", "1) Gas", "2) Oil"], 4),
    "letters with Roman numbers in them": (["(a) x", "(i) y", "(ii) z", "(b) x", "(i) y"], 5),
    "letters as far as i": ([f"({letter}) x" for letter in "abcdefghij"], 10),
    "numbers of sections": (["1. Rent", "1.1 Due", "1.2 Late", "2. Heat", "2.1 Due"], 5),
    "articles": (["Article I", "Rent", "Article II", "\u00a7 1", "\u00a7 2"], 4),
    "a date and an amount": (["10. Oktober 2026", "2.5 million", "EUR 10 a year"], 0),
    "a gap": (["1. Rent", "2. Heat", "4. End"], 0),
    "one alone": (["1. Rent"], 0),
    "words": (["I may leave", "by mail", "in 1 day", "in 30 days"], 0),
}


@pytest.mark.parametrize("case", LABELLED)
def test_numbers_that_count_up_are_labels(case: str) -> None:
    texts, count = LABELLED[case]
    blocks = [TextBlock(text) for text in texts]
    for side in with_typed_labels(blocks, blocks):
        labels = [block.label for block in side if block.label]
        assert len(labels) == count
        assert all(block.text.startswith(block.label) for block in side)


def test_what_counts_up_in_one_text_only_is_no_label_in_either() -> None:
    old, new = (
        [TextBlock(f"{number}. Rent") for number in numbers] for numbers in ((1, 2, 3), (1, 3))
    )
    assert not any(block.label for side in with_typed_labels(old, new) for block in side)


def test_the_label_that_a_program_counted_stays() -> None:
    blocks = [TextBlock("1. Rent", "item", 1, label="1."), TextBlock("2. a"), TextBlock("3. b")]
    assert with_typed_labels(blocks, blocks)[0][0].label == "1."
