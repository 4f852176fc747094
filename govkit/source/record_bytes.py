"""A record to the bytes of its file, in the common form: what commands write and nobody types.

`with_key` changes one part of a file that is there, and keeps every comment and every other part.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from govkit.findings import Keys
from govkit.patterns import lazy_regex
from govkit.source.comments import comments, rewritten
from govkit.source.gate import Unreadable, admit, refuse_hidden
from govkit.source.layout import NotFormatted, column_of, in_brackets
from govkit.source.loader import Spots, ValueSpan, load
from govkit.source.scaffolds import scalar
from govkit.source.writing import schema_line

WIDTH = 96
"""Columns that the words of a long paragraph take at most."""

_MARKER = lazy_regex(r"(?:\([A-Za-z0-9]{1,5}\)|-)(?: |$)")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def record_bytes(kind: str, record: BaseModel | Mapping[str, Any], path: str) -> bytes:
    """Return the file of a record at `path`, with the line that names its schema.

    `record` is a record, of which only what is set is written, or a mapping of plain values, dates
    and instants, written in its own order. The strict reader reads back what was given; where the
    words hold what no file may hold, it says so, and nobody has to ask here.
    """
    lines = mapping_of(plain(record), 0)
    return (schema_line(path, kind) + "\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def plain(value: Any) -> Any:
    """Return a record or value as plain data: mappings, lists, texts, numbers, truth values."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump(by_alias=True, exclude_defaults=True))
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime.datetime):
        return instant_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def instant_text(instant: datetime.datetime) -> str:
    """Return an instant in UTC as files have it, to the second: 2026-03-10T12:00:00Z."""
    return instant.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_key(path: str, kind: str, data: bytes, key: str, value: Any) -> bytes:
    """Return a file with one key of the top level set to a value, and all else as it was.

    A key that is not there yet is put at the end. Raises `NotFormatted` where the file can't be
    read, or where a comment stands inside the part that would be written anew.
    """
    try:
        text = admit(data, joiners=kind == "translation")
        spots: Spots = {}
        before = load(text, spots)
        if not isinstance(before, dict):
            raise NotFormatted("the file holds no record")
        after = _with_key(text, spots, key, "\n".join(mapping_of({key: plain(value)}, 0)) + "\n")
        new_spots: Spots = {}
        expected = before | {key: as_read(plain(value))}
        kept = load(after, new_spots) == expected
        kept = kept and [c.words for c in comments(after, new_spots)] == [
            c.words for c in comments(text, spots)
        ]
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    if not kept:
        raise NotFormatted(
            f"`{key}` can't be changed without losing a comment",
            f"Put the comments inside `{key}` above it, on lines of their own; then try again.",
        )
    return after.encode()


def _with_key(text: str, spots: Spots, key: str, block: str) -> str:
    spot = spots.get((key,))
    if spot is None:
        return text.rstrip("\n") + "\n" + block
    end = max(end_of_value(text, each) for route, each in spots.items() if route[:1] == (key,))
    line_end = text.find("\n", end)
    return text[: spot.key_start] + block + (text[line_end + 1 :] if line_end >= 0 else "")


def end_of_value(text: str, spot: ValueSpan) -> int:
    """Return where a value ends. A block of keys or items ends where its last value does."""
    if spot.style in ("|", ">"):
        return max(len(text[: spot.end].rstrip()), spot.start)
    in_a_row = text[spot.start : spot.start + 1] in ("[", "{")
    is_null = text[spot.start : spot.end] in ("null", "~")
    return spot.end if spot.style or spot.value or in_a_row or is_null else spot.start


def with_words(path: str, kind: str, data: bytes, keys: Keys, words: str) -> bytes:
    """Return a file with one value in other words, wherever it stands, and all else as it was.

    `keys` lead to a text or a number that is there. Raises `NotFormatted` where the file can't be
    read, or where a comment stands inside the value.
    """
    try:
        text = admit(data, joiners=kind == "translation")
        spots: Spots = {}
        before = load(text, spots)
        spot = spots[keys]
        if words.isdecimal():
            source = words
        elif in_brackets(text, spots, keys):
            source = one_line(words)
            source = source if source[:1] in "'\"" else f'"{source}"'
        else:
            indent = column_of(text, spots, keys) + 2
            lines = text[spot.start : end_of_value(text, spot)].split("\n")
            source = _refolded(lines, words, indent) or "\n".join(_text(words, indent))
            source = source.removeprefix(" ")
        after = rewritten(text, [(spot.start, end_of_value(text, spot), source)])
        new_spots: Spots = {}
        kept = load(after, new_spots) == _replaced(before, keys, words)
        kept = kept and [c.words for c in comments(after, new_spots)] == [
            c.words for c in comments(text, spots)
        ]
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    if not kept:
        raise NotFormatted(
            "these words can't be changed without losing a comment beside them",
            "Put the comment on a line of its own above; then try again.",
        )
    return after.encode()


def _refolded(lines: list[str], words: str, indent: int) -> str:
    """Return a folded paragraph in new words, with the lines as they were that hold none of them.

    Empty where it is no such paragraph, or where it would not be one any more.
    """
    lead, old = " " * indent, [line.strip(" ") for line in lines[1:]]
    if lines[0] != ">-" or "\n" in words or not (old and all(old)):
        return ""
    first, last, rest = 0, len(old), words
    while first < last and rest.startswith(f"{old[first]} "):
        rest = rest[len(old[first]) + 1 :]
        first += 1
    while first < last and rest.endswith(f" {old[last - 1]}"):
        last -= 1
        rest = rest[: -len(old[last]) - 1]
    room = max(WIDTH - indent, *map(len, old))
    between = folded(rest, WIDTH - room)
    found = [*old[:first], *between, *old[last:]]
    if not between or any(_MARKER.match(line) for line in found):
        return ""
    return "\n".join([">-", *(f"{lead}{line}" for line in found)])


def _replaced(data: Any, keys: Keys, words: str) -> Any:
    if not keys:
        return words
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[keys[0]] = _replaced(data[keys[0]], keys[1:], words)
    return copy


def as_read(value: Any) -> Any:
    """Return plain data as the loader gives it: all single values are texts, or null."""
    if isinstance(value, dict):
        return {key: as_read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_read(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


# --- YAML ---------------------------------------------------------------------------------------


def mapping_of(value: Mapping[str, Any], indent: int) -> list[str]:
    """Return plain data as the lines of keys that are indented so far."""
    lines: list[str] = []
    for key, each in value.items():
        head, *rest = _value(each, indent)
        lines += [f"{' ' * indent}{_key(key)}:{head}", *rest]
    return lines


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z_][a-z0-9_-]*", key) else scalar(key)


def _value(value: Any, indent: int) -> list[str]:
    """Return what stands behind the colon of a key that is indented so, and the lines below."""
    if isinstance(value, Mapping):
        return ["", *mapping_of(value, indent + 2)] if value else [" {}"]
    if isinstance(value, list):
        return ["", *items_of(value, indent + 2)] if value else [" []"]
    if isinstance(value, str):
        return list(_text(value, indent + 2))
    return [" " + _word(value)]


def items_of(items: list[Any], indent: int) -> Iterator[str]:
    """Yield the lines of the items of a list, of which the hyphens are indented so far."""
    for item in items:
        dash = " " * indent + "- "
        if isinstance(item, Mapping) and item:
            first, *rest = mapping_of(item, indent + 2)
            yield dash + first[indent + 2 :]
        else:
            first, *rest = _value(item, indent)
            yield dash + first.removeprefix(" ")
        yield from rest


def in_a_row(value: Any) -> str:
    """Return plain data between [ ] or { }, as `[privacy, "a, b"]`; nothing for several lines."""
    if isinstance(value, Mapping):
        pairs = [(_key(key), in_a_row(each)) for key, each in value.items()]
        whole = all(words for _, words in pairs)
        return "{" + ", ".join(f"{key}: {words}" for key, words in pairs) + "}" if whole else ""
    if isinstance(value, list):
        items = [in_a_row(each) for each in value]
        return f"[{', '.join(items)}]" if all(items) else ""
    if not isinstance(value, str):
        return _word(value)
    if "\n" in value:
        return ""
    return value if _IN_A_ROW.fullmatch(value) and _reads_back(value) else one_line(value)


_IN_A_ROW = lazy_regex(r"[A-Za-z0-9](?:[A-Za-z0-9 ().\u00a7/+-]*[A-Za-z0-9.)])?")
"""What needs no quotes between brackets."""


def _word(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    assert isinstance(value, int), value
    return str(value)


def _text(text: str, indent: int) -> Iterator[str]:
    """Yield a text: on the line of its key, or below it as paragraphs, whichever reads well."""
    if "\n" in text and _can_stand_below(text):
        yield " |" + ("" if text.endswith("\n") else "-")
        for line in text.removesuffix("\n").split("\n"):
            yield " " * indent + line if line else ""
        return
    lines = folded(text, indent) if len(text) > WIDTH - indent else []
    if lines:
        yield " >-"
        yield from (" " * indent + line for line in lines)
        return
    yield " " + one_line(text)


def _can_stand_below(text: str) -> bool:
    """Say whether a text of several lines can be written as it is to be read."""
    lines = text.split("\n")
    return bool(
        lines[0]
        and not lines[0].startswith(" ")
        and not text.endswith("\n\n")
        and text != "\n"
        and not any(line != line.rstrip(" \t") or "\t" in line for line in lines)
    )


def folded(text: str, indent: int) -> list[str]:
    """Return the lines of one long paragraph, or none where folding would mislead or change it."""
    words = text.split(" ")
    if "\n" in text or "\t" in text or not all(words):
        return []
    lines, line = [], words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDTH - indent:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    lines.append(line)
    # The loader refuses a folded line that begins as an item does (`folded-list`).
    return [] if any(_MARKER.match(line) for line in lines) else lines


def one_line(text: str) -> str:
    """Return a text on one line, in quotes where it needs them."""
    if "\n" not in text and "\t" not in text and _is_shown(text):
        plain_word = re.fullmatch(r"(?:<[^\s<>]+>|[0-9][A-Za-z0-9:.-]*)", text)
        if plain_word and _reads_back(text):
            return text
        return scalar(text)
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _is_shown(text: str) -> bool:
    try:
        text.encode()
        refuse_hidden(text, joiners=True)
    except (UnicodeEncodeError, Unreadable):
        return False
    return True


def _reads_back(text: str) -> bool:
    try:
        read = load(f"a: {text}\n")["a"]
        return type(read) is str and read == text
    except Unreadable:
        return False
