"""What git is asked, by plumbing commands only, and by full object ids.

Text from a person or a file never becomes an option: a revision is resolved once, after
`--end-of-options`, and from then on only its object id is passed on. `git_calls` starts git.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.clone import clone_of, require_plain
from govkit.store.commits import FORMAT, Commit, parsed
from govkit.store.git_calls import BROKEN, ID, failed, plain_environment, run, start, started

# --- which commit ---------------------------------------------------------------------------------


def is_repository(root: Path) -> bool:
    """Say whether the folder is in the work tree of a git repository."""
    return clone_of(root) is not None


def ignored_paths(root: Path) -> frozenset[str]:
    """Return what git ignores and does not track, relative to `root`; folders end with `/`.

    Empty where the folder is in no repository, or below a folder that git ignores.
    """
    clone = clone_of(root)
    if clone is None:
        return frozenset()
    _require_plain_rules(clone.top, root)
    answer = start(
        root,
        "ls-files",
        "-z",
        "--others",
        "--ignored",
        "--exclude-standard",
        "--directory",
        "--",
        *GOVERNED_FOLDERS,
    )
    if answer.returncode:
        # git stumbles over a folder below one that it ignores; what is in there is read like any.
        if b"not superset of prefix" in answer.stderr:
            return frozenset()
        raise failed(root, answer)
    return frozenset(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path)


def tracked_files(folder: Path, name: str) -> frozenset[str]:
    """Return what git tracks at a name in a folder, or below it; none outside of a repository."""
    if not folder.is_dir() or clone_of(folder) is None:
        return frozenset()
    answer = start(folder, "ls-files", "-z", "--", name)
    if answer.returncode:
        raise failed(folder, answer)
    return frozenset(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path)


def is_never_committed(root: Path, folder: str) -> bool:
    """Say whether git ignores a whole folder in this one, and has nothing of it already."""
    # `check-ignore` takes no literal paths, which every call here asks for.
    rules = ("--others", "--ignored", "--exclude-standard", "--directory")
    ignored = start(root, "ls-files", "-z", *rules, "--", folder).stdout
    tracked = start(root, "ls-files", "-z", "--", folder)
    return ignored == f"{folder}/\0".encode() and tracked.returncode == 0 and not tracked.stdout


def _require_plain_rules(top: Path, root: Path) -> None:
    """Raise `GovkitError` where a `.gitignore` is a pipe or the like: git would wait for it."""
    above = [root, *root.parents]
    folders = above[: above.index(top) + 1] if top in above else above[:1]
    for folder in folders:
        require_plain(folder / ".gitignore", _NO_RULES)
    waiting = [f"{root}/{governed}" for governed in GOVERNED_FOLDERS]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as items:
            for item in items:
                if item.name == ".gitignore":
                    require_plain(item.path, _NO_RULES)
                elif item.is_dir(follow_symlinks=False):
                    waiting.append(item.path)


_NO_RULES = "Take it away: it can't be one of this project."


def named(root: Path, name: str) -> str | None:
    """Return the full id that git knows by a name, or None; whether it is there is not asked."""
    answer = start(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    found = answer.stdout.decode("ascii", errors="replace").strip()
    if answer.returncode == 0 and ID.fullmatch(found):
        return found
    said = answer.stderr.decode(errors="replace")
    if "dubious ownership" in said or (BROKEN.search(said) and not is_shallow(root)):
        raise failed(root, answer)
    if "not a git repository" in said and is_repository(root):
        raise failed(root, answer)
    return None


def is_shallow(root: Path) -> bool:
    """Say whether the clone holds only a part of the history."""
    clone = clone_of(root)
    return clone is not None and clone.is_shallow


def commits(root: Path) -> list[Commit]:
    """Return every commit that HEAD contains, newest first, with the files that it changed.

    A merge is compared with its first parent. Paths are relative to `root`; what lies outside is
    left out. No path is asked for: git is faster without, and leaves no commit out. Empty where
    nothing is committed yet. Raises `GovkitError` outside a repository.
    """
    answer = start(
        root,
        "-c",
        "log.showRoot=true",
        "log",
        "--raw",
        "--no-renames",
        "--no-abbrev",
        "-z",
        "--diff-merges=first-parent",
        "--relative",
        "--no-color",
        "--no-mailmap",
        "--encoding=UTF-8",
        f"--format={FORMAT}",
        "--date=format-local:%Y-%m-%d",
    )
    if answer.returncode == 0:
        clone = clone_of(root)
        return parsed(answer.stdout, clone.ends if clone else frozenset())
    if b"does not have any commits yet" in answer.stderr:
        return []
    raise failed(root, answer)


def day_of(root: Path, commit: str) -> str:
    """Return the day of a commit, in UTC, as 2026-03-10."""
    said = run(root, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", commit)
    return said.decode("ascii").strip()


def instant_of(root: Path, commit: str) -> str:
    """Return the instant of a commit, in UTC, as 2026-03-10T08:00:00Z."""
    form = "--date=format-local:%Y-%m-%dT%H:%M:%SZ"
    said = run(root, "log", "-1", "--format=%cd", form, commit)
    return said.decode("ascii").strip()


def subject_of(root: Path, commit: str) -> str:
    """Return the first line of the message of a commit."""
    said = run(root, "log", "-1", "--format=%s", "--encoding=UTF-8", commit)
    return said.decode("utf-8", errors="replace").strip()


def create(root: Path) -> None:
    """Make the folder a git repository, without a commit and without templates' hooks."""
    words = ("init", "--quiet", "--template=", "--initial-branch=main")
    answer = started(root, words, plain_environment())
    if answer.returncode:
        raise failed(root, answer)


def setting(root: Path, name: str) -> str | None:
    """Return a value of git's own configuration, as `govkit.member`, or None."""
    answer = start(root, "config", "--get", name)
    said = answer.stdout.decode("utf-8", errors="replace").strip()
    return said if answer.returncode == 0 and said else None
