"""A form is read beside the texts: what it becomes, or what is missing, and the branch it goes on.

Nothing is merged, and nothing is filed in the log: a coordinator does both, who has looked.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from hashlib import sha256

from govkit.errors import WrongUse
from govkit.procedures.forms.changes import change_of, require_right
from govkit.procedures.forms.joining import initiative_of, join_of
from govkit.procedures.forms.received import FormOutcome, ReceivedForm
from govkit.procedures.forms.voices import comment_of, position_of
from govkit.procedures.log.filing import writing_without_entry
from govkit.source.issue_forms import FormSender
from govkit.source.record_bytes import instant_text
from govkit.store import branches, commit_names, objects
from govkit.store.objects import Ref
from govkit.workspace import Workspace
from govkit.workspace.states import state_of_commit, state_of_folder

_BECOMES: dict[str, Callable[[ReceivedForm], FormOutcome]] = {
    "change": change_of,
    "comment": comment_of,
    "position": position_of,
    "join": join_of,
    "initiative": initiative_of,
}


def outcome_of(form: ReceivedForm) -> FormOutcome:
    """Return what a form becomes. Raises `WrongUse` with what is missing or wrong in it."""
    outcome = _BECOMES[form.filled.form.name](form)
    require_right(form, outcome.files)
    return outcome


def require_committed(workspace: Workspace) -> str:
    """Return the commit that is checked out. Raises `WrongUse` where the folder differs from it."""
    root = workspace.root
    head = commit_names.head(root)
    if head is None:
        raise WrongUse("this folder has no commit yet", "Commit the texts first.")
    there, here = state_of_commit(root, head), state_of_folder(root, root)
    edited = [path for path in {*there.ids, *here.ids} if not there.is_same(path, here)]
    if edited:
        raise WrongUse(
            f"there are edits here that are not committed: {', '.join(sorted(edited)[:3])}",
            "Commit them, or put them aside: a form is read beside the texts as they are for all.",
        )
    return head


def branch_of(outcome: FormOutcome, sender: FormSender | None, name: str) -> str:
    """Return the name of the branch: the number of the issue, and the digest of what is written."""
    digest = sha256()
    for path, data in sorted(outcome.files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return f"form/{sender.number if sender else name}-{digest.hexdigest()[:8]}"


def message_of(outcome: FormOutcome, sender: FormSender | None) -> str:
    """Return the message of the commit: the sentence, what was computed, and where it came from."""
    parts = [outcome.sentence, "\n".join(outcome.computed)]
    if sender is not None:
        parts.append(
            f"Form: {sender.event}\nAccount: {sender.account} at {sender.host}\n"
            f"Received: {instant_text(sender.at)}"
        )
    return "\n\n".join(filter(None, parts))


def file_on_branch(
    workspace: Workspace,
    outcome: FormOutcome,
    sender: FormSender | None,
    branch: str,
    now: datetime.datetime,
) -> tuple[str, bool]:
    """Write the commit and its branch; return the commit, and whether it was there before.

    What is checked out stays as it is. The account that sent the form is the author.
    """
    root = workspace.root
    head = require_committed(workspace)
    ref = f"{branches.HEADS}{branch}"
    known = objects.ref(root, ref)
    if known is not None:
        return known, True
    with writing_without_entry(root, now):
        who = objects.person(root)
        author = f"{sender.account} <{sender.mail}>" if sender else None
        tree = objects.write_tree(root, head, dict(outcome.files))
        commit = objects.write_commit(
            root, tree, head, who, now, message_of(outcome, sender), author
        )
        objects.set_refs(root, [Ref(ref, commit, None)], "a form")
    return commit, False
