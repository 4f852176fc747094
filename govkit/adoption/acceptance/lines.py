"""The lines of an acceptance log: how one is written, and what is wrong in one.

A line has one way to be written, so that its hash is that of what it says: keys in their order, no
white space, ASCII. It is read by one pattern, since a log has as many lines as a platform users.
"""

from __future__ import annotations

import codecs
import datetime
import hashlib
import json
import re
from typing import Any, NamedTuple, get_args

from govkit.records.acceptance import AcceptanceAct, AcceptanceChannel

FORMAT = "govkit/acceptance-log"
VERSION = 1
KEYS = ("seq", "user", "text", "act", "at", "channel", "language", "notice", "chain")
LONGEST = 1_024
"""Bytes of a line; one takes some 400."""

_ACTS = b"|".join(each.encode() for each in get_args(AcceptanceAct))
_CHANNELS = b"|".join(each.encode() for each in get_args(AcceptanceChannel))
_LINE = re.compile(
    rb'\{"seq":([1-9][0-9]{0,11}),"user":"([0-9a-f]{64})","text":"sha256:([0-9a-f]{64})",'
    rb'"act":"(' + _ACTS + rb')",'
    rb'"at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)",'
    rb'"channel":"(?:' + _CHANNELS + rb')","language":"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}",'
    rb'"notice":(?:null|"sha256:[0-9a-f]{64}"),"chain":"([0-9a-f]{64})"\}'
)
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9./:+_-]{0,199}")


class ReadLine(NamedTuple):
    """What a line says, as far as the log is checked by it; digests and hashes are hexadecimal."""

    seq: int
    user: bytes
    text: bytes
    act: bytes
    at: bytes
    chain: bytes


def read_line(line: bytes) -> ReadLine | None:
    """Return what a line says, without its end; None where it is no record as the format has it."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    seq, user, text, act, at, chain = found.groups()
    return ReadLine(int(seq), user, text, act, at, chain)


def is_instant(at: bytes) -> bool:
    """Say whether a moment is one: no thirteenth month."""
    try:
        datetime.datetime.fromisoformat(at.decode().replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def why_no_line(line: bytes) -> str:
    """Return in words why a line is no record."""
    if line.endswith(b"\r"):
        return "ends with a carriage return, as some editors put one; a line feed alone is right"
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return "is no JSON"
    if not isinstance(value, dict):
        return "is no object"
    for key in KEYS:
        if key not in value:
            return f"lacks `{key}`"
    extra = [key for key in value if key not in KEYS]
    if extra:
        return f"has `{str(extra[0])[:30]}`, which the format has not"
    if canonical(value) == line:
        return f"has a value that does not fit, in {_unfit(value)}"
    return "is not written as the format has it: keys in order, no spaces, each once"


def why_no_head(line: bytes) -> str:
    """Return in words why a line is not the first one of a log."""
    if line.startswith(codecs.BOM_UTF8):
        return "begins with a byte order mark, as some editors put one; save the file without it"
    if line.endswith(b"\r"):
        return why_no_line(line)
    return "is not the first line of an acceptance log"


def _unfit(value: dict[str, Any]) -> str:
    good: dict[str, Any] = {
        "seq": 1, "user": "0" * 64, "text": "sha256:" + "0" * 64, "act": "agreed",
        "at": "2027-01-01T00:00:00Z", "channel": "web", "language": "en", "notice": None,
        "chain": "0" * 64,
    }  # fmt: skip
    for key in KEYS:
        if _LINE.fullmatch(canonical({**good, key: value[key]})) is None:
            return f"`{key}`"
    return "one of its keys"


def canonical(value: dict[str, Any]) -> bytes:
    """Return a record or head as the bytes of its line, keys in the order given."""
    return json.dumps(value, separators=(",", ":")).encode()


def head_line(origin: str) -> bytes:
    """Return the first line of a log, without its end. Raises `ValueError` for a bad origin."""
    if _ORIGIN.fullmatch(origin) is None:
        raise ValueError(origin)
    return canonical({"format": FORMAT, "version": VERSION, "origin": origin})


def origin_of(line: bytes) -> str | None:
    """Return the origin that the first line of a log names; None where it is no such line."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    origin = value.get("origin") if isinstance(value, dict) else None
    if not isinstance(origin, str) or _ORIGIN.fullmatch(origin) is None:
        return None
    return origin if head_line(origin) == line else None


def next_line(before: bytes, seq: int, record: dict[str, Any]) -> bytes:
    """Return the line of a record, without its end; `before` is the line before it.

    `record` has `user`, `text`, `act`, `at`, `channel`, `language` and `notice`. Raises
    `ValueError` where it does not fit.
    """
    chain = hashlib.sha256(before).hexdigest()
    value = {"seq": seq, **{key: record[key] for key in KEYS[1:-1]}, "chain": chain}
    line = canonical(value)
    if read_line(line) is None:
        raise ValueError(why_no_line(line))
    return line
