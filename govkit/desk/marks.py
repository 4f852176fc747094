"""What `check` finds in a text, each beside the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govkit.desk.form import Values
from govkit.desk.plain_words import without_git
from govkit.findings import Finding, Keys
from govkit.workspace import Workspace
from govkit.workspace.edited_texts import stops_handing_in

LEVELS = {"error": "Mistake", "warning": "Before a release", "advice": "Advice"}


class Mark(NamedTuple):
    """A finding for people: how grave it is, what is wrong, what to do. `field` is its field."""

    level: str
    name: str
    message: str
    help: str
    field: str
    stops: bool


def marks_in(
    workspace: Workspace, path: str, values: Values, findings: Iterable[Finding]
) -> tuple[Mark, ...]:
    """Return what is found in a text and about it, what is about the whole first."""
    found = workspace.placed(workspace.about({path}, findings))
    marks = [_mark(each, values) for each in found if each.path == path]
    marks += [_mark(each, values)._replace(field="") for each in found if each.path != path]
    return tuple(sorted(marks, key=lambda each: (each.field != "", not each.stops)))


def help_of(finding: Finding) -> str:
    """Return what to do about a finding, with what was expected where nothing else says it."""
    if finding.expected and finding.expected not in f"{finding.message} {finding.help}":
        return f"Expected: {finding.expected}. {finding.help}".strip()
    return finding.help


def _mark(finding: Finding, values: Values) -> Mark:
    return Mark(
        finding.level,
        LEVELS[finding.level],
        without_git(finding.message),
        without_git(help_of(finding)),
        _field(finding.route.keys, values),
        stops_handing_in(finding),
    )


def _field(keys: Keys, values: Values) -> str:
    """Return the name of the field that a route leads to, or the nearest one above it."""
    if not keys:
        return ""
    top = str(keys[0])
    if top not in values:
        return ""
    rows = values[top]
    if top == "parameters" and len(keys) > 1:
        places = {row["name"]: number for number, row in enumerate(rows)}
        keys = (top, places.get(str(keys[1]), -1), *keys[2:])
    if not isinstance(rows, list) or top in ("rights", "aliases") or len(keys) == 1:
        return f"applies_to.{keys[1]}" if top == "applies_to" and len(keys) > 1 else top
    number = keys[1]
    if not isinstance(number, int) or not 0 <= number < len(rows):
        return top
    row = rows[number]
    if len(keys) == 2:
        return f"{top}.{number}"
    name = str(keys[2])
    if name not in row:
        return f"{top}.{number}"
    limits = row[name]
    several = isinstance(limits, list) and name in ("conditions", "exceptions")
    if several and len(keys) > 3 and isinstance(keys[3], int) and keys[3] < len(limits):
        return f"{top}.{number}.{name}.{keys[3]}"
    return f"{top}.{number}.{name}"


def by_field(marks: Iterable[Mark]) -> Mapping[str, list[Mark]]:
    """Return the marks of each field; those of none stand under an empty name."""
    found: dict[str, list[Mark]] = {}
    for each in marks:
        found.setdefault(each.field, []).append(each)
    return found
