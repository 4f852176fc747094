"""Mails that wait to be taken in, where this clone knows the folder in which they are saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from govkit.errors import WrongUse
from govkit.log.coordinators import coordinators_of
from govkit.procedures.proposals.ballots import FiledMails
from govkit.procedures.proposals.returned_mails import is_returned_anew
from govkit.proposals.task import Task
from govkit.source.mail import LARGEST_MAIL, read_mail
from govkit.store.mailboxes import mails_in
from govkit.store.repository import setting
from govkit.workspace import Workspace

MAILS_SETTING = "govkit.mails"
"""The setting of git that names for a clone the folder or mailbox of its mails."""
_SMALL = 100_000
"""Bytes of a mail up to which its parts are read: what answers an invitation says so there."""


def mails_to_take_in(workspace: Workspace) -> Iterator[Task]:
    """Yield the task of taking in the mails that wait, where there are any.

    Those are what `intake` would show: neither taken in before nor sent by a program, but for a
    mail of ours that came back and is not noted yet. Of a large mail only the head is read.
    """
    named = mails_of_clone(workspace.root)
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


def mails_of_clone(root: Path) -> str:
    """Return the folder or mailbox of the mails, as this clone names it, or an empty text."""
    return setting(root, MAILS_SETTING) or ""


def _waiting(workspace: Workspace, place: Path) -> int:
    taken, count = FiledMails(workspace), 0
    try:
        for raw in mails_in(place, LARGEST_MAIL):
            mail = read_mail(raw.data, whole=raw.whole and len(raw.data) <= _SMALL)
            if not taken.has(mail):
                count += not mail.automatic or is_returned_anew(workspace, mail, raw.data)
    except WrongUse:  # it is gone, or empty: nothing waits there
        return 0
    return count
