"""What stands behind a colon or a `- `: brackets, quotation marks, texts that need them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govkit.patterns import lazy_regex
from govkit.source.remedies.page import HEADERS, ITEM, KEY, Page, Remedy, one, spaces

OPENING = {"[": "]", "{": "}"}
_SIGNS_AT_START = "@`%&*!|>?[]{},#-"


def no_value(page: Page, at: int) -> Iterator[Remedy]:
    """Replace a sign that stands for nothing."""
    found = KEY.match(page.lines[at])
    follows = at + 1 < len(page.lines) and page.indent(at + 1) > page.indent(at)
    if found and follows and found["value"] in HEADERS:
        return
    if found and found["value"] and re.fullmatch(r"[-\u2013?*&!|>%@`]+[ ]*", found["value"]):
        yield one(
            page,
            at,
            page.lines[at][: found.start("value")] + "null",
            found.start("value"),
            f"`{found['value'].strip()}` stands here in place of a value",
            "Write the value, or null where there is none.",
        )


def item_on_line(page: Page, at: int) -> Iterator[Remedy]:
    """An item that stands on the line of its key, or a `- ` that begins a text."""
    found = KEY.match(page.lines[at])
    item = re.match(r"-[ ]+(?=\S)", (found["value"] or "") if found else "")
    if found and item:
        column = found.start("value")
        rest = page.lines[at][column + item.end() :]
        indent = page.key_column(at) + 2
        message = "an item of a list stands on the line of its key"
        on_next = f"{page.lines[at][:column].rstrip()}\n{' ' * indent}- {rest}"
        yield one(
            page,
            at,
            on_next,
            column,
            message,
            f"Write it on the next line, indented by {spaces(indent)}.",
        )
        message = "`-` stands before a text, as before an item of a list"
        yield one(page, at, page.lines[at][:column] + rest, column, message, "Delete the `-`.")


def below_bar(page: Page, at: int) -> Iterator[Remedy]:
    """Put words that follow | or > on the next line."""
    found = KEY.match(page.lines[at])
    begun = re.match(r"([|>][-+]?)[ ]*([^\s#].*)", (found["value"] or "") if found else "")
    if found and begun:
        indent = " " * (page.key_column(at) + 2)
        new = f"{page.lines[at][: found.start('value')]}{begun[1]}\n{indent}{begun[2]}"
        yield one(
            page,
            at,
            new,
            found.start("value") + begun.start(2),
            "after | or > the text begins on the next line",
            f"Begin the text on the next line, indented by {spaces(len(indent))}.",
        )


def brackets(page: Page, at: int) -> Iterator[Remedy]:
    """Close what [ or { opened, and put in commas."""
    line = page.lines[at]
    found = KEY.match(line) or ITEM.match(line)
    value = (found["value"] or "") if found else line.strip()
    close = OPENING.get(value[:1])
    if close is None:
        return
    column = line.index(value[0])
    rest = line.rstrip()
    if " #" in value:
        yield one(
            page,
            at,
            line[: line.index(" #")] + close,
            line.index(" #") + 1,
            "a # after a space begins a comment, so the words before it stand alone",
            "Put the text that holds the # in double quotes; or put the comment on its own line.",
        )
    if close == "}":
        yield from _inside_braces(page, at, value)
    message = f"the {value[0]} opened here is not closed"
    help = f"Write {close} at the end of this line."
    yield one(page, at, rest.rstrip(",") + close, column, message, help)
    if rest[-1] in "])}" and rest[-1] != close:
        help = f"Write {close} in place of the {rest[-1]} at the end of this line."
        yield one(page, at, rest[:-1] + close, column, message, help)
    balanced = _balanced(value)
    if balanced != value:
        help = "Close each [ with ] and each { with }, the inner one first."
        yield one(page, at, line.replace(value, balanced), column, message, help)
    with_commas = re.sub(r"(?<=[\w\"'\])}])[ ]+(?=[a-z_]+: )", ", ", value)
    if with_commas != value and close == "}":
        message = "a comma is missing between two keys"
        yield one(
            page,
            at,
            line.replace(value, with_commas),
            column,
            message,
            "Put a comma before each key but the first.",
        )


def _inside_braces(page: Page, at: int, value: str) -> Iterator[Remedy]:
    """A semicolon between two keys, or a colon inside a value."""
    line = page.lines[at]
    column = line.index(value)
    with_commas = re.sub(r";(?=[ ]*[a-z_]+: )", ",", value)
    if with_commas != value:
        yield one(
            page,
            at,
            line.replace(value, with_commas),
            column + value.index(";"),
            "a semicolon stands between two keys",
            "Write a comma in place of each semicolon.",
        )
    for part in re.finditer(r"(?<=: )[^,{}\[\]\"']*: [^,{}\[\]\"']*", value):
        words = part.group().strip()
        new = value[: part.start()] + f'"{words}"' + value[part.start() + len(words) :]
        yield one(
            page,
            at,
            line.replace(value, new),
            column + part.start() + part.group().index(": "),
            "a colon and a space stand inside a text without quotes",
            f'Put the text in double quotes: "{words}".',
        )


def _balanced(value: str) -> str:
    """Return a value in which every bracket is closed, the inner one first."""
    made, waiting = "", []
    for sign in value:
        if sign in OPENING:
            waiting.append(OPENING[sign])
        while sign in "]}" and waiting and waiting[-1] != sign:
            made += waiting.pop()
        if sign in "]}" and waiting:
            waiting.pop()
        made += sign
    return made + "".join(reversed(waiting))


def commas(page: Page, at: int) -> Iterator[Remedy]:
    """The comma at the end of a line, as JSON has it."""
    line = page.lines[at].rstrip()
    several = [one for one, each in enumerate(page.lines) if re.search(r"\",$", each)]
    if line.endswith('",') and several:
        first, last = several[0], several[-1] + 1
        lines = tuple(re.sub(r"\",$", '"', one) for one in page.lines[first:last])
        where = "of this line" if last == first + 1 else f"of lines {first + 1} to {last}"
        yield Remedy(
            first,
            last,
            lines,
            first,
            len(page.lines[first].rstrip()) - 1,
            "a comma ends this line, as in JSON",
            f"Delete the comma at the end {where}.",
        )


def unclosed(page: Page, at: int) -> Iterator[Remedy]:
    """Close a quotation mark at the end of its line."""
    found = KEY.match(page.lines[at]) or ITEM.match(page.lines[at])
    value = (found["value"] or "") if found else ""
    quote = value[:1]
    if quote not in ("'", '"') or value[1:].endswith(quote):
        return
    assert found is not None
    if value.count(quote) == 1:
        yield one(
            page,
            at,
            page.lines[at].rstrip() + quote,
            found.start("value"),
            "a quotation mark is opened here and not closed",
            f"Write {quote} at the end of the text.",
        )


_LINK = lazy_regex(r"(?P<head>[ ]*address:[ ]+)\[[^\[\]]*\]\((?P<to>https?://[^\s()]+)\)[ ]*")


def linked(page: Page, at: int) -> Iterator[Remedy]:
    """An address that was pasted as a link of Markdown."""
    found = _LINK.fullmatch(page.lines[at])
    if found:
        new, message = found["head"] + found["to"], "a link stands here in place of an address"
        yield one(page, at, new, found.end("head"), message, f"Write `{found['to']}` alone.")


def quoted(page: Page, at: int) -> Iterator[Remedy]:
    """Put a value in quotes that YAML takes for something else, or ends too early."""
    line = page.lines[at]
    found = KEY.match(line) or ITEM.match(line)
    if found is None or not found["value"]:
        return
    value, column = found["value"].rstrip(), found.start("value")
    last = at + 1
    while last < len(page.lines) and (
        page.indent(last) > page.key_column(at) and not page.is_key(last)
    ):
        last += 1
    if (value[0] in OPENING and value[-1] in "]}") or _is_quoted(value):
        return
    if last == at + 1:
        quoted, help = _in_quotes(value)
        message, sign = _why_quoted(value)
        yield one(page, at, line[:column] + quoted, column + sign, message, help)
        return
    inner = [value, *(one.strip() for one in page.lines[at + 1 : last])]
    if inner[0][:1] in ("'", '"'):
        return
    below = (line[:column] + ">-", *(" " * (page.key_column(at) + 2) + one for one in inner))
    where = next((n for n, one in enumerate(inner) if ": " in one), 0)
    message, sign = _why_quoted(inner[where])
    column = column + sign if where == 0 else page.indent(at + where) + sign
    yield Remedy(
        at,
        last,
        below,
        at + where,
        column,
        message,
        f"Write >- after the key in line {at + 1}, and the text on the lines below it, indented by "
        f"{spaces(page.key_column(at) + 2)}.",
    )


def _is_quoted(value: str) -> bool:
    """Say whether a value is in quotes already, and no further one stands inside."""
    return value[0] in "'\"" and len(value) > 1 and value.find(value[0], 1) == len(value) - 1


def _in_quotes(value: str) -> tuple[str, str]:
    """Return a value in quotes that keep it, and how to put it so."""
    for quote in ('"', "'"):
        if len(value) > 1 and value[0] == value[-1] == quote:
            inner = value[1:-1].replace('\\"', '"').replace("''", "'")
            doubled = '""' in inner  # as spreadsheets write a quotation mark
            inner = inner.replace('""', '"')
            other = "'" if quote == '"' else '"'
            if other not in inner and "\\" not in inner:
                change = "single" if quote == '"' else "double"
                return f"{other}{inner}{other}", (
                    f"Put the text in {change} quotes: {other} in place of the first and the last "
                    f"{quote}" + (", and one for each two inside." if doubled else ".")
                )
            escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"', 'Put the text in double quotes, and write \\" for each inside.'
    if '"' not in value and "\\" not in value:
        return f'"{value}"', "Put the whole text in double quotes."
    if "'" not in value:
        return f"'{value}'", "Put the whole text in single quotes."
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"', (
        'Put the whole text in double quotes, and write \\" for each " and \\\\ for each \\ in it.'
    )


def _why_quoted(value: str) -> tuple[str, int]:
    """Return why a value needs quotes, and where in it the sign stands."""
    if value[0] in "'\"":
        at = value.find(value[0], 1)
        return "a quotation mark inside the text ends it here", max(at, 0)
    if value[0] in _SIGNS_AT_START:
        return f"a text can't begin with {value[0]} without quotes", 0
    colon = re.search(r":(?= |$)", value)
    if colon:
        return "a colon and a space stand inside a text without quotes", colon.start()
    return "YAML reads this text otherwise than it stands here", 0
