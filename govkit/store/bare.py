"""The repository that others push to, as one of its hooks sees it: by its git folder alone.

Its settings are those of whoever runs the server, so git is shown them. `clone` is for the other
case, a folder that may come from anywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.store.committed_files import blob_id, parted
from govkit.store.git_calls import failed, incomplete, plain_environment, started

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class PushedFile(NamedTuple):
    """A file of a commit: git's id of its bytes, and what it is, `file` or `link`."""

    id: str
    what: str


def require_git_folder(git: Path) -> None:
    """Raise `WrongUse` where a folder is not the git folder of a repository."""
    if not ((git / "HEAD").is_file() and (git / "objects").is_dir()):
        raise WrongUse(
            f"{git} is no git folder",
            "git runs its hooks there. To try one: `cd REPOSITORY.git`, or `cd .git`.",
        )


def require_ids(*ids: str) -> None:
    """Raise `WrongUse` for what is not the full id of an object."""
    for id in ids:
        if not _ID.fullmatch(id):
            raise WrongUse(f"`{id}` is no full id of a commit", "git gives them to its hooks.")


def main_branch(git: Path) -> str:
    """Return the full name of the branch that a clone begins with, as `refs/heads/main`."""
    answer = _git(git, "symbolic-ref", "--quiet", "HEAD")
    return os.fsdecode(answer.stdout).strip()


def is_ancestor(git: Path, old: str, new: str) -> bool:
    """Say whether a commit is in the history of another."""
    answer = _git(git, "merge-base", "--is-ancestor", old, new)
    if answer.returncode not in (0, 1):
        raise failed(git, answer)
    return answer.returncode == 0


def files_below(git: Path, commit: str, folder: str) -> dict[str, PushedFile]:
    """Return the files of a commit below a folder, by path."""
    # Without sizes: for these git would open each object of the whole log.
    answer = _git(git, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{folder}/")
    if answer.returncode:
        raise failed(git, answer)
    found = {}
    for line in answer.stdout.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, id = meta.decode("ascii").split()
            if kind == "blob":
                what = "file" if mode.startswith("100") else "link"
                found[os.fsdecode(path)] = PushedFile(id, what)
    return found


def is_removed(git: Path, old: str, new: str, path: str) -> bool:
    """Say whether a file of one commit is not there in another."""
    answer = _git(
        git, "diff-tree", "-r", "-z", "--name-only", "--diff-filter=D", old, new, "--", path
    )
    if answer.returncode:
        raise failed(git, answer)
    return bool(answer.stdout)


def bytes_of(git: Path, ids: Iterable[str], most: int) -> dict[str, bytes]:
    """Return the bytes of files by id, without those of more than `most` bytes.

    Raises `IncompleteHistory` where one is missing.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    sizes = _git(git, "cat-file", "--batch-check=%(objectname) %(objectsize)", given=_lines(wanted))
    known = dict(line.split() for line in sizes.stdout.decode("ascii").splitlines())
    read = [id for id in wanted if known.get(id, "").isdigit() and int(known[id]) <= most]
    found = dict(parted(_git(git, "cat-file", "--batch", given=_lines(read)).stdout))
    for id in wanted:
        is_large = known.get(id, "").isdigit() and int(known[id]) > most
        if not is_large and (id not in found or blob_id(found[id], len(id)) != id):
            raise incomplete(git, f"a file ({id[:12]})")
    return found


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{id}\n" for id in ids).encode()


def _git(git: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return started(git, arguments, plain_environment() | {"GIT_DIR": str(git)}, given)
