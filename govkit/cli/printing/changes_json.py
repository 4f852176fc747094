"""Changes as one JSON object. The format is a contract: docs/json.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govkit.corpus.changes.values import Change, Changes, ClauseChange
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.marks import without_marks
from govkit.findings import Finding
from govkit.release.change_origins import ChangeOrigin

FORMAT_VERSION = 1


def changes_as_data(
    old: str,
    new: str,
    changes: Changes,
    *,
    marks: bool,
    moved: Sequence[Finding] = (),
    origins: Mapping[str, ChangeOrigin] | None = None,
) -> dict[str, Any]:
    """Return the changes between two states, named by commit ids or paths, as plain data.

    `moved` are references to items of lists that mean other words now. `origins` say for texts by
    their ids who asked and who decided; without them, nothing is said of it.
    """
    return {
        "version": FORMAT_VERSION,
        "from": old,
        "to": new,
        "bump": changes.bump,
        "changes": [
            _change(change, marks=marks)
            | ({} if origins is None else {"origin": _origin(origins.get(change.id))})
            for change in changes.changes
        ],
        "sweeps": [
            {
                "id": sweep.id,
                "operations": [list(step) for step in sweep.operations],
                "clauses": list(sweep.clauses),
            }
            for sweep in changes.sweeps
        ],
        "unread": [unread._asdict() for unread in changes.unread],
        "others": list(changes.others),
        "moved_items": [
            {"path": each.path, "message": each.message, "expected": each.expected or None}
            for each in moved
        ],
    }


def _change(change: Change, *, marks: bool) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "class": change.class_,
        "floor": change.floor,
        "declared": change.declared,
        "unanswered": list(change.unanswered),
        "bump": change.bump,
        "direction": change.direction._asdict(),
        "conformity": change.conformity,
        "fields": [
            {"field": field.field, "class": field.class_, "old": field.old, "new": field.new}
            for field in change.fields
        ],
        "clauses": [_clause(clause, marks=marks) for clause in change.clauses],
        "affects": list(change.affects),
        "sweep": change.sweep,
        "before": change.before,
        "after": change.after,
    }


def _origin(origin: ChangeOrigin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "proposal": origin.proposal,
        "comments": list(origin.comments),
        "decided": origin.decided is not None,
        "agreed": list(origin.agreed),
        "dissented": list(origin.dissented),
    }


def _clause(clause: ClauseChange, *, marks: bool) -> dict[str, Any]:
    sides = (clause.old, clause.new)
    old, new = sides if marks else map(without_marks, sides)
    lined = redline(old, new)
    return {
        "id": clause.id,
        "class": clause.class_,
        "reasons": list(clause.reasons),
        "operations": [list(operation) for operation in lined.operations],
        "moved": [list(pair) for pair in lined.moved],
        "inside": [list(map(list, operations)) for operations in lined.inside],
        "evidence": [evidence._asdict() for evidence in clause.evidence],
        "sweep": clause.sweep,
        "marks_only": clause.marks_only,
    }
