"""Drafts that nobody needs any more: they would ask in vain, or tell what is no longer so."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from govkit.correspondence.ballot_letters import BETWEEN_LETTERS
from govkit.log.digests import entry_digest
from govkit.proposals.reminders import not_heard
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, state_of
from govkit.store.private_rows import DRAFTED, LETTERS, RECEIPTS, REMINDED, rows_of
from govkit.store.worktree import read_named
from govkit.workspace import Workspace


def stale_drafts(workspace: Workspace, now: datetime.datetime) -> dict[str, str]:
    """Return why a draft is not needed any more, by the name of its file.

    Whoever was heard needs no ballot and no reminder; where a round is over, nobody does. Of the
    receipts for one position only the newest is needed.
    """
    found: dict[str, str] = {}
    known = cache(partial(docket_of, workspace.corpus))
    for each in _noted(workspace):
        docket = known(each.proposal)
        why = _why(docket, each, now) if docket is not None else ""
        if why:
            found[each.name] = why
    return found | dict(_replaced_receipts(workspace, known))


REPLACED = "a newer receipt for the same position was written since"
PARTLY_REPLACED = f"{REPLACED}, and the draft holds other letters, too: take that receipt out of it"


def _replaced_receipts(
    workspace: Workspace, known: Callable[[str], Docket | None]
) -> Iterator[tuple[str, str]]:
    """Yield the names of the drafts that hold receipts with a newer one, with the reason."""
    newest: dict[str, str] = {}
    tells: dict[str, str] = {}
    for row in rows_of(workspace.root, LETTERS):
        what, name = str(row.get("tells")).split(), str(row.get("draft"))
        if len(what) > 1 and what[0] in ("position", "countersigned", "day"):
            position = _position_of(what[1], known)
            newest[position], tells[name] = name, position
    # A name is used again once its draft was sent.
    yield from ((name, REPLACED) for name, position in tells.items() if newest[position] != name)
    # Those that intake wrote came before, and several may stand in one draft.
    replaced = {
        entry_digest(filed.log_entry).encode()
        for proposal in {each.partition("/")[0] for each in newest}
        if (docket := known(proposal)) is not None
        for filed in docket.positions
        if f"{proposal}/{filed.id}" in newest and filed.log_entry is not None
    }
    for draft in {str(row.get("draft") or "") for row in rows_of(workspace.root, RECEIPTS)}:
        if replaced and draft and Path(draft).is_file():
            letters = read_named(Path(draft)).split(BETWEEN_LETTERS)
            old = [any(digest in letter for digest in replaced) for letter in letters]
            if any(old):
                yield Path(draft).name, REPLACED if all(old) else PARTLY_REPLACED


def _position_of(record: str, known: Callable[[str], Docket | None]) -> str:
    """Return the position, `2026-001/positions/…`, that a letter about a record tells of."""
    proposal, _, id = record.partition("/")
    docket = known(proposal)
    if docket is None:
        return record
    of = {each.id: each.record.position for each in docket.evidence}
    of |= {each.id: each.of for each in docket.corrected_days}
    return f"{proposal}/{of[id]}" if id in of else record


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
