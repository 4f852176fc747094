"""The branch that a person works on: which it is, what is unfinished, the move to another.

Files are left as they are: the folder holds the edits, and only what git has of them changes.
"""

from __future__ import annotations

from pathlib import Path

from govkit.store import objects
from govkit.store.clone import clone_of, plain_bytes
from govkit.store.git_calls import failed, start
from govkit.store.repository import named

HEADS = "refs/heads/"
_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "BISECT_LOG": "bisect",
}


def unfinished(root: Path) -> str | None:
    """Return which command of git was begun here and is not finished, as `merge`, or None."""
    clone = clone_of(root)
    assert clone is not None, root
    return next((word for name, word in _UNFINISHED.items() if (clone.git / name).exists()), None)


def free_branch(root: Path, name: str, head: str) -> tuple[str, str | None]:
    """Return the full name of a branch that may stand for a commit, and what it stands for now.

    One that the commit contains may be used again, unless another folder works on it. Where another
    has the name, a number follows.
    """
    number = 1
    while True:
        ref = f"{HEADS}{name}" + (f"-{number}" if number > 1 else "")
        old = named(root, ref)
        if old is None or (objects.contains(root, head, old) and not _is_worked_on(root, ref)):
            return ref, old
        number += 1


def _is_worked_on(root: Path, ref: str) -> bool:
    """Say whether a branch is checked out in another folder of the clone (git-worktree)."""
    clone = clone_of(root)
    assert clone is not None, root
    heads = {clone.common / "HEAD", *clone.common.glob("worktrees/*/HEAD")} - {clone.git / "HEAD"}
    return f"ref: {ref}\n".encode() in {plain_bytes(head) for head in heads}


def work_on(root: Path, branch: str) -> None:
    """Let HEAD stand for a branch, given by its full name; no file changes."""
    answer = start(root, "symbolic-ref", "-m", "govkit submit", "HEAD", branch)
    if answer.returncode:
        raise failed(root, answer)
