"""The list that a line belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.source.remedies.indentation import end_of_run
from govkit.source.remedies.page import Page, Remedy, spaces


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
            moved = page.lines[at + 1 : end_of_run(page, at + 1)]
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
