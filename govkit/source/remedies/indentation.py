"""Where a line stands: how far it is indented, and what was indented together with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govkit.source.remedies.fitting import THE_END, reach
from govkit.source.remedies.page import HEADERS, ITEM, KEY, Page, Remedy, spaces


def indented(page: Page, at: int) -> Iterator[Remedy]:
    """Move a line, or it and those below that are indented alike, to where it can belong."""
    column = page.indent(at)
    before = at - 1
    while before > 0 and not page.lines[before].strip():
        before -= 1
    if before < 0:
        return
    for last in ends_of_runs(page, at):
        for target in _columns_above(page, before):
            if target == column or not _may_stand(page, at, before, target):
                continue
            lines = tuple(
                " " * max(page.indent(one) + target - column, 0) + page.lines[one].lstrip(" ")
                if page.lines[one].strip()
                else ""
                for one in range(at, last)
            )
            message = _not_indented(page, at, column)
            help = _move(at, last, target, page.indent(before) == target, before)
            if target > column and _ends_an_item(page, before, column) and not page.is_key(at):
                help = (
                    "Write `- ` before it if it is one more item of the list; if it goes on with "
                    f"the item above, indent it by {spaces(target)}."
                )
            if last == at + 1 and (words := _words_of_comment(page.lines[at])):
                lines = (" " * target + words,)
                message = "a comment ends the text above it, and the text goes on below"
                help = (
                    "Put the comment above the key of the text; or, if its words belong to the "
                    f"text, delete the # and indent them by {spaces(target)}."
                )
            blank = _BLANK.match(page.lines[at])
            if blank and (prose := _prose_at(page, before, target)):
                message = f"{blank[1]} stands outside of every text, and {{ opens a group of keys"
                help = (
                    "Put this line into the text of its clause, indented as that. A blank has no "
                    f"place in `{prose}`: there, write the number itself."
                )
            yield Remedy(at, last, lines, at, min(column, target), message, help)


def moved(page: Page, near: Iterable[int], kind: str, *, joiners: bool = False) -> Remedy | None:
    """Return the move of some lines that makes the whole file fit its kind, or None.

    `near` are lines, from 0, where something does not fit; those that were moved may be above.
    """
    spent = 0
    length = sum(map(len, page.lines))
    for at in _beginnings(page, near):
        for remedy in indented(page, at):
            spent += length
            if spent > _MOST_READ:
                return None
            lines = (*page.lines[: remedy.first], *remedy.lines, *page.lines[remedy.last :])
            if reach("\n".join(lines), kind, joiners=joiners) == THE_END:
                return remedy
    return None


_MOST_READ = 1 << 19
"""Characters that are read, one trial after the other, to find the move that mends a file."""


def _beginnings(page: Page, near: Iterable[int]) -> list[int]:
    """Return the lines that may be the first of those that were moved, the likeliest first.

    The lines themselves, those that they belong to, the one below each, and what stands above at
    the same indentation.
    """
    found: dict[int, None] = dict.fromkeys(near)
    alike: dict[int, None] = {}
    for at in tuple(found):
        lowest = page.indent(at)
        for above in range(at - 1, 0, -1):
            if not page.lines[above].strip():
                continue
            if page.indent(above) < lowest:
                lowest = page.indent(above)
                found[above] = None
            elif page.indent(above) == page.indent(at) and lowest == page.indent(at):
                alike[above] = None
    below = [at + 1 for at in found]
    return [
        at
        for at in dict.fromkeys((*found, *below, *alike))
        if 0 < at < len(page.lines) and page.lines[at].strip()
    ]


def _words_of_comment(line: str) -> str:
    """Return what stands behind the # of a line that begins with one, or nothing."""
    return line.strip().lstrip("#").lstrip() if line.lstrip().startswith("#") else ""


def _ends_an_item(page: Page, before: int, column: int) -> bool:
    """Say whether an item of words, with its `-` in that column, ends at a line."""
    while before > 0 and page.indent(before) > column:
        before -= 1
    line = page.lines[before].lstrip(" ")
    words = line.startswith("- ") and not page.is_key(before) and line[2:3] not in tuple("{[\"'|>")
    return words and page.indent(before) == column


_BLANK = re.compile(r"[ ]*(\{[a-z][a-z0-9_]*\})")
_PROSE = ("guidance", "meaning", "note", "purpose", "rationale", "reason")


def _prose_at(page: Page, before: int, target: int) -> str:
    """Return the key of the prose that words in this column would belong to, or nothing."""
    while before > 0 and (not page.lines[before].strip() or page.indent(before) >= target):
        before -= 1
    key = page.key(before)
    return key if key in _PROSE else ""


def _may_stand(page: Page, at: int, before: int, target: int) -> bool:
    """Say whether a line can stand in that column and stay what it is: a key, an item, or words."""
    above, found = KEY.match(page.lines[before]), KEY.match(page.lines[at])
    opens = above is None or not above["value"] or above["value"][0] in "|>#"
    if found is None and not page.lines[at].lstrip().startswith("- "):
        return ": " not in page.lines[at] or _in_block(page, before, target)
    if found and not page.opens(at) and not page.is_key(at) and _in_block(page, before, target):
        return True  # words of a text, though the first of them has a colon
    return target <= page.key_column(before) or opens


def ends_of_runs(page: Page, at: int) -> list[int]:
    """Return behind which lines those may end that were moved together with one, nearest first.

    It alone; what belongs to it; what stands alike, to a key, to one that opens a part, to the next
    item, to an empty line, or to a line that can't belong to the one above it; or all.
    """
    column, inner = page.indent(at), page.key_column(at)
    ends: dict[str, int] = {"alone": at + 1, "all": end_of_run(page, at)}
    for one in range(at + 1, ends["all"]):
        line, indent = page.lines[one], page.indent(one)
        if not line.strip():
            ends.setdefault("empty", one)
            continue
        item = line.lstrip().startswith("- ")
        if indent <= column:
            ends.setdefault("belongs", one)
        if page.is_key(one):
            ends.setdefault("key", one)
        if item and (indent in (column, inner) or page.is_key(one)):
            ends.setdefault("item", one)
        if page.opens(one):
            ends.setdefault("opens", one)
        if indent < inner:
            ends.setdefault("left", one)
        if indent > page.key_column(one - 1) and not page.opens(one - 1):
            ends.setdefault("right", one)
    return sorted(set(ends.values()))


def end_of_run(page: Page, at: int) -> int:
    """Return behind which line those end that are indented as one or further."""
    last = at + 1
    while last < len(page.lines) and (
        page.indent(last) >= page.indent(at) if page.lines[last].strip() else True
    ):
        last += 1
    while not page.lines[last - 1].strip():
        last -= 1
    return last


def _in_block(page: Page, before: int, target: int) -> bool:
    """Say whether words in this column belong to a text below | or >."""
    while before > 0 and (not page.lines[before].strip() or page.indent(before) >= target):
        before -= 1
    found = KEY.match(page.lines[before]) or ITEM.match(page.lines[before])
    return found is not None and found["value"] in HEADERS


def _columns_above(page: Page, before: int) -> list[int]:
    columns = [page.key_column(before), page.indent(before), page.key_column(before) + 2]
    at, lowest = before, page.indent(before)
    while at > 0 and lowest > 0:
        at -= 1
        if page.lines[at].strip() and page.indent(at) < lowest:
            lowest = page.indent(at)
            columns += [page.key_column(at), lowest]
    return list(dict.fromkeys(columns))


def _not_indented(page: Page, at: int, column: int) -> str:
    what = "this key" if page.is_key(at) else "this line"
    indented = f"indented by {spaces(column)}" if column else "not indented"
    return f"{what} does not fit: it is {indented}"


def _move(at: int, last: int, target: int, alike: bool, before: int) -> str:
    line = "this line" if last == at + 1 else f"lines {at + 1} to {last}"
    as_above = f", as line {before + 1}" if alike else ""
    if last > at + 1:
        return f"Move {line} so that the first is indented by {spaces(target)}{as_above}."
    if target == 0:
        return f"Begin {line} at the left edge{as_above}."
    return f"Indent {line} by {spaces(target)}{as_above}."
