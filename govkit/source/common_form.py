"""Whether a file is in the common form already, known without writing it anew.

Nearly every file that `fmt` looks at is, and the round trip that would show it takes thirty times
as long as reading. So this knows the ways in which nearly all records are written, line by line,
and says yes to these alone. A no means only: not known to be. Tests hold every yes against the
round trip.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.patterns import lazy_regex
from govkit.records.written import Written
from govkit.source.doubts import load_meant
from govkit.source.gate import Unreadable, admit

_KEY = r"[A-Za-z_][A-Za-z0-9_.-]{0,63}"
_FIRST = r"""(?![-?:,\[\]{}#&*!|>'"%@`=\s])"""
_PLAIN = rf"{_FIRST}(?:[^\s:#]|:(?=\S)|(?<=\S)#|[ ](?=[^\s#]))+"
_QUOTED = r"""'(?:[^'\n]|'')*'|"[^"\\\n\U00010000-\U0010ffff]*\""""
_SINGLE = (
    rf"{_FIRST}(?:[^\s:#,\[\]{{}}]|:(?=[^\s,\[\]{{}}])|(?<=\S)#|[ ](?=[^\s#,\[\]{{}}]))+|{_QUOTED}"
)


def _row(item: str) -> str:
    return rf"\[(?:(?:{item})(?:, (?:{item}))*)?\]"


def _group(value: str) -> str:
    return rf"\{{(?:{_KEY}: (?:{value})(?:, {_KEY}: (?:{value}))*)?\}}"


_IN_A_ROW = "|".join((_row(_SINGLE), _group(rf"{_SINGLE}|{_row(_SINGLE)}|{_group(_SINGLE)}")))


_LINE = lazy_regex(
    rf"(?P<indent>[ ]*)(?P<dash>- )?"
    rf"(?:(?P<key>{_KEY}):(?:$|[ ](?=\S))|(?<=- ))"
    rf"(?:(?P<sign>[|>]-?)|(?P<value>{_PLAIN}|{_QUOTED}|{_IN_A_ROW}))?"
)
_REMARK = lazy_regex(r"([ ]*)#(?!.*yaml-language-server)")
_CURVED = lazy_regex("[\u2018\u2019\u201c\u201d]")
_AT_AN_EDGE = lazy_regex(r"[^\S\n]\n|\n[ ]*[^\S \n]")
"""White space at the end of a line, or other than spaces at its beginning."""


def is_in_common_form(first_line: str, kind: str, data: bytes, *, joiners: bool) -> bool:
    """Say whether `fmt` is known to leave a file as it is.

    `first_line` is the one that names the schema of the file, `kind` a name in `kinds.KINDS`,
    `joiners` as at the gate.
    """
    try:
        text = admit(data, joiners=joiners)
        if b"\r" in data or not text.startswith(first_line) or _AT_AN_EDGE.search(text):
            return False
        if _CURVED.search(text) or "\t" in text or text[-1:] != "\n":
            return False
        return _Lines(text[len(first_line) : -1].split("\n")).are_laid_out() and _is_plain(
            load_meant(text, kind, joiners=joiners)
        )
    except Unreadable:
        return False


def _is_plain(data: Any) -> bool:
    """Say whether no value is written in a way that misleads."""
    return bool(data) and not any(isinstance(value, Written) for value in _values(data))


def _values(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)
    else:
        yield data


class _Lines:
    """The lines of a file below the first, and the groups and lists that are open on the way.

    `open` holds the column of each, and whether it is a list; `opened` is the column of a key whose
    group or list has to begin on the next line.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.open: list[tuple[int, bool]] = [(0, False)]
        self.opened: int | None = None

    def are_laid_out(self) -> bool:
        while self.at < len(self.lines):
            if not self.line(self.lines[self.at]):
                return False
        return self.opened is None

    def line(self, line: str) -> bool:
        """Go over a line, and the text below its sign. Say whether they stand as they should."""
        if not line or line.lstrip(" ")[:1] == "#":
            return self.remark(line)
        self.at += 1
        found = _LINE.fullmatch(line)
        if found is None:
            return False
        indent, dash, key, sign, value = found.groups()
        column = len(indent)
        if not self.steps_in(column, dash is not None):
            return False
        if dash and key:
            column += 2
            self.open.append((column, False))
        if sign:
            return self.text(sign, column + 2)
        if value is None:
            self.opened = column
            return key is not None
        return True

    def remark(self, line: str) -> bool:
        """Go over a comment, or one empty line. A comment stands as far in as the next line."""
        before, self.at = self.at, self.at + 1
        following = self.lines[self.at] if self.at < len(self.lines) else ""
        if not line:
            return before > 0 and self.opened is None and following != ""
        found = _REMARK.match(line)
        same = len(following) - len(following.lstrip(" ")) == (len(found[1]) if found else -1)
        return following != "" and same

    def steps_in(self, column: int, is_list: bool) -> bool:
        """Say whether a line may begin here, and open or close what it opens and closes."""
        if self.opened is not None:
            fits = column == self.opened + 2
            self.opened = None
            self.open.append((column, is_list))
            return fits
        while self.open[-1][0] > column:
            self.open.pop()
        return self.open[-1] == (column, is_list)

    def text(self, sign: str, column: int) -> bool:
        """Go over the text below | or >, which has to begin at this column."""
        first = self.at
        indent = " " * column
        while self.at < len(self.lines) and (
            self.lines[self.at].startswith(indent) or not self.lines[self.at]
        ):
            self.at += 1
        while self.at > first and not self.lines[self.at - 1]:
            self.at -= 1
        lines = self.lines[first : self.at]
        if not lines or not lines[0] or lines[0][column] == " ":
            return False
        # Where lines are joined, every one has to be an ordinary one.
        return sign[0] == "|" or all(line and line[column] != " " for line in lines)
