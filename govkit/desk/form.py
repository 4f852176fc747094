"""A text as a form: what its file holds as fields, and the fields as what the file will hold.

Both sides are plain data, so that a file with mistakes can be mended here, too. What the form does
not show stays in the file as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from govkit.records.normative import MARKER
from govkit.records.wording import fold

Values = dict[str, Any]
"""The fields of a form: texts, lists of words that are ticked, and lists of rows."""

CLAUSED = ("provision", "recommendation", "principle")
KINDS = (*CLAUSED, "term")
"""The kinds that have a form."""

_ORDER = (
    *("id", "title", "status", "rights", "category", "applies_to", "clauses", "parameters"),
    *("options", "on_change", "grounds", "no_binding_source", "mappings", "balancing", "relations"),
    *("summary", "burden", "rationale", "guidance"),
)
ORDER: dict[str, tuple[str, ...]] = {
    "term": ("term", "plural", "aliases", "status", "definition", "grounds", "see", "rationale"),
    **dict.fromkeys(CLAUSED, _ORDER),
}
"""Where a key is put into the file of a kind that was not there."""

_LINES = {"term": ("term", "plural"), **dict.fromkeys(CLAUSED, ("title", "summary"))}
_NOTES = {
    "term": ("rationale",),
    **dict.fromkeys(CLAUSED, ("no_binding_source", "rationale", "guidance")),
}
_NOT_IN = {
    "principle": ("summary", "category", "parameters"),
    "recommendation": ("summary", "parameters"),
}
_PARTIES = ("addressee", "beneficiary")
_LIMITS = ("conditions", "exceptions")
_GROUND = ("source", "locator", "relation")
_BLANK = ("type", "default", "minimum", "maximum", "favours", "meaning")
_NUMBERS = ("default", "minimum", "maximum")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")


def fields_of(kind: str) -> frozenset[str]:
    """Return the fields of the top level that the form of a kind has."""
    both = {*_LINES[kind], *_NOTES[kind], "grounds"}
    both |= {"definition", "aliases"} if kind == "term" else {"rights", "category", "applies_to"}
    both |= set() if kind == "term" else {"clauses", "parameters"}
    return frozenset(both - {*_NOT_IN.get(kind, ())})


# --- from the file ------------------------------------------------------------------------------


def values_of(kind: str, record: Mapping[str, Any]) -> Values:
    """Return the fields for what a file holds, plain data as the loader gives it."""
    values: Values = {name: _shown(record.get(name)) for name in (*_LINES[kind], *_NOTES[kind])}
    values["grounds"] = [
        {name: _shown(row.get(name)) for name in _GROUND} for row in _rows(record.get("grounds"))
    ]
    if kind == "term":
        values["definition"] = _shown(record.get("definition"))
        values["aliases"] = _shown_lines(record.get("aliases"))
        return values
    values["rights"] = _words(record.get("rights"))
    values["category"] = _shown(record.get("category"))
    values["applies_to"] = _axes(record.get("applies_to"))
    values["clauses"] = [_clause(row) for row in _rows(record.get("clauses"))]
    blanks = record.get("parameters")
    values["parameters"] = [
        {"name": name, "was": name, **{key: _shown(blank.get(key)) for key in _BLANK}}
        for name, blank in (blanks.items() if isinstance(blanks, dict) else ())
        if isinstance(blank, dict)
    ]
    return values


def _clause(row: Mapping[str, Any]) -> Values:
    clause: Values = {"id": _shown(row.get("id"))}
    if row.get("withdrawn") is not None:
        return clause | {"withdrawn": _shown(_mapping(row["withdrawn"]).get("reason")) or "yes"}
    clause |= {name: _shown(row.get(name)) for name in ("force", "text", "guidance")}
    clause |= {name: _words(row.get(name)) for name in _PARTIES}
    return clause | {name: [*map(_shown, _many(row.get(name)))] for name in _LIMITS}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _axes(value: Any) -> dict[str, list[str]]:
    return {axis: _words(words) for axis, words in _mapping(value).items()}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in _many(value) if isinstance(row, dict)]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: Any) -> list[str]:
    """Return a word or a list of words as a list."""
    return [str(value)] if isinstance(value, str) else [*map(_shown, _many(value))]


def _shown(value: Any) -> str:
    return _lines(str(value)) if isinstance(value, str) else ""


def _shown_lines(value: Any) -> str:
    return "\n".join(map(_shown, _many(value)))


def _lines(text: str) -> str:
    """Return words without what a browser or a file adds to them: line ends, and spaces at them."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")


def can_be_shown(kind: str, record: Any) -> bool:
    """Say whether a form can hold what a file holds: its lists are lists, and so on."""
    if not isinstance(record, dict):
        return False
    lists = [record.get("clauses"), record.get("grounds")]
    lists += [row.get(name) for row in _rows(record.get("clauses")) for name in _LIMITS]
    rows = (*_many(record.get("clauses")), *_many(record.get("grounds")))
    return (
        all(value is None or isinstance(value, list) for value in lists)
        and all(isinstance(row, dict) for row in rows)
        and all(
            value is None or isinstance(value, dict)
            for value in (record.get("parameters"), record.get("applies_to"))
        )
    )


# --- to the file --------------------------------------------------------------------------------


def record_with(kind: str, record: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """Return what a file holds after the fields of a form are put into it.

    What the form says in other characters only (a list of one word, spaces at an end) stays.
    """
    new = dict(record)
    shown = fields_of(kind)
    for name in (*_LINES[kind], *_NOTES[kind], "category"):
        if name in shown:
            _put(new, name, values.get(name, ""), note=name in _NOTES[kind][-2:])
    if kind == "term":
        _put(new, "definition", values.get("definition", ""), required=True)
        aliases = [line for line in values.get("aliases", "").split("\n") if line.strip()]
        _put_words(new, "aliases", [fold(line) for line in aliases])
    else:
        _put_words(new, "rights", values.get("rights", []))
        _put_axes(new, values.get("applies_to", {}))
        old = {_shown(row.get("id")): row for row in _rows(record.get("clauses"))}
        new["clauses"] = [_clause_with(old.get(row["id"], {}), row) for row in values["clauses"]]
        if "parameters" in shown:
            _put_blanks(new, values.get("parameters", []))
    _put_grounds(new, values.get("grounds", []))
    return new


def _put(
    new: dict[str, Any], name: str, typed: str, *, required: bool = False, note: bool = False
) -> None:
    old = new.get(name)
    said = _as_paragraph(_lines(typed)) if not note else _lines(typed)
    if said == (_as_paragraph(_shown(old)) if not note else _shown(old)) and (said or old is None):
        if required and name not in new:
            new[name] = ""
        return
    if said or required:
        new[name] = said + "\n" if note and "\n" in said else said
    else:
        new.pop(name, None)


def _as_paragraph(text: str) -> str:
    """Return words on one line where their lines are those of one paragraph.

    A list and a text of several paragraphs keep their lines.
    """
    lines = text.split("\n")
    if any(not line.strip() or MARKER.match(line.lstrip()) for line in lines):
        return text
    return " ".join(line.strip() for line in lines)


def _put_words(new: dict[str, Any], name: str, words: list[str]) -> None:
    old = _words(new.get(name))
    kept = [word for word in old if word in words]
    kept += [word for word in words if word not in kept]
    if kept == old:
        return
    if kept:
        # One party is written as a word, as authors write it.
        alone = name in _PARTIES and len(kept) == 1
        new[name] = kept[0] if alone else kept
    else:
        new.pop(name, None)


def _put_axes(new: dict[str, Any], axes: Mapping[str, list[str]]) -> None:
    old = _mapping(new.get("applies_to"))
    after = {axis: words for axis, words in old.items() if axes.get(axis)}
    for axis, words in axes.items():
        if words:
            _put_words(after, axis, words)
    if after != old:
        new["applies_to"] = after
        if not after:
            del new["applies_to"]


def _clause_with(old: Mapping[str, Any], row: Values) -> dict[str, Any]:
    new = dict(old) if old else {"id": row["id"]}
    if row.get("withdrawn") and old:
        return new
    _put(new, "force", row.get("force", ""), required=True)
    for name in _PARTIES:
        _put_words(new, name, row.get(name, []))
    _put(new, "text", row.get("text", ""), required=True)
    for name in _LIMITS:
        limits = [_as_paragraph(_lines(each)) for each in row.get(name, [])]
        limits = [each for each in limits if each.strip()]
        before = _many(new.get(name))
        known = {_as_paragraph(_shown(each)): each for each in before}
        after = [known.get(each, each) for each in limits]
        if after != before:
            new[name] = after
            if not after:
                del new[name]
    _put(new, "guidance", row.get("guidance", ""), note=True)
    return new


def _put_blanks(new: dict[str, Any], rows: Iterable[Values]) -> None:
    old = _mapping(new.get("parameters"))
    after: dict[str, Any] = {}
    for row in rows:
        name = row.get("name", "").strip()
        if not name:
            continue
        blank = dict(_mapping(old.get(row.get("was") or name)))
        for key in _BLANK:
            typed = row.get(key, "").strip()
            if typed == _shown(blank.get(key)):
                continue
            is_number = key in _NUMBERS and _WHOLE.fullmatch(typed)
            blank[key] = int(typed) if is_number else _as_paragraph(_lines(typed))
            if not typed and key not in ("type", "default", "meaning"):
                del blank[key]
        after[name] = blank
    if after != old or [*after] != [*old]:
        new["parameters"] = after
        if not after:
            del new["parameters"]


def _put_grounds(new: dict[str, Any], rows: Iterable[Values]) -> None:
    old = _rows(new.get("grounds"))
    free = [*old]
    after = []
    for row in rows:
        typed = {key: row.get(key, "").strip() for key in _GROUND}
        if not typed["source"] and not typed["locator"]:
            continue
        same = next((each for each in free if _is_place(each, typed)), None)
        if same is None:
            # Who looked a passage up has looked up that one, and no other.
            after.append(typed)
            continue
        free.remove(same)
        after.append(
            {**same, "relation": typed["relation"]} if _differs(same, typed) else dict(same)
        )
    if after != old:
        new["grounds"] = after
        if not after:
            del new["grounds"]


def _is_place(row: Mapping[str, Any], typed: Mapping[str, str]) -> bool:
    return all(_shown(row.get(key)) == typed[key] for key in ("source", "locator"))


def _differs(row: Mapping[str, Any], typed: Mapping[str, str]) -> bool:
    return _shown(row.get("relation")) != typed["relation"]
