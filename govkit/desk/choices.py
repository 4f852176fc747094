"""The words that a form offers in its lists, from the records and the charter."""

from __future__ import annotations

from typing import Any, get_args

from govkit.corpus.whole import Corpus
from govkit.desk.form import Values
from govkit.records.base import TIMES, Authority, NumberParameter
from govkit.records.texts import Force

FORCES = {
    "must": "must",
    "must-not": "must not",
    "should": "should",
    "should-not": "should not",
    "may": "may",
    "declares": "declares (no duty)",
}
assert [*FORCES] == [*get_args(Force)]

RELATIONS = {
    "implements": "carries out",
    "follows": "follows",
    "goes-beyond": "goes beyond",
    "illustrated-by": "is illustrated by",
    "restates": "restates",
}
assert [*RELATIONS] == [*get_args(Authority.model_fields["relation"].annotation)]

FAVOURS = {
    "": "not said",
    "longer": "a higher number protects the user",
    "shorter": "a lower number protects the user",
    "unclear": "unclear",
}
TYPES = (*TIMES, "count", "percent", "text")
assert NumberParameter.model_fields["favours"] is not None


def of(corpus: Corpus) -> dict[str, Any]:
    """Return all lists of a form, each with the words that a person reads."""
    charter = corpus.charter
    sources = []
    for each in sorted(corpus.of_kind("source"), key=lambda each: each.id):
        short = getattr(each.record, "short", None)
        name = f"{short}: {each.title}" if short and short != each.title else each.title
        sources.append((each.id, name or each.id))
    terms = {each.id: each.title for each in corpus.of_kind("term")}
    parties = charter.parties if charter else ()
    return {
        "forces": FORCES,
        "relations": RELATIONS,
        "favours": FAVOURS,
        "types": TYPES,
        "sources": sources,
        "parties": [(slug, terms.get(slug) or slug) for slug in parties],
        "rights": [*charter.rights.items()] if charter else [],
        "axes": {axis: ["all", *words] for axis, words in charter.axes.items()} if charter else {},
        "categories": {"substantive": "substantive", "procedural": "procedural"},
    }


_FIELDS = {
    "title": "Title",
    "term": "Term",
    "plural": "Plural",
    "aliases": "Other forms",
    "definition": "Definition",
    "summary": "In one sentence",
    "rights": "Rights",
    "category": "Category",
    "applies_to": "Whom it covers",
    "rationale": "Why it is so",
    "guidance": "How to apply it",
    "no_binding_source": "Why without a binding source",
    "clauses": "Clause",
    "parameters": "Blank",
    "grounds": "Ground",
}


def differing(theirs: Values, mine: Values) -> list[tuple[str, str, str]]:
    """Return what differs between two states of a form: its name, and the words of both."""
    found = []
    for name, title in _FIELDS.items():
        one, other = theirs.get(name), mine.get(name)
        if name not in theirs or _same(one) == _same(other):
            continue
        if not isinstance(one, list) or name == "rights":
            found.append((title, _words(one), _words(other)))
            continue
        keys = {"clauses": "id", "parameters": "name"}.get(name)
        left = {str(row.get(keys) if keys else at + 1): row for at, row in enumerate(one)}
        right = {str(row.get(keys) if keys else at + 1): row for at, row in enumerate(other or [])}
        for key in [*left, *(key for key in right if key not in left)]:
            if _same(left.get(key)) != _same(right.get(key)):
                found.append((f"{title} {key}", _words(left.get(key)), _words(right.get(key))))
    return found


def _same(value: Any) -> Any:
    """Return a value as it is compared: without the ends of lines that a browser adds."""
    if isinstance(value, dict):
        return {key: _same(each) for key, each in value.items() if each and key != "was"}
    if isinstance(value, list):
        return [_same(each) for each in value]
    return " ".join(str(value or "").split())


def _words(value: Any) -> str:
    if value is None:
        return "(not there)"
    if isinstance(value, dict):
        lines = [
            f"{key}: {_words(each)}" if key != "text" else _words(each)
            for key, each in value.items()
            if each and key not in ("id", "was")
        ]
        return "\n".join(lines)
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return str(value)
