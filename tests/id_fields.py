"""Every field of every record that holds a word: where it is, and what its type says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from govkit.records.kinds import KINDS
from govkit.records.models import model_of
from govkit.records.references import As, Free, InCharter, Names


class IdField(NamedTuple):
    """A field, or its keys or items: `where` is model and field, `said` what its type says."""

    where: str
    name: str
    metadata: tuple[Any, ...]

    @property
    def said(self) -> list[Names | InCharter | Free]:
        return [each for each in self.metadata if isinstance(each, Names | InCharter | Free)]

    @property
    def names(self) -> Names | None:
        return next((each for each in self.said if isinstance(each, Names)), None)

    @property
    def role(self) -> str:
        """In which capacity a record is named here; empty where a field beside it says so."""
        given = [each for each in self.metadata if isinstance(each, As)]
        return given[-1].role if given else self.name.replace("_", "-")

    def accepts(self, word: str) -> bool:
        reads = [each.func for each in self.metadata if hasattr(each, "func")]
        try:
            for read in reads:
                read(word)
        except ValueError:
            return False
        return bool(reads)


def word_fields() -> list[IdField]:
    """All of them, each model once; records of which nothing is followed are left out."""
    seen: set[type[BaseModel]] = set()
    kept = [kind for kind in KINDS if model_of(kind).KEPT]
    return [
        field for kind in KINDS if kind not in kept for field in _of_model(model_of(kind), seen)
    ]


def fields_of_model(model: type[BaseModel]) -> list[IdField]:
    """Those of one model and its parts."""
    return list(_of_model(model, set()))


def _of_model(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[IdField]:
    if model not in seen:
        seen.add(model)
        for name, field in model.model_fields.items():
            where = f"{model.__name__}.{name}"
            yield from _of_type(field.annotation, tuple(field.metadata), where, name, seen)


def _of_type(
    type_: Any, metadata: tuple[Any, ...], where: str, name: str, seen: set[type[BaseModel]]
) -> Iterator[IdField]:
    if get_origin(type_) is Annotated:
        inner, *more = get_args(type_)
        yield from _of_type(inner, (*more, *metadata), where, name, seen)
    elif any(isinstance(each, Free) for each in metadata) and type_ is not str:
        return
    elif type_ is str:
        yield IdField(where, name, metadata)
    elif isinstance(type_, type) and issubclass(type_, BaseModel):
        yield from _of_model(type_, seen)
    elif get_origin(type_) is not Literal:
        roles = tuple(each for each in metadata if isinstance(each, As))
        for part in get_args(type_):
            yield from _of_type(part, roles, where, name, seen)
