"""All that is to be done in a folder: what its records say, and what only this clone knows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from govkit.checks.audit_tasks import audit_tasks
from govkit.log.coordinators import member_of
from govkit.procedures.letters.letter_tasks import answers_sent, letters_to_write
from govkit.procedures.proposals.ballot_tasks import ballots_to_write
from govkit.procedures.proposals.bulletins import bulletin_to_write
from govkit.procedures.proposals.mail_tasks import mails_of_clone, mails_to_take_in
from govkit.procedures.proposals.reminders import reminders_to_write
from govkit.procedures.proposals.returned_mails import returned_to_look_at
from govkit.procedures.proposals.sending import drafts_to_send
from govkit.proposals.task import Task
from govkit.proposals.tasks import tasks_for, tasks_of
from govkit.release.release_tasks import releases_to_cut
from govkit.workspace import Workspace
from govkit.workspace.releases.signature_files import signed_in


def tasks_at_hand(
    workspace: Workspace, now: datetime.datetime, days: int, member: str | None = None
) -> tuple[Task, ...]:
    """Return what waits, and what has a date in so many days; of a member what they can do.

    Raises `WrongUse` for a member who is not there.
    """
    corpus = workspace.corpus
    if member is not None:
        member_of(corpus, member)
    further = [
        *mails_to_take_in(workspace),
        *returned_to_look_at(workspace, now),
        *ballots_to_write(workspace, now),
        *reminders_to_write(workspace, now),
        *letters_to_write(workspace, now),
        *drafts_to_send(workspace, now),
        *bulletin_to_write(workspace, now),
        *releases_to_cut(
            corpus,
            now,
            lambda: workspace.check(now.date()).findings,
            lambda name: signed_in(workspace.root, name),
        ),
        *audit_tasks(corpus, now),
    ]
    found = tasks_of(corpus, now, datetime.timedelta(days=days), further, answers_sent(workspace))
    return tasks_for(found, member) if member is not None else found


def filled_in(
    tasks: Sequence[Task],
    workspace: Workspace,
    here: str | None,
    asked: str | None = None,
    has_key: bool = False,
) -> Iterator[Task]:
    """Yield tasks with what this clone knows filled in: whoever works `here`, and their key.

    `asked` is the member whose tasks they are. A signature of somebody else still takes a key that
    is named.
    """
    mails = ""
    if any(each.kind == "take-in" and each.due is not None for each in tasks):
        mails = mails_of_clone(workspace.root)
    member = asked or here
    has_key = has_key and member == here
    for each in tasks:
        command = each.command
        if each.kind == "take-in" and each.due is not None and mails:
            command = f"{command} {mails}"
        if member in each.who:
            command = command.replace("--by MEMBER", f"--by {member}")
        signs_here = here in each.who if here else "--by" not in command
        if has_key and signs_here and command.endswith(_KEY):
            # `answer` files, and signs only where it is told to.
            sign = " --sign" if command.startswith("govkit answer ") else ""
            command = command.removesuffix(_KEY) + sign
        yield each._replace(command=command)


_KEY = " --key FILE"
