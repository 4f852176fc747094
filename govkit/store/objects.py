"""Objects and refs of git, written by plumbing alone: no hook, no filter, no editor, no program.

A commit is made beside the person's own index, in one that is thrown away. Nothing here changes
what is checked out; `sealing` does that, after the refs are set.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from govkit.errors import GovkitError, WrongUse
from govkit.patterns import lazy_regex
from govkit.store.clone import clone_of
from govkit.store.committed_files import blob_bytes, blob_ids, id_length
from govkit.store.git_calls import failed, incomplete, start
from govkit.store.repository import named
from govkit.store.temporary import new_folder

# `core.fsync=committed` (git-config): the objects are on the disk before a ref stands for them.
_WRITING = ("-c", "core.splitIndex=false", "-c", "index.sparse=false", "-c", "core.fsync=committed")
_ID = lazy_regex(rb"[0-9a-f]{40}|[0-9a-f]{64}")


class Ref(NamedTuple):
    """A ref that is to be set: its full name, and its object now (None: none) and then."""

    name: str
    new: str
    old: str | None


def _git(
    root: Path,
    *arguments: str,
    given: bytes = b"",
    index: Path | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Run git and return what it says. Raises `GovkitError` with git's own sentence."""
    added = ({"GIT_INDEX_FILE": str(index)} if index else {}) | dict(more)
    answer = start(root, *_WRITING, *arguments, given=given, more=added)
    if answer.returncode:
        raise failed(root, answer)
    return answer.stdout


def _id(answer: bytes) -> str:
    found = answer.strip()
    assert _ID.fullmatch(found), found
    return found.decode("ascii")


# --- what is there --------------------------------------------------------------------------------


def person(root: Path) -> str:
    """Return who commits here, as `Name <mail>`. Raises `WrongUse` where git does not know it."""
    try:
        # Else git makes up a name and an address from those of the machine (git-config).
        said = _git(root, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    except GovkitError as error:
        if "not installed" in error.message:
            raise
        raise WrongUse(
            "git does not know your name, and a commit names its author",
            'Say it once: git config --global user.name "Your Name", and git config --global '
            "user.email you@example.org. Nothing was changed.",
        ) from None
    return said.decode("utf-8", errors="replace").strip().rsplit(" ", 2)[0]


def branch(root: Path) -> str | None:
    """Return the full name of the branch that is checked out, or None where HEAD is detached."""
    answer = start(root, "symbolic-ref", "--quiet", "HEAD")
    if answer.returncode == 1:
        return None
    if answer.returncode:
        raise failed(root, answer)
    return os.fsdecode(answer.stdout.strip())


def ref(root: Path, name: str) -> str | None:
    """Return the id of what a full name of a ref stands for (a tag object, a commit), or None."""
    return named(root, name)


def contains(root: Path, commit: str, older: str) -> bool:
    """Say whether a commit has another one in its history; both are full ids."""
    answer = start(root, "merge-base", "--is-ancestor", older, commit)
    if answer.returncode > 1 or (answer.stderr and answer.returncode):
        raise failed(root, answer)
    return answer.returncode == 0


def last_change(root: Path, commit: str, path: str) -> str | None:
    """Return the newest commit up to `commit` that changed a path below `root`, or None."""
    said = _git(root, "rev-list", "-1", commit, "--", path).strip()
    return said.decode("ascii") or None


def bytes_at(root: Path, commit: str, paths: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of those paths below `root` that are files in a commit."""
    ids = {}
    for line in _git(root, "ls-tree", "-z", commit, "--", *paths).split(b"\0") if paths else ():
        if line:
            meta, path = line.split(b"\t", 1)
            mode, _, blob = meta.decode("ascii").split()
            if mode.startswith("100"):
                ids[os.fsdecode(path)] = blob
    data = blob_bytes(root, ids.values())
    return {path: data[blob] for path, blob in ids.items()}


def tree_of_folders(root: Path, commit: str, folders: Sequence[str]) -> str:
    """Return git's id of a tree that holds these folders of a commit, and nothing else.

    The tree is not written: its bytes are put together from what `ls-tree` says, and hashed.
    """
    listed = _git(root, "ls-tree", "-z", commit, "--", *folders).split(b"\0")
    entries = []
    for line in listed:
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, id = meta.split()
            # Git sorts a tree as if the name of each folder ended in `/`; sorted plainly, the id is
            # another.
            entries.append((path + (b"/" if kind == b"tree" else b""), mode.lstrip(b"0"), path, id))
    body = b"".join(
        mode + b" " + path + b"\0" + bytes.fromhex(id.decode())
        for _, mode, path, id in sorted(entries)
    )
    digest = hashlib.sha256 if id_length(root) == 64 else hashlib.sha1
    return digest(b"tree %d\0" % len(body) + body).hexdigest()


def kind_and_size(root: Path, id: str) -> tuple[str, int]:
    """Return what an object is (commit, tag, tree, blob) and how many bytes it has.

    Raises `IncompleteHistory` where it is not there.
    """
    said = _git(root, "cat-file", "--batch-check", given=f"{id}\n".encode()).split()
    if len(said) != 3:
        raise incomplete(root, f"a piece of it ({id[:12]})")
    return said[1].decode("ascii"), int(said[2])


def tag_object(root: Path, id: str) -> bytes:
    """Return the bytes of the object of a tag, given by its full id."""
    return _git(root, "cat-file", "tag", id)


def first_parent(root: Path, commit: str) -> str | None:
    """Return the first parent of a commit, or None where it has none."""
    return ref(root, f"{commit}^1")


# --- what is made ---------------------------------------------------------------------------------


def _write_blobs(root: Path, blobs: Sequence[bytes], folder: Path) -> list[str]:
    """Write bytes as they are, without any filter, from one process, and return their ids.

    `folder` is where they lie for the while.
    """
    places = [folder / str(number) for number in range(len(blobs))]
    for place, data in zip(places, blobs, strict=True):
        place.write_bytes(data)
    given = b"".join(os.fsencode(place) + b"\n" for place in places)
    said = _git(root, "hash-object", "-w", "--no-filters", "--stdin-paths", given=given)
    ids = [_id(line) for line in said.split()]
    assert len(ids) == len(blobs), said
    return ids


def write_tree(root: Path, commit: str, changes: Mapping[str, bytes | None]) -> str:
    """Return the id of a commit's tree with some files changed; None takes a file out.

    Paths are relative to `root`, which may be a folder of the repository.
    """
    written = {path: data for path, data in changes.items() if data is not None}
    with new_folder() as name:
        folder = Path(name)
        ids = dict(zip(written, _write_blobs(root, [*written.values()], folder), strict=True))
        index = folder / "index"
        _git(root, "read-tree", commit, index=index)
        lines = _index_lines(root, {path: ids.get(path) for path in changes})
        _git(root, "update-index", "-z", "--index-info", given=lines, index=index)
        return _id(_git(root, "write-tree", index=index))


def _index_lines(root: Path, blobs: Mapping[str, str | None]) -> bytes:
    """Return what update-index is told: which blob stands at each path; None takes it out."""
    clone = clone_of(root)
    assert clone is not None, root
    prefix = root.resolve().relative_to(clone.top)
    nothing = "0" * id_length(root)
    return b"".join(
        (f"100644 {id}" if id else f"0 {nothing}").encode()
        + b"\t"
        + os.fsencode(prefix / path)
        + b"\0"
        for path, id in sorted(blobs.items())
    )


def write_commit(
    root: Path,
    tree: str,
    parent: str,
    who: str,
    now: datetime.datetime,
    message: str,
    author: str | None = None,
) -> str:
    """Write a commit with one parent, and return its id.

    `who` commits, and is as `person` says it; `author` is another one whose work it is.
    """
    when = f"{int(now.timestamp())} +0000"
    body = (
        f"tree {tree}\nparent {parent}\nauthor {author or who} {when}\n"
        f"committer {who} {when}\n\n{message}\n"
    )
    return _id(_git(root, "hash-object", "-t", "commit", "-w", "--stdin", given=body.encode()))


def tag_bytes(commit: str, name: str, who: str, now: datetime.datetime, message: str) -> bytes:
    """Return the bytes of an annotated tag of a commit, as they are signed.

    `name` is the short name, as provisions/v1.1.0. A signature is put behind them.
    """
    when = f"{int(now.timestamp())} +0000"
    return (
        f"object {commit}\ntype commit\ntag {name}\ntagger {who} {when}\n\n{message.rstrip()}\n"
    ).encode()


def write_tag(root: Path, body: bytes) -> str:
    """Write the object of a tag, and return its id. No ref is set."""
    return _id(_git(root, "hash-object", "-t", "tag", "-w", "--stdin", given=body))


def set_refs(root: Path, refs: Sequence[Ref], said: str) -> None:
    """Set all these refs or none, each only if it is still what it was; `said` is for the reflog.

    Raises `GovkitError` where one of them was moved meanwhile, or where git can't lock it.
    """
    lines = [b"start"]
    for each in refs:
        # All zeros say that there must be no such ref yet (git-update-ref).
        old = each.old or "0" * len(each.new)
        lines.append(f"update {each.name}\0{each.new}\0{old}".encode())
    # With -z a line ends with NUL, and so do its parts.
    given = b"\0".join([*lines, b"prepare", b"commit", b""])
    _git(root, "update-ref", "-m", said, "-z", "--stdin", given=given)


# --- the person's own index -----------------------------------------------------------------------


def set_in_index(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Bring just these paths of the index in line; what else is staged stays staged.

    The bytes are those of a commit, so that git has them.
    """
    ids = blob_ids(root, {path: data for path, data in changes.items() if data is not None})
    lines = _index_lines(root, {path: ids.get(path) for path in changes})
    if lines:
        _git(root, "update-index", "-z", "--index-info", given=lines, more=_no_filters(root))


def _no_filters(root: Path) -> dict[str, str]:
    """Return the environment in which no filter of the repository's configuration runs.

    Git looks again at files that were changed in the second in which the index was last written,
    and would call their filters for that. Without them such a file only is looked at once more by
    the person's own next `git status`.
    """
    try:
        listed = _git(root, "config", "-z", "--name-only", "--get-regexp", r"^filter\.")
    except GovkitError:
        return {}  # there is none
    keys = sorted({os.fsdecode(key) for key in listed.split(b"\0") if key})
    said = [(key, "false" if key.endswith(".required") else "") for key in keys]
    numbered = {"GIT_CONFIG_COUNT": str(len(said))}
    for at, (key, value) in enumerate(said):
        numbered |= {f"GIT_CONFIG_KEY_{at}": key, f"GIT_CONFIG_VALUE_{at}": value}
    return numbered


def lock_files(root: Path, refs: Sequence[str]) -> list[Path]:
    """Return where git keeps its locks while it sets these refs or writes the index."""
    clone = clone_of(root)
    assert clone is not None, root
    own = [clone.git / "index.lock", clone.git / "HEAD.lock"]
    return own + [clone.common / f"{name}.lock" for name in refs]
