"""The strict loader: YAML text to plain dicts, lists and strings, over libyaml's events.

Plain scalars stay as their characters (`no`, `2.10`, `2026-03-10`); the record's field decides what
they are. Only plain `null`, `~` or nothing is None. What YAML can do beyond data (tags, anchors,
aliases, merge keys, several documents, directives) is refused, with its place.

Why not a library's own constructor: they recurse (deep nesting ends the process), type scalars by
YAML 1.1, or let the last of two equal keys win. See docs/decisions/0002-strict-loader.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
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

from govkit.errors import GovkitError
from govkit.findings import Place
from govkit.records.scalars import Written
from govkit.source.gate import Unreadable, refuse_hidden
from govkit.source.mistakes import in_plain_words

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError:  # PyYAML was built without libyaml; `govkit doctor` still has to start
    CParser = None  # type: ignore[assignment,misc]

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


def yaml_parser() -> tuple[str, bool]:
    """Return the version of PyYAML, and whether it has libyaml."""
    return yaml.__version__, yaml.__with_libyaml__


class _Open:
    """A mapping or sequence that is being filled; `key` waits for its value."""

    __slots__ = ("event", "is_map", "key", "key_event", "value")

    def __init__(self, value: Any, event: Any) -> None:
        self.value = value
        self.is_map = type(value) is dict
        self.key: str | None = None
        self.key_event: Any = None
        self.event = event


def load(text: str, spots: Spots | None = None, *, joiners: bool = True) -> Any:
    """Return the data of one YAML document.

    `text` has passed the gate; `joiners` is as there, for what double quotes hold. Where `spots` is
    given, it is filled with the place of every value.
    Raises `Unreadable`, with a place, for everything that is not plain data, and `GovkitError`
    where PyYAML lacks libyaml.
    """
    if CParser is None:
        raise GovkitError(
            "PyYAML is installed here without libyaml, so no record can be read",
            "Install it from a wheel: pip install --force-reinstall --only-binary :all: PyYAML",
        )
    loading = _Loading(text, spots, joiners)
    try:
        return loading.run(CParser(text).get_event)
    except yaml.YAMLError as error:
        last = loading.last_value
        raise in_plain_words(error, text, last.start_mark if last else None) from None


class _Loading:
    """One walk over the events of one document."""

    def __init__(self, text: str, spots: Spots | None, joiners: bool) -> None:
        self.text = text
        self.spots = spots
        self.joiners = joiners
        some = " #" in text or "\t#" in text
        self.comments = some and _COMMENT_AFTER_VALUE.search(text) is not None
        # The document itself is what the only item of an outermost list holds.
        self.stack = [_Open([], None)]
        self.last_value: Any = None
        self.documents = 0

    def run(self, next_event: Callable[[], Any]) -> Any:
        """Fill the stack event by event. Most events are scalars, so they come first."""
        stack = self.stack
        put = self.put if self.spots is None else self.put_and_remember
        for _ in range(MAX_EVENTS):
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                frame = stack[-1]
                if event.anchor is not None or event.tag is not None:
                    raise self.feature(event)
                if frame.key is None and frame.is_map:
                    self.key(event, frame)
                else:
                    put(frame, self.scalar(event), event, event)
            elif kind is MappingStartEvent:
                self.open(event, {})
            elif kind is SequenceStartEvent:
                self.open(event, [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                done = stack.pop()
                put(stack[-1], done.value, event, done.event)
            elif kind is StreamEndEvent:
                return stack[0].value[0] if stack[0].value else None
            else:
                self.other(event)
        raise self.refused("too-many-parts", _TOO_MANY, event, "Split the file.")

    def other(self, event: Any) -> None:
        if type(event) is AliasEvent:
            raise self.refused("yaml-feature", _ALIAS, event, _QUOTE_IT)
        if type(event) is DocumentStartEvent:
            self.documents += 1
            if event.version or event.tags:
                raise self.refused("yaml-feature", _DIRECTIVE, event, "Delete the line.")
            if self.documents > 1:
                help = "Put each record in its own file."
                raise self.refused("yaml-feature", _SECOND, event, help)

    def open(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        frame = self.stack[-1]
        if event.anchor is not None or event.tag is not None:
            raise self.feature(event)
        if frame.key is None and frame.is_map:
            raise self.refused("yaml-feature", _KEY, event, "Write the key as plain words.")
        if len(self.stack) > MAX_DEPTH:
            raise self.refused("too-deep", _DEEP, event, "Write it flatter.")
        self.stack.append(_Open(value, event))

    def key(self, event: Any, frame: _Open) -> None:
        key = event.value
        if event.style == '"':
            self.refuse_hidden_escape(event)
        if key in frame.value:
            message = f"the key `{key[:80]}` stands here a second time in the same place"
            raise self.refused("duplicate-key", message, event, "Keep one of the two.")
        if key == "<<" and not event.style:
            raise self.refused("yaml-feature", _MERGE, event, "Write the keys out.")
        frame.key = key
        frame.key_event = event

    def scalar(self, event: Any) -> str | None:
        """Return the characters of a value, or None for a plain null."""
        value: str = event.value
        style = event.style
        self.last_value = event
        if not style:
            if value in _NULLS:
                return None
            if self.comments and _COMMENT.match(self.text, event.end_mark.index):
                return Written(value, "comment-after-text")
        elif style == "|":
            return value
        elif style == '"':
            self.refuse_hidden_escape(event)
        start, end = event.start_mark, event.end_mark
        if end.line > start.line and _LIST_LINE.search(self.text, start.index, end.index):
            return Written(value, "folded-list")
        if "\n" in value and "\n" in value.strip("\n"):
            return Written(value, "folded-list")
        return value

    def put(self, frame: _Open, value: Any, last: Any, first: Any) -> None:
        """Put a value where it belongs; `first` and `last` are the events that enclose it."""
        if frame.key is None:
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def put_and_remember(self, frame: _Open, value: Any, last: Any, first: Any) -> None:
        """Do the same, and keep where the value stands."""
        assert self.spots is not None
        start, end = first.start_mark.index, last.end_mark.index
        route = tuple(
            len(open_.value) if open_.key is None else open_.key for open_ in self.stack[1:]
        )
        key_start, key_end = start, end
        if frame.key is not None:
            marks = frame.key_event
            key_start, key_end = marks.start_mark.index, marks.end_mark.index
        words, style = (value, first.style) if isinstance(value, str) else ("", "")
        self.spots[route] = Spot(key_start, key_end, start, end, style or "", words)
        self.put(frame, value, last, first)

    def feature(self, event: Any) -> Unreadable:
        message = _TAG if event.anchor is None else _ANCHOR
        return self.refused("yaml-feature", message, event, _QUOTE_IT)

    def refuse_hidden_escape(self, event: Any) -> None:
        try:
            refuse_hidden(event.value, joiners=self.joiners)
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
