"""One operation done in many clauses: shown once, answered once, bound per unit all the same.

A clause whose other words changed too does not belong to a sweep and is shown alone. The same
words in a duty of the platform and in one of the user are two operations: who owes what to whom,
and which way the change goes, are the same in a whole sweep. Marks and spelling are the same for
all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from govkit.corpus.changes.values import Change, ClauseChange, Sweep, weight
from govkit.corpus.redline.compare import redline
from govkit.patterns import lazy_regex

FEWEST = 3
"""From how many clauses on one operation is a sweep."""

Steps = tuple[tuple[str, str, str], ...]
Operation = tuple[Steps, tuple[str, ...]]
"""What was done, and in which kind of duty."""
_MARK = lazy_regex(r"\[(?P<words>[^\[\]]*)\]\(term:(?P<term>[^()]*)\)")


def with_sweeps(changes: Iterable[Change]) -> tuple[tuple[Change, ...], tuple[Sweep, ...]]:
    """Return the changes with the sweeps that their clauses belong to, and the sweeps."""
    listed = list(changes)
    places: dict[Operation, list[str]] = {}
    steps_of = {}
    for change in listed:
        for clause in change.clauses:
            steps = _steps(clause)
            if steps:
                done = (steps, _kind_of_duty(clause))
                steps_of[change.kind, change.id, clause.id] = done
                places.setdefault(done, []).append(f"{change.id}({clause.id})")
    many = {done: where for done, where in places.items() if len(where) >= FEWEST}
    # Numbered by what was done and not by what was met first: same changes, same names.
    names = {done: f"sweep-{at}" for at, done in enumerate(sorted(many), 1)}
    found = tuple(Sweep(name, done[0], tuple(sorted(many[done]))) for done, name in names.items())
    named = {place: names.get(done) for place, done in steps_of.items()}
    return tuple(_named(change, named) for change in listed), found


def _kind_of_duty(clause: ClauseChange) -> tuple[str, ...]:
    if clause.marks_only or weight(clause.class_) <= 1:
        return ()
    return (*clause.parties, *(way or "" for way in clause.direction))


def _steps(clause: ClauseChange) -> Steps:
    """Return what was done in a clause that is on both sides and whose words alone differ."""
    if not clause.old or not clause.new or clause.old == clause.new:
        return ()
    if any(reason.endswith(" changed") and "." in reason for reason in clause.reasons):
        return ()
    return tuple(dict.fromkeys(_of_marks(clause) if clause.marks_only else _done(clause)))


def _done(clause: ClauseChange) -> Iterator[tuple[str, str, str]]:
    for operation in redline(clause.old, clause.new).operations:
        if operation.op != "equal":
            yield operation.op, operation.old.strip(), operation.new.strip()


def _of_marks(clause: ClauseChange) -> Iterator[tuple[str, str, str]]:
    """Yield which marks were put on, taken off, or put on for another term: each with its words."""
    before, after = (Counter(_MARK.findall(side)) for side in (clause.old, clause.new))
    gone, come = sorted(before - after), sorted(after - before)
    if not gone and not come:
        yield from _done(clause)  # a mark that stands at another place of the same words
    now = dict(come)
    for words, term in gone:
        yield "replace", _mark(words, term), _mark(words, now.pop(words, None))
    for words, term in now.items():
        yield "replace", words, _mark(words, term)


def _mark(words: str, term: str | None) -> str:
    return words if term is None else f"[{words}](term:{term})"


def _named(change: Change, names: dict[tuple[str, str, str], str | None]) -> Change:
    clauses = tuple(
        replace(clause, sweep=names.get((change.kind, change.id, clause.id)))
        for clause in change.clauses
    )
    of_clauses = {clause.sweep for clause in clauses}
    whole = of_clauses.pop() if len(of_clauses) == 1 and not change.fields else None
    return replace(change, clauses=clauses, sweep=whole)
