"""A commit made by govkit itself: prepared whole, in force at one moment, and then laid out.

The moment is the setting of the refs. Before it, nothing can be seen; after it, the files, the
index and the folder of printed books are brought in line. What is under way is noted first, so
that whatever a kill leaves is put right by the next command.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError
from govkit.store import journal, objects, printed, worktree
from govkit.store.clone_lock import LANDING, state_folder_of
from govkit.store.committed_files import is_as_committed
from govkit.store.journal import Step
from govkit.store.objects import Ref
from govkit.store.worktree import write_whole

_REF = re.compile(r"refs/(?:heads|tags)/[^\s\0~^:?*\[\\]+")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_STALE_AFTER = 1.0
"""Seconds for which a lock of git has to stay as it is before it counts as left by a killed one."""


class PendingCommit(NamedTuple):
    """What is under way. `new` is empty while things are still being prepared.

    `branch` and `tag` are full names of refs; `tag_id` is the object of the tag, both empty where
    there is none. `paths` are the files that differ between the commits. `staged` is a folder that
    takes the place of `final`, both absolute, empty where there is none.
    """

    branch: str
    old: str
    new: str = ""
    paths: tuple[str, ...] = ()
    tag: str = ""
    tag_id: str = ""
    staged: str = ""
    final: str = ""

    @property
    def refs(self) -> tuple[str, ...]:
        """Return the refs that are set."""
        return (self.branch, self.tag) if self.tag else (self.branch,)


def note(root: Path, landing: PendingCommit) -> None:
    """Write down what is under way, whole. The caller holds the lock and has recovered."""
    write_whole(state_folder_of(root) / LANDING, json.dumps(landing._asdict()).encode())


def unseen(_: str) -> None:
    """Nobody looks."""


def drop_unlanded(root: Path) -> None:
    """Take away what was prepared, where nothing of it is in force yet; else leave it noted."""
    landing = _noted(root)
    if landing is not None and not (landing.new and _stands(root, landing)):
        drop(root, landing)


def drop(root: Path, landing: PendingCommit) -> None:
    """Take away what was prepared, and forget it."""
    if landing.staged:
        printed.forget(Path(landing.staged))
    (state_folder_of(root) / LANDING).unlink(missing_ok=True)


def land(root: Path, landing: PendingCommit, said: str, step: Step = unseen) -> None:
    """Set the refs, and lay everything out. `said` is for the reflog.

    Raises `GovkitError` where a ref was moved meanwhile; then nothing was changed.
    """
    note(root, landing)
    step("noted what is to be")
    refs = [Ref(landing.branch, landing.new, landing.old)]
    if landing.tag:
        refs.append(Ref(landing.tag, landing.tag_id, None))
    try:
        objects.set_refs(root, refs, said)
    except GovkitError:
        # Git sets the refs of a transaction one by one, so one may be set though it failed
        # (decision 18).
        if not _stands(root, landing):
            drop(root, landing)
        raise
    step("set the refs")
    _lay_out(root, landing, step)


def recover(root: Path) -> journal.Recovered:
    """Finish what a killed command began, or take it back; say which. The caller has the lock."""
    landing = _noted(root)
    if landing is None:
        return None
    if not landing.new:
        drop(root, landing)
        return "taken back"
    _clear_locks(root, landing)
    if not _stands(root, landing):
        drop(root, landing)
        return "taken back"
    missing = [
        Ref(name, new, old)
        for name, new, old in (
            (landing.branch, landing.new, landing.old),
            (landing.tag, landing.tag_id, None),
        )
        if name and not _is_set(root, name, new)
    ]
    if missing:
        objects.set_refs(root, missing, "govkit: finish what was begun")
    _lay_out(root, landing, unseen)
    return "finished"


def _stands(root: Path, landing: PendingCommit) -> bool:
    """Say whether one of the refs was set: then the other has to follow."""
    if landing.tag and objects.ref(root, landing.tag) == landing.tag_id:
        return True
    return _is_set(root, landing.branch, landing.new)


def _is_set(root: Path, name: str, new: str) -> bool:
    now = objects.ref(root, name)
    if now is None or now == new or name.startswith("refs/tags/"):
        return now == new
    # A branch may have gone on since; ours is set where the newer commit contains it.
    return objects.contains(root, now, new)


def _noted(root: Path) -> PendingCommit | None:
    path = state_folder_of(root) / LANDING
    try:
        said = json.loads(worktree.read_named(path)) if path.is_file() else None
        if said is None:
            return None
        landing = PendingCommit(**{**said, "paths": tuple(said["paths"])})
        if not _could_be_ours(landing):
            raise ValueError
        return landing
    except (ValueError, TypeError, LookupError):
        raise GovkitError(
            "what a killed govkit command left here can't be read, so it is left alone",
            f"If you know of no such command, move the file {path} away and look at it.",
        ) from None


def _could_be_ours(landing: PendingCommit) -> bool:
    """Say whether a note names only what a command of ours would change.

    A `.git` that came from elsewhere may hold a note of somebody else's, and what it names is
    moved and taken away.
    """
    refs = all(_REF.fullmatch(name) and ".." not in name for name in landing.refs)
    ids = all(_ID.fullmatch(id) for id in (landing.old, landing.new, landing.tag_id) if id)
    books = str(printed.beside(Path(landing.final))) if landing.final else ""
    return refs and ids and landing.staged == books


# --- after the refs -------------------------------------------------------------------------------


def _lay_out(root: Path, landing: PendingCommit, step: Step) -> None:
    """Bring files, index and printed books in line; what somebody changed meanwhile is left."""
    before = objects.bytes_at(root, landing.old, landing.paths)
    after = objects.bytes_at(root, landing.new, landing.paths)
    writes = []
    for path in landing.paths:
        now = journal.read_inside(root, path)
        if is_as_committed(now, before.get(path)) and not is_as_committed(now, after.get(path)):
            writes.append(journal.Write(path, now, after.get(path)))
    if writes:
        journal.write_all(root, writes, step)
    step("wrote the files")
    objects.set_in_index(root, {path: after.get(path) for path in landing.paths})
    step("brought the index in line")
    _move(landing, step)
    (state_folder_of(root) / LANDING).unlink(missing_ok=True)
    step("forgotten")


def _move(landing: PendingCommit, step: Step) -> None:
    """Put the staged folder in its place; the one that was there goes away whole."""
    if not landing.staged:
        return
    try:
        printed.settle(
            Path(landing.staged), Path(landing.final), lambda: step("put the old books aside")
        )
    except GovkitError as error:
        raise GovkitError(
            error.message,
            "The release itself is made. Look at the rights of the folder; the next govkit command "
            "tries again.",
        ) from None
    step("put the books in place")


def _clear_locks(root: Path, landing: PendingCommit) -> None:
    """Take away the locks of a git that was killed together with the command that called it.

    They are looked for only after such a kill, and only a lock that nobody touches for a while
    goes: a living git holds one for a few thousandths of a second.
    """
    seen = {path: _age(path) for path in objects.lock_files(root, landing.refs)}
    there = {path: age for path, age in seen.items() if age is not None}
    if there:
        time.sleep(_STALE_AFTER)
    for path, age in there.items():
        if _age(path) == age:
            with suppress(FileNotFoundError):
                path.unlink()


def _age(path: Path) -> tuple[int, int] | None:
    try:
        about = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return about.st_ino, about.st_mtime_ns
