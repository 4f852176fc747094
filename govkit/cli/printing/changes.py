"""Changes for people: each unit with its class, which way it goes, and its redline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from govkit.cli.printing.redline import redline_as_text
from govkit.cli.printing.words import number_of, visible
from govkit.corpus.changes.values import (
    CLASS_NAMES,
    Change,
    Changes,
    ClauseChange,
    Direction,
    FieldChange,
    weight,
)
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.marks import without_marks
from govkit.findings import Finding
from govkit.records.kinds import NUMBERED_KINDS

_COLOURS = {"major": "red", "minor": "yellow", "patch": "green", "none": None}
_INDENT = "    "
_MOST = 20
"""How many ids of what rests on a definition are listed; the rest is counted."""


def changes_as_text(changes: Changes, *, marks: bool, moved: Sequence[Finding] = ()) -> str:
    """Return the whole, the last line of which sums up.

    `moved` are references to items of lists that mean other words now.
    """
    swept: set[str] = set()
    pieces = []
    for change in changes.changes:
        pieces.append("\n".join(_change(change, changes, swept, marks=marks)) + "\n\n")
    pieces += [_unread(changes), _others(changes), _moved(moved), summary_line(changes) + "\n"]
    return "".join(pieces)


def _moved(moved: Sequence[Finding]) -> str:
    if not moved:
        return ""
    lines = [f"{_INDENT}{each.path}: {visible(each.message)}\n" for each in moved]
    return "".join(["References that mean other words now:\n", *lines, "\n"])


def summary_line(changes: Changes) -> str:
    """Return the sum in one line: how many, of which class, and which version they ask for."""
    if not changes.changes:
        return click.style("No text differs.", fg="green")
    count = number_of(len(changes.changes), "change")
    heaviest = max((change.class_ for change in changes.changes), key=weight)
    named = f"class {heaviest}, {CLASS_NAMES[heaviest]}"
    if weight(heaviest) < 5 and any(change.unanswered for change in changes.changes):
        named = f"class {heaviest} or higher: questions to the authors are not answered"
    if changes.bump is None:
        return f"{count}, the highest of {named}. Versions are dates here."
    if changes.bump == "none":
        return f"{count} of {named}. No new version is asked for."
    return f"{count}, the highest of {named}. The next version is a {changes.bump} one."


def _change(change: Change, changes: Changes, swept: set[str], *, marks: bool) -> Iterator[str]:
    colour = _COLOURS[change.bump]
    name = change.id if change.kind in NUMBERED_KINDS else f"{change.kind} {change.id}"
    head = click.style(f"{name}  ", bold=True) + visible(change.title)
    yield head
    yield _INDENT + click.style(_class(change), fg=colour) + _ways(change)
    if change.mixed:
        yield _INDENT + click.style("Words and status changed in one step.", fg="red")
    for field in change.fields:
        yield from _field(field, change.direction)
    for clause in change.clauses:
        if clause.old == clause.new:
            continue  # only its fields differ, and those are listed
        yield from _clause(clause, changes, swept, marks=marks)
    if change.affects:
        shown = ", ".join(change.affects[:_MOST])
        more = len(change.affects) - _MOST
        yield _INDENT + f"Rests on it: {shown}" + (f" and {more} more" if more > 0 else "")


def _class(change: Change) -> str:
    words = class_of_change(change)
    if change.declared is not None:
        words += f" (declared {change.declared}, not under {change.floor})"
    return words


def class_of_change(change: Change) -> str:
    """Return the class of a change with its name; where questions are open, how many instead."""
    if not change.unanswered:
        return f"class {change.class_}, {CLASS_NAMES[change.class_]}"
    open_ = number_of(len(change.unanswered), "question")
    return f"class {change.class_} or higher: {open_} to its author, not answered"


def _ways(change: Change) -> str:
    ways = [f"{change.bump} version" if change.bump != "none" else ""]
    ways.append(_direction(change.direction))
    ways.append(change.conformity)
    return "".join(f" · {way}" for way in ways if way)


def _direction(direction: Direction) -> str:
    named = (
        ("platform's duty", direction.platform_duty),
        ("user's protection", direction.user_protection),
    )
    return " · ".join(f"{name}: {way}" for name, way in named if way)


def _field(field: FieldChange, whole: Direction) -> Iterator[str]:
    # One field that goes the way of the whole says nothing new.
    way = _direction(field.direction) if field.direction != whole else ""
    head = f"{_INDENT}{field.field}  [class {field.class_}{f'; {way}' if way else ''}]"
    if isinstance(field.old, str) and isinstance(field.new, str) and " " in field.old + field.new:
        yield head
        yield from _indented(redline_as_text(redline(field.old, field.new), whole=False))
    else:
        yield f"{head}: {_value(field.old)} -> {_value(field.new)}"


def _value(value: Any) -> str:
    if value in (None, [], {}):
        return "(nothing)"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return visible(str(value))


def _clause(
    clause: ClauseChange, changes: Changes, swept: set[str], *, marks: bool
) -> Iterator[str]:
    name = f"({clause.id})" if clause.id != "definition" else "Definition"
    reasons = f": {visible('; '.join(clause.reasons))}" if clause.reasons else ""
    yield f"{_INDENT}{click.style(name, bold=True)}  [class {clause.class_}]{reasons}"
    if clause.sweep:
        sweep = next(sweep for sweep in changes.sweeps if sweep.id == clause.sweep)
        places = number_of(len(sweep.clauses), "clause")
        if clause.sweep in swept:
            yield f"{_INDENT * 2}The same as in {places} ({clause.sweep}, shown above)."
            return
        swept.add(clause.sweep)
        yield f"{_INDENT * 2}The same in {places} ({clause.sweep}): {', '.join(sweep.clauses)}"
    sides = (clause.old, clause.new)
    old, new = sides if marks else map(without_marks, sides)
    yield from _indented(redline_as_text(redline(old, new)))
    for evidence in clause.evidence:
        question = f"{evidence.kind}: {visible(evidence.span)}"
        yield _INDENT * 2 + click.style("Does this change a duty?  ", fg="cyan") + question


def _indented(text: str) -> Iterator[str]:
    for line in text.rstrip("\n").split("\n"):
        yield _INDENT * 2 + line


def _unread(changes: Changes) -> str:
    lines = [
        f"Not compared: {visible(unread.path)} ({unread.side} side): {visible(unread.why)}\n"
        for unread in changes.unread
    ]
    return "".join(lines) + ("\n" if lines else "")


def _others(changes: Changes) -> str:
    if not changes.others:
        return ""
    count = number_of(len(changes.others), "other record")
    verb = "differs" if len(changes.others) == 1 else "differ"
    return f"{count} {verb}, of kinds that bind nobody (members, events and the like).\n\n"
