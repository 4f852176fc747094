"""The past of a record as JSON objects. The formats are contracts: docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govkit.corpus.changes.history import HistoryStep, RecordMoment, TextVersion
from govkit.corpus.changes.origins import WordsOrigin
from govkit.corpus.changes.values import CLASS_NAMES, ClauseChange
from govkit.corpus.redline.compare import redline as redlined
from govkit.workspace.past import RecordHistory

FORMAT_VERSION = 1


def history_as_data(
    past: RecordHistory, steps: Iterable[HistoryStep], *, more: bool, redline: bool
) -> dict[str, Any]:
    """Return the history of a record; with `redline`, clauses hold their operations."""
    return {
        **_head(past),
        "more": more,
        "changes": [_step(step, redline=redline) for step in steps],
    }


def blame_as_data(past: RecordHistory, origins: Iterable[WordsOrigin]) -> dict[str, Any]:
    """Return the origin of each part of a record."""
    return {
        **_head(past),
        "parts": [_origin(origin, past.moments) for origin in origins],
        "unread": [
            {"commit": moment.version.commit or None, "path": document.path}
            for moment in past.moments
            if (document := moment.document) is not None and document.record is None
        ],
    }


def _head(past: RecordHistory) -> dict[str, Any]:
    document = past.document
    return {
        "version": FORMAT_VERSION,
        "id": past.name.id,
        "kind": document.kind if document else past.name.kind,
        "title": document.title if document else "",
        "path": document.path if document else None,
        "complete": past.cut is None,
        "known_since": _version(past.cut) if past.cut else None,
        **({"clause": past.clause} if past.clause else {}),
    }


def _version(version: TextVersion) -> dict[str, Any]:
    return {
        "commit": version.commit or None,
        "date": version.day or None,
        "authors": list(version.authors),
        "subject": version.subject,
        "merge": version.is_merge,
        "release": version.release,
    }


def _step(step: HistoryStep, *, redline: bool) -> dict[str, Any]:
    change = step.change
    return {
        **_version(step.version),
        "what": step.verb,
        "class": step.class_,
        "class_name": CLASS_NAMES[step.class_] if step.class_ is not None else None,
        "floor": change.floor if change else None,
        "declared": change.declared if change else None,
        "direction": {
            "platform_duty": change.direction.platform_duty if change else None,
            "user_protection": change.direction.user_protection if change else None,
        },
        "fields": list(step.fields),
        "clauses": [_clause(c, redline=redline) for c in change.clauses] if change else [],
        "path": step.new_path or None,
        "old_path": step.old_path or None,
        "compared_with": step.since or None,
        "unread": step.unread or None,
    }


def _clause(clause: ClauseChange, *, redline: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": clause.id,
        "class": clause.class_,
        "reasons": list(clause.reasons),
    }
    if redline:
        data["operations"] = list(_operations(clause.old, clause.new))
    return data


def _operations(old: str, new: str) -> Iterator[list[str]]:
    for operation in redlined(old, new).operations:
        yield [operation.op, operation.old, operation.new]


def _origin(origin: WordsOrigin, moments: Sequence[RecordMoment]) -> dict[str, Any]:
    version = moments[origin.moment].version
    return {
        "part": origin.part.kind,
        "id": origin.part.id,
        **(_version(TextVersion()) if version.is_cut else _version(version)),
        "known": not version.is_cut,
        "class": origin.class_,
        "words": origin.part.words,
    }
