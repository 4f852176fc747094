"""The JSON Schema of each kind, generated from its model, for editors and other programs.

A schema accepts exactly the values that the reader accepts. An editor's YAML parser guesses types
(`2024` becomes a number), so the schemas take numbers and truth values where a text is meant; a
word that is guessed to be a number has to stand in quotes for both. How a value is written (a #
that cuts it off, lines that run together) the reader alone can see.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from govkit.records.base import Part
from govkit.records.models import model_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind, a name in `kinds.KINDS`."""
    model = model_of(kind)
    made = model.model_json_schema(by_alias=True)
    parts = {part.__name__: part for part in _parts(Part)}
    _describe(made, model)
    for name, definition in made.get("$defs", {}).items():
        _describe(definition, parts[name])
    made = closed(made)
    head = {"$schema": DIALECT, "title": kind, "description": made.pop("description", "")}
    return head | {name: value for name, value in made.items() if name not in head}


def closed(schema: Any) -> Any:
    """Return a schema whose groups take no name that fits none of their patterns."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "patternProperties" in schema else {}
    return {name: closed(each) for name, each in schema.items()} | more


@cache
def schema_text(kind: str) -> str:
    """Return the schema as it stands in `schemas/<kind>.schema.json`."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    for narrower in part.__subclasses__():
        yield narrower
        yield from _parts(narrower)


def _describe(schema: dict[str, Any], model: type[Part]) -> None:
    """Put the sentence under each field of a model into its place in the schema."""
    sentences = _sentences(model)
    properties = schema["properties"]
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in sentences:
            described = properties[key] | {"description": sentences[name]}
            properties[key] = dict(sorted(described.items()))


def _sentences(model: type[Part]) -> dict[str, str]:
    """Return the text that stands under a field in the source, by the field's name.

    pydantic can do so too, but for every model whenever it is imported, which takes longer than
    checking a small coalition.
    """
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if issubclass(owner, Part):
            found |= _sentences_of_module(owner.__module__)[owner.__name__]
    return found


@cache
def _sentences_of_module(name: str) -> dict[str, dict[str, str]]:
    """Return, by class, the sentences of a module, which is read once for all its classes."""
    body = ast.parse(inspect.getsource(sys.modules[name])).body
    return {each.name: dict(_under_fields(each)) for each in body if isinstance(each, ast.ClassDef)}


def _under_fields(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield field.target.id, inspect.cleandoc(text)
