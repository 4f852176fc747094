"""Every text of a record that a person wrote as words, with the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from govkit.records.base import Record

Keys = tuple[str | int, ...]

_NOT_WORDS = frozenset(("address", "at", "public", "source_digest", "minutes", "list_archive"))
"""Fields that hold addresses and keys, where odd signs are no slip."""


def plain_texts(record: Record) -> Iterator[tuple[Keys, str]]:
    """Yield the keys and the text of every string of a record that may hold a sentence."""
    return _texts((), record)


def _texts(keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, BaseModel):
        for field, name in _fields(type(value)):
            inner = getattr(value, field)
            if isinstance(inner, str):
                if name not in _NOT_WORDS:
                    yield (*keys, name), inner
            elif inner:
                yield from _texts((*keys, name), inner)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            if isinstance(item, str):
                yield (*keys, at), item
            else:
                yield from _texts((*keys, at), item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield (*keys, key), item
            else:
                yield from _texts((*keys, key), item)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())
