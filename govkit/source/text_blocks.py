"""The words of a foreign file as blocks in reading order, whatever format they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["words", "heading", "item", "cell", "code"]

_LONGEST_LINE = 120
_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What no reader sees and a program puts in: where a word may be broken, or may not."""


class TextBlock(NamedTuple):
    """A paragraph, a heading, an item of a list or a cell of a table.

    `text` holds the label of an item too, as `(a)`, since a lawyer reads it. `depth` is that of a
    heading or item, from 1. `cell` is the table, row and column of a cell, each from 1.
    """

    text: str
    style: Style = "words"
    depth: int = 0
    cell: tuple[int, int, int] = (0, 0, 0)


class NotText(Exception):
    """A file that holds no words; the two sentences are what it is, and what to do."""


def folded_words(text: str) -> str:
    """Return words with single spaces and without signs that nobody sees."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def as_one_text(blocks: Iterable[TextBlock]) -> str:
    """Return blocks as a text with an empty line between two of them."""
    text = "\n\n".join(block.text for block in blocks)
    return f"{text}\n" if text else ""


def blocks_of_lines(text: str) -> tuple[TextBlock, ...]:
    """Return a plain text as paragraphs, told apart by an empty line.

    A text with long lines was not broken into lines by hand: each line is a paragraph.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(len(line) > _LONGEST_LINE for line in lines):
        return tuple(TextBlock(line.strip()) for line in lines if line.strip())
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(TextBlock("\n".join(each)) for each in paragraphs if each)
