"""The words of a foreign file as blocks in reading order, whatever format they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["words", "heading", "item", "cell", "code"]
Part = Literal["", "note", "margin", "menu", "hidden"]
"""Where words stand: in the text itself, in a note to it, at the edge of its pages, in a menu or
banner around it, or where no reader sees them."""

_LONGEST_LINE = 120
_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What no reader sees and a program puts in: where a word may be broken, or may not."""


class TextBlock(NamedTuple):
    """A paragraph, a heading, an item of a list or a cell of a table.

    `text` holds the label of an item too, as `(a)`, since a lawyer reads it; `label` says which it
    is where that is known. `depth` is that of a heading or item, from 1. `cell` is the table,
    row and column of a cell, each from 1; tables are counted in each part anew.
    """

    text: str
    style: Style = "words"
    depth: int = 0
    cell: tuple[int, int, int] = (0, 0, 0)
    label: str = ""
    part: Part = ""

    @property
    def is_beside(self) -> bool:
        """Return whether it stands beside the text, where another format has no place for it."""
        return self.part in ("margin", "menu", "hidden")


class NotText(Exception):
    """A file that holds no words; the two sentences are what it is, and what to do."""


def folded_words(text: str) -> str:
    """Return words with single spaces and without signs that nobody sees."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


_RAISED = str.maketrans(
    "0123456789+-\u2212=()ni",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b\u207c\u207d\u207e\u207f\u2071",
)
_LOWERED = str.maketrans(
    "0123456789+-\u2212=()",
    "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208b\u208c\u208d\u208e",
)
_ORDINALS = frozenset(
    ("st", "nd", "rd", "th", "e", "er", "re", "\u00e8re", "\u00e8me", "eme", "o", "a", "os", "as")
)


def raised(text: str, before: str = "") -> str:
    """Return superscript words, kept apart from what stands before: `10\u00b2`, not `102`.

    The ending of an ordinal (`1st`) is no other word for being raised.
    """
    if text.strip().lower() in _ORDINALS and before[-1:].isdigit():
        return text
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """Return subscript words so that they stay apart from what stands before."""
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, signs: dict[int, int], mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    if all(ord(sign) in signs for sign in words):
        return text.translate(signs)
    return text.replace(words, f"{mark}{words}" if words.isalnum() else f"{mark}({words})")


_STRUCK_OPEN, _STRUCK_CLOSE = "\x02", "\x03"
"""Signs that no file that is read can hold: around a struck piece, until its paragraph ends."""
_STRUCK_APART = re.compile(f"{_STRUCK_CLOSE}([^\\S\n]*){_STRUCK_OPEN}")
_STRUCK_PIECE = re.compile(f"{_STRUCK_OPEN}(\\s*)(.*?)(\\s*){_STRUCK_CLOSE}", re.DOTALL)
STRUCK_BEGINS = "[struck through: "
_STRUCK = re.compile(rf"\s*{re.escape(STRUCK_BEGINS)}(?:[^\[\]]|\[[^\[\]]*\])*\]")
STRUCK_NOTE = (
    f"words that are struck through in it stand as {STRUCK_BEGINS}words], and count as deleted"
)


def struck(piece: str) -> str:
    """Return a piece of a paragraph as struck through; `with_struck_marked` says so in words."""
    return f"{_STRUCK_OPEN}{piece}{_STRUCK_CLOSE}" if piece else piece


def is_struck(piece: str) -> bool:
    """Say whether a piece of a paragraph is struck through."""
    return piece.startswith(_STRUCK_OPEN)


def with_struck_marked(text: str) -> str:
    """Return the pieces of a paragraph, joined, with a mark around those that are struck through.

    A program cuts words into pieces as it likes: neighbours have one mark.
    """
    return _STRUCK_PIECE.sub(
        lambda found: (
            f"{found[1]}{STRUCK_BEGINS}{found[2]}]{found[3]}" if found[2] else found[1] + found[3]
        ),
        _STRUCK_APART.sub(r"\1", text),
    )


def without_struck(text: str) -> str:
    """Return a marked text without the words that are struck through."""
    return _STRUCK.sub("", text) if STRUCK_BEGINS in text else text


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
