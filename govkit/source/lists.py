"""How a text of several blocks is written that YAML would run together: below |, line by line."""

from __future__ import annotations

import re

from govkit.records import normative
from govkit.records.normative import item_meant

BULLETS = "\u2022\u2023\u2043\u25a0-\u25ff\u27a2\u00b7\uf0b7"
"""Signs that word processors put before the items of a list, as a class of a pattern."""

_HEADER = re.compile(r"[|>][-+0-9]*[^\n]*\n")
_BULLET = re.compile(rf"([ ]*)([{BULLETS}]|[-*\u2013\u2014](?=[ \t\u00a0]))[ \t\u00a0]*")
_MARKED = re.compile(r"[ ]*(?:-|\([A-Za-z0-9]{1,5}\))[ ]")
_NUMBER = re.compile(r"(?P<label>[0-9]{1,2}\))(?=[ \t\u00a0])(?P<number>)(?P<sign>)")
_FIRST_INSIDE = re.compile(r"(?<=\S)[ ](?=\((?:a|i|1|A)\)[ ])")


def how_to_list(source: str) -> str:
    """Return what to do so that the lines of a value stand as they are to be read.

    `source` is the value as the file has it, with its header or quotes. Each step is named only
    where it is needed.
    """
    header = _HEADER.match(source)
    steps = [
        f"write | in place of {header.group().split()[0]}"
        if header
        else "write | after the key, and the text on the lines below it, indented by two spaces"
    ]
    body = source[header.end() :] if header else source.strip("'\"")
    lines = [line.strip(" \t") for line in body.strip().split("\n")]
    other = [found for line in lines if (found := _other_mark(line))]
    if not other and not any(_MARKED.match(line) or _BULLET.match(line) for line in lines):
        return f"For one paragraph, delete the empty line. For more, {steps[0]}."
    marks = {found[2] for line in lines if (found := _BULLET.match(line)) and found[2] != "-"}
    lines = [_BULLET.sub(r"\1- ", line, count=1) for line in lines]
    for at, line in enumerate(lines):
        if found := _other_mark(line):
            lines[at] = f"{item_meant(found)} {line[found.end() :].strip()}"
    first = next(at for at, line in enumerate(lines) if _MARKED.match(line))
    if _starts_late(lines[first]):
        before = [at for at in range(first) if _FIRST_INSIDE.search(lines[at])]
        if before:
            words, items = _FIRST_INSIDE.split(lines[before[-1]], maxsplit=1)
            lines[before[-1] : before[-1] + 1] = [words, "", items]
            steps.append(f"begin a new line before {items.split()[0]}")
            first = before[-1] + 2
    if (first and lines[first - 1].strip()) or len(steps) > 1:
        steps.append("leave a line empty before the list")
    if marks:
        steps.append(f"begin each item with `- ` in place of `{min(marks)}`")
    if other:
        typed = other[0].group().strip()
        steps.append(f"begin each item with `{item_meant(other[0])} ` in place of `{typed}`")
    said = ", ".join(steps[:-1]) + (", and " if len(steps) > 1 else "") + steps[-1]
    return said[0].upper() + said[1:] + "."


def _other_mark(line: str) -> re.Match[str] | None:
    """Return what begins an item elsewhere, as `a) `; no sign, which `_BULLET` knows."""
    number = _NUMBER.match(line)
    found = number or normative.LIKE_ITEM.match(line)
    return found if found and found["label"] else None


def _starts_late(line: str) -> bool:
    """Say whether the first item that has a line of its own is not the first of its list."""
    return any("no list begins" in flaw.message for flaw in normative.read(line).flaws)
