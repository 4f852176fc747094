"""Rationale, guidance and notes: from CommonMark to the blocks of a document.

These texts are no part of what is consented to. HTML in them is printed as the characters that were
typed, a picture as its description, and only addresses that a reader can open become links.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, Any

import mistune

from govkit.records.normative import fold
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
from govkit.rendering.phrases import DASH
from govkit.rendering.spans import Break, Code, Emphasis, Link, Span, Strong, Words, leads_out
from govkit.rendering.typography import typeset
from govkit.source.text_blocks import struck

if TYPE_CHECKING:
    from govkit.rendering.places import Places

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")

Token = dict[str, Any]


def read_note(text: str, places: Places) -> tuple[Prose, ...]:
    """Return the blocks of a CommonMark text."""
    return NoteReader(places).blocks(_parse(text))


def read_remark(text: str, places: Places) -> tuple[Span, ...]:
    """Return a short CommonMark text as the words of one line, its paragraphs one after the other.

    What is no paragraph is printed as it was typed: a list has no place inside a sentence.
    """
    spans: list[Span] = []
    for block in read_note(text, places):
        if not isinstance(block, Paragraph):
            return typeset((Words(fold(text)),))
        spans += [Words(" ")] if spans else []
        spans += block.spans
    return tuple(spans)


@cache
def _parser() -> Callable[[str], Any]:
    return mistune.create_markdown(renderer=None)


def _parse(text: str) -> list[Token]:
    tokens: list[Token] = _parser()(text)
    return tokens


class NoteReader:
    """Turns the tokens of mistune into the blocks and spans of a document."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def blocks(self, tokens: list[Token]) -> tuple[Prose, ...]:
        return tuple(block for token in tokens for block in self.block(token))

    def block(self, token: Token) -> tuple[Prose, ...]:
        match token["type"]:
            case "paragraph" | "block_text":
                return (Paragraph(self.line(token)),)
            case "heading":
                return (Subhead(self.line(token)),)
            case "list":
                return (self.items(token),)
            case "block_quote":
                return (Quote(self.blocks(token["children"])),)
            case "block_code":
                return (CodeBlock(str(token["raw"]).rstrip("\n")),)
            case "thematic_break":
                return (ThematicBreak(),)
            case "blank_line":
                return ()
            case _:
                return (Paragraph(typeset((Words(fold(str(token.get("raw", "")))),))),)

    def items(self, token: Token) -> Items:
        start = token["attrs"].get("start", 1)
        ordered = token["attrs"]["ordered"]
        return Items(
            tuple(
                Item(f"{start + at}." if ordered else DASH, self.blocks(item["children"]))
                for at, item in enumerate(token["children"])
            )
        )

    def line(self, token: Token) -> tuple[Span, ...]:
        return typeset(self.spans(token["children"]))

    def spans(self, tokens: list[Token]) -> tuple[Span, ...]:
        return tuple(span for token in tokens for span in self.span(token))

    def span(self, token: Token) -> tuple[Span, ...]:
        match token["type"]:
            case "text":
                return (Words(_ENTITY.sub(_character, token["raw"])),)
            case "softbreak":
                return (Words(" "),)
            case "linebreak":
                return (Break(),)
            case "codespan":
                return (Code(fold(token["raw"])),)
            case "emphasis":
                return (Emphasis(self.spans(token["children"])),)
            case "strong":
                return (Strong(self.spans(token["children"])),)
            case "link":
                return self.link(token["attrs"]["url"], self.spans(token["children"]))
            case "image":
                return self.spans(token["children"])
            case _:
                return (Words(str(token.get("raw", ""))),)

    def link(self, address: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        scheme, _, target = address.partition(":")
        if scheme == "term":
            return self.places.to_term(target, spans)
        if scheme == "ref":
            return self.places.to_text(target, spans)
        if leads_out(address):
            return (Link(address, spans),)
        return spans


def plain_words(tokens: list[Token]) -> str:
    """Return the words of a line of CommonMark, given as tokens, without its marks."""
    words = ""
    for token in tokens:
        match token["type"]:
            case "text":
                words += _ENTITY.sub(_character, token["raw"])
            case "softbreak" | "linebreak":
                words += "\n"
            case "strikethrough":
                words += struck(plain_words(token["children"]))
            case _ if "children" in token:
                words += plain_words(token["children"])
            case _:
                words += str(token.get("raw", ""))
    return words


def _character(entity: re.Match[str]) -> str:
    """Return what an entity names; `unescape` alone would read `&nothing;` as `&not` and more."""
    name = entity[0][1:]
    return unescape(entity[0]) if name[0] == "#" else html5.get(name, entity[0])
