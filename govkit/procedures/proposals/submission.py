"""A change is handed in: the edits become a commit on a branch, and a patch for a mail.

Nothing is merged here, nothing is filed in the log, and no file of the folder is touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from govkit.corpus.changes.values import Change, weight
from govkit.errors import WrongUse
from govkit.procedures.log.filing import writing_without_entry
from govkit.proposals.submission import branch_name, may_be_handed_in
from govkit.records.declarations import Declaration
from govkit.records.patches import Patch, PatchedFile
from govkit.source.patch_mail import parted, plain_name
from govkit.source.record_bytes import record_bytes
from govkit.store import branches, commit_names, objects, refs
from govkit.store.objects import Ref
from govkit.workspace import Workspace
from govkit.workspace.comparison import DECLARATIONS
from govkit.workspace.edited_texts import EditedTexts

_MAIN = ("main", "master")


class SubmissionBranch(NamedTuple):
    """The branch that a change goes to. `old` is what it stands for, None where it is new.

    `moves` says that HEAD has to follow, `left` is the branch that it leaves.
    """

    ref: str
    old: str | None
    moves: bool
    left: str

    @property
    def name(self) -> str:
        """Return the name as people say it."""
        return self.ref.removeprefix(branches.HEADS)


def target_branch(edits: EditedTexts, main: str) -> SubmissionBranch:
    """Return the branch of a change: the one that is checked out, or a new one beside the main one.

    `main` is the name of the main branch at the remote. Raises `WrongUse` in the middle of a merge.
    """
    root = edits.workspace.root
    begun = branches.unfinished(root)
    if begun is not None:
        raise WrongUse(
            f"a {begun} is not finished in this folder",
            f"Finish it, or give it up (`git {begun} --abort`); then hand the change in.",
        )
    here = objects.branch(root)
    name = (here or "").removeprefix(branches.HEADS)
    # Where no branch is known for the main one, the one that is checked out is it.
    if here is not None and name not in (*_MAIN, main) and refs.main_line(root) is not None:
        return SubmissionBranch(here, edits.head, moves=False, left=name)
    ref, old = branches.free_branch(root, branch_name(edits.names), edits.head)
    return SubmissionBranch(ref, old, moves=True, left=name or main)


def commit_edits(
    edits: EditedTexts, target: SubmissionBranch, who: str, message: str, now: datetime.datetime
) -> str:
    """Put the edits on their branch, let HEAD stand for it, and return the commit.

    Where nothing differs from the commit that is checked out, that one is on the branch as it is.
    Done a second time after a kill, it comes to the same.
    """
    root = edits.workspace.root
    with writing_without_entry(root, now):
        _require_unmoved(root, edits, target)
        commit = edits.head
        if edits.files:
            tree = objects.write_tree(root, edits.head, edits.files)
            commit = objects.write_commit(root, tree, edits.head, who, now, message)
        # First, since another program may hold the index: were it behind the branch, the person's
        # next commit would take back what was handed in.
        objects.set_in_index(root, edits.files)
        if commit != target.old:
            objects.set_refs(root, [Ref(target.ref, commit, target.old)], "govkit submit")
        if target.moves:
            branches.work_on(root, target.ref)
    return commit


def _require_unmoved(root: Path, edits: EditedTexts, target: SubmissionBranch) -> None:
    """Raise `WrongUse` where the same edits were handed in while somebody was asked about them."""
    here = objects.branch(root)
    expected = f"{branches.HEADS}{target.left}" if target.moves else target.ref
    if commit_names.head(root) != edits.head or here not in (None, expected):
        name = (here or "").removeprefix(branches.HEADS)
        raise WrongUse(
            "something was committed in this folder meanwhile"
            + (f", on the branch {name}" if name else ""),
            "Look what is left to hand in: `govkit submit --dry-run`. Nothing was changed.",
        )


def patch_of(edits: EditedTexts, message: str) -> Patch:
    """Return all that differs from the main branch as a patch. Raises `WrongUse` for no text."""
    charter = edits.workspace.corpus.charter
    root = edits.workspace.root
    releases = refs.release_tags(root)
    files = [
        PatchedFile.model_construct(path=path, before=_text(path, old), after=_text(path, new))
        for path, (old, new) in edits.differing.items()
        if may_be_handed_in(path)
    ]
    return Patch.model_validate(
        {
            "version": 1,
            "coalition": charter.id if charter is not None else "unknown",
            "commit": edits.base.name,
            "release": next(iter(releases), None),
            "message": message,
            "files": [each.model_dump() for each in files],
        }
    )


def _text(path: str, data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        raise WrongUse(
            f"{path} is no plain text in UTF-8", "Save it as plain text: `govkit check` says more."
        ) from None


# --- what the author declares ---------------------------------------------------------------------


class ChangeAnswer(NamedTuple):
    """What an author says of one span: whether a duty changes with it, and why."""

    changes_a_duty: bool
    why: str


def known_answers(workspace: Workspace, id: str) -> tuple[str, dict[str, ChangeAnswer]]:
    """Return what the author declared for an earlier state of the same edit: reason and answers."""
    document = workspace.corpus.by_path.get(f"{DECLARATIONS}{id}.yaml")
    record = document.record if document is not None else None
    if not isinstance(record, Declaration):
        return "", {}
    said = {
        each.span: ChangeAnswer(each.changes_a_duty == "yes", each.why) for each in record.answers
    }
    return record.reason, said


def declaration_of(
    change: Change, reason: str, answers: Mapping[str, ChangeAnswer]
) -> tuple[str, bytes]:
    """Return the file in which an author declares a change: its path and its bytes.

    Where a duty changes, the class is that of a change of force at least (docs/changes.md).
    """
    path = f"{DECLARATIONS}{change.id}.yaml"
    least = 5 if any(each.changes_a_duty for each in answers.values()) else 1
    record = {
        "of": change.id,
        "before": change.before,
        "after": change.after,
        "class": max(weight(change.floor), least),
        "reason": reason,
        "answers": [
            {
                "span": span,
                "changes_a_duty": "yes" if each.changes_a_duty else "no",
                "why": each.why,
            }
            for span, each in answers.items()
        ],
    }
    return path, record_bytes("declaration", record, path)


def known_person(root: Path, typed: str | None) -> str | None:
    """Return who commits, as `Name <mail>`: as typed, else as git knows it; None where nobody does.

    Raises `WrongUse` where what was typed is not of that form.
    """
    if typed is not None:
        name, address = parted(typed)
        local, _, host = address.partition("@")
        if not (plain_name(name) and local and "." in host):
            raise WrongUse(
                f"`{typed}` does not say who hands in the change",
                'Write a name and a mail address: --by "Ana Silva <ana@example.org>".',
            )
        return f"{plain_name(name)} <{address}>"
    try:
        return objects.person(root)
    except WrongUse:
        return None
