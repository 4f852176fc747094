"""Every text of a record that a person wrote as words, with the way to it."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from govkit.records.base import Record
from govkit.records.scalars import is_words

Keys = tuple[str | int, ...]
Texts = list[tuple[Keys, str]]


def plain_texts(record: Record) -> Texts:
    """Return the keys and the text of every field that holds words: no ids, slugs, dates."""
    found: Texts = []
    _of_model((), record, found)
    return found


def _of_model(keys: Keys, model: BaseModel, found: Texts) -> None:
    # Its own dict at once: pydantic makes every single attribute a slow one.
    values = model.__dict__
    for field, name in _fields(type(model)):
        value = values[field]
        if type(value) is str:
            found.append(((*keys, name), value))
        elif value:
            _of_value((*keys, name), value, found)


def _of_value(keys: Keys, value: Any, found: Texts) -> None:
    if isinstance(value, str):
        found.append((keys, value))
    elif isinstance(value, BaseModel):
        _of_model(keys, value, found)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            _of_value((*keys, at), item, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _of_value((*keys, key), item, found)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model that hold words, or parts that may, with their keys."""
    return tuple(
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if is_words(field.metadata) or _may_hold_words(field.annotation)
    )


def _may_hold_words(annotation: Any) -> bool:
    """Say whether a type holds words: it says so itself, or a part of it does."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return is_words(metadata) or _may_hold_words(inner)
    return any(_may_hold_words(part) for part in get_args(annotation))
