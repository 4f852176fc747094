"""The numbers that have a least or a largest: how many there are, and the class of a change."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from govkit.records.scalars import refusal, whole_number, whole_number_schema, word_schema


def _count(value: Any) -> int:
    return _of_at_least(value, 0)


def _one_or_more(value: Any) -> int:
    return _of_at_least(value, 1)


def _of_at_least(value: Any, least: int) -> int:
    number = whole_number(value)
    if number < least:
        expected = f"a whole number, {least} or more"
        raise refusal("wrong-value", f"{number} is less than {least}", expected)
    return number


def _class(value: Any) -> int:
    number = whole_number(value)
    if not 1 <= number <= 8:
        raise refusal("wrong-value", "a class of change is expected here", "a number from 1 to 8")
    return number


Count = Annotated[
    int, PlainValidator(_count), WithJsonSchema(whole_number_schema(0, "0|[1-9][0-9]{0,14}"))
]
"""How many: never less than none."""
OneOrMore = Annotated[
    int, PlainValidator(_one_or_more), WithJsonSchema(whole_number_schema(1, "[1-9][0-9]{0,14}"))
]
ChangeClass = Annotated[
    int,
    PlainValidator(_class),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 8}, word_schema("[1-8]")]}
    ),
]
"""What an author may declare: from editorial (1) to new or removed (8)."""
