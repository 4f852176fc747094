"""Bytes to bytes: a record put into the common form, with every word, comment and order kept.

Nothing is written here. What comes back has been held against what went in: the data are equal but
for the repairs that are announced, the comments are the same in the same order, and a second pass
changes nothing. Otherwise the file is refused, with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from govkit.findings import WHOLE_FILE, Keys
from govkit.patterns import lazy_regex
from govkit.source.comments import comments
from govkit.source.common_form import is_in_common_form
from govkit.source.doubts import load_meant
from govkit.source.gate import Unreadable, admit
from govkit.source.layout import NotFormatted, column_of, laid_out
from govkit.source.loader import Spots, load
from govkit.source.repairs import (
    composed,
    lists_below_a_bar,
    quotes_put_in,
    quotes_straightened,
    spaces_taken_off,
)

__all__ = [
    "FormattedFile",
    "NotFormatted",
    "formatted",
    "moved_to",
    "path_of",
    "schema_line",
    "with_item",
]


_BEGINNING = lazy_regex(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
"""Empty lines and comments before the first key."""
_ANY_SCHEMA_LINE = lazy_regex(r"#+[ \t]*yaml-language-server:[ \t]*\$schema[ \t]*=[^\n]*\n?")


class FormattedFile(NamedTuple):
    """A file in the common form, and a line for each thing that was mended."""

    data: bytes
    changes: tuple[str, ...]


def schema_line(path: str, kind: str) -> str:
    """Return the first line of a record at `path`, which tells an editor what to check it with."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json\n"


def moved_to(path: str, kind: str, data: bytes) -> bytes:
    """Return a record as it stands at another path: its first line leads to the schema from there.

    Everything else stays, to the byte. A file without such a line gets none.
    """
    found = _ANY_SCHEMA_LINE.match(data[:500].decode("utf-8", errors="replace"))
    if found is None or not found.group().isascii():
        return data
    end = b"\r\n" if data[: found.end()].endswith(b"\r\n") else b"\n"
    line = schema_line(path, kind).removesuffix("\n").encode()
    return line + end + data[found.end() :]


def formatted(path: str, kind: str, data: bytes) -> FormattedFile:
    """Return a record in the common form.

    `path` is relative to the root, `kind` a name in `kinds.KINDS`. Raises `NotFormatted` where the
    file can't be read, or could not be kept whole; its place is in the file as it was.
    """
    if _is_known(path, kind, data):
        return FormattedFile(data, ())
    try:
        first = _formatted(path, kind, data)
        settled = first.data == data or _is_known(path, kind, first.data)
        settled = settled or _formatted(path, kind, first.data).data == first.data
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    if not settled:
        raise NotFormatted(
            "a second pass would change the file again",
            "Indent it by hand with two spaces for each level; put comments on their own lines.",
        )
    return first


def _is_known(path: str, kind: str, data: bytes) -> bool:
    """Say whether a file is known to be in the common form, which spares the round trip."""
    return is_in_common_form(schema_line(path, kind), kind, data, joiners=kind == "translation")


def _formatted(path: str, kind: str, data: bytes) -> FormattedFile:
    text, changes = _readable(data, kind)
    read = quotes_put_in(text, changes, kind, path)
    mended = quotes_straightened(*read)
    mended = spaces_taken_off(*mended, kind)
    mended = lists_below_a_bar(*mended, kind, path)
    after = laid_out(mended.text)
    changes = mended.changes
    if after != mended.text:
        changes += ("indents and spaces",)
    line = schema_line(path, kind)
    if not text.startswith(line):
        changes += ("the first line, which names the schema",)
    result = line + _without_schema_line(after)
    if _comments(result) != _comments(read.text):
        raise NotFormatted(
            "a comment would be lost or moved", "Put comments on lines of their own."
        )
    encoded = result.encode()
    admit(encoded, joiners=kind == "translation")
    return FormattedFile(encoded, changes)


def _readable(data: bytes, kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the text, with LF line ends and composed letters, of a file that holds a record."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = admit(data)
    admit(unicodedata.normalize("NFC", text).encode(), joiners=kind == "translation")
    changes: tuple[str, ...] = ("line ends",) if "\r\n" in text else ()
    text, changes = composed(text.replace("\r\n", "\n"), changes)
    loaded = load_meant(text, kind)
    if not isinstance(loaded, dict):
        raise Unreadable(
            "missing-key",
            "the file holds no record",
            WHOLE_FILE,
            "Fill it in, or delete the file. `govkit new` writes a file to begin with.",
        )
    return text, changes


def _without_schema_line(text: str) -> str:
    """Take every line that names a schema out of the comments that the file begins with."""
    found = _BEGINNING.match(text)
    assert found is not None  # it may be empty
    lines = re.findall(r"[^\n]*\n", found.group())
    kept = [line for line in lines if not _ANY_SCHEMA_LINE.match(line.lstrip())]
    return "".join(kept).lstrip("\n") + text[found.end() :]


def _comments(text: str) -> list[str]:
    spots: Spots = {}
    load(text, spots)
    words = (unicodedata.normalize("NFC", comment.words) for comment in comments(text, spots))
    return [comment for comment in words if not _ANY_SCHEMA_LINE.match(comment)]


def with_item(path: str, kind: str, data: bytes, keys: Keys, item: str) -> bytes:
    """Return a record with one more word at the end of a list, and nothing else changed.

    `keys` lead to the list, `item` is an id or slug. Raises `NotFormatted` where there is no such
    list, or where the rest would not stay what it is.
    """
    try:
        text, _ = _readable(data, kind)
        spots: Spots = {}
        before = load(text, spots)
        after = _with_item(text, spots, keys, _at(before, keys), item)
        expected = _appended(before, keys, item)
        kept = load(after) == expected and _comments(after) == _comments(text)
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    if not kept:
        raise NotFormatted(
            "the list can't be added to without changing something else", _ADD_BY_HAND
        )
    return after.encode()


_ADD_BY_HAND = "Add the word to the list by hand."


def _with_item(text: str, spots: Spots, keys: Keys, items: Any, item: str) -> str:
    spot = spots.get(keys)
    if spot is None or not isinstance(items, list):
        raise NotFormatted(f"{path_of(keys)} is no list yet", _ADD_BY_HAND)
    in_a_row = text.startswith("[", spot.start)
    if not items:
        if not in_a_row:
            raise NotFormatted(f"{path_of(keys)} is no list yet", _ADD_BY_HAND)
        begin = column_of(text, spots, keys) + 2
        return text[: spot.start].rstrip(" ") + f"\n{' ' * begin}- {item}" + text[spot.end :]
    last = spots[(*keys, len(items) - 1)]
    if in_a_row:
        return text[: last.end] + f", {item}" + text[last.end :]
    line_end = text.find("\n", last.end)
    line_end = line_end if line_end >= 0 else len(text)
    indent = " " * column_of(text, spots, (*keys, len(items) - 1))
    return text[:line_end] + f"\n{indent}- {item}" + text[line_end:]


def path_of(keys: Keys) -> str:
    """Return a route of keys as people read it: `parts.0.items`."""
    return ".".join(str(key) for key in keys)


def _at(data: Any, keys: Keys) -> Any:
    for key in keys:
        try:
            data = data[key]
        except (LookupError, TypeError):
            return None
    return data


def _appended(data: Any, keys: Keys, item: str) -> Any:
    if not keys:
        return [*data, item]
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[keys[0]] = _appended(data[keys[0]], keys[1:], item)
    return copy
