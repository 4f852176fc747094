"""Objections that were passed on: what an act is about, and whether a ruling can be given on it.

The body decides about exact words. With other words it has to be asked anew, as everybody has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govkit.records.proposals import Act, Revision
from govkit.round.filed_records import FiledRecord


class Subject(NamedTuple):
    """An objection by its record, and the words of a text that it stands against."""

    objection: str
    unit: str
    before: str | None
    after: str | None


def subjects_of(
    filed: FiledRecord[Act], revisions: Sequence[FiledRecord[Revision]]
) -> set[Subject]:
    """Return what an escalation or a ruling is about, by the revision that was open then."""
    open_then = [each.record for each in revisions if each.seq < filed.seq]
    found: set[Subject] = set()
    for unit in open_then[-1].units if open_then else ():
        if filed.record.units and unit.id not in filed.record.units:
            continue
        found |= {
            Subject(id, unit.id, *pair) for id in filed.record.objections for pair in unit.pairs
        }
    return found


def fault_of_ruling(
    filed: FiledRecord[Act],
    earlier: Sequence[FiledRecord[Act]],
    revisions: Sequence[FiledRecord[Revision]],
) -> str | None:
    """Return why nobody asked for a ruling, or that it was given; None where neither is so.

    `earlier` are the escalations and rulings that count and were logged before it.
    """
    if filed.record.ruling is None:
        return "it does not say what was decided"
    about = subjects_of(filed, revisions)
    asked: set[Subject] = set()
    for each in earlier:
        subjects = subjects_of(each, revisions)
        if each.record.kind == "escalation":
            asked |= subjects
        elif subjects & about:
            return f"{each.id} decided about the same objection to the same words before"
    if not about or not about <= asked:
        return "two coordinators had not passed on all that it is about"
    return None
