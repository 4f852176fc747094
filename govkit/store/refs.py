"""Which commits have a name: branches, tags of releases, and what others pushed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from govkit.patterns import lazy_regex
from govkit.store.clone import clone_of
from govkit.store.git_calls import failed, run, start
from govkit.store.repository import is_repository, named


def branch_heads(root: Path) -> list[str]:
    """Return the commits at the ends of the 50 newest local and fetched branches."""
    if not is_repository(root):
        return []
    listed = run(
        root,
        "for-each-ref",
        "--count=50",
        "--sort=-committerdate",
        "--format=%(objectname)",
        "refs/heads",
        "refs/remotes",
    )
    return sorted(set(listed.decode("ascii").split()))


_RELEASE_TAG = lazy_regex(r"refs/tags/[a-z0-9-]+/v[0-9][A-Za-z0-9.-]*")


_MAIN_LINES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/heads/main",
    "refs/remotes/origin/master",
    "refs/heads/master",
)


def has_release_tags(root: Path) -> bool:
    """Say whether a tag has the name of a release, in this history or beside it."""
    clone = clone_of(root)
    if clone is None or not clone.may_have_releases:
        return False  # as in most folders: every check asks, and git takes as long as a small one
    listed = start(root, "for-each-ref", "--count=1", "--format=x", "refs/tags/*/v[0-9]*")
    return bool(listed.stdout.strip())


def release_tags(root: Path) -> dict[str, str]:
    """Return the releases that HEAD contains, newest first: `provisions/v1.0.0` to commit."""
    all_tags(root)  # with --merged, git leaves out in silence what it can't read
    answer = start(
        root,
        "for-each-ref",
        "--sort=-creatordate",
        "--merged=HEAD",
        "--format=%(refname) %(objectname) %(*objectname)",
        "refs/tags",
    )
    if answer.returncode:
        raise failed(root, answer)
    found = {}
    for line in os.fsdecode(answer.stdout).splitlines():
        name, commit, *peeled = line.split()
        if _RELEASE_TAG.fullmatch(name):
            found[name.removeprefix("refs/tags/")] = peeled[0] if peeled else commit
    return found


def all_tags(root: Path) -> dict[str, str]:
    """Return the short name of each tag with the id of what it stands for, a tag or a commit.

    Raises `IncompleteHistory` where that of one is not there.
    """
    form = "--format=%(refname) %(objectname) %(objecttype)"
    answer = start(root, "for-each-ref", form, "refs/tags")
    if answer.returncode or b"broken ref" in answer.stderr:
        raise failed(root, answer)
    lines = (line.rsplit(" ", 2) for line in os.fsdecode(answer.stdout).splitlines())
    return {name.removeprefix("refs/tags/"): id for name, id, _ in lines}


def last_release(root: Path) -> str | None:
    """Return the commit of the newest release that HEAD contains, or None."""
    return next(iter(release_tags(root).values()), None)


def main_line(root: Path) -> str | None:
    """Return the newest known commit of the main branch, or None where there is none."""
    return _first_of(root, _MAIN_LINES)


def main_lines(root: Path) -> set[str]:
    """Return the commits at the ends of the main branch, the local one and the fetched one."""
    return set(_found(root, _MAIN_LINES).values())


def _first_of(root: Path, names: Sequence[str]) -> str | None:
    """Return the commit of the first of these refs that is there, from one process."""
    found = _found(root, names)
    return next((found[name] for name in names if name in found), None)


def _found(root: Path, names: Sequence[str]) -> dict[str, str]:
    answer = start(root, "for-each-ref", "--format=%(refname) %(objectname)", *names)
    if answer.returncode or b"broken ref" in answer.stderr:
        raise failed(root, answer)
    return dict(line.split(" ") for line in os.fsdecode(answer.stdout).splitlines())


def fetched_line(root: Path) -> str | None:
    """Return the newest commit known of what others pushed, or None where nothing was fetched.

    It is where the branch's own upstream was last seen; without one, the main branch of `origin`.
    Nothing is fetched here.
    """
    clone = clone_of(root)
    if clone is None or not clone.may_have_fetched:
        return None  # as where nobody else has the texts yet: git would be started twice
    theirs = [name for name in _MAIN_LINES if name.startswith("refs/remotes")]
    return named(root, "@{upstream}") or _first_of(root, theirs)


def pushed_line(root: Path) -> str | None:
    """Return the commit that counts as known to the others: what was fetched, else local `main`."""
    return fetched_line(root) or _first_of(root, ["refs/heads/main"])
