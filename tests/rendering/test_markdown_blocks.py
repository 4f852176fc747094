"""What a reader sees of a Markdown file, block by block."""

from __future__ import annotations

import random

import pytest

from govkit.rendering import markdown_blocks
from govkit.rendering.markdown_blocks import blocks_of_markdown

PIECES = (
    *(
        "words",
        "More words, (a) too.",
        "É.",
        "- item",
        "2. second",
        "    code",
        "  indented",
        "===",
    ),
    *("---", "# Title", "> quoted", "(a) lettered", "*stressed*", "| a | b |\n|---|---|", "  \n"),
    *("[link](https://x.example)", "\\", "a & b", "\t", "+ plus", "![picture](p.png)"),
)


def test_plain_paragraphs_are_what_the_parser_makes_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(2026)
    texts = [
        "".join(chance.choice(PIECES) + chance.choice(("", "\n", "\n\n")) for _ in range(7))
        for _ in range(600)
    ]
    quick = [*map(blocks_of_markdown, texts)]
    monkeypatch.setattr(markdown_blocks, "_REACHES", ("",))
    for text, blocks in zip(texts, quick, strict=True):
        assert blocks == blocks_of_markdown(text), text


def test_a_text_without_signs_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(markdown_blocks, "_parser")
    text = "The first\nparagraph.\n\nThe second one, of 3 lines.\n"
    assert [block.text for block in blocks_of_markdown(text)] == [
        "The first paragraph.",
        "The second one, of 3 lines.",
    ]
