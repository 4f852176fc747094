"""What was made before and need not be made again: a value by its place, and by all it rests on.

A value is plain JSON. `place` says what it is, as `page texts/mcp-due-03.html`; `key` is a digest
of everything that went into it, so that one that fits is the value that would be made. Who keeps
it, and where, is the business of `store`; without one all is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")


class Cache(Protocol):
    """Keeps one value at each place."""

    def get(self, place: str, key: str) -> bytes | None:
        """Return what is kept at a place, if it was put there under this key."""

    def put(self, place: str, key: str, data: bytes) -> None:
        """Keep a value, in the stead of what was at the place."""


class NoCache:
    """Keeps nothing."""

    def get(self, place: str, key: str) -> bytes | None:
        """Return nothing."""

    def put(self, place: str, key: str, data: bytes) -> None:
        """Forget it."""


NO_CACHE = NoCache()


def kept(cache: Cache, place: str, key: str, make: Callable[[], Value]) -> Value:
    """Return the value of a place: the one that is kept, or else one that is made, and kept.

    It has to be the same after a way through JSON: lists, no tuples, and texts as keys.
    """
    found = cache.get(place, key)
    if found is not None:
        value: Value = json.loads(found)
        return value
    made = make()
    cache.put(place, key, json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())
    return made


def digest_of(*parts: Any) -> str:
    """Return a digest of plain values; different ones have different digests."""
    said = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return sha256(said.encode()).hexdigest()
