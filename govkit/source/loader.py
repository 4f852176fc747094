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
from typing import Any, Literal, NamedTuple

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
from govkit.patterns import lazy_regex
from govkit.records.written import PlainScalar, Written
from govkit.source.gate import Unreadable, refuse_hidden
from govkit.source.mistakes import in_plain_words
from govkit.source.plain_lines import OTHER, as_guessed, doubt_of_key, is_null, read

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError:  # PyYAML was built without libyaml; `govkit doctor` still has to start
    CParser = None  # type: ignore[assignment,misc]

MAX_DEPTH = 32
MAX_EVENTS = 100_000

_COMMENT_AFTER_VALUE = lazy_regex(r"\S[ \t]+#")
_COMMENT = lazy_regex(r"[ \t]+(?:(?P<cut>#[^\s#]+)|#)")
_LIST_LINE = lazy_regex(
    r"\n[ ]*(?:(?:\([A-Za-z0-9]{1,5}\)|(?:[A-Za-z]|[ivx]{2,4}|[0-9]{1,2})\)"
    r"|[-\u2022\u2023\u2043\u25a0-\u25ff\u00b7\uf0b7])[ \t\u00a0]"
    r"|(?!\([sS]\)he)\((?:[A-Za-z]|[0-9]{1,2})\)[A-Za-z])"
)
_KEY_LINE = lazy_regex(
    r"\n[ ]*(?:-[ ]+)?(?:(?:[\w-]+:[ ]+)?\{[ ]*)?(?P<typed>(?:\*\*|[\"'\u2018-\u201f])?"
    r"(?P<word>[A-Za-z][A-Za-z_-]*(?:[ ][A-Za-z][A-Za-z_-]*){0,2})"
    r"(?:\*\*|[\"'\u2018-\u201f])?[ ]*[:\uff1a](?:\*\*)?)"
)
_COLONS = (":", "\uff1a")
_NUMBER_SIGN = lazy_regex(r"[ \t]+#(?=[0-9])")
_WORDS = r"#(?:[0-9]|[ \t]*[^\W\d_][\w'-]*,?[ \t]+[\w(\"'])"
_WORDS_BEHIND = lazy_regex(rf"(?:[|>][-+0-9]*)?[ \t]+(?={_WORDS})")
_WORDS_BELOW = lazy_regex(rf"[ \t]*\n(?P<indent>[ ]+)(?={_WORDS})")
_CUT_BRACKET = lazy_regex(r",[ \t]+(?=#[^\n]*[\]}])")
_TOP_KEY = lazy_regex(r"^([a-z_]+):", re.MULTILINE)
_KEY_BEFORE = lazy_regex(r"([a-z_]+):[ ]*$")
_ODD_ESCAPE = lazy_regex(r"\\([0abtvefrN_LP \t])")


class ValueSpan(NamedTuple):
    """Where a value stands in the text: its key (if any) and itself, as character indexes."""

    key_start: int
    key_end: int
    start: int
    end: int
    style: str
    value: str = ""


Spots = dict[tuple[str | int, ...], ValueSpan]


class Doubt(NamedTuple):
    """What YAML reads without a word, and what may not be meant.

    `what` is `key`, a line of a block text that looks like a key, or like an entry in { } that
    begins with one; `escape`, one in double quotes that makes a sign nobody types; `comment`, where
    the words of the key `word` stand behind a #; or `bracket`, where the end of a list does.
    `start` is where it stands in the text of the file, `opened` where the value begins, `end` where
    it ends. A key is typed from `at` to `after`, with its colon and what stands around `word`.
    """

    what: Literal["key", "escape", "comment", "bracket"]
    word: str
    start: int
    opened: int
    end: int
    at: int = 0
    after: int = 0


def yaml_parser() -> tuple[str, bool]:
    """Return the version of PyYAML, and whether it has libyaml."""
    return yaml.__version__, yaml.__with_libyaml__


_Open = tuple[Any, Any, str | None, Any]
"""A mapping or sequence that waits while a value in it is filled, the event that opened it, the key
of that value, and the event of the key. A plain tuple: a file opens dozens."""


def load(
    text: str,
    spots: Spots | None = None,
    *,
    joiners: bool = True,
    doubts: list[Doubt] | None = None,
) -> Any:
    """Return the data of one YAML document.

    `text` has passed the gate; `joiners` is as there, for what double quotes hold. Where `spots` is
    given, it is filled with the place of every value; `doubts` with what may not be meant.
    Raises `Unreadable`, with a place, for everything that is not plain data, and `GovkitError`
    where PyYAML lacks libyaml.
    """
    if CParser is None:
        raise GovkitError(
            "PyYAML is installed here without libyaml, so no record can be read",
            "Install it from a wheel: `pip install --force-reinstall --only-binary :all: PyYAML`.",
        )
    if spots is None and (data := read(text, _is_doubtful)) is not OTHER:
        return data
    loading = _Loading(text, spots, joiners, [] if doubts is None else doubts)
    try:
        return loading.run(CParser(text).get_event)
    except yaml.YAMLError as error:
        last = loading.last_value
        raise in_plain_words(error, text, last.start_mark if last else None) from None


def _is_doubtful(head: str, lines: str) -> bool:
    """Say whether a block text may be a doubt, or a list whose lines are joined."""
    if head[0] == ">" and _LIST_LINE.search(lines):
        return True
    return any(sign in lines for sign in _COLONS) and _KEY_LINE.search(lines) is not None


class _Loading:
    """One walk over the events of one document."""

    def __init__(self, text: str, spots: Spots | None, joiners: bool, doubts: list[Doubt]) -> None:
        self.text = text
        self.doubts = doubts
        self.spots = spots
        self.joiners = joiners
        some = " #" in text or "\t#" in text
        self.comments = some and _COMMENT_AFTER_VALUE.search(text) is not None
        self.below = some and _WORDS_BELOW.search(text) is not None
        self.stack: list[_Open] = []
        self.last_value: Any = None
        self.documents = 0

    def run(self, next_event: Callable[[], Any]) -> Any:
        """Return the data that the events make.

        `value` is the mapping or sequence that is open, `first` the event that opened it, and `key`
        what waits there for its value. They are plain names, since a file has a hundred events.
        """
        stack, remember = self.stack, self.spots is not None
        # The document itself is what the only item of an outermost list holds.
        value: Any = []
        first = key = key_event = None
        is_map = False
        for _ in range(MAX_EVENTS):
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                if is_map and key is None:
                    key, key_event = self.key(event, value), event
                    continue
                item, began = self.scalar(event), event
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.refuse_opening(event, is_map and key is None)
                stack.append((value, first, key, key_event))
                is_map = kind is MappingStartEvent
                value, first, key = {} if is_map else [], event, None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                item, began = value, first
                value, first, key, key_event = stack.pop()
                is_map = key is not None
            elif self.is_last(event):
                return value[0] if value else None
            else:
                continue
            if remember:
                self.remember((value, first, key, key_event), item, began, event)
            if is_map:
                value[key] = item
                key = None
            else:
                value.append(item)
        raise self.refused("too-many-parts", _TOO_MANY, event, "Split the file.")

    def is_last(self, event: Any) -> bool:
        """Say whether the file ends here; refuse a second document, and what is no data."""
        if type(event) is AliasEvent:
            raise self.refused("yaml-feature", _ALIAS, event, _QUOTE_IT)
        if type(event) is DocumentStartEvent:
            self.documents += 1
            if event.version or event.tags:
                raise self.refused("yaml-feature", _DIRECTIVE, event, "Delete the line.")
            if self.documents > 1:
                help = "Put each record in its own file."
                raise self.refused("yaml-feature", _SECOND, event, help)
        return type(event) is StreamEndEvent

    def refuse_opening(self, event: Any, as_key: bool) -> None:
        """Refuse a mapping or sequence that can't begin here."""
        if event.anchor is not None or event.tag is not None:
            raise self.feature(event)
        if as_key:
            raise self.refused("yaml-feature", _KEY, event, "Write the key as plain words.")
        if len(self.stack) >= MAX_DEPTH:
            raise self.refused("too-deep", _DEEP, event, "Write it flatter.")

    def key(self, event: Any, mapping: dict[str, Any]) -> str:
        """Return a key that can stand in this mapping."""
        if event.anchor is not None or event.tag is not None:
            raise self.feature(event)
        key: str = event.value
        if event.style == '"':
            self.refuse_hidden_escape(event)
        # YAML 1.2 forbids two equal keys, and most programs keep the last one in silence.
        if key in mapping:
            message = f"the key `{key[:80]}` stands here a second time in the same place"
            first = self.line_of(key, event)
            near: tuple[int, ...] = (first - 1,)
            help = f"Keep one of the two, here or in line {first}."
            if not self.stack[1:] and self.begins_anew(key, event, mapping):
                near = ()
                message = f"a second record begins here, with another `{key[:80]}`"
                help = (
                    "Cut it out, to the end of the file, and put it into a file of its own: "
                    "`govkit new` makes one. If nothing is missing then, that was all."
                )
            raise Unreadable("duplicate-key", message, _place(event), help, near)
        if event.style or not (doubt := doubt_of_key(key)):
            return key
        # No part of YAML 1.2, but programs that read 1.1 go by it, and would see another record.
        if doubt == "merge":
            raise self.refused("yaml-feature", _MERGE, event, "Write the keys out.")
        return PlainScalar(key)  # to an editor it is no word

    def begins_anew(self, key: str, event: Any, mapping: dict[str, Any]) -> bool:
        """Say whether a whole record follows: its first key, and behind it another known one."""
        following = _TOP_KEY.search(self.text, event.end_mark.index)
        return key == next(iter(mapping)) and following is not None and following[1] in mapping

    def line_of(self, key: str, event: Any) -> int:
        """Return the line above that holds the same key, indented alike."""
        column = event.start_mark.column
        above = self.text[: event.start_mark.index].split("\n")[:-1]
        begins = re.compile(rf".{{{column}}}[\"']?{re.escape(key)}[\"']?[ ]*:")
        return next((at for at in range(len(above), 0, -1) if begins.match(above[at - 1])), 1)

    def scalar(self, event: Any) -> str | None:
        """Return the characters of a value, or None for a plain null."""
        if event.anchor is not None or event.tag is not None:
            raise self.feature(event)
        value: str = event.value
        self.last_value = event
        if self.comments and (cut := _CUT_BRACKET.match(self.text, event.end_mark.index)):
            self.doubts.append(Doubt("bracket", "", cut.end(), cut.start(), cut.end()))
        if event.style:
            return self.styled(event)
        if is_null(value):
            if not value and self.comments:
                self.doubt_comment(event.start_mark.index)
            return None
        if self.comments and (comment := _COMMENT.match(self.text, event.end_mark.index)):
            return Written(value, "comment-after-text", cut=comment["cut"] or "")
        value = as_guessed(value)
        if isinstance(value, PlainScalar):
            return value
        # Where YAML joins lines, it puts a space or a line feed.
        if " " not in value and "\n" not in value:
            return value
        if self.below and self.goes_on_below(event):
            return Written(value, "comment-after-text", _GOES_ON)
        return self.folded(event)

    def goes_on_below(self, event: Any) -> bool:
        """Say whether a comment stands below a text, as far to the right as a line of it."""
        found = _WORDS_BELOW.match(self.text, event.end_mark.index)
        if found is None:
            return False
        begin = self.text.rfind("\n", 0, event.start_mark.index) + 1
        before = self.text[begin : event.start_mark.index]
        # A comment above the next key of an item stands to the right of the item's `-` too.
        column = len(before) - len(before.lstrip(" " if before.strip() == "-" else " -"))
        return len(found["indent"]) > column

    def styled(self, event: Any) -> str:
        """Return the characters of a value in quotes or in a block."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in "|>" and any(self.text.find(sign, start, end) >= 0 for sign in _COLONS):
            for found in _KEY_LINE.finditer(self.text, start, end):
                line, typed = found.start() + 1, found.span("typed")
                self.doubts.append(Doubt("key", found["word"], line, start, end, *typed))
        if event.style in "|>" and self.comments:
            self.doubt_comment(start)
        if event.style == "|":
            value: str = event.value
            return value
        if event.style == '"':
            self.refuse_hidden_escape(event)
            if self.text.find("\\", start, end) >= 0:
                self.doubt_escapes(start, end)
        if self.comments and event.style in "\"'" and _WORDS_BEHIND.match(self.text, end):
            number = _NUMBER_SIGN.match(self.text, end) and _COMMENT.match(self.text, end)
            if number:
                cut = number["cut"]
                return Written(event.value, "comment-after-text", _IN_QUOTES.format(cut), cut)
            if "#" not in event.value:  # else its author knows what a # does
                return Written(event.value, "comment-after-text", _WORDS_IN_QUOTES)
        return self.folded(event)

    def doubt_comment(self, at: int) -> None:
        """Keep where a comment stands in place of the words of a key, as `#12`."""
        comment = _WORDS_BEHIND.match(self.text, at)
        key = _KEY_BEFORE.search(self.text, self.text.rfind("\n", 0, at) + 1, at)
        if comment and key:
            self.doubts.append(Doubt("comment", key[1], comment.end(), at, at))

    def doubt_escapes(self, start: int, end: int) -> None:
        """Keep where an escape makes a tab or the like, as in `"C:\\temp"`."""
        at = start
        while (at := self.text.find("\\", at, end)) >= 0:
            if _ODD_ESCAPE.match(self.text, at):
                self.doubts.append(Doubt("escape", "", at, start, end))
            at += 2

    def folded(self, event: Any) -> str:
        """Return the characters of a value whose lines YAML joins."""
        value: str = event.value
        start, end = event.start_mark, event.end_mark
        lines = end.line > start.line and _LIST_LINE.search(self.text, start.index, end.index)
        if lines and event.style == ">" and "\n" not in self.text[start.index : lines.start()]:
            # What begins the first line alone is joined to no other item.
            lines = _LIST_LINE.search(self.text, lines.end(), end.index)
        # YAML would join the lines; a reader of the file sees a list (decision 1).
        if lines or ("\n" in value and "\n" in value.strip("\n")):
            from govkit.source.lists import how_to_list

            source = self.text[start.index : end.index]
            help = how_to_list(source) if end.line > start.line else _LINE_FEED
            return Written(value, "folded-list", help)
        return value

    def remember(self, frame: _Open, item: Any, first: Any, last: Any) -> None:
        """Keep where a value stands; `first` and `last` are the events that enclose it."""
        assert self.spots is not None
        start, end = first.start_mark.index, last.end_mark.index
        route = tuple(
            len(value) if key is None else key
            for value, _, key, _ in (*self.stack, frame)[1:]  # the outermost holds the document
        )
        key_start, key_end = start, end
        _, _, key, key_event = frame
        if key is not None:
            key_start, key_end = key_event.start_mark.index, key_event.end_mark.index
        words, style = (item, first.style) if isinstance(item, str) else ("", "")
        self.spots[route] = ValueSpan(key_start, key_end, start, end, style or "", words)

    def feature(self, event: Any) -> Unreadable:
        message = _TAG if event.anchor is None else _ANCHOR
        return self.refused("yaml-feature", message, event, _QUOTE_IT)

    def refuse_hidden_escape(self, event: Any) -> None:
        try:
            refuse_hidden(event.value, joiners=self.joiners)
        except Unreadable as hidden:
            message, help = hidden.message, hidden.help
            made = _ODD_ESCAPE.search(self.text, event.start_mark.index, event.end_mark.index)
            if made and hidden.rule == "control-character":
                message = f"`{made.group()}` in double quotes is an escape; so {message}"
                help = "Write \\\\ for a backslash (in a clause \\\\\\\\)."
            raise Unreadable(hidden.rule, message, _place(event), help) from None

    def refused(self, rule: str, message: str, event: Any, help: str) -> Unreadable:
        return Unreadable(rule, message, _place(event), help)


_LINE_FEED = (
    "`\\n` in double quotes begins a new line. Write \\\\n if a backslash is meant; for several "
    "lines write | after the key, and the text below it."
)
_IN_QUOTES = (
    "Put {} inside the quotation marks if it belongs to the text; else give the comment its own "
    "line."
)
_WORDS_IN_QUOTES = (
    "Put the words behind the # inside the quotation marks if they belong to the text; else give "
    "the comment its own line above the key."
)
_GOES_ON = (
    "Delete the # below it if its words belong to the text; else put the comment above the key."
)
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
