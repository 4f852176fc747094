"""One walk over the fields of a record: its words, the ids it names, and words of the charter.

Which field is what, its type says (`records.references`, `records.scalars`); nothing is listed
here.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from govkit.findings import Keys, Route
from govkit.records.base import Record
from govkit.records.references import As, Free, InCharter, Names
from govkit.records.scalars import is_words


class Reference(NamedTuple):
    """A reference from one record to another.

    `kinds` are the kinds that may be meant, `key` the id or slug; `role` says in which capacity,
    as `ground`, `term` or `grounded-in`. `inside` leads to a clause and its list items.
    """

    route: Route
    kinds: tuple[str, ...]
    key: str
    role: str
    inside: tuple[str, ...] = ()


Word = tuple[Keys, bool, str, str]
"""A word that the charter rules: the way to it, whether it is a key there, itself, and the list of
the charter that has it. A plain tuple: a text has a dozen, and hardly one is ever spoken of."""


class Fields(NamedTuple):
    """What the fields of a record hold: words, references, and words of the charter."""

    texts: list[tuple[Keys, str]]
    references: list[Reference]
    words: list[Word]


def fields_of(record: Record, proposal: str = "", *, every: bool = False) -> Fields:
    """Return what the fields of a record hold, each with the way to it, in their order.

    `proposal` is the id of the proposal that the record belongs to, if it does. `every` is for each
    place in which a party is named, and not only the first.
    """
    walk = _Walk(proposal, every)
    walk.model((), record)
    if record.KEPT:
        walk.found.references.clear()
        walk.found.words.clear()
    return walk.found


class _Leaf(NamedTuple):
    """What a text in a field is: words, an id, a word of the charter, or nothing to look at.

    `role` is empty where the field `beside` says in which capacity a record is named.
    """

    holds: bool = False
    words: bool = False
    names: Names | None = None
    role: str = ""
    beside: str = ""
    in_charter: str = ""


class _Field(NamedTuple):
    """A field to look into: its name, its key in the file, what it holds, and what its keys are.

    `only_parts` says that it holds parts and no word of its own, so a list of it is one of parts.
    """

    name: str
    key: str
    leaf: _Leaf
    leaf_of_keys: _Leaf
    only_parts: bool


class _Walk:
    """The walk over one record."""

    def __init__(self, proposal: str, every: bool) -> None:
        self.proposal = proposal
        self.every = every
        self.found = Fields([], [], [])
        self.parties: set[tuple[str, str]] = set()

    def model(self, keys: Keys, model: BaseModel) -> None:
        # Its own dict at once: pydantic makes every single attribute a slow one.
        values = model.__dict__
        for name, key, leaf, leaf_of_keys, only_parts in _fields(type(model)):
            value = values[name]
            if not value:
                continue
            if type(value) is str:
                if leaf.words:
                    self.found.texts.append(((*keys, key), value))
                else:
                    self.leaf((*keys, key), value, leaf, model)
            elif type(value) is tuple and only_parts:
                for at, part in enumerate(value):
                    self.model((*keys, key, at), part)
            else:
                self.value((*keys, key), value, leaf, leaf_of_keys, model)

    def value(
        self, keys: Keys, value: Any, leaf: _Leaf, leaf_of_keys: _Leaf, model: BaseModel
    ) -> None:
        if isinstance(value, str):
            self.leaf(keys, value, leaf, model)
        elif isinstance(value, tuple):
            if len(value) == 1 and leaf.names is not None and leaf.names.once:
                self.leaf(keys, value[0], leaf, model)  # it may stand without a list
                return
            for at, item in enumerate(value):
                if type(item) is str:
                    self.leaf((*keys, at), item, leaf, model)
                else:
                    self.value((*keys, at), item, leaf, leaf_of_keys, model)
        elif isinstance(value, dict):
            for key, item in value.items():
                if leaf_of_keys.holds:
                    self.leaf((*keys, key), key, leaf_of_keys, model, at_key=True)
                self.value((*keys, key), item, leaf, leaf_of_keys, model)
        elif isinstance(value, BaseModel):
            self.model(keys, value)

    def leaf(
        self, keys: Keys, text: str, leaf: _Leaf, model: BaseModel, *, at_key: bool = False
    ) -> None:
        _, words, names, role, beside, in_charter = leaf
        if words:
            self.found.texts.append((keys, text))
            return
        if in_charter:
            self.found.words.append((keys, at_key, text, in_charter))
        if names is None:
            return
        role = role or getattr(model, beside)
        if names.once:
            if (role, text) in self.parties and not self.every:
                return
            self.parties.add((role, text))
        key = names.key(text, self.proposal)
        if key:
            route = Route(keys, None, at_key)
            self.found.references.append(Reference(route, names.kinds, key, role))


@cache
def _fields(model: type[BaseModel]) -> tuple[_Field, ...]:
    """Return the fields of a model that hold something, or parts that may."""
    found = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        leaf, of_keys, deeper = _held(field.annotation, field.metadata, key)
        only_parts = not (leaf.holds or of_keys.holds)
        if deeper or not only_parts:
            found.append(_Field(name, key, leaf, of_keys, only_parts))
    return tuple(found)


def _held(annotation: Any, metadata: Any, key: str) -> tuple[_Leaf, _Leaf, bool]:
    """Return what a field of this type holds, what its keys are, and whether it has parts.

    A type of several forms has one kind of text in all of them.
    """
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _held(inner, [*more, *metadata], key)
    if any(isinstance(each, Free) for each in metadata):
        return _Leaf(), _Leaf(), False
    if annotation is str:
        return _leaf(metadata, key), _Leaf(), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Leaf(), _Leaf(), True
    # What is said of the whole list or group holds for each of its items.
    roles = [each for each in metadata if isinstance(each, As)]
    parts = [_held(part, roles, key) for part in get_args(annotation)]
    if get_origin(annotation) is dict:
        (keys, _, _), (held, _, deeper) = parts
        return held, keys, deeper
    held = next((leaf for leaf, _, _ in parts if leaf.holds), _Leaf())
    keys = next((keys for _, keys, _ in parts if keys.holds), _Leaf())
    return held, keys, any(deeper for _, _, deeper in parts)


def _leaf(metadata: Any, key: str) -> _Leaf:
    names = next((each for each in metadata if isinstance(each, Names)), None)
    said = next((each for each in reversed(metadata) if isinstance(each, As)), As())
    role = said.role or ("" if said.beside else key.replace("_", "-"))
    list_ = next((each.list for each in metadata if isinstance(each, InCharter)), "")
    words = names is None and not list_ and is_words(metadata)
    return _Leaf(bool(words or names or list_), words, names, role, said.beside, list_)
