"""What commits hold, by plumbing commands only: files by path, bytes by id, and their sizes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from govkit.errors import GovkitError
from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.clone import clone_of
from govkit.store.git_calls import (
    NOWHERE,
    failed,
    incomplete,
    plain_environment,
    run,
    start,
    started,
)
from govkit.store.temporary import new_folder

LARGEST, LARGEST_OF_ALL = 1 << 27, 1 << 30
"""Bytes of one file of a commit, and of all of them, that are read."""
_KEPT_IN_MIND = 1 << 25
"""Bytes of blobs of a repository that are kept for the next question about them."""


class Blob(NamedTuple):
    """What a commit holds at a path: git's id of the bytes, their number, and what it is.

    `what` is `file` or `link`, as in `worktree.Entry`.
    """

    id: str
    size: int
    what: str


def governed_files(root: Path, commit: str) -> dict[str, Blob]:
    """Return what stands below the governed folders in a commit, given by its full id, by path.

    Paths are relative to `root`, which may be a sub-folder of the repository.
    """
    return dict(_governed_files(root, commit))


@lru_cache(maxsize=8)  # a commit never changes, and a release looks at the same one several times
def _governed_files(root: Path, commit: str) -> Mapping[str, Blob]:
    listed = run(root, "ls-tree", "-r", "-z", "-l", commit, "--", *GOVERNED_FOLDERS)
    found = {}
    for line in listed.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, blob, size = meta.decode("ascii").split()
            if kind == "blob":
                if not size.isdigit():  # git writes BAD for what is not there
                    raise incomplete(root, f"the file {os.fsdecode(path)!r} of {commit[:12]}")
                what = "file" if mode.startswith("100") else "link"
                found[os.fsdecode(path)] = Blob(blob, int(size), what)
    _require_bounded(found)
    return found


def _require_bounded(found: Mapping[str, Blob]) -> None:
    """Raise `GovkitError` where files are so large that reading them could take all memory.

    A few kilobytes in git can be packed gigabytes.
    """
    path, most = max(
        ((path, each.size) for path, each in found.items()),
        key=lambda pair: pair[1],
        default=("", 0),
    )
    if most > LARGEST or sum(each.size for each in found.values()) > LARGEST_OF_ALL:
        raise GovkitError(
            f"the files of this commit are far too large for texts; the largest is {path!r}",
            "Did the repository come from elsewhere? Texts and papers take a few megabytes.",
        )


def paths_changed(root: Path, old: str, new: str) -> list[str]:
    """Return every path of the repository, seen from its top, that differs between two commits."""
    answer = start(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    if answer.returncode:
        raise failed(root, answer)
    return [os.fsdecode(path) for path in answer.stdout.split(b"\0") if path]


def blob_ids(
    root: Path, files: Mapping[str, bytes], committed: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Return the id that git would give to the bytes of each file, without asking git for each.

    A file that differs from what is `committed` at its path by the line ends of Windows alone has
    the committed id: so git lays files out there (`core.autocrlf`), and takes them in again.
    """
    length = id_length(root)
    found = {path: blob_id(data, length) for path, data in files.items()}
    for path, id in found.items():
        known = committed.get(path, id)
        if known != id and b"\r\n" in files[path]:
            found[path] = known if blob_id(with_lf(files[path]), length) == known else id
    return found


def with_lf(data: bytes) -> bytes:
    """Return a text with the line ends that git stores."""
    return data.replace(b"\r\n", b"\n")


def is_as_committed(here: bytes | None, committed: bytes | None) -> bool:
    """Say whether a file in the folder is as it was committed, be it with other line ends."""
    if here is None or committed is None:
        return here is committed
    return here == committed or with_lf(here) == committed


def id_length(root: Path) -> int:
    """Return how many signs an id has in the clone: 40, or 64 where it goes by SHA-256."""
    clone = clone_of(root)
    return 64 if clone is not None and clone.setting("extensions.objectformat") == "sha256" else 40


def blob_bytes(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of blobs by id, from one process. Ask only for blobs of a known size.

    Raises `IncompleteHistory` where one is missing, or is not what its id says.
    """
    wanted = sorted(set(ids))
    # The states of a release have nearly all files in common, and git would be started for each.
    known = _blobs_read(root)
    found = {id: known[id] for id in wanted if id in known}
    found |= _blobs_anew(root, [id for id in wanted if id not in found])
    known |= found
    if sum(map(len, known.values())) > _KEPT_IN_MIND:
        known.clear()
    return {id: found[id] for id in wanted}


@lru_cache(maxsize=8)
def _blobs_read(_root: Path) -> dict[str, bytes]:
    """Return what was read in a repository so far: bytes that are what their id says."""
    return {}


def _blobs_anew(root: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    if not wanted:
        return {}
    answer = start(root, "cat-file", "--batch", given="".join(f"{id}\n" for id in wanted).encode())
    found = dict(parted(answer.stdout))
    for id in wanted:
        # git does not hash again what it reads, so damaged bytes could pass for the words.
        if id not in found or blob_id(found[id], len(id)) != id:
            raise incomplete(root, f"a file of an earlier commit ({id[:12]})")
    return found


def parted(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of an answer, up to the first thing that is none."""
    at = 0
    while (end := answer.find(b"\n", at)) >= 0:
        blob, kind, *size = answer[at:end].decode("ascii", errors="replace").split()
        if kind != "blob":
            return
        start, length = end + 1, int(size[0])
        yield blob, answer[start : start + length]
        at = start + length + 1


def blob_id(data: bytes, length: int) -> str:
    """Return the id that git gives to bytes: 40 signs, or 64 where it goes by SHA-256."""
    digest = hashlib.sha256 if length == 64 else hashlib.sha1
    return digest(b"blob %d\0%s" % (len(data), data)).hexdigest()


def blob_sizes(root: Path, ids: Iterable[str]) -> dict[str, int]:
    """Return the number of bytes of blobs by id, from one process."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    asked = "".join(f"{id}\n" for id in wanted).encode()
    answer = start(root, "cat-file", "--batch-check", given=asked).stdout
    lines = [line.split() for line in answer.decode("ascii", errors="replace").splitlines()]
    found = {line[0]: int(line[2]) for line in lines if line[1:2] == ["blob"]}
    for id in wanted:
        if id not in found:
            raise incomplete(root, f"a file of an earlier commit ({id[:12]})")
    return found


def newest_below(root: Path, commit: str, folder: str) -> tuple[str, str] | None:
    """Return path and git's id of the last file by name in a folder of a commit, or None."""
    listed = start(root, "ls-tree", "-z", "--full-name", commit, "--", f"{folder}/")
    if listed.returncode:
        raise failed(root, listed)
    found = {}
    for line in listed.stdout.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            name = os.fsdecode(path).rsplit("/", 1)[-1]
            if name.endswith(".yaml"):
                # By length first: the numbers have leading zeros only up to six figures.
                found[len(name), name] = meta.decode("ascii").split()[2]
    if not found:
        return None
    newest = max(found)
    return f"{folder}/{newest[1]}", found[newest]


def conflicting(root: Path) -> dict[str, list[str]]:
    """Return git's ids of all sides of each file that a merge could not bring together, by path.

    Paths are relative to `root`; only what stands below the governed folders is returned.
    """
    listed = start(root, "ls-files", "-u", "-z", "--", *GOVERNED_FOLDERS)
    if listed.returncode:
        raise failed(root, listed)
    found: dict[str, list[str]] = {}
    for line in listed.stdout.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            found.setdefault(os.fsdecode(path), []).append(meta.decode("ascii").split()[1])
    return found


def both_changes(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return a text with the changes of both sides, or None where they touch the same lines."""
    with new_folder() as name:
        folder = Path(name)
        for side, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / side).write_bytes(data)
        words = ("merge-file", "-p", "-q", "ours", "base", "theirs")
        answer = started(folder, words, plain_environment() | NOWHERE)
    return answer.stdout if answer.returncode == 0 else None
