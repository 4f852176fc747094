"""Drafts of ballots and reminders that nobody needs any more: sent, they would ask in vain."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from govkit.proposals.reminders import not_heard
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, state_of
from govkit.store.private_rows import DRAFTED, REMINDED, rows_of
from govkit.workspace import Workspace


def stale_drafts(workspace: Workspace, now: datetime.datetime) -> dict[str, str]:
    """Return why a draft is not needed any more, by the name of its file.

    Whoever was heard needs no ballot and no reminder; where a round is over, nobody does.
    """
    found: dict[str, str] = {}
    dockets: dict[str, Docket | None] = {}
    for each in _noted(workspace):
        if each.proposal not in dockets:
            dockets[each.proposal] = docket_of(workspace.corpus, each.proposal)
        docket = dockets[each.proposal]
        why = _why(docket, each, now) if docket is not None else ""
        if why:
            found[each.name] = why
    return found


class _Draft(NamedTuple):
    """A draft that was noted: its file, what it is about, and to whom it goes."""

    name: str
    proposal: str
    number: str
    member: str
    reminds: bool


def _noted(workspace: Workspace) -> Iterator[_Draft]:
    for row in rows_of(workspace.root, DRAFTED):
        name, id, number, member = (str(row.get(each)) for each in _DRAFTED)
        yield _Draft(name, id, number, member, reminds=False)
    for row in rows_of(workspace.root, REMINDED):
        id, _, rest = str(row.get("reminder")).partition(" r")
        number, member = rest.partition(" ")[0], str(row.get("member"))
        yield _Draft(str(row.get("draft")), id, number, member, reminds=True)


_DRAFTED = ("draft", "proposal", "revision", "member")


def _why(docket: Docket, draft: _Draft, now: datetime.datetime) -> str:
    dates = Round(docket, now).dates
    until = dates.closes or dates.comment_until
    current = draft.number == str(docket.number) and until > now
    if not current or state_of(docket, now).name not in OPEN_FOR_POSITIONS:
        return f"the time of {draft.proposal}, revision {draft.number}, is over"
    member = docket.members.get(draft.member)
    if draft.reminds:
        # Of several who represent one member, none is reminded once one of them spoke.
        seats = {draft.member, member.represents if member else None}
        heard = not seats & not_heard(docket, now).keys()
    else:
        heard = any(
            draft.member in (each.record.member, each.record.cast_by)
            for each in docket.positions
            if each.logged and each.record.revision == docket.number
        )
    return f"{draft.member} was heard since it was written" if heard else ""
