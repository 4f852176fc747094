"""What a browser posts: flat names as `clauses.0.text` to rows, and the buttons that move them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from govkit.desk.access import Refusal
from govkit.desk.form import Values

_ROWS = {
    "clauses": ("id", "withdrawn", "force", "text", "guidance"),
    "parameters": ("name", "was", "type", "default", "minimum", "maximum", "favours", "meaning"),
    "grounds": ("source", "locator", "relation"),
}
_TICKED = ("addressee", "beneficiary")
_LIMITS = ("conditions", "exceptions")
_SINGLE = (
    "title",
    "term",
    "plural",
    "aliases",
    "definition",
    "summary",
    "category",
    "no_binding_source",
    "rationale",
    "guidance",
)
_NAME = re.compile(r"(clauses|parameters|grounds)\.([0-9]{1,3})\.([a-z]+)(?:\.([0-9]{1,3}))?")
_LINE_END = re.compile(r"\r+\n?")
"""A browser ends each line with two characters."""
_AXIS = re.compile(r"applies_to\.([a-z][a-z0-9-]{0,60})")
_BUTTON = re.compile(
    r"(clauses|parameters|grounds)(?:\.([0-9]{1,3})(?:\.(conditions|exceptions)(?:\.([0-9]{1,3}))?)?)?"
    r"\.(add|remove|up|down)"
)


def values_posted(pairs: Iterable[tuple[str, str]]) -> Values:
    """Return the fields of a form from the pairs that a browser posts; what is unknown is left out.

    Raises `Refusal` for a character that no text can hold.
    """
    values: Values = {"rights": [], "applies_to": {}, **dict.fromkeys(_SINGLE, "")}
    rows: dict[str, dict[int, Values]] = {name: {} for name in _ROWS}
    for name, sent in pairs:
        typed = _LINE_END.sub("\n", sent)
        if "\0" in typed or "\0" in name:
            raise Refusal(400, "the form holds a character that no text can hold (NUL)", _RETYPE)
        if name in _SINGLE:
            values[name] = typed
        elif name == "rights":
            values["rights"].append(typed)
        elif axis := _AXIS.fullmatch(name):
            values["applies_to"].setdefault(axis[1], []).append(typed)
        elif found := _NAME.fullmatch(name):
            _row(rows[found[1]].setdefault(int(found[2]), {}), found, typed)
    for name, several in rows.items():
        values[name] = [_whole(name, several[number]) for number in sorted(several)]
    return values


_RETYPE = "Type the words again where they came from elsewhere. Nothing was changed."


def _row(row: Values, found: re.Match[str], typed: str) -> None:
    list_, field, number = found[1], found[3], found[4]
    if number is not None:
        if list_ == "clauses" and field in _LIMITS:
            row.setdefault(field, {})[int(number)] = typed
    elif list_ == "clauses" and field in _TICKED:
        row.setdefault(field, []).append(typed)
    elif field in _ROWS[list_]:
        row[field] = typed


def _whole(list_: str, row: Values) -> Values:
    whole: Values = {field: row.get(field, "") for field in _ROWS[list_]}
    if list_ != "clauses":
        return whole
    whole |= {field: row.get(field, []) for field in _TICKED}
    for field in _LIMITS:
        limits = row.get(field, {})
        whole[field] = [limits[number] for number in sorted(limits)]
    return whole


_OF_THE_PAGE = ("sign", "opened", "do", "rights", "category")
_CHOSEN = re.compile(
    r"applies_to\..*|(?:clauses|parameters|grounds)\.[0-9]+\."
    r"(?:id|was|withdrawn|force|addressee|beneficiary|type|favours|source|relation)"
)
"""Fields that are chosen from a list, or that the page itself fills in."""


def words_typed(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields that hold words of a person, to be given back where nothing is saved."""
    return [
        (name, words)
        for name, words in pairs
        if words.strip() and name not in _OF_THE_PAGE and _CHOSEN.fullmatch(name) is None
    ]


# --- the buttons --------------------------------------------------------------------------------


def pressed(values: Values, button: str, taken: Iterable[str] = ()) -> str | None:
    """Do to the rows what a button says; return the name of the field to go on in, None if nothing.

    `taken` are the ids of clauses that were ever used in the file.
    """
    found = _BUTTON.fullmatch(button)
    if found is None:
        return None
    list_, number, limit, at, what = found.groups()
    rows: list[Any] = values[list_]
    if number is None:
        return _added(values, list_, taken) if what == "add" else None
    place = int(number)
    if place >= len(rows):
        return None
    if limit is not None:
        return _limit(rows[place], f"{list_}.{place}.{limit}", limit, at, what)
    return _moved(rows, list_, place, what)


def _added(values: Values, list_: str, taken: Iterable[str]) -> str:
    rows = values[list_]
    row = _whole(list_, {})
    if list_ == "clauses":
        row["id"] = next_clause_id({*taken, *(each["id"] for each in rows)})
        row["force"] = rows[-1].get("force") or "must" if rows else "must"
        for field in _TICKED:
            row[field] = [*rows[-1].get(field, [])] if rows else []
    rows.append(row)
    first = {"clauses": "text", "parameters": "name", "grounds": "source"}[list_]
    return f"{list_}.{len(rows) - 1}.{first}"


def _limit(row: Values, name: str, limit: str, at: str | None, what: str) -> str | None:
    limits: list[str] = row.get(limit, [])
    if at is None and what == "add":
        row[limit] = [*limits, ""]
        return f"{name}.{len(limits)}"
    if at is None or int(at) >= len(limits):
        return None
    if what == "remove":
        del limits[int(at)]
        return f"{name}.add"
    return _moved(limits, name, int(at), what)


def _moved(rows: list[Any], name: str, place: int, what: str) -> str | None:
    if what == "remove":
        del rows[place]
        return f"{name}.add"
    to = place + (-1 if what == "up" else 1)
    if what == "add" or not 0 <= to < len(rows):
        return None
    rows[place], rows[to] = rows[to], rows[place]
    if to in (0, len(rows) - 1):  # the button that was pressed is gone there
        what = "down" if to == 0 else "up"
    return f"{name}.{to}.{what}"


def next_clause_id(taken: set[str]) -> str:
    """Return the first id that no clause has: letters, or numbers where the others are numbers."""
    known = {each.casefold() for each in taken if each}
    if known and all(each.isdigit() for each in known):
        width = max(map(len, known))
        return str(max(map(int, known)) + 1).zfill(width)
    letters = _letters()
    used = [number for number, id in enumerate(letters) if id in known]
    return letters[max(used) + 1 if used else 0]


def _letters() -> list[str]:
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    return [first + second for first in ["", *letters] for second in letters]


def flat(values: Values) -> list[tuple[str, str]]:
    """Return the fields of a form as the pairs that a browser would post."""
    pairs: list[tuple[str, str]] = []

    def say(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                say(f"{name}.{key}" if name else key, each)
        elif isinstance(value, list):
            ticked = name.rpartition(".")[2] in (*_TICKED, "rights") or name.startswith(
                "applies_to"
            )
            for number, each in enumerate(value):
                say(name if ticked else f"{name}.{number}", each)
        else:
            pairs.append((name, str(value)))

    say("", values)
    return pairs
