"""Where in a record somebody is typing, told from the lines above, whatever is broken in them.

The loader reads whole files; here a file is in the middle of an edit. Only indents, dashes, keys
and brackets are looked at. What this says is an offer of words, never a verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from govkit.findings import Keys

_KEY = re.compile(r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#{}\[\],\"'-][^:#{}\[\],]*?)[ ]*:(?:[ ]+|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ ]*(?:#.*)?$")
_DEEPEST = 40
"""Levels that are followed; a hostile file may have more, and gets no offers there."""


class TypingPlace(NamedTuple):
    """Where the cursor stands.

    `group` leads to the mapping in which a key may be typed, None where none may; `value` to the
    value that may be typed, None where none may. `word` is what is typed of it, from `start` (a
    character of the text). `beside` are the keys that the mapping has. `in_block` says that the
    value is a text below `|` or `>`.
    """

    group: Keys | None
    value: Keys | None
    word: str
    start: int
    beside: frozenset[str] = frozenset()
    in_block: bool = False


@dataclass
class _Level:
    """A mapping or a list on the way to the cursor; a list has its position, a mapping its key."""

    indent: float
    key: str | int
    seen: set[str] = field(default_factory=set)


class _Reader:
    """Reads lines from the top down to the cursor."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.block: int | None = None
        self.open = ""
        """A value in brackets that goes on in the next line, from its first bracket."""
        self.opened_at = 0

    @property
    def route(self) -> Keys:
        return tuple(level.key for level in self.levels)

    def line(self, line: str) -> None:
        """Take in a whole line above the cursor."""
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or self.is_in_block(indent):
            return
        if self.open and indent > self.opened_at:
            self.open += "\n" + line
            self.open = self.open if _is_open(self.open) else ""
            return
        self.open = ""  # nobody closed it yet; what stands further left is no part of it
        self.block = None
        if line.lstrip().startswith("#"):
            return
        rest, at = self.dashes(line, indent)
        found = _KEY.match(rest)
        self.opened_at = indent
        if found is None:
            self.open = rest if rest[:1] in ("{", "[") and _is_open(rest) else ""
            return
        self.key(found["key"].strip("\"'"), at)
        value = rest[found.end() :]
        if _BLOCK.match(value):
            self.block = at
        elif value[:1] in ("{", "[") and _is_open(value):
            self.open = value

    def is_in_block(self, indent: int) -> bool:
        return self.block is not None and indent > self.block

    def dashes(self, line: str, indent: int) -> tuple[str, int]:
        """Go into the list items that a line begins; return the rest and where it stands."""
        rest, at = line[indent:], indent
        while rest.startswith("- ") or rest == "-":
            self.item(at + 0.5)
            after = rest[1:].lstrip(" ")
            at += len(rest) - len(after)
            rest = after
        return rest, at

    def item(self, indent: float) -> None:
        self.leave(indent, keep=True)
        if self.levels and self.levels[-1].indent == indent:
            self.levels[-1] = _Level(indent, int(self.levels[-1].key) + 1)
        elif len(self.levels) < _DEEPEST:
            self.levels.append(_Level(indent, 0))

    def key(self, key: str, indent: float) -> None:
        self.leave(indent, keep=True)
        if self.levels and self.levels[-1].indent == indent:
            self.levels[-1].key = key
            self.levels[-1].seen.add(key)
        elif len(self.levels) < _DEEPEST:
            self.levels.append(_Level(indent, key, {key}))

    def leave(self, indent: float, *, keep: bool = False) -> None:
        """Leave what stands deeper than an indent, and with it what stands there unless kept."""
        while self.levels and (
            self.levels[-1].indent > indent or (not keep and self.levels[-1].indent == indent)
        ):
            self.levels.pop()


def typing_place(text: str, offset: int) -> TypingPlace:
    """Return where the cursor stands; `offset` counts characters of a text with LF line ends."""
    begin = text.rfind("\n", 0, offset) + 1
    reader = _Reader()
    for line in text[: max(begin - 1, 0)].split("\n") if begin else ():
        reader.line(line)
    typed = text[begin:offset]
    indent = len(typed) - len(typed.lstrip(" "))
    if reader.block is not None and (reader.is_in_block(indent) or not typed.strip()):
        route = reader.route
        if indent > reader.block or text[begin:].split("\n", 1)[0].strip():
            return TypingPlace(None, route, "", offset, in_block=True)
    if reader.open and indent > reader.opened_at:
        return _in_brackets(reader.route, f"{reader.open}\n{typed}", offset)
    return _on_line(reader, text, typed, indent, offset)


def _on_line(reader: _Reader, text: str, typed: str, indent: int, offset: int) -> TypingPlace:
    rest, at = reader.dashes(typed, indent)
    if rest[:1] in ("{", "["):
        return _in_brackets(reader.route, rest, offset)
    found = _KEY.match(rest) if ":" in rest else None
    if found is not None and found.end() <= len(rest) and rest[found.end("key") :].strip() != "":
        reader.key(found["key"].strip("\"'"), at)
        typed_value = rest[found.end() :]
        if typed_value[:1] in ("{", "[") and _is_open(typed_value):
            return _in_brackets(reader.route, typed_value, offset)
        word = typed_value.lstrip("\"'")
        return TypingPlace(None, reader.route, word, offset - len(word))
    reader.leave(at, keep=True)
    seen: set[str] = set()
    if reader.levels and reader.levels[-1].indent == at:
        seen = set(reader.levels.pop().seen)
    group = reader.route
    seen |= _below(text, offset, at)
    word = rest.lstrip("\"'")
    value = group if group and isinstance(group[-1], int) else None
    return TypingPlace(group, value, word, offset - len(word), frozenset(seen))


def _below(text: str, offset: int, indent: int) -> set[str]:
    """Return the keys that follow in the same mapping."""
    found = set()
    for line in text[offset:].split("\n")[1:]:
        if not line.strip():
            continue
        here = len(line) - len(line.lstrip(" "))
        if here < indent or (line[here:].startswith("- ") and here <= indent):
            break
        key = _KEY.match(line[here:])
        if here == indent and key is not None:
            found.add(key["key"].strip("\"'"))
    return found


def _pieces(text: str) -> list[str]:
    """Return the brackets, commas, colons and words of a value in brackets."""
    return re.findall(
        r"\"[^\"]*\"?|'[^']*'?|[{}\[\],]|:(?=[\s{\[]|$)|#[^\n]*|[^{}\[\],\s:]+|:|\s+", text
    )


def _is_open(text: str) -> bool:
    depth = 0
    for piece in _pieces(text):
        depth += (piece in ("{", "[")) - (piece in ("}", "]"))
    return depth > 0


def _in_brackets(route: Keys, text: str, offset: int) -> TypingPlace:
    """Return the place at the end of a value in brackets that is still open."""
    levels: list[tuple[str, str | int | None, set[str]]] = []
    word = ""
    for piece in _pieces(text):
        if piece in ("{", "["):
            levels.append((piece, 0 if piece == "[" else None, set()))
            word = ""
        elif piece in ("}", "]"):
            levels = levels[:-1]
            word = ""
        elif piece == "," and levels:
            sign, key, seen = levels[-1]
            levels[-1] = (sign, key + 1 if isinstance(key, int) else None, seen)
            word = ""
        elif piece == ":" and levels and levels[-1][0] == "{" and levels[-1][1] is None:
            seen = levels[-1][2] | {word.strip("\"' ")}
            levels[-1] = ("{", word.strip("\"' "), seen)
            word = ""
        elif piece.strip() or word:
            word += piece
    if not levels or len(levels) > _DEEPEST:
        return TypingPlace(None, None, "", offset)
    inside: Keys = tuple(key for _, key, _ in levels[:-1] if key is not None)
    sign, key, seen = levels[-1]
    word = word.lstrip("\"' ")
    if sign == "{" and key is None:
        return TypingPlace((*route, *inside), None, word, offset - len(word), frozenset(seen))
    assert key is not None
    return TypingPlace(None, (*route, *inside, key), word, offset - len(word))
