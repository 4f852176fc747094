"""Reads what a record nearly always is, plain lines of keys and words, without a YAML parser.

No other YAML than the loader's: whatever is not of these few forms, as a comment behind a value, an
escape, or words that go on in the next line, is left to libyaml. Tests hold the two to the same
data. See docs/decisions/0002-strict-loader.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from govkit.patterns import lazy_regex
from govkit.records.written import PlainScalar, guessed, is_other

OTHER: Any = object()
"""Stands for the data of a text that is not of these forms."""

_LONGEST = 1 << 16
"""Characters of a text that has, in these forms, fewer parts than the loader refuses."""
_DEEPEST = 16

# The nulls of YAML 1.2's core schema (10.3.2).
_NULLS = frozenset(("", "null", "Null", "NULL", "~"))
_BEGINS_A_GUESS = frozenset("-+.0123456789tTfF")

# Words begin with no sign that means something to YAML. Behind that only `: ` and ` #` mean
# something, and between brackets `,[]{}` too.
_KEY = r"[A-Za-z][A-Za-z0-9_-]{0,99}"
_WORDS = r"(?:[^\W_]|\()[^\n:]*(?::(?=[^ \n])[^\n:]*)*"
_QUOTED = r'"[ !#-\[\]-~]*"'
_WORD = r"[A-Za-z0-9(](?:[A-Za-z0-9 ._/()'-]*[A-Za-z0-9._/()'-])?"
_LIST = rf"\[(?:{_WORD}(?:, {_WORD})*)?\]"
_PAIR = rf"{_KEY}: (?:{_WORD}|{_LIST})"
_LINE = lazy_regex(
    rf"( *)(- )?(?:({_KEY}):(?: |(?=\n)))?"
    rf"(?:({_WORDS})|({_QUOTED})|({_LIST})|(\{{{_PAIR}(?:, {_PAIR})*\}})"
    r"|([|>]-?)(\n( +)[^ \n][^\n]*(?:\n+\10[^\n]*)*))?\n+|([^\n]+)"
)
"""Indentation, dash, key; then words, words in quotes, a list, a group, or the head, the lines and
the indentation of a block. A last group holds what is no line of these forms."""
_PAIRS = lazy_regex(rf"({_KEY}): (?:({_WORD})|({_LIST}))")
_COMMENTS = lazy_regex(r"(?:#[^\n]*\n+)*")

_SHOWN = bytes((10, *range(32, 127)))
_MAY_MEAN_MORE = _BEGINS_A_GUESS | {null[:1] for null in _NULLS}

IsDoubtful = Callable[[str, str], bool]
"""Says whether the lines of a block text, below a head as `|`, need a closer look."""


class _NotPlain(Exception):
    """Something that is not of these forms."""


@lru_cache(4096)  # a file has the keys of the one before
def doubt_of_key(key: str) -> Literal["", "merge", "guess"]:
    """Return what another reader may see in a key without quotes."""
    if key == "<<":
        return "merge"
    return "guess" if key in _NULLS or (key[:1] in _BEGINS_A_GUESS and is_other(key)) else ""


def is_null(value: str) -> bool:
    """Say whether a value without quotes is none."""
    return value in _NULLS


def as_guessed(value: str) -> str:
    """Return a value without quotes, not an empty one, marked where it is no word to an editor."""
    return PlainScalar(value) if value[0] in _BEGINS_A_GUESS and guessed(value) else value


def read(text: str, is_doubtful: IsDoubtful) -> Any:
    """Return the data of a text whose lines are all of these forms, else `OTHER`."""
    if len(text) > _LONGEST or text[-1:] != "\n" or " #" in text or " \n" in text:
        return OTHER
    if text.isascii():
        if text.encode().translate(None, _SHOWN):
            return OTHER
    elif not text.replace("\n", "").isprintable():
        return OTHER
    begin = _COMMENTS.match(text)
    try:
        return _data(_LINE.findall(text, begin.end() if begin else 0), is_doubtful) or OTHER
    except _NotPlain:
        return OTHER


class _Open:
    """The group or list that lines are put into, its column, and those around it."""

    def __init__(self) -> None:
        self.holder: Any = {}
        self.column = 0
        self.around: list[tuple[int, Any]] = []
        self.waits = ""
        """The last key, while it has no value."""

    def begin(self, column: int, holder: Any) -> None:
        """Let what follows go into a new group or list."""
        if len(self.around) == _DEEPEST:
            raise _NotPlain
        self.around.append((self.column, self.holder))
        self.column, self.holder = column, holder

    def move(self, column: int, dash: str) -> None:
        """Go to the column of the next line: into the value of the last key, or out again."""
        if column > self.column:
            if not self.waits:
                raise _NotPlain
            inner: Any = [] if dash else {}
            self.holder[self.waits] = inner
            self.begin(column, inner)
        while column < self.column:
            self.column, self.holder = self.around.pop()
        if column != self.column:
            raise _NotPlain

    def add(self, column: int, key: str, value: Any) -> None:
        """Put the line of an item into its list, and begin a group where it has a key."""
        if type(self.holder) is not list:
            raise _NotPlain
        self.holder.append({} if key else value)
        if key:
            self.begin(column + 2, self.holder[-1])


def _data(lines: list[tuple[str, ...]], is_doubtful: IsDoubtful) -> dict[str, Any]:
    opened = _Open()
    root: dict[str, Any] = opened.holder
    for spaces, dash, key, words, quoted, listed, group, head, body, indent, other in lines:
        column = len(spaces)
        if words:
            value: Any = words if words[0] not in _MAY_MEAN_MORE else _plain(words)
        elif head:
            value = _block(head, body, indent, column + 2 if dash and key else column, is_doubtful)
        else:
            value = _short(quoted, listed, group, other)
        if not (key or dash):
            # The value of the last key, on a line of its own.
            if head or not opened.waits or column <= opened.column:
                raise _NotPlain
            opened.holder[opened.waits] = value
            opened.waits = ""
            continue
        if column != opened.column:
            opened.move(column, dash)
        if dash:
            opened.add(column, key, value)
        if key:
            holder = opened.holder
            if type(holder) is not dict or key in holder or doubt_of_key(key):
                raise _NotPlain
            holder[key] = value
        opened.waits = "" if words or head or value is not None else key
    return root


def _short(quoted: str, listed: str, group: str, other: str) -> Any:
    """Return a value in quotes or in brackets, or None where there is none."""
    if other:
        raise _NotPlain
    if quoted:
        return quoted[1:-1]
    if listed:
        return _listed(listed)
    return _grouped(group) if group else None


def _plain(words: str) -> str | None:
    return None if words in _NULLS else as_guessed(words)


def _listed(text: str) -> list[str | None]:
    return [_plain(word) for word in text[1:-1].split(", ")] if len(text) > 2 else []


def _grouped(text: str) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for key, word, listed in _PAIRS.findall(text):
        if key in group or doubt_of_key(key):
            raise _NotPlain
        group[key] = _listed(listed) if listed else _plain(word)
    return group


def _block(head: str, body: str, indent: str, column: int, is_doubtful: IsDoubtful) -> str:
    """Return the text of a block; of one whose lines are joined only where it is one paragraph.

    `column` is that of the key or list that it belongs to.
    """
    if len(indent) <= column or is_doubtful(head, body):
        raise _NotPlain
    end = "" if head.endswith("-") else "\n"
    if head[0] == "|":
        return body.replace(f"\n{indent}", "\n")[1:] + end
    if "\n\n" in body or f"\n{indent} " in body:
        raise _NotPlain
    return body.replace(f"\n{indent}", " ")[1:] + end
