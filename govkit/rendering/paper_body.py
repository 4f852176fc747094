"""The body of a paper: CommonMark with tables, cut into sections at its headings.

It goes through the same gate as a rationale: what looks like HTML is printed as it was typed, a
picture as its description (`checks/public_registers` names both), and only addresses that a reader
can open become links.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import mistune

from govkit.rendering.document import Block, Section, Table
from govkit.rendering.notes import NoteReader, plain_words
from govkit.rendering.places import NO_PLACES
from govkit.source.reading import without_addresses
from govkit.source.scaffolds import slug_of

Token = dict[str, Any]

_DEEPEST = 4
"""A heading below this level is printed inside its section."""


def body_sections(body: str, before: str = "") -> tuple[Section, ...]:
    """Return the body of a paper as sections; `before` begins the anchor of each.

    Words before the first heading are a section without one.
    """
    tokens = _parser()(without_addresses(body)[0])
    return tuple(_sections(list(_pieces(tokens)), before, set()))


@cache
def _parser() -> Any:
    return mistune.create_markdown(renderer=None, plugins=["table"])


class _Piece(NamedTuple):
    """A heading with its level, and the tokens below it up to the next one."""

    level: int
    title: str
    tokens: list[Token]


def _pieces(tokens: list[Token]) -> Iterator[_Piece]:
    piece = _Piece(0, "", [])
    for token in tokens:
        if token["type"] == "heading" and token["attrs"]["level"] <= _DEEPEST:
            if piece.title or piece.tokens:
                yield piece
            piece = _Piece(token["attrs"]["level"], plain_words(token["children"]).strip(), [])
        elif token["type"] != "blank_line":
            piece.tokens.append(token)
    if piece.title or piece.tokens:
        yield piece


def _sections(pieces: list[_Piece], before: str, taken: set[str]) -> Iterator[Section]:
    while pieces:
        piece = pieces.pop(0)
        below = []
        while pieces and piece.title and pieces[0].level > piece.level:
            below.append(pieces.pop(0))
        anchor = _free(before + (slug_of(piece.title) or "words"), taken)
        blocks = tuple(_blocks(piece.tokens))
        inner = tuple(_sections(below, before, taken))
        yield Section("part", anchor, "", piece.title, blocks, inner)


def _free(anchor: str, taken: set[str]) -> str:
    found, number = anchor, 1
    while found in taken:
        number += 1
        found = f"{anchor}-{number}"
    taken.add(found)
    return found


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    reader = NoteReader(NO_PLACES)
    for token in tokens:
        if token["type"] == "table":
            yield _table(token, reader)
        else:
            yield from reader.block(token)


def _table(token: Token, reader: NoteReader) -> Table:
    head, *bodies = token["children"]
    names = tuple(plain_words(cell["children"]) for cell in head["children"])
    rows = tuple(
        tuple(reader.line(cell) for cell in row["children"])
        for body in bodies
        for row in body["children"]
    )
    return Table(names, rows)
