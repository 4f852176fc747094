"""Changes in words for a lawyer: blanks with values, fields by their names, heaviest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govkit.corpus.changes.values import Change, Changes, ClauseChange, FieldChange, weight
from govkit.corpus.changes.written import written
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.rendering import phrases

_BLANK = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)\}(?P<next>\s+\w+)?")
_LIMITS = {"conditions": "book.condition", "exceptions": "book.exception"}
_FOLDED = "mappings"
"""A field whose entries are counted: references to other catalogues, which bind nobody."""


def changes_in_words(before: Corpus, after: Corpus, changes: Changes) -> Changes:
    """Return changes as they are printed: blanks as `[14 days]`, field names as words.

    They are sorted by weight; of equal ones, what weakens the user's protection comes first.
    """
    said = after.messages
    spoken = [
        replace(
            change,
            fields=tuple(_field(field, said) for field in change.fields),
            clauses=tuple(
                _clause(clause, _record(before, change), _record(after, change))
                for clause in change.clauses
            ),
        )
        for change in changes.changes
    ]
    return replace(changes, changes=tuple(sorted(spoken, key=_lightness)))


def _lightness(change: Change) -> tuple[int, bool]:
    weakens = "weaker" in (change.direction.user_protection or "")
    return -weight(change.class_), not weakens


def _record(corpus: Corpus, change: Change) -> Any:
    document = corpus.find((change.kind,), change.id)
    return document.record if document else None


def _clause(clause: ClauseChange, old: Any, new: Any) -> ClauseChange:
    return replace(clause, old=with_values(clause.old, old), new=with_values(clause.new, new))


def with_values(text: str, record: Any) -> str:
    """Return a text with `[14 days]` for the blank `{complete_days}` of its record."""
    parameters: Mapping[str, Any] = getattr(record, "parameters", None) or {}
    return _BLANK.sub(lambda found: _blank(found, parameters), text)


def _blank(found: re.Match[str], parameters: Mapping[str, Any]) -> str:
    after = found["next"] or ""
    parameter = parameters.get(found["name"])
    if parameter is None:
        return f"[{phrases.spaced(found['name'].replace('_', '-'))}]{after}"
    unit = "" if parameter.type in ("text", "count") else parameter.type
    if unit == "percent":
        return f"[{parameter.default} %]{after}"
    if after.split()[:1] in ([unit], [unit.removesuffix("s")]):
        return f"[{parameter.default}{after}]"
    return f"[{parameter.default} {unit}]{after}" if unit else f"[{parameter.default}]{after}"


def _field(field: FieldChange, said: Messages) -> FieldChange:
    name, old, new = field_in_words(field.field, said), field.old, field.new
    if field.field.startswith(_FOLDED):
        old, new = (said.counted("changes.entries", len(side or ())) for side in (old, new))
    return field._replace(field=name, old=old, new=new)


def field_in_words(field: str, said: Messages) -> str:
    """Return the name of a field as a person says it: `Force of (f)` for `clauses.f.force`."""
    first, *rest = field.split(".")
    if first == "clauses" and len(rest) > 1:
        return said.say("changes.field-of-clause", field=_named(rest[1:]), clause=rest[0])
    if first == "parameters" and rest:
        blank = phrases.spaced(rest[0].replace("_", "-"))
        if not rest[1:]:
            return said.say("changes.blank", blank=blank)
        return said.say("changes.field-of-blank", field=_named(rest[1:]), blank=blank)
    return _named([first, *rest])


def _named(parts: list[str]) -> str:
    return phrases.capital(" ".join(parts).replace("_", " "))


def clause_texts(document: Document | None, said: Messages) -> dict[str, tuple[str, str]]:
    """Return the words of each clause of a text by its id, and its force; blanks are filled."""
    if document is None or document.record is None:
        return {}
    record: Any = document.record
    words: dict[tuple[str, int], list[str]] = {}
    for text in document.said:
        field, at, inner = (*text.keys, 0, "")[:3]
        label = said[_LIMITS[str(inner)]] + ": " if inner in _LIMITS else ""
        if inner != "guidance":
            said_there = words.setdefault((str(field), int(at)), [])
            said_there.append(label + written(text.wording, marks=False))
    return {
        part.id: (
            with_values("\n\n".join(words.get((field, at), ())), record),
            getattr(part, "force", None) or "",
        )
        for field in ("preamble", "interpretation", "clauses")
        for at, part in enumerate(getattr(record, field, ()))
    }
