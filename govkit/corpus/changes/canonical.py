"""The value of each field in the form in which two states are compared: same meaning, same value.

Normative fields have the form that is hashed, so that what moves no digest is no change of them.
The others are plain data; running text is unwrapped, since where its lines end says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from govkit.corpus.documents import Document
from govkit.corpus.text_digests import unit
from govkit.patterns import lazy_regex

BINDING_RELATIONS = ("conflicts-with", "procedural-for")
_HASHED = (
    "rights",
    "category",
    "applies_to",
    "parameters",
    "options",
    "balancing",
    "grounds",
    "relations",
    "levels",
)
# In Markdown a line that begins so is an item, a heading, a quotation, a table or code; joined to
# the line before, it would be other text.
_LINE_WITH_MEANING = lazy_regex(r"\n(?=[ \t]*(?:[-*+>|#]|\d+[.)]|```|~~~)|[ ]{4}|\t)")
_BLANK_LINES = lazy_regex(r"\n[ \t]*\n\s*")


def values_of(document: Document, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return the canonical value of each field of a unit; clauses are compared elsewhere.

    `document` has a record of a normative kind, whose texts have no flaw or some.
    """
    hashed = unit(document, {})
    record: Any = document.record
    found = {}
    for field in fields:
        special = _SPECIAL.get(field)
        if special is not None:
            found[field] = special(record)
        elif field in _HASHED:
            found[field] = hashed.get(field)
        else:
            found[field] = plain(getattr(record, field, None))
    return found


def plain(value: Any) -> Any:
    """Return a value as plain data, the lines of its texts unwrapped, nothing for what is empty."""
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="json", by_alias=True, warnings=False)
        return plain(dumped)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in sorted(value.items())} or None
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value] or None
    return unwrapped(value) if isinstance(value, str) else value


def unwrapped(text: str) -> str:
    """Return a running text with each paragraph on one line; lists, quotes and code keep theirs."""
    paragraphs = _BLANK_LINES.split(text.strip())
    return "\n\n".join(
        "\n".join(" ".join(piece.split()) for piece in _LINE_WITH_MEANING.split(paragraph))
        for paragraph in paragraphs
    )


def _ids(name: str) -> Callable[[Any], list[str]]:
    return lambda record: [part.id for part in getattr(record, name)]


def _ground_notes(record: Any) -> list[Any]:
    return sorted((plain(ground) for ground in record.grounds), key=str)


def _parameter_notes(record: Any) -> Any:
    parameters = getattr(record, "parameters", {})
    favours = ((name, getattr(each, "favours", None)) for name, each in parameters.items())
    return [[name, way] for name, way in sorted(favours) if way is not None]


def _level_notes(record: Any) -> Any:
    limits = sorted((level.id, level.most_words) for level in record.levels if level.most_words)
    return [list(limit) for limit in limits]


def _relation_notes(record: Any) -> list[Any]:
    return sorted(
        [relation.as_, relation.to]
        for relation in set(record.relations)
        if relation.as_ not in BINDING_RELATIONS
    )


_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "clauses order": _ids("clauses"),
    "preamble order": _ids("preamble"),
    "interpretation order": _ids("interpretation"),
    "grounds notes": _ground_notes,
    "relations notes": _relation_notes,
    "parameters notes": _parameter_notes,
    "levels notes": _level_notes,
}
