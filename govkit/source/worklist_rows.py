"""The rows of a worklist for a translator: what each holds, and the text of a cell.

A cell holds the words of one text: paragraphs and items, each on one line. How a file wraps its
lines is its own affair, and is put back when words come in.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from typing import NamedTuple

_ITEM = re.compile(r"( *)(\([A-Za-z0-9]{1,8}\)|-) ")
_MARK = re.compile(r"([A-Za-z0-9-]{2,35}) (sha256:[0-9a-f]{64}) ([0-9a-f]{12}|none)")
_SPACES = re.compile(r"[ \t\n]+")
_WIDTH = 94


class WorkRow(NamedTuple):
    """A text to translate.

    `place` says which: `PRN-01#title`, `PRN-01.a`, `PRN-01.a#exceptions.0`, `user#definition`,
    `INS-principles#parts.reach`. `state` is that of its clause, `is_done` what the translator says
    of it. `mark` binds the row to the words that it was written from (`mark_of`).
    """

    place: str
    state: str
    is_done: bool
    original: str
    words: str
    note: str
    mark: str


class RowMark(NamedTuple):
    """What a mark says: the language, the digest of the original, what was translated before."""

    language: str
    digest: str
    was: str


def mark_of(language: str, digest: str, words: str) -> str:
    """Return the mark of a row."""
    return f"{language} {digest} {state_of_words(words)}"


def read_mark(mark: str) -> RowMark | None:
    """Return what a mark says, or None where it is none."""
    found = _MARK.fullmatch(" ".join(mark.split()))
    return RowMark(*found.groups()) if found else None


def state_of_words(words: str) -> str:
    """Return what tells one state of some words from another; `none` where there are none."""
    folded = folded_words(words)
    return hashlib.sha256(folded.encode()).hexdigest()[:12] if folded else "none"


def folded_words(words: str) -> str:
    """Return words without regard to where lines end."""
    return " ".join(words.split())


def as_cell(text: str) -> str:
    """Return a text with each paragraph and each item on a line of its own."""
    lines: list[str] = []
    fresh = True
    for line in text.strip("\n").split("\n"):
        if not line.strip():
            lines.append("")
            fresh = True
        elif fresh or _ITEM.match(line):
            lines.append(line.rstrip())
            fresh = False
        else:
            lines[-1] += f" {line.strip()}"
    return "\n".join(lines)


def as_text(cell: str, original: str) -> str:
    """Return the words of a cell as a text of a record; items stand as deep as in the original.

    Word and others lose the spaces at the beginning of a line, so depths come from the original
    where both have as many items.
    """
    lines = [line.rstrip() for line in cell.replace("\r\n", "\n").strip().split("\n")]
    items = [found[1] for line in as_cell(original).split("\n") if (found := _ITEM.match(line))]
    own = [at for at, line in enumerate(lines) if _ITEM.match(line)]
    if len(own) == len(items):
        for at, depth in zip(own, items, strict=True):
            lines[at] = depth + lines[at].lstrip()
    if not own:
        joined = re.sub(r"\n(?!\n)", " ", re.sub(r"\n{2,}", "\n\n", "\n".join(lines)))
        return re.sub(r"\n ?", "\n\n", joined) if "\n" in joined else _SPACES.sub(" ", joined)
    return "\n".join(_spaced(lines))


def _spaced(lines: list[str]) -> list[str]:
    """Return the lines wrapped, with an empty one between a paragraph and what follows it."""
    written: list[str] = []
    before = ""
    for line in lines:
        if not line.strip():
            continue
        kind = "item" if _ITEM.match(line) else "words"
        if before and "words" in (kind, before):
            written.append("")
        found = _ITEM.match(line)
        deep = " " * found.end() if found else ""
        written += textwrap.wrap(
            line, _WIDTH, subsequent_indent=deep, break_long_words=False, break_on_hyphens=False
        )
        before = kind
    return written
