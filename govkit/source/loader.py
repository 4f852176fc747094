"""The strict loader: YAML text to plain dicts, lists and strings, over libyaml's events.

Plain scalars stay as their characters (`no`, `2.10`, `2026-03-10`); the record's field decides what
they are. Only plain `null`, `~` or nothing is None. What YAML can do beyond data (tags, anchors,
aliases, merge keys, several documents, directives) is refused, with its place.

Why not a library's own constructor: they recurse (deep nesting ends the process), type scalars by
YAML 1.1, or let the last of two equal keys win. See docs/decisions/0002-strict-loader.md.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from govkit.findings import Place
from govkit.records.scalars import Written
from govkit.source.gate import Unreadable, refuse_hidden
from govkit.source.mistakes import in_plain_words

MAX_DEPTH = 32
MAX_EVENTS = 100_000

_NULLS = frozenset(("", "null", "~"))
_COMMENT_AFTER_VALUE = re.compile(r"\S[ \t]+#")
_COMMENT = re.compile(r"[ \t]+#")
_LIST_LINE = re.compile(r"\n[ ]*(?:\([A-Za-z0-9]{1,5}\)|-)[ ]")


class Spot(NamedTuple):
    """Where a value stands in the text: its key (if any) and itself, as character indexes."""

    key_start: int
    key_end: int
    start: int
    end: int
    style: str
    value: str = ""


Spots = dict[tuple[str | int, ...], Spot]


class _Open:
    """A mapping or sequence that is being filled."""

    __slots__ = ("at", "key", "key_end", "key_start", "spot", "value")

    def __init__(self, value: dict[str, Any] | list[Any], spot: int) -> None:
        self.value = value
        self.key: str | None = None
        self.key_start = self.key_end = -1
        self.at: str | int = 0
        self.spot = spot


def load(text: str, spots: Spots | None = None) -> Any:
    """Return the data of one YAML document.

    `text` has passed the gate. Where `spots` is given, it is filled with the place of every value.
    Raises `Unreadable`, with a place, for everything that is not plain data.
    """
    loading = _Loading(text, CParser(text), spots)
    try:
        return loading.run()
    except yaml.YAMLError as error:
        raise in_plain_words(error, text, loading.last_value) from None


class _Loading:
    """One walk over the events of one document."""

    def __init__(self, text: str, parser: Any, spots: Spots | None) -> None:
        self.text = text
        self.next_event = parser.get_event
        self.spots = spots
        self.comments = _COMMENT_AFTER_VALUE.search(text) is not None
        self.stack: list[_Open] = []
        self.last_value: Any = None
        self.root: Any = None

    def run(self) -> Any:
        next_event = self.next_event
        count = documents = 0
        while True:
            event = next_event()
            count += 1
            kind = type(event)
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close(event)
            elif kind is AliasEvent:
                raise self.refused("yaml-feature", _ALIAS, event, _QUOTE_IT)
            elif kind is DocumentStartEvent:
                documents += 1
                self.document(event, documents)
            elif kind is StreamEndEvent:
                return self.root
            if count > MAX_EVENTS:
                raise self.refused("too-many-parts", _TOO_MANY, event, "Split the file.")

    def document(self, event: Any, number: int) -> None:
        if event.version or event.tags:
            raise self.refused("yaml-feature", _DIRECTIVE, event, "Delete the line.")
        if number > 1:
            raise self.refused("yaml-feature", _SECOND, event, "Put each record in its own file.")

    def open(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        stack = self.stack
        self.refuse_features(event)
        if stack and type(stack[-1].value) is dict and stack[-1].key is None:
            raise self.refused("yaml-feature", _KEY, event, "Write the key as plain words.")
        if len(stack) >= MAX_DEPTH:
            raise self.refused("too-deep", _DEEP, event, "Write it flatter.")
        stack.append(_Open(value, event.start_mark.index))

    def close(self, event: Any) -> None:
        done = self.stack.pop()
        self.put(done.value, done.spot, event.end_mark.index, "")

    def scalar(self, event: Any) -> None:
        value: str | None = event.value
        style = event.style
        if event.anchor is not None or event.tag is not None:
            self.refuse_features(event)
        stack = self.stack
        if stack and stack[-1].key is None and type(stack[-1].value) is dict:
            self.key(event, stack[-1])
            return
        self.last_value = event.start_mark
        if style == "" or style is None:
            if value in _NULLS:
                value = None
            elif self.comments and _COMMENT.match(self.text, event.end_mark.index):
                value = Written(event.value, "comment-after-text")
        elif style == '"':
            self.refuse_hidden_escape(event)
        if style == ">":
            source = self.text[event.start_mark.index : event.end_mark.index]
            if _LIST_LINE.search(source):
                value = Written(event.value, "folded-list")
        if style != "|" and value is not None and "\n" in value.strip("\n"):
            value = Written(value, "folded-list")
        self.put(value, event.start_mark.index, event.end_mark.index, style or "")

    def key(self, event: Any, frame: _Open) -> None:
        key = event.value
        if event.style == '"':
            self.refuse_hidden_escape(event)
        if key == "<<" and not event.style:
            raise self.refused("yaml-feature", _MERGE, event, "Write the keys out.")
        if key in frame.value:
            message = f"the key `{key[:80]}` stands here a second time in the same place"
            raise self.refused("duplicate-key", message, event, "Keep one of the two.")
        frame.key = key
        frame.key_start, frame.key_end = event.start_mark.index, event.end_mark.index

    def put(self, value: Any, start: int, end: int, style: str) -> None:
        if not self.stack:
            self.root = value
            if self.spots is not None:
                self.spots[()] = Spot(start, start, start, end, style)
            return
        frame = self.stack[-1]
        container = frame.value
        if self.spots is not None:
            self.remember(frame, start, end, style, value)
        if type(container) is dict:
            container[frame.key] = value
            frame.key = None
        else:
            container.append(value)  # type: ignore[union-attr]

    def remember(self, frame: _Open, start: int, end: int, style: str, value: Any) -> None:
        assert self.spots is not None
        route = tuple(
            open_.key if type(open_.value) is dict else len(open_.value) for open_ in self.stack
        )
        key_start, key_end = (frame.key_start, frame.key_end) if frame.key else (start, end)
        words = value if isinstance(value, str) else ""
        self.spots[route] = Spot(key_start, key_end, start, end, style, words)  # type: ignore[index]

    def refuse_features(self, event: Any) -> None:
        if event.anchor is not None:
            raise self.refused("yaml-feature", _ANCHOR, event, _QUOTE_IT)
        if event.tag is not None:
            raise self.refused("yaml-feature", _TAG, event, _QUOTE_IT)

    def refuse_hidden_escape(self, event: Any) -> None:
        try:
            refuse_hidden(event.value)
        except Unreadable as hidden:
            raise Unreadable(hidden.rule, hidden.message, _place(event), hidden.help) from None

    def refused(self, rule: str, message: str, event: Any, help: str) -> Unreadable:
        return Unreadable(rule, message, _place(event), help)


_ANCHOR = "a name with & (an anchor) stands here; each value is written out instead"
_ALIAS = "a * begins a reference here (an alias); each value is written out instead"
_TAG = "a ! begins a type name here (a tag); the field decides the type"
_MERGE = "`<<` merges another part here; each key is written out instead"
_KEY = "a key has to be plain words, not a list or a group of keys"
_DIRECTIVE = "a line that begins with % (a YAML directive) is not used here"
_SECOND = "a second document begins here; a file holds one record"
_DEEP = f"this is nested more than {MAX_DEPTH} levels deep"
_TOO_MANY = f"the file has more than {MAX_EVENTS:,} parts"
_QUOTE_IT = "If it belongs to a text, put the whole text in double quotes."


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    last = end.column + 1 if end.line == start.line else start.column + 2
    return Place(start.line + 1, start.column + 1, max(last, start.column + 2))
