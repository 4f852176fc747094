"""Rationale and guidance: CommonMark becomes a tree, and nothing in it can do harm."""

from collections.abc import Callable

import pytest

from govkit.corpus.whole import Corpus
from govkit.rendering.document import (
    CodeBlock,
    Item,
    Items,
    Paragraph,
    Prose,
    Quote,
    Subhead,
    ThematicBreak,
)
from govkit.rendering.holdings import holdings_of
from govkit.rendering.notes import read_note, read_remark
from govkit.rendering.places import Places
from govkit.rendering.spans import Break, Code, Emphasis, Link, Pointer, Span, Strong, Words

Read = Callable[[str], tuple[Prose, ...]]


@pytest.fixture
def places(small_corpus: Corpus) -> Places:
    return Places(holdings_of(small_corpus, "INS-provisions"))


@pytest.fixture
def read(places: Places) -> Read:
    return lambda text: read_note(text, places)


def said(*spans: Span) -> tuple[Prose, ...]:
    return (Paragraph(spans),)


def test_all_blocks_in_one_text(read: Read) -> None:
    text = """\
## Why

So *it* **is**,\\
`a  b` said.

- one

  more
- two

3. three

> "quoted"

```
x < y
```

---
"""
    assert read(text) == (
        Subhead((Words("Why"),)),
        Paragraph(
            (
                Words("So "),
                Emphasis((Words("it"),)),
                Words(" "),
                Strong((Words("is"),)),
                Words(","),
                Break(),
                Code("a b"),
                Words(" said."),
            )
        ),
        Items(
            (
                Item("–", (Paragraph((Words("one"),)), Paragraph((Words("more"),)))),
                Item("–", (Paragraph((Words("two"),)),)),
            )
        ),
        Items((Item("3.", (Paragraph((Words("three"),)),)),)),
        Quote((Paragraph((Words("“quoted”"),)),)),
        CodeBlock("x < y"),
        ThematicBreak(),
    )


def test_html_is_printed_as_it_was_typed(read: Read) -> None:
    assert read("<script>alert(1)</script>\n") == said(Words("<script>alert(1)</script>"))
    assert read("a <b>c</b>") == said(Words("a "), Words("<b>"), Words("c"), Words("</b>"))


def test_an_entity_is_the_character_that_it_names(read: Read) -> None:
    assert read("R&amp;D &copy; &nothing; &copy") == said(Words("R&D © &nothing; &copy"))


def test_a_picture_is_its_description(read: Read) -> None:
    assert read("![a map](https://example.org/x.png)") == said(Words("a map"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "../x", "#x"]
)
def test_an_address_that_no_reader_should_open_is_no_link(read: Read, address: str) -> None:
    assert read(f"[here]({address})") == said(Words("here"))


def test_links_lead_out_or_to_a_place_of_the_book(read: Read) -> None:
    assert read("[a](https://example.org/)") == said(Link("https://example.org/", (Words("a"),)))
    assert read("[a](term:user)") == said(Pointer("term-user", (Words("a"),)))
    assert read("[a](ref:EXA-DUE-01(a)(b))") == said(Pointer("exa-due-01-a.b", (Words("a"),)))
    assert read("[a](ref:EXA-DUE-01(z))") == said(Pointer("exa-due-01", (Words("a"),)))
    assert read("[a](ref:EXP-01)") == said(Words("a"))


def test_a_remark_is_one_line(places: Places) -> None:
    assert read_remark("One.\n\nTwo.", places) == (Words("One."), Words(" "), Words("Two."))
    assert read_remark("- one\n- two", places) == (Words("- one - two"),)
