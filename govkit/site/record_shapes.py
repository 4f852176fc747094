"""The fields of records as plain data, for the page that verifies: one truth for both digests."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema

from govkit.records.kinds import KINDS, RELEASES
from govkit.records.models import model_of
from govkit.records.record_kind import Kind
from govkit.records.scalars import is_words, line_of
from govkit.source.record_bytes import instant_text

_ONE_FILE = ("charter",)
_RELEASE_FILES = {"manifest": "manifest", "publication": "published"}
_RECORDS = ("manifest", "publication", "log-entry", "log-head")
"""What has no entry in the log of its own, and is read all the same."""
_TEXTS = ("provision", "recommendation", "principle")


def shapes() -> dict[str, Any]:
    """Return the kinds that are logged with their places, and every part with its fields.

    A field has `is` (words, text, number, truth, instant, list, map, part), `of`, `nullable`, and a
    `default` where it need not be given. A kind with a field that is none of these is left out: the
    page says that it can't hash such a record. `texts` names the parts of the texts that a proposal
    copies: their digest covers some fields, and their shape says whether the rest can be read.
    """
    parts: dict[str, Any] = {}
    kinds = {}
    for kind in KINDS.values():
        if kind.logged == "never" and kind.name not in _RECORDS:
            continue
        model = model_of(kind.name)
        made: dict[str, Any] = {}
        try:
            _part(model, made)
        except NotImplementedError:
            continue
        if _has_choice(made):
            continue
        parts |= made
        kinds[kind.name] = {
            "part": model.__name__,
            "name": kind.name,
            "entry": kind.entry,
            "places": _places(kind),
            "unhashed": sorted(model.UNHASHED),
            "apart": {key: sorted(names) for key, names in model.APART.items()},
            "logged": kind.logged,
        }
    texts = {name: _part(model_of(name), parts) for name in _TEXTS}
    return {"kinds": kinds, "parts": parts, "texts": texts}


def _has_choice(value: Any) -> bool:
    """Say whether there is a field in it that holds one of several parts."""
    if isinstance(value, dict):
        return value.get("is") == "one-of" or any(map(_has_choice, value.values()))
    return False


def _places(kind: Kind) -> list[str]:
    """Return the patterns of the paths where records of a kind lie, without `.yaml`."""
    if kind.places:
        return [f"governance/{place.pattern}" for place in kind.places]
    if kind.folder == RELEASES:
        return [rf"{kind.folder}/[^/]+/[^/]+/{_RELEASE_FILES[kind.name]}"]
    return [f"{kind.folder}/{kind.name if kind.name in _ONE_FILE else '[^/]+'}"]


def _part(model: type[BaseModel], parts: dict[str, Any]) -> str:
    name = model.__name__
    if name not in parts:
        parts[name] = {}
        for key, field in model.model_fields.items():
            shape = _of_metadata(_shape(field.annotation, parts), field.metadata)
            if not field.is_required():
                shape["default"] = _plain(field.get_default(call_default_factory=True))
            parts[name][field.alias or key] = shape
    return name


def _shape(annotation: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_metadata(_shape(arguments[0], parts), arguments[1:])
    if origin in (Union, UnionType):
        kept = [each for each in arguments if each is not NoneType]
        if len(kept) > 1 and not all(_shape(each, {})["is"] == "text" for each in kept):
            several = [_shape(each, parts) for each in kept]
            if any(each["is"] != "part" for each in several):
                raise NotImplementedError(annotation)
            return {"is": "one-of", "of": [each["of"] for each in several]}
        nullable = {"nullable": True} if NoneType in arguments else {}
        return _shape(kept[0], parts) | nullable
    if origin is tuple:
        return {"is": "list", "of": _shape(arguments[0], parts)}
    if origin is dict:
        keys = _shape(arguments[0], parts)
        return {"is": "map", "of": _shape(arguments[1], parts), "keys": keys}
    return _single(annotation, parts)


def _of_metadata(shape: dict[str, Any], metadata: Iterable[Any]) -> dict[str, Any]:
    """Return a shape with what stands beside its type: that it holds words, or its pattern."""
    metadata = tuple(metadata)
    if shape["is"] == "list" and any(isinstance(each, WithJsonSchema) for each in metadata):
        return shape | {"single": True}
    if shape["is"] != "text":
        return shape
    if is_words(metadata):
        one_line = any(getattr(each, "func", None) is line_of for each in metadata)
        return {"is": "words"} | ({"line": True} if one_line else {})
    for each in metadata:
        schema = each.json_schema if isinstance(each, WithJsonSchema) else None
        pattern = (schema or {}).get("pattern")
        if pattern is not None:
            return shape | {"pattern": pattern}
    return shape


def _single(annotation: Any, parts: dict[str, Any]) -> dict[str, Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"is": "part", "of": _part(annotation, parts)}
    names = {bool: "truth", int: "number", datetime.datetime: "instant"}
    if get_origin(annotation) is Literal:
        words = "|".join(get_args(annotation))
        return {"is": "text", "pattern": f"^(?:{words})$"}
    return {"is": names.get(annotation, "text")}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {
            (field.alias or name): _plain(getattr(value, name)) for name, field in fields.items()
        }
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, datetime.datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
