"""A clause that somebody holds on paper: whether its words still stand, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govkit.corpus.changes.history import TextVersion
from govkit.corpus.documents import Document
from govkit.corpus.print_codes import bearing
from govkit.errors import GovkitError
from govkit.workspace import Workspace
from govkit.workspace.past import read_past


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A clause with the digits that stood beside it in print.

    `then` are the words that were printed and `now` those of today, each None where there are none:
    `then` where no state of the history has these digits, `now` where the clause is no more.
    `until` is the version in which other words took their place; None where none is known.
    """

    id: str
    clause: str
    digits: str
    stands: bool
    then: str | None
    now: str | None
    until: TextVersion | None


def printed_clause(
    workspace: Workspace, document: Document, clause: str, digits: str
) -> PrintedClause:
    """Return what became of a clause that was printed with these digits."""
    now = _words(document, clause)
    if bearing([document], clause, digits):
        return PrintedClause(
            document.id, clause, digits, stands=True, then=now, now=now, until=None
        )
    try:
        moments = read_past(workspace.root, document.id).moments
    except GovkitError:  # no repository, so no earlier states
        moments = ()
    until = None
    for moment in reversed(moments):
        if moment.document is not None and bearing([moment.document], clause, digits):
            then = _words(moment.document, clause)
            return PrintedClause(
                document.id, clause, digits, stands=False, then=then, now=now, until=until
            )
        until = moment.version
    return PrintedClause(document.id, clause, digits, stands=False, then=None, now=now, until=None)


def _words(document: Document, clause: str) -> str | None:
    """Return the words of a clause that stands, with what limits it; None where it does not."""
    record: Any = document.record
    for each in getattr(record, "clauses", ()):
        if each.id == clause and each.withdrawn is None:
            limits = [*each.conditions, *each.exceptions]
            return "\n\n".join([str(each.text).strip(), *(str(one).strip() for one in limits)])
    for field in ("preamble", "interpretation"):
        for each in getattr(record, field, ()):
            if each.id == clause:
                return str(each.text).strip()
    return None
