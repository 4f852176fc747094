"""What git is asked, by plumbing commands only, and by full object ids.

Text from a person or a file never becomes an option: a revision is resolved once, after
`--end-of-options`, and from then on only its object id is passed on. `git_calls` starts git.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from govkit.errors import GovkitError, IncompleteHistory, WrongUse
from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.clone import clone_of, hold_plain
from govkit.store.commits import FORMAT, Commit, parsed
from govkit.store.git_calls import (
    BROKEN,
    FETCH,
    ID,
    NOWHERE,
    failed,
    incomplete,
    no_repository,
    plain_environment,
    run,
    start,
    started,
)
from govkit.store.temporary import new_folder

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
    _hold_plain_rules(clone.top, root)
    answer = start(
        root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--",
        *GOVERNED_FOLDERS,
    )  # fmt: skip
    if answer.returncode:
        # git stumbles over a folder below one that it ignores; what is in there is read like any.
        if b"not superset of prefix" in answer.stderr:
            return frozenset()
        raise failed(root, answer)
    return frozenset(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path)


def _hold_plain_rules(top: Path, root: Path) -> None:
    """Raise `GovkitError` where a `.gitignore` is a pipe or the like: git would wait for it."""
    above = [root, *root.parents]
    folders = above[: above.index(top) + 1] if top in above else above[:1]
    for governed in GOVERNED_FOLDERS:
        folders += [Path(folder) for folder, _, files in os.walk(root / governed)
                    if ".gitignore" in files]  # fmt: skip
    for folder in folders:
        hold_plain(folder / ".gitignore", "Take it away: it can't be one of this project.")


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
        f"`{revision}` names a {kind}, and no commit" if kind
        else f"there is no commit named `{revision}` here",
        "Name a branch, a tag or a commit id. `git log --oneline` lists commits."
        + releases_there(root, revision),
    )  # fmt: skip


def releases_there(root: Path, word: str) -> str:
    """Return a sentence with the releases there are, for a word that looks like one of them."""
    if not re.fullmatch(r"\S*\d+\.\d+\.\d+\S*", word):
        return ""
    tags = [tag.replace("/v", "/") for tag in release_tags(root)]
    return f" Releases here: {', '.join(tags)}." if tags else " There is no release here yet."


def kind_of(root: Path, revision: str) -> str | None:
    """Return what a name stands for, behind all its tags: tree, blob, commit; None for nothing."""
    return _kind(root, named(root, revision))


_RELEASE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/(\d+\.\d+\.\d+(?:-draft\.\d+)?)")


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
    found = named(root, name + "^{commit}")
    if found is None and is_repository(root):
        _hold_whole(root, name)
    return found


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


def _hold_whole(root: Path, name: str) -> None:
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


def is_shallow(root: Path) -> bool:
    """Say whether the clone holds only a part of the history."""
    clone = clone_of(root)
    return clone is not None and clone.is_shallow


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
            "the history of this clone is cut short, so the changes since then are not known",
            FETCH,
        )
    raise WrongUse(
        "HEAD and that commit have no history in common",
        "Name a commit of this repository's own history.",
    )


LARGEST, LARGEST_OF_ALL = 1 << 27, 1 << 30
"""Bytes of one file of a commit, and of all of them, that are read."""


class Blob(NamedTuple):
    """What a commit holds at a path: git's id of the bytes, their number, and what it is.

    `what` is `file` or `link`, as in `worktree.Entry`.
    """

    id: str
    size: int
    what: str


def governed_files(root: Path, commit: str) -> dict[str, Blob]:
    """Return what stands below the governed folders in a commit, by path.

    Paths are relative to `root`, which may be a sub-folder of the repository.
    """
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
    _hold_bounded(found)
    return found


def _hold_bounded(found: Mapping[str, Blob]) -> None:
    """Raise `GovkitError` where files are so large that reading them could take all memory.

    A few kilobytes in git can be packed gigabytes.
    """
    path, most = max(((path, each.size) for path, each in found.items()),
                     key=lambda pair: pair[1], default=("", 0))  # fmt: skip
    if most > LARGEST or sum(each.size for each in found.values()) > LARGEST_OF_ALL:
        raise GovkitError(
            f"the files of this commit are far too large for texts; the largest is {path!r}",
            "Did the repository come from elsewhere? Texts and papers take a few megabytes.",
        )


def blob_ids(
    root: Path, files: Mapping[str, bytes], committed: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Return the id that git would give to the bytes of each file, without asking git for each.

    A file that differs from what is `committed` at its path by the line ends of Windows alone has
    the committed id: so git lays files out there (`core.autocrlf`), and takes them in again.
    """
    length = id_length(root)
    found = {path: _blob_id(data, length) for path, data in files.items()}
    for path, id in found.items():
        known = committed.get(path, id)
        if known != id and b"\r\n" in files[path]:
            found[path] = known if _blob_id(with_lf(files[path]), length) == known else id
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
    if not wanted:
        return {}
    answer = start(root, "cat-file", "--batch", given="".join(f"{id}\n" for id in wanted).encode())
    found = dict(_parted(answer.stdout))
    for id in wanted:
        if id not in found or _blob_id(found[id], len(id)) != id:
            raise incomplete(root, f"a file of an earlier commit ({id[:12]})")
    return found


def _parted(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of an answer, up to the first thing that is none."""
    at = 0
    while (end := answer.find(b"\n", at)) >= 0:
        blob, kind, *size = answer[at:end].decode("ascii", errors="replace").split()
        if kind != "blob":
            return
        start, length = end + 1, int(size[0])
        yield blob, answer[start : start + length]
        at = start + length + 1


def _blob_id(data: bytes, length: int) -> str:
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


def commits(root: Path) -> list[Commit]:
    """Return every commit that HEAD contains, newest first, with the files that it changed.

    A merge is compared with its first parent. Paths are relative to `root`; what lies outside is
    left out. No path is asked for: git is faster without, and leaves no commit out. Empty where
    nothing is committed yet. Raises `GovkitError` outside a repository.
    """
    answer = start(
        root, "-c", "log.showRoot=true", "log", "--raw", "--no-renames", "--no-abbrev", "-z",
        "--diff-merges=first-parent", "--relative", "--no-color", "--no-mailmap",
        "--encoding=UTF-8", f"--format={FORMAT}", "--date=format-local:%Y-%m-%d",
    )  # fmt: skip
    if answer.returncode == 0:
        clone = clone_of(root)
        return parsed(answer.stdout, clone.ends if clone else frozenset())
    if b"does not have any commits yet" in answer.stderr:
        return []
    raise failed(root, answer)


def branch_heads(root: Path, limit: int = 50) -> list[str]:
    """Return the commits at the ends of the newest local and fetched branches."""
    if not is_repository(root):
        return []
    listed = run(
        root, "for-each-ref", f"--count={limit}", "--sort=-committerdate",
        "--format=%(objectname)", "refs/heads", "refs/remotes",
    )  # fmt: skip
    return sorted(set(listed.decode("ascii").split()))


def day_of(root: Path, commit: str) -> str:
    """Return the day of a commit, in UTC, as 2026-03-10."""
    said = run(root, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", commit)
    return said.decode("ascii").strip()


def create(root: Path) -> None:
    """Make the folder a git repository, without a commit and without templates' hooks."""
    words = ("init", "--quiet", "--template=", "--initial-branch=main")
    answer = started(root, words, plain_environment())
    if answer.returncode:
        raise failed(root, answer)


_RELEASE_TAG = re.compile(r"refs/tags/[a-z0-9-]+/v[0-9][A-Za-z0-9.-]*")
_MAIN_LINES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main",
               "refs/remotes/origin/master", "refs/heads/master")  # fmt: skip


def release_tags(root: Path) -> dict[str, str]:
    """Return the releases that HEAD contains, newest first: `provisions/v1.0.0` to commit."""
    all_tags(root)  # with --merged, git leaves out in silence what it can't read
    answer = start(
        root, "for-each-ref", "--sort=-creatordate", "--merged=HEAD",
        "--format=%(refname) %(objectname) %(*objectname)", "refs/tags",
    )  # fmt: skip
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


def _first_of(root: Path, names: Sequence[str]) -> str | None:
    """Return the commit of the first of these refs that is there, from one process."""
    answer = start(root, "for-each-ref", "--format=%(refname) %(objectname)", *names)
    if answer.returncode or b"broken ref" in answer.stderr:
        raise failed(root, answer)
    found = dict(line.split(" ") for line in os.fsdecode(answer.stdout).splitlines())
    return next((found[name] for name in names if name in found), None)


def fetched_line(root: Path) -> str | None:
    """Return the newest commit known of what others pushed, or None where nothing was fetched.

    It is where the branch's own upstream was last seen; without one, the main branch of `origin`.
    Nothing is fetched here.
    """
    if not is_repository(root):
        return None
    theirs = [name for name in _MAIN_LINES if name.startswith("refs/remotes")]
    return named(root, "@{upstream}") or _first_of(root, theirs)


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
                found[len(name), name] = meta.decode("ascii").split()[2]
    if not found:
        return None
    newest = max(found)
    return f"{folder}/{newest[1]}", found[newest]


def setting(root: Path, name: str) -> str | None:
    """Return a value of git's own configuration, as `govkit.member`, or None."""
    answer = start(root, "config", "--get", name)
    said = answer.stdout.decode("utf-8", errors="replace").strip()
    return said if answer.returncode == 0 and said else None


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


def pushed_line(root: Path) -> str | None:
    """Return the commit that counts as known to the others: what was fetched, else local `main`."""
    return fetched_line(root) or _first_of(root, ["refs/heads/main"])


def own_head(root: Path) -> str | None:
    """Return the newest commit of one's own: HEAD, or in the middle of a rebase what is replayed.

    There HEAD is on the others' side already, and says nothing about what one's own began from.
    """
    clone = clone_of(root)
    for name in ("REBASE_HEAD", "CHERRY_PICK_HEAD"):
        if clone is not None and (clone.git / name).is_file():
            return _commit(root, name) or head(root)
    return head(root)


def both_changes(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return a text with the changes of both sides, or None where they touch the same lines."""
    with new_folder() as name:
        folder = Path(name)
        for side, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / side).write_bytes(data)
        words = ("merge-file", "-p", "-q", "ours", "base", "theirs")
        answer = started(folder, words, plain_environment() | NOWHERE)
    return answer.stdout if answer.returncode == 0 else None


def hold_whole(root: Path) -> None:
    """Raise `IncompleteHistory` where anything is missing of the history of any branch or tag."""
    head(root)
    answer = start(root, "rev-list", "--objects", "--quiet", "--all")
    if answer.returncode:
        raise failed(root, answer)
