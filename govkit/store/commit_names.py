"""Which commit a person names, and what a history holds of it."""

from __future__ import annotations

import re
from pathlib import Path

from govkit.errors import IncompleteHistory, WrongUse
from govkit.patterns import lazy_regex
from govkit.store.clone import clone_of, require_sound
from govkit.store.git_calls import (
    FETCH,
    ID,
    failed,
    incomplete,
    no_repository,
    require_trusted,
    start,
)
from govkit.store.refs import release_tags
from govkit.store.repository import is_repository, is_shallow, named


def resolve(root: Path, revision: str) -> str:
    """Return the full id of the commit that a person names; unknown names are `WrongUse`."""
    found = _commit(root, revision)
    if found is not None:
        return found
    if not is_repository(root):
        raise no_repository(root)
    if is_shallow(root):
        raise IncompleteHistory(
            f"the commit `{revision}` is not in this clone, whose history is cut short", FETCH
        )
    kind = kind_of(root, revision)
    raise WrongUse(
        f"`{revision}` names a {kind}, and no commit"
        if kind
        else f"there is no commit named `{revision}` here",
        "Name a branch, a tag or a commit id. `git log --oneline` lists commits."
        + releases_there(root, revision),
    )


def releases_there(root: Path, word: str) -> str:
    """Return a sentence with the releases there are, for a word that looks like one of them."""
    if not re.fullmatch(r"\S*\d+\.\d+\.\d+\S*", word):
        return ""
    tags = [tag.replace("/v", "/") for tag in release_tags(root)]
    return f" Releases here: {', '.join(tags)}." if tags else " There is no release here yet."


def kind_of(root: Path, revision: str) -> str | None:
    """Return what a name stands for, behind all its tags: tree, blob, commit; None for nothing."""
    return _kind(root, named(root, revision))


_RELEASE = lazy_regex(r"([a-z0-9]+(?:-[a-z0-9]+)*)/(\d+\.\d+\.\d+(?:-draft\.\d+)?)")


def _as_git_says(revision: str) -> str:
    """Return the tag of a release that is named as people do, provisions/1.1.0; else the word."""
    return _RELEASE.sub(r"\1/v\2", revision) if _RELEASE.fullmatch(revision) else revision


def is_commit(root: Path, word: str) -> bool:
    """Say whether a word of a person names a commit."""
    return _commit(root, word) is not None


def head(root: Path) -> str | None:
    """Return the id of the commit that is checked out, or None where there is none yet.

    Raises `IncompleteHistory` where there is one, and it can't be read.
    """
    return _commit(root, "HEAD")


def _commit(root: Path, name: str) -> str | None:
    """Return the full id of the commit of a name, or None where the name is of no commit.

    Raises `IncompleteHistory` where the name is known, and what it stands for is not whole.
    """
    name = _as_git_says(name)
    found = (_open_head(root) if name == "HEAD" else None) or named(root, name + "^{commit}")
    if found is None and is_repository(root):
        _require_whole(root, name)
    return found


def _open_head(root: Path) -> str | None:
    """Return the commit that is checked out where that can be read without git, or None."""
    clone = clone_of(root)
    if clone is None:
        return None
    require_trusted(clone)
    require_sound(clone)
    return clone.open_head


def _require_whole(root: Path, name: str) -> None:
    """Raise `IncompleteHistory` where a name is known, and its object, or that of its tag, not.

    Asked only where a name turned out to be of no commit.
    """
    if ID.fullmatch(name):
        return  # any id is a name, of what is there and of what never was
    clone = clone_of(root)
    for each in dict.fromkeys((name, re.split(r"[~^@:]", name)[0] or "HEAD")):
        id = named(root, each)
        if id is None and clone is not None and clone.has_ref(each):
            raise incomplete(root, f"what `{each}` stands for")
        if id is not None:
            if _kind(root, id) is None:
                raise incomplete(root, f"what `{each}` stands for")
            return


def _kind(root: Path, id: str | None) -> str | None:
    """Return what an id stands for behind all its tags (tree, blob, commit), or None."""
    asked = f"{id}^{{}}\n".encode()
    said = start(root, "cat-file", "--batch-check=%(objecttype)", given=asked).stdout.split()
    return said[0].decode("ascii") if len(said) == 1 else None


def merge_base(root: Path, commit: str, own: str | None = None) -> str:
    """Return the last commit that `commit` and `own` (full ids; default HEAD) have in common."""
    own = own or resolve(root, "HEAD")
    if own == commit:
        return commit
    answer = start(root, "merge-base", own, commit)
    found = answer.stdout.decode("ascii", errors="replace").strip()
    if answer.returncode == 0 and found:
        return found
    if answer.stderr and not is_shallow(root):
        raise failed(root, answer)
    if is_shallow(root):
        raise IncompleteHistory(
            "the history of this clone is cut short, so the changes since then are not known", FETCH
        )
    raise WrongUse(
        "HEAD and that commit have no history in common",
        "Name a commit of this repository's own history.",
    )


def own_head(root: Path) -> str | None:
    """Return the newest commit of one's own: HEAD, or in the middle of a rebase what is replayed.

    There HEAD is on the others' side already, and says nothing about what one's own began from.
    """
    clone = clone_of(root)
    for name in ("REBASE_HEAD", "CHERRY_PICK_HEAD"):
        if clone is not None and (clone.git / name).is_file():
            return _commit(root, name) or head(root)
    return head(root)


def require_whole(root: Path) -> None:
    """Raise `IncompleteHistory` where anything is missing of the history of any branch or tag."""
    head(root)
    answer = start(root, "rev-list", "--objects", "--quiet", "--all")
    if answer.returncode:
        raise failed(root, answer)
