"""How wide the screen is, and words fitted to it: broken between words, never inside one.

Only a word that is wider than its whole column is broken, and a Chinese or Japanese text between
any two signs. A command to type stays in one line, so that it can be copied.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator

import click

from govkit.patterns import lazy_regex

IN_A_PIPE = 100
"""Columns where nobody says how many there are: in a pipe, without COLUMNS."""
_NARROWEST = 20
_COMMAND = lazy_regex(r"(?:^|\s)govkit [a-z]|^\s*git [a-z]")
_QUOTED_COMMAND = lazy_regex(r"`(?:govkit|git|pip) [^`]+`")
_STYLE = lazy_regex(r"\x1b\[[0-9;]*m")
_WORD = lazy_regex(r"(\s*)(\S+)")
_HEAD = lazy_regex(r"(\s*)(- )?")


def width(most: int | None = None) -> int:
    """Return how many columns there are: those of COLUMNS, of the terminal, or 100."""
    there = max(shutil.get_terminal_size((IN_A_PIPE, 24)).columns, _NARROWEST)
    return min(there, most) if most else there


def columns_of(text: str) -> int:
    """Return how many columns a terminal gives the text; colours take none."""
    if "\x1b" in text:
        text = _STYLE.sub("", text)
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrapped(
    text: str, room: int, first: str = "", then: str = "", *, hard: bool = False
) -> list[str]:
    """Return the text in lines of at most `room` columns, behind `first` and `then`.

    With `hard`, a word that is wider than a line is broken, too.
    """
    lines: list[str] = []
    line, lead = "", first
    for space, piece in _pieces(text):
        gap = space if line else ""
        if line and columns_of(lead + line + gap + piece) > room:
            lines.append(lead + line)
            line, gap, lead = "", "", then
        while hard and columns_of(lead + piece) > room:
            head = _head(piece, max(room - columns_of(lead), 1))
            lines.append(lead + head)
            piece, lead = piece[len(head) :], then
        line += gap + piece
    return [*lines, lead + line] if line or not lines else lines


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what no line is broken inside, each with the space before it."""
    for space, word in _WORD.findall(text):
        for piece in [word] if word.isascii() else _unbroken(word):
            yield space, piece
            space = ""


def _unbroken(word: str) -> Iterator[str]:
    """Yield a word in parts between which it may be broken: beside each wide sign."""
    piece = ""
    for sign in word:
        if piece and _columns(sign) and (_columns(sign) == 2 or _columns(piece[0]) == 2):
            yield piece
            piece = ""
        piece += sign
    yield piece


def _head(piece: str, room: int) -> str:
    """Return the beginning of a word that fits, with the marks on its last letter; up to a hyphen
    or slash, if there is one.
    """
    end = 1
    while end < len(piece) and columns_of(piece[: end + 1]) <= room:
        end += 1
    joint = max(piece.rfind(sign, 1, end) for sign in "-/") + 1
    return piece[: joint if joint > 1 else end]


def folded(lines: Iterable[str], most: int = IN_A_PIPE) -> str:
    """Return lines as one text that fits the screen; a line that goes on is indented by two.

    Where nobody says how wide it is, as in a pipe, lines stay whole: a program reads them.
    """
    if not shutil.get_terminal_size((0, 0)).columns:
        return "".join(f"{line}\n" for line in lines)
    room = width(most)
    return "".join(f"{line}\n" for each in lines for line in _fold(each, room))


def fitted(line: str, then: str = "  ") -> str:
    """Return one line as `folded` does, without its end; what goes on stands behind `then`.

    A command that is quoted in it stays in one line, too.
    """
    there = shutil.get_terminal_size((0, 0)).columns
    if not there or columns_of(line) <= there or _COMMAND.search(_STYLE.sub("", line)):
        return line
    lead = line[: len(line) - len(line.lstrip())]
    held = _QUOTED_COMMAND.sub(lambda quoted: quoted[0].replace(" ", "\0"), line.lstrip())
    return "\n".join(wrapped(held, width(), lead, then)).replace("\0", " ")


def _fold(line: str, room: int) -> list[str]:
    if columns_of(line) <= room or _COMMAND.search(_STYLE.sub("", line)):
        return [line]
    found = _HEAD.match(line)
    indent = found[1] if found else ""
    return wrapped(line, room, indent, indent + "  ")


def text_file(lines: Iterable[str]) -> bytes:
    """Return lines as a file holds them: without colours, and none broken to fit a screen."""
    return click.unstyle("".join(f"{line}\n" for line in lines)).encode()


def echo(lines: Iterable[str]) -> None:
    """Print lines, fitted to the screen."""
    click.echo(folded(lines), nl=False)
