"""One operation done in many clauses: shown once, answered once, bound per unit all the same.

A clause whose other words changed too does not belong to a sweep and is shown alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from govkit.corpus.changes.values import Change, ClauseChange, Sweep
from govkit.corpus.redline.compare import redline

FEWEST = 3
"""From how many clauses on one operation is a sweep."""

Steps = tuple[tuple[str, str, str], ...]
MARKS: Steps = (("replace", "words", "[words](term:…)"),)
"""Stands for marks put on or taken off, whichever term they are of."""


def with_sweeps(changes: Iterable[Change]) -> tuple[tuple[Change, ...], tuple[Sweep, ...]]:
    """Return the changes with the sweeps that their clauses belong to, and the sweeps."""
    listed = list(changes)
    places: dict[Steps, list[str]] = {}
    steps_of = {}
    for change in listed:
        for clause in change.clauses:
            steps = _steps(clause)
            if steps:
                steps_of[change.kind, change.id, clause.id] = steps
                places.setdefault(steps, []).append(f"{change.id}({clause.id})")
    many = {steps: where for steps, where in places.items() if len(where) >= FEWEST}
    names = {steps: f"sweep-{at}" for at, steps in enumerate(sorted(many), 1)}
    found = tuple(Sweep(name, steps, tuple(sorted(many[steps]))) for steps, name in names.items())
    named = {place: names.get(steps) for place, steps in steps_of.items()}
    return tuple(_named(change, named) for change in listed), found


def _steps(clause: ClauseChange) -> Steps:
    """Return what was done in a clause that is on both sides and whose words alone differ."""
    if not clause.old or not clause.new or clause.old == clause.new:
        return ()
    if any(reason.endswith(" changed") and "." in reason for reason in clause.reasons):
        return ()
    if clause.marks_only:
        return MARKS
    return tuple(sorted(set(_done(clause))))


def _done(clause: ClauseChange) -> Iterator[tuple[str, str, str]]:
    for operation in redline(clause.old, clause.new).operations:
        if operation.op != "equal":
            yield operation.op, operation.old.strip(), operation.new.strip()


def _named(change: Change, names: dict[tuple[str, str, str], str | None]) -> Change:
    clauses = tuple(
        replace(clause, sweep=names.get((change.kind, change.id, clause.id)))
        for clause in change.clauses
    )
    of_clauses = {clause.sweep for clause in clauses}
    whole = of_clauses.pop() if len(of_clauses) == 1 and not change.fields else None
    return replace(change, clauses=clauses, sweep=whole)
