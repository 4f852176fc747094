"""All letters that are owed, and the task of writing them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.log.coordinators import coordinators_of
from govkit.procedures.letters.calls import letters_of_calls
from govkit.procedures.letters.owed import (
    PERIOD,
    LackingAddress,
    LetterContext,
    OwedLetter,
    OwedLetters,
)
from govkit.procedures.letters.proposals import letters_of_proposals
from govkit.proposals.task import Task
from govkit.round.docket import docket_of
from govkit.store.private import private_folder
from govkit.store.private_rows import LETTERS, SENT, rows_of
from govkit.workspace import Workspace

_NAMED = 10
"""People who are named where many letters are owed."""


def letters_owed(
    workspace: Workspace,
    now: datetime.datetime,
    since: datetime.datetime | None = None,
    again: bool = False,
) -> OwedLetters:
    """Return the letters that are owed at a moment for what happened since another one.

    Only with `again` one goes to an address from which a mail came back.
    """
    if workspace.corpus.charter is None or not private_folder(workspace.root).is_dir():
        return OwedLetters((), ())
    context = LetterContext(workspace, now, since or now - PERIOD, again)
    found = [*letters_of_calls(context), *letters_of_proposals(context)]
    letters = tuple(each for each in found if isinstance(each, OwedLetter))
    returned = context.addressees.returned
    lacking = dict.fromkeys(
        each for each in found if isinstance(each, LackingAddress) and each.who not in returned
    )
    return OwedLetters(letters, tuple(lacking), tuple(sorted(returned)))


def answers_sent(workspace: Workspace) -> frozenset[str]:
    """Return the objections whose authors were sent the newest answer, as `tasks_of` takes them."""
    sent: dict[str, str] = {}
    for row in rows_of(workspace.root, SENT):
        if row.get("state") == "sent":
            sent[str(row.get("draft"))] = str(row.get("at", ""))
    told = {
        str(row.get("tells"))
        for row in rows_of(workspace.root, LETTERS)
        if sent.get(str(row.get("draft")), "") >= str(row.get("at", "")) > ""
    }
    newest: dict[str, str] = {}
    for id in dict.fromkeys(key.split(" ")[-1].partition("/")[0] for key in sorted(told)):
        docket = docket_of(workspace.corpus, id)
        for act in docket.acts if docket is not None else ():
            if act.record.kind == "answer":
                newest |= {f"{id}/{each}": f"act {id}/{act.id}" for each in act.record.objections}
    return frozenset(each for each, key in newest.items() if key in told)


def letters_to_write(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield that letters are owed, and to whom."""
    letters = letters_owed(workspace, now).letters
    if not letters:
        return
    people = [*dict.fromkeys(each.to.id for each in letters)]
    more = f" and {len(people) - _NAMED} more" if len(people) > _NAMED else ""
    count = "1 letter is" if len(letters) == 1 else f"{len(letters)} letters are"
    what = f"{count} owed, to {', '.join(people[:_NAMED])}{more}: write the drafts"
    yield Task(None, "", "letter", what, coordinators_of(workspace.corpus), "govkit letters")
