"""A file that can't be read, line by line, and an edit of some of its lines."""

from __future__ import annotations

from typing import NamedTuple

from govkit.patterns import lazy_regex

KEY = lazy_regex(r"(?P<head>[ ]*(?:-[ ]+)?)(?P<key>[A-Za-z_]+):(?:[ ]+(?P<value>.*))?$")
ITEM = lazy_regex(r"(?P<head>[ ]*-[ ]+)(?P<value>.*)$")
HEADERS = ("|", "|-", "|+", ">", ">-", ">+")


class Remedy(NamedTuple):
    """Lines `first` to before `last` written anew, and what the writer is told.

    `line` and `column` are where the remark stands, counted from 0.
    """

    first: int
    last: int
    lines: tuple[str, ...]
    line: int
    column: int
    message: str
    help: str


class Page:
    """The lines of a file that can't be read, and where the reader stopped."""

    def __init__(
        self, text: str, stopped: int, near: tuple[int, ...], keys: frozenset[str]
    ) -> None:
        self.lines = text.split("\n")
        self.stopped = min(stopped, len(self.lines) - 1)
        self.keys = keys
        before = self.stopped - 1
        while before > 0 and not self.lines[before].strip():
            before -= 1
        self.before = max(before, 0)
        wanted = dict.fromkeys((self.stopped, self.before, *self.first_of_list(), *near))
        self.suspects = [
            at for at in wanted if 0 <= at < len(self.lines) and self.lines[at].strip()
        ]

    def first_of_list(self) -> list[int]:
        """Return the line below the key that the list of a stopped item belongs to."""
        if not self.lines[self.stopped].lstrip().startswith("- "):
            return []
        at = self.stopped
        while at > 0 and (
            not self.lines[at].strip() or self.indent(at) >= self.indent(self.stopped)
        ):
            at -= 1
        return [at + 1]

    def indent(self, at: int) -> int:
        return len(self.lines[at]) - len(self.lines[at].lstrip(" "))

    def key_column(self, at: int) -> int:
        """Return where the key of a line begins, behind a `- ` if it has one."""
        found = ITEM.match(self.lines[at])
        return found.end("head") if found else self.indent(at)

    def key(self, at: int) -> str:
        found = KEY.match(self.lines[at])
        return found["key"] if found else ""

    def is_key(self, at: int) -> bool:
        return self.key(at).lower() in self.keys


def one(page: Page, at: int, new: str, column: int, message: str, help: str) -> Remedy:
    """Return a remedy of one line; a new one that holds line feeds becomes several."""
    return Remedy(at, at + 1, tuple(new.split("\n")), at, column, message, help)


def spaces(count: int) -> str:
    """Return a number of spaces in words."""
    return "no space" if count == 0 else "1 space" if count == 1 else f"{count} spaces"


def short(words: str) -> str:
    """Return words as a message shows them."""
    line = " ".join(words.split())
    return line if len(line) <= 40 else line[:38].rstrip() + " …"
