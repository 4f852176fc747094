"""The blocks of a field put together again: in place where only words changed, else anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govkit.proposals.suggestions.fields import PrintedField
from govkit.records import normative

WIDTH = 92
"""Columns of a paragraph that is laid out anew, seen from the edge of its text."""


class NewBlock(NamedTuple):
    """A block as it is to stand: its words as the file writes them, its list, and how deep.

    `at` is the number of the block that it was, None for a new one.
    """

    source: str
    style: str
    depth: int
    at: int | None


def in_place(field: PrintedField, sources: dict[int, str]) -> str:
    """Return the source of a field with other words in some of its blocks."""
    text = field.source
    for at in sorted(sources, reverse=True):
        runs = field.blocks[at].block.runs
        if field.is_line or not runs:
            return sources[at]
        start, end = runs[0].start, runs[-1].end
        begin = text.rfind("\n", 0, start) + 1
        new = sources[at]
        if "\n" in text.rstrip("\n"):
            new = _laid_out(new, start - begin, text[start:end])
        text = text[:start] + new + text[end:]
    return text


def _laid_out(words: str, column: int, old: str) -> str:
    """Return the words of a block in lines: those that it had, as far as they are the same."""
    if all(len(line) + column <= WIDTH + 4 for line in words.split("\n")):
        return words
    indent = " " * column if column else ""
    kept: list[str] = []
    rest = words
    for line in old.split("\n")[:-1]:
        if not rest.startswith(f"{line}\n"):
            break
        kept.append(line)
        rest = rest[len(line) + 1 :]
    lines = _filled(rest.split(), WIDTH - column)
    return "\n".join(
        [*kept, *(f"{indent if at or kept else ''}{each}" for at, each in enumerate(lines))]
    )


def _filled(words: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def assembled(blocks: Iterable[NewBlock], *, ends: bool) -> str:
    """Return the source of a field made of blocks; items are lettered as they stand.

    `ends` says that a line feed stands at its end.
    """
    parts: list[str] = []
    counts: list[tuple[str, int]] = []
    was_item = False
    for block in blocks:
        if block.style == "p":
            counts = counts[: block.depth]
            indent = " " * (4 * (block.depth - 1) + 4) if block.depth else ""
            words = f"{indent}".join(f"{line}\n" for line in _filled(block.source.split(), WIDTH))
            parts.append(("\n\n" if parts else "") + indent + words.rstrip("\n"))
            was_item = False
            continue
        depth = max(min(block.depth, len(counts) + 1), 1)
        counts = counts[:depth]
        if len(counts) < depth:
            counts.append((block.style, 0))
        style, count = counts[-1]
        counts[-1] = (style, count + 1)
        label = "-" if style == "-" else f"({normative.label(style, count + 1)})"
        indent = " " * (4 * (depth - 1))
        lines = _filled(block.source.split(), WIDTH - len(indent) - len(label))
        hang = f"\n{indent}{' ' * (len(label) + 1)}"
        before = ("\n" if was_item else "\n\n") if parts else ""
        parts.append(f"{before}{indent}{label} {hang.join(lines)}")
        was_item = True
    return "".join(parts) + ("\n" if ends else "")
