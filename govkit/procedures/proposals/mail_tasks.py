"""Mails that wait to be taken in, where this clone knows the folder in which they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from govkit.errors import WrongUse
from govkit.log.coordinators import coordinators_of
from govkit.procedures.proposals.ballots import FiledMails
from govkit.proposals.task import Task
from govkit.source.mail import LARGEST_MAIL, read_mail
from govkit.store.mailboxes import mails_in
from govkit.store.repository import setting
from govkit.workspace import Workspace

MAILS_SETTING = "govkit.mails"
"""The setting of git that names for a clone the folder or mailbox of its mails."""


def mails_to_take_in(workspace: Workspace) -> Iterator[Task]:
    """Yield the task of taking in the mails that wait, where there are any; only heads are read."""
    named = setting(workspace.root, MAILS_SETTING)
    waiting = _waiting(workspace, workspace.root / Path(named)) if named else 0
    if waiting:
        mails = "mail waits" if waiting == 1 else "mails wait"
        yield Task(
            None,
            "",
            "take-in",
            f"{waiting} {mails} in {named}. Move away what is done.",
            coordinators_of(workspace.corpus),
            f"govkit intake {named}",
        )


def _waiting(workspace: Workspace, place: Path) -> int:
    taken, count = FiledMails(workspace), 0
    try:
        for raw in mails_in(place, LARGEST_MAIL):
            mail = read_mail(raw.data, whole=False)
            count += not (mail.automatic or taken.has(mail))
    except WrongUse:  # it is gone, or empty: nothing waits there
        return 0
    return count
