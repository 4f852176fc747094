"""Where a line stands: its indentation, and the list that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.patterns import lazy_regex
from govkit.source.remedies.page import HEADERS, KEY, Page, Remedy, spaces


def item_elsewhere(page: Page, at: int) -> Iterator[Remedy]:
    """An item that stands below the list it belongs to."""
    found = re.match(r"[ ]*(-[ ]+\{?|\{)([a-z_]+):", page.lines[at])
    if found is None or found[2] not in page.keys:
        return
    bare = found[1] == "{"
    last = at + 1
    while last < len(page.lines) and page.lines[last].startswith(" " * (page.indent(at) + 1)):
        last += 1
    rest = [*page.lines[:at], *page.lines[last:]]
    for end, column in ends_of_lists(rest, found[2]):
        if end + 1 < at:
            moved = at_column(page.lines[at:last], column)
            if bare:
                moved[0] = f"{' ' * column}- {moved[0].lstrip()}"
            yield Remedy(
                end + 1,
                last,
                (*moved, *page.lines[end + 1 : at]),
                at,
                page.indent(at),
                "this item stands below the list that it belongs to",
                ("Write `- ` before it. " if bare else "") + cut_and_put(at, last - 1, end, column),
            )


def list_begun_again(page: Page, at: int) -> Iterator[Remedy]:
    """A list whose key was pasted a second time, above further items."""
    found = re.fullmatch(r"[ ]*([a-z_]+):[ ]*", page.lines[at])
    items = [line for line in page.lines[at + 1 : at + 2] if line.lstrip().startswith("- ")]
    if found and items:
        yield Remedy(
            at,
            at + 1,
            (),
            at,
            page.indent(at),
            f"`{found[1]}` begins here a second time",
            "Delete this line, so that its items belong to the list above it.",
        )
        before = [one for one, line in enumerate(page.lines[:at]) if line == page.lines[at]]
        for first in before:
            last = first + 1
            while last < at and (not page.lines[last].strip() or page.indent(last) > 0):
                last += 1
            moved = page.lines[at + 1 : _end_of_run(page, at + 1)]
            lines = (*page.lines[first:last], *moved, *page.lines[last:at])
            yield Remedy(
                first,
                at + 1 + len(moved),
                lines,
                at,
                page.indent(at),
                f"`{found[1]}` begins here a second time",
                f"Put its items in after line {last}, where the first list ends, and delete this "
                "line.",
            )


def cut_and_put(first: int, last: int, end: int, column: int, *, item: bool = True) -> str:
    """Return how to move lines to the end of a list, or a group; all are counted from 0."""
    named = "this line" if first == last else f"lines {first + 1} to {last + 1}"
    return (
        f"Cut {named} out, and put {'it' if first == last else 'them'} in after line {end + 1}, "
        f"where the {'list' if item else 'group'} ends; "
        f"indent {'the `-`' if item else 'it'} by {spaces(column)}."
    )


def at_column(lines: list[str], column: int) -> list[str]:
    """Return lines moved so that the first is indented by `column` spaces."""
    begin = len(lines[0]) - len(lines[0].lstrip(" "))
    return [
        " " * max(len(line) - len(line.lstrip(" ")) + column - begin, 0) + line.lstrip(" ")
        for line in lines
    ]


def ends_of_lists(lines: list[str], key: str) -> Iterator[tuple[int, int]]:
    """Yield the last line of each list whose items begin with a key, and the column of its `-`.

    The last of them first.
    """
    begins = re.compile(rf"([ ]*)-[ ]+\{{?{key}:(?:[ ]|$)")
    starts = [(at, len(found[1])) for at, line in enumerate(lines) if (found := begins.match(line))]
    for at, column in reversed(starts):
        end = at
        while end + 1 < len(lines) and (
            not lines[end + 1].strip() or lines[end + 1].startswith(" " * (column + 1))
        ):
            end += 1
        if (end + 1, column) not in starts:
            while not lines[end].strip():
                end -= 1
            yield end, column


def ends_of_groups(lines: list[str], key: str) -> Iterator[tuple[int, int]]:
    """Yield the last line of each group whose entries begin with a key, and their column."""
    begins = re.compile(rf"(?:([ ]*)[\w-]+:[ ]+\{{[ ]*|([ ]+)){key}:(?:[ ]|$)")
    for at in range(len(lines) - 1, 0, -1):
        found = begins.match(lines[at])
        opener = lines[at] if found and found[2] is None else lines[at - 1]
        column = len(opener) - len(opener.lstrip(" "))
        if found is None or (found[2] is not None and column >= len(found[2])):
            continue
        end = at
        while end + 1 < len(lines) and lines[end + 1].startswith(" " * (column + 1)):
            end += 1
        yield end, column


def indented(page: Page, at: int) -> Iterator[Remedy]:
    """Move a line, or it and those below that are indented alike, to where it can belong."""
    column = page.indent(at)
    before = at - 1
    while before > 0 and not page.lines[before].strip():
        before -= 1
    if before < 0:
        return
    for last in dict.fromkeys((at + 1, _end_of_run(page, at))):
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
            blank = _BLANK.match(page.lines[at])
            if blank and (prose := _prose_at(page, before, target)):
                message = f"{blank[1]} stands outside of every text, and {{ opens a group of keys"
                help = (
                    "Put this line into the text of its clause, indented as that. A blank has no "
                    f"place in `{prose}`: there, write the number itself."
                )
            yield Remedy(at, last, lines, at, min(column, target), message, help)


def _ends_an_item(page: Page, before: int, column: int) -> bool:
    """Say whether an item of words, with its `-` in that column, ends at a line."""
    while before > 0 and page.indent(before) > column:
        before -= 1
    line = page.lines[before].lstrip(" ")
    words = line.startswith("- ") and not page.is_key(before) and line[2:3] not in tuple("{[\"'|>")
    return words and page.indent(before) == column


_BLANK = lazy_regex(r"[ ]*(\{[a-z][a-z0-9_]*\})")
_PROSE = ("guidance", "meaning", "note", "purpose", "rationale", "reason", "summary")


def _prose_at(page: Page, before: int, target: int) -> str:
    """Return the key of the prose that words in this column would belong to, or nothing."""
    while before > 0 and (not page.lines[before].strip() or page.indent(before) >= target):
        before -= 1
    key = page.key(before)
    return key if key in _PROSE else ""


def _may_stand(page: Page, at: int, before: int, target: int) -> bool:
    """Say whether a line can stand in that column and stay what it is: a key, an item, or words."""
    above = KEY.match(page.lines[before])
    opens = above is None or not above["value"] or above["value"][0] in "|>#"
    words = not page.is_key(at) and not page.lines[at].lstrip().startswith("- ")
    if words:
        return ": " not in page.lines[at] or (above is not None and above["value"] in HEADERS)
    return target <= page.key_column(before) or opens


def _end_of_run(page: Page, at: int) -> int:
    last = at + 1
    while last < len(page.lines) and (
        page.indent(last) >= page.indent(at) if page.lines[last].strip() else True
    ):
        last += 1
    while not page.lines[last - 1].strip():
        last -= 1
    return last


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
