"""The plain data of a file as JSON and back, so that its YAML need not be read twice.

Kept is only what was read without a word to say about it. A scalar that is marked as one that an
editor takes for no text comes back with its mark; one that misleads by how it is written is read
again each time.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from govkit.cache import Cache
from govkit.records.written import PlainScalar

_MARK = "\0"
"""No key of a record: the gate lets none through."""


class _NotPlain(Exception):
    """Something that JSON can't say."""


def key_of(path: str, kind: str, data: bytes) -> str:
    """Return the key of a file: its findings hang on its place, too."""
    return sha256(f"{kind}\0{path}\0".encode("utf-8", "surrogateescape") + data).hexdigest()


def found_data(cache: Cache, path: str, key: str) -> Any:
    """Return the data of a file that is kept, or None."""
    found = cache.get(f"data {path}", key)
    return None if found is None else json.loads(found, object_hook=_marked_again)


def keep_data(cache: Cache, path: str, key: str, data: Any) -> None:
    """Keep the data of a file where JSON can say all of it."""
    try:
        said = json.dumps(_plain(data), ensure_ascii=False, separators=(",", ":"))
    except _NotPlain:
        return
    cache.put(f"data {path}", key, said.encode())


def _plain(value: Any) -> Any:
    if type(value) is dict:
        if any(type(key) is not str for key in value):
            raise _NotPlain
        return {key: _plain(each) for key, each in value.items()}
    if type(value) is list:
        return [_plain(each) for each in value]
    if type(value) is PlainScalar:
        return {_MARK: str(value)}
    if value is None or type(value) is str:
        return value
    raise _NotPlain


def _marked_again(value: dict[str, Any]) -> Any:
    return PlainScalar(value[_MARK]) if _MARK in value else value
