"""The words of a Markdown file as blocks, as a reader sees them and not as they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import mistune

from govkit.records.normative import fold
from govkit.rendering.notes import plain_words
from govkit.source.list_numbers import BULLET
from govkit.source.text_blocks import Style, TextBlock, with_struck_marked

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_LETTERED = re.compile(r"\n(?=\(\w{1,4}\)\s)")
_STRUCK_TAG = re.compile(r"<(/?)(s|del|strike)(?:\s[^<>]*)?>", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n\s*\n")

_REACHES = ("```", "~~~", "<", "]:")
_BETWEEN = re.compile(r"\n(?: *\n)+")
_PLAIN = re.compile(
    r"(?:[^\W\d_][^\n\t\\`*_\[\]<>~#^|&\0]*)(?:\n[^\W\d_][^\n\t\\`*_\[\]<>~#^|&\0]*)*"
)
"""Lines that all begin with a letter, without any sign that Markdown could mean something by."""

Token = dict[str, Any]


def blocks_of_markdown(text: str) -> tuple[TextBlock, ...]:
    """Return a Markdown text as headings, paragraphs, items with their numbers, and cells.

    Front matter stands first, as it was typed. Addresses of links are no words.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    front = _FRONT_MATTER.match(text)
    lines = front[1].split("\n") if front else ()
    reader = _Reader()
    parts = _parts(text[front.end() :] if front else text)
    return (
        *(TextBlock(line.strip(), "code") for line in lines if line.strip()),
        *(
            block
            for part, is_plain in parts
            for block in (
                (TextBlock(fold(part)),) if is_plain else reader.blocks(_parser()(part), 0)
            )
        ),
    )


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts: paragraphs without any sign of Markdown, and what is between them.

    A long text is mostly such paragraphs, and no parser has to read them. Where code or HTML may
    reach over an empty line, or an address stands apart from its link, the text is one part.
    """
    if any(sign in text for sign in _REACHES):
        yield text, False
        return
    held: list[str] = []
    for part in _BETWEEN.split(text.strip("\n")):
        if not _PLAIN.fullmatch(part):
            held.append(part)
            continue
        if held:
            yield "\n\n".join(held), False
            held = []
        yield part, True
    if held:
        yield "\n\n".join(held), False


@cache
def _parser() -> Callable[[str], Any]:
    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])


class _Reader:
    """Walks over the tokens of mistune; tables are numbered from the first one on."""

    def __init__(self) -> None:
        self._tables = 0

    def blocks(self, tokens: list[Token], depth: int) -> Iterator[TextBlock]:
        for token in tokens:
            yield from self._block(token, depth)

    def _block(self, token: Token, depth: int) -> Iterator[TextBlock]:
        match token["type"]:
            case "heading":
                yield from _held(token, "heading", token["attrs"]["level"])
            case "list":
                yield from self._items(token, depth + 1)
            case "block_quote":
                yield from self.blocks(token["children"], depth)
            case "table":
                self._tables += 1
                yield from self._cells(token)
            case "block_code" | "block_html":
                for part in _EMPTY_LINE.split(str(token["raw"])):
                    if part.strip():
                        yield TextBlock(part.strip("\n"), "code")
            case "paragraph" | "block_text":
                yield from _held(token)

    def _items(self, token: Token, depth: int) -> Iterator[TextBlock]:
        start, ordered = token["attrs"].get("start", 1), token["attrs"]["ordered"]
        for at, item in enumerate(token["children"]):
            label = f"{start + at}." if ordered else BULLET
            for inner in self.blocks(item["children"], depth):
                if label and inner.style == "words":
                    yield TextBlock(f"{label} {inner.text}", "item", depth, label=label)
                    label = ""
                else:
                    yield inner

    def _cells(self, token: Token) -> Iterator[TextBlock]:
        head, *body = token["children"]
        rows = [head, *(row for part in body for row in part["children"])]
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row["children"], 1):
                yield from _held(cell, "cell", 0, (self._tables, number, column))


def _held(
    token: Token, style: Style = "words", depth: int = 0, cell: tuple[int, int, int] = (0, 0, 0)
) -> Iterator[TextBlock]:
    """Yield the words of a token, if it has any; a line that begins as `(a)` does stands alone."""
    children = _with_struck_tags(token["children"])
    for part in _LETTERED.split(with_struck_marked(plain_words(children))):
        if words := fold(part):
            yield TextBlock(words, style, depth, cell)


def _with_struck_tags(tokens: list[Token]) -> list[Token]:
    """Return tokens with what stands between `<s>` and `</s>` as what stands between `~~`."""
    read: list[Token] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        tag = _STRUCK_TAG.fullmatch(token["raw"]) if token["type"] == "inline_html" else None
        if "children" in token:
            token = {**token, "children": _with_struck_tags(token["children"])}
        read.append(token)
        if tag and not tag[1]:
            opened.append((tag[2].lower(), len(read)))
        elif tag and opened and opened[-1][0] == tag[2].lower():
            _, at = opened.pop()
            read[at - 1 :] = [{"type": "strikethrough", "children": read[at:-1]}]
    return read
