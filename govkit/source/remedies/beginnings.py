"""What begins a line: tabs, list marks, keys and their colons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.patterns import lazy_regex
from govkit.source.remedies.page import Page, Remedy, one, short, spaces

_TABBED = lazy_regex(r"[ ]*(?:-[ ]?)?\t")
_BULLET = lazy_regex(
    r"(?P<indent>[ ]*)(?P<mark>[-*+\u2010-\u2015\u2212\u2022\u2023\u2043\u25a0-\u25ff\u27a2\uf0b7"
    r"\u00b7o](?=[ \w{\"'\u00a0])|[0-9]{1,2}[.)]|\(?[a-z][.)])(?P<space>[ \u00a0]*)(?P<rest>\S.*)$"
)
_NO_COLON = lazy_regex(
    r"(?P<head>[ ]*(?:-[ ]+)?)[\"'\u2018-\u201f]?(?P<key>[A-Za-z_]+)[\"'\u2018-\u201f]?"
    r"(?P<sign>[ ]*(?:[:;=\uff1a\ufe55\ua789\u2236]|->|=>)\u00a0*|[ ]*:\u00a0+|[ \t]+)"
    r"(?P<space>[ ]*)(?P<value>.*)$"
)
_TWO_KEYS = lazy_regex(r"(?P<first>[ ]*(?:-[ ]+)?[a-z_]+:[ ]+[^\s:]+),?[ ]+(?P<key>[a-z_]+):[ ]")


_TAB = "a tab stands here; YAML is indented with spaces"


def tabs(page: Page) -> Iterator[Remedy]:
    """Replace the tabs at the beginning of lines, all by as many spaces."""
    tabbed = [at for at, line in enumerate(page.lines) if _TABBED.match(line)]
    if not tabbed:
        return
    first, last = tabbed[0], tabbed[-1]
    where = (
        "at the beginning of this line"
        if first == last
        else (f"at the beginning of lines {first + 1} to {last + 1}")
    )
    column = page.lines[first].index("\t")
    widths = (2, 4, 8, 1, 6, 3, 10, 12)
    for width in dict.fromkeys((max(page.key_column(max(first - 1, 0)) - column, 1), *widths)):
        lines = tuple(
            _untabbed(line, width) if _TABBED.match(line) else line
            for line in page.lines[first : last + 1]
        )
        count = "a space" if width == 1 else spaces(width)
        the = "the" if first == last else "each"
        help = f"Replace {the} tab {where} by {count}."
        yield Remedy(first, last + 1, lines, first, column, _TAB, help)


def _untabbed(line: str, width: int) -> str:
    begin = line[: len(line) - len(line.lstrip(" \t-"))]
    return begin.replace("\t", " " * width) + line[len(begin) :]


def colon(page: Page, at: int) -> Iterator[Remedy]:
    """`key：value`, `key:value`, `key = value`, `key value`."""
    found = _NO_COLON.match(page.lines[at])
    if found is None or found["key"].lower() not in page.keys or found["value"].startswith(":"):
        return
    sign = found["sign"].strip()
    if not sign and not (page.is_key(page.before) or " " not in found["value"].strip()):
        return  # a line of a text that begins with such a word
    new = f"{found['head']}{found['key']}: {found['value']}".rstrip()
    if new == page.lines[at].rstrip():
        return
    if sign == ":":
        message = "a space is missing after the colon"
        if "\u00a0" in found["sign"]:
            message = "a no-break space stands after the colon, in place of a usual one"
    elif sign:
        message = f"`{sign}` stands here in place of a colon and a space"
    else:
        message = f"a colon is missing after `{found['key']}`"
    help = f"Write `{found['key']}: {short(found['value'])}`, with a colon and a space."
    yield one(page, at, new, found.start("sign"), message, help)


def bare_key(page: Page, at: int) -> Iterator[Remedy]:
    """A key that stands alone, without its colon."""
    key = page.lines[at].strip()
    if key in page.keys:
        yield one(
            page,
            at,
            page.lines[at].rstrip() + ":",
            page.indent(at) + len(key),
            f"a colon is missing after `{key}`",
            f"Write `{key}:`, and its value after it or on the lines below.",
        )


def bullets(page: Page, at: int) -> Iterator[Remedy]:
    """Replace what a word processor or a keyboard puts before an item."""
    found = _BULLET.match(page.lines[at])
    if found is None:
        return
    mark, indent = found["mark"], found["indent"]
    message = f"`{mark}` begins no item of a list here"
    help = f"Write `- ` in place of `{mark}`."
    if mark == "-" and found["space"]:
        message = "too much space stands after the `-` that begins an item"
        help = f"Write `- {short(found['rest'])}`, with one space after the `-`."
    elif mark == "-":
        message = "a space is missing after the `-` that begins an item"
        help = f"Write `- {short(found['rest'])}`, with a space after the `-`."
    for space in (1, found.start("rest") - len(indent) - 1):
        if space > 0:
            yield one(
                page, at, f"{indent}-{' ' * space}{found['rest']}", len(indent), message, help
            )


def dash_missing(page: Page, at: int) -> Iterator[Remedy]:
    """Put the `- ` before an item that has none."""
    line, indent = page.lines[at], page.indent(at)
    if line.lstrip().startswith("- "):
        return
    message = "a new item of the list begins here, and its `- ` is missing"
    for column in (indent - 2, indent):
        if column >= 0:
            new = f"{' ' * column}- {line.lstrip()}"
            help = f"Write `- ` before `{short(line)}`" + (
                ", in place of the two spaces there." if column < indent else "."
            )
            yield one(page, at, new, indent, message, help)


def item_begun_late(page: Page, at: int) -> Iterator[Remedy]:
    """Put back the line that began an item, where only its other keys are left."""
    column = page.key_column(at) - 2
    firsts = (re.match(rf"[ ]{{{column}}}-[ ]+([a-z_]+):", line) for line in page.lines[:at])
    key = next((found[1] for found in firsts if found), None) if column >= 0 else None
    if key is not None:
        begin = f"{' ' * column}- {key}: "
        yield Remedy(
            at,
            at,
            (f"{begin}x",),
            at,
            page.indent(at),
            f"the line that begins this item is missing: it holds its `{key}`",
            f"Write a line above this one: `- {key}: …`, with {spaces(column)} before the `-`.",
        )


def two_keys(page: Page, at: int) -> Iterator[Remedy]:
    """Part a line that holds two keys."""
    found = _TWO_KEYS.match(page.lines[at])
    if found and found["key"] in page.keys:
        rest = page.lines[at][found.start("key") :]
        new = f"{found['first']}\n{' ' * page.key_column(at)}{rest}"
        yield one(
            page,
            at,
            new,
            found.start("key"),
            "two keys stand on one line",
            f"Begin a new line before `{found['key']}:`, indented as the key before it.",
        )
