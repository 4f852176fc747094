"""The canonical text: the same words give the same text, whatever they came in."""

import pytest

from govkit.assessment.canonical import canonical_text, sha256_of, word_count
from govkit.assessment.passages import passages_of, sentence_at
from govkit.assessment.quotes import normalised_words, quoted_place, without_markup
from govkit.rendering.markdown_blocks import blocks_of_markdown
from govkit.source.foreign_text import text_in
from govkit.source.text_blocks import TextBlock

MARKDOWN = """# Appeals

You may [appeal](https://kiosk.example/appeals "how") within **14 days**.
We will answer you.

| what | when |
| --- | --- |
| notice | 30 days |
"""
PAGE = """<!doctype html><html><body><nav><p>Home</p></nav><h1>Appeals</h1>
<p>You may <a href="/other">appeal</a>   within <b>14 days</b>. We&nbsp;will
answer you.<del> Or not.</del></p><table><tr><th>what</th><th>when</th></tr>
<tr><td>notice</td><td>30 days</td></tr></table><p hidden>Unseen.</p></body></html>"""
WORDS = """Appeals

You may appeal within 14 days. We will answer you.

what | when

notice | 30 days
"""


def test_links_menus_and_line_ends_make_no_difference() -> None:
    page = text_in(PAGE.encode()).blocks
    assert page is not None
    assert canonical_text(blocks_of_markdown(MARKDOWN)) == WORDS
    assert canonical_text(page) == WORDS


def test_a_document_without_words_has_an_empty_canonical_text() -> None:
    assert canonical_text([TextBlock("  "), TextBlock("Cookies", part="menu")]) == ""
    assert word_count("14 days — don't, | and\n") == 4


def test_letters_are_composed_so_that_two_ways_to_type_them_have_one_digest() -> None:
    one, other = (canonical_text([TextBlock(words)]) for words in ("Cafe\u0301", "Café"))
    assert one == other
    assert sha256_of(one) == sha256_of(other)


@pytest.mark.parametrize(
    ("copied", "seen"),
    [
        ("see [our rules](https://a.example/x_(y)) now", "see our rules now"),
        ("**must** not \\_ever\\_", "must not _ever_"),
        ("a_b and 2 * 3 stay", "a_b and 2 * 3 stay"),
    ],
)
def test_words_copied_out_of_markdown_lose_its_marks(copied: str, seen: str) -> None:
    assert without_markup(copied) == seen


def test_normalised_words_keep_numbers_and_signs_that_count() -> None:
    assert normalised_words("We MUST pay 1,5 % — in 30 days, “at most”!") == (
        "we must pay 1,5 % in 30 days at most"
    )


def test_a_quotation_has_its_place_and_what_stands_around_it() -> None:
    start = WORDS.index("14 days")
    place = quoted_place(WORDS, start, start + 7)
    assert place.exact == WORDS[place.start : place.end] == "14 days"
    assert place.prefix.endswith("appeal within ")
    assert place.suffix.startswith(". We will")


def test_passages_have_their_heading_and_are_never_longer_than_can_be_read() -> None:
    long = "We keep what you post for as long as the law asks for it. " * 40
    items = "\n\n".join(f"• item {n} of the list" for n in range(3))
    text = f"Data\n\n{long.strip()}\n\nYou may:\n\n{items}\n"
    found = passages_of(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert {each.heading for each in found} == {"Data"}
    assert max(len(each.text) for each in found) < 1_000
    assert found[-1].text.startswith("You may:")
    assert found[-1].text.endswith("item 2 of the list")


def test_the_sentence_around_words_ends_with_its_paragraph() -> None:
    start = WORDS.index("answer")
    assert WORDS[slice(*sentence_at(WORDS, start, start + 6))] == "We will answer you."
    assert sentence_at("", 0, 0) == (0, 0)
