"""Every call of git. Plumbing commands only, with a fixed environment and full object ids.

Text from a person or a file never becomes an option: a revision is resolved once, after
`--end-of-options`, and from then on only its object id is passed on. Nothing here fetches, runs
hooks, or starts a program that a repository names. GitPython runs the commands; `ignored_paths`,
all that a plain check needs, starts git by itself so that GitPython is not imported.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from govkit.errors import GovkitError, IncompleteHistory, WrongUse
from govkit.records.kinds import GOVERNED_FOLDERS
from govkit.store.commits import FORMAT, Commit, parsed

TIMEOUT = 60
"""Seconds after which a git command is ended."""

_SAFE = (
    "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never",
    "-c", "log.showSignature=false",
    "-c", "core.quotePath=false",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "TZ": "UTC",
}
_LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _LOCATIONS}
    return kept | _ENVIRONMENT


def _start(
    root: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    """Run git without GitPython; the caller looks at the return code.

    `more` are variables of the environment beside those that every call has.
    """
    try:
        return subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=root, env=_environment() | dict(more), input=given, capture_output=True,
            timeout=TIMEOUT, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise GovkitError("git is not installed", "Install git, then try again.") from None
    except subprocess.TimeoutExpired:
        raise GovkitError(
            f"git did not answer within {TIMEOUT} seconds", "Is the disk there? Try again."
        ) from None


def _run(root: Path, *arguments: str) -> bytes:
    """Run a git command through GitPython; its failure is git's own sentence and the remedy."""
    import git

    command = git.Git(str(root))
    try:
        output: Any = command.execute(
            ["git", *_SAFE, *arguments], stdout_as_string=False, strip_newline_in_stdout=False,
            kill_after_timeout=TIMEOUT, env=_environment(),
        )  # fmt: skip
    except git.GitCommandNotFound:
        raise GovkitError("git is not installed", "Install git, then try again.") from None
    except git.GitCommandError as error:
        raise _said_by_git(str(error.stderr)) from None
    return bytes(output)


def _said_by_git(stderr: str) -> GovkitError:
    said = stderr.strip().removeprefix("stderr:").strip(" '\n")
    if "dubious ownership" in said:
        return GovkitError(
            "git does not trust this folder, since it belongs to another user of the machine",
            "If you trust it, run: git config --global --add safe.directory <this folder>",
        )
    sentence = said.splitlines()[0].removeprefix("fatal: ") if said else "git failed"
    return GovkitError(f"git says: {sentence}", "Run `git status` in the folder to see more.")


def is_repository(root: Path) -> bool:
    """Say whether the folder is in the work tree of a git repository."""
    return _start(root, "rev-parse", "--is-inside-work-tree").stdout.strip() == b"true"


def ignored_paths(root: Path) -> frozenset[str]:
    """Return what git ignores and does not track, relative to `root`; folders end with `/`.

    Empty where the folder is in no repository, or below a folder that git ignores.
    """
    answer = _start(
        root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--",
        *GOVERNED_FOLDERS,
    )  # fmt: skip
    if answer.returncode:
        said = answer.stderr.decode(errors="replace")
        # git stumbles over a folder below one that it ignores; what is in there is read like any.
        if "not a git repository" in said or "not superset of prefix" in said:
            return frozenset()
        raise _said_by_git(said)
    return frozenset(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path)


def resolve(root: Path, revision: str) -> str:
    """Return the full id of the commit that a person names; unknown names are `WrongUse`."""
    answer = _start(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
    )
    found = answer.stdout.decode("ascii", errors="replace").strip()
    if answer.returncode or not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found):
        said = answer.stderr.decode(errors="replace")
        if "dubious ownership" in said or "not a git repository" in said:
            raise _said_by_git(said)
        if is_shallow(root):
            raise IncompleteHistory(
                f"the commit `{revision}` is not in this clone, whose history is cut short",
                "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
            )
        raise WrongUse(
            f"there is no commit named `{revision}` here",
            "Name a branch, a tag or a commit id. `git log --oneline` lists commits.",
        )
    return found


def is_commit(root: Path, word: str) -> bool:
    """Say whether a word of a person names a commit."""
    answer = _start(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", word + "^{commit}"
    )
    return answer.returncode == 0


def is_shallow(root: Path) -> bool:
    """Say whether the clone holds only a part of the history."""
    return _start(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def merge_base(root: Path, commit: str, own: str | None = None) -> str:
    """Return the last commit that `commit` and `own` (full ids; default HEAD) have in common."""
    answer = _start(root, "merge-base", own or resolve(root, "HEAD"), commit)
    found = answer.stdout.decode("ascii", errors="replace").strip()
    if answer.returncode == 0 and found:
        return found
    if is_shallow(root):
        raise IncompleteHistory(
            "the history of this clone is cut short, so the changes since then are not known",
            "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
        )
    raise WrongUse(
        "HEAD and that commit have no history in common",
        "Name a commit of this repository's own history.",
    )


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
    listed = _run(root, "ls-tree", "-r", "-z", "-l", commit, "--", *GOVERNED_FOLDERS)
    found = {}
    for line in listed.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            mode, kind, blob, size = meta.decode("ascii").split()
            if kind == "blob":
                what = "file" if mode.startswith("100") else "link"
                found[os.fsdecode(path)] = Blob(blob, int(size), what)
    return found


def blob_ids(root: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the id that git would give to the bytes of each file, without asking git for each."""
    said = _start(root, "rev-parse", "--show-object-format").stdout.strip()
    digest = hashlib.sha256 if said == b"sha256" else hashlib.sha1
    return {
        path: digest(b"blob %d\0%s" % (len(data), data)).hexdigest() for path, data in files.items()
    }


def blob_bytes(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of blobs by id, from one process. Ask only for blobs of a known size."""
    asked = "".join(f"{blob}\n" for blob in sorted(set(ids)))
    if not asked:
        return {}
    return _parted(_start(root, "cat-file", "--batch", given=asked.encode()).stdout)


def _parted(answer: bytes) -> dict[str, bytes]:
    found, at = {}, 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        blob, kind, *size = answer[at:end].decode("ascii").split()
        if kind != "blob":
            raise _missing_blob()
        start, length = end + 1, int(size[0])
        found[blob] = answer[start : start + length]
        at = start + length + 1
    return found


def _missing_blob() -> IncompleteHistory:
    return IncompleteHistory(
        "a file of an earlier commit is not in this clone",
        "Fetch it: `git fetch --unshallow`, or clone without a filter.",
    )


def blob_sizes(root: Path, ids: Iterable[str]) -> dict[str, int]:
    """Return the number of bytes of blobs by id, from one process."""
    asked = "".join(f"{blob}\n" for blob in sorted(set(ids)))
    if not asked:
        return {}
    answer = _start(root, "cat-file", "--batch-check", given=asked.encode()).stdout
    found = {}
    for line in answer.decode("ascii").splitlines():
        blob, kind, *size = line.split()
        if kind != "blob":
            raise _missing_blob()
        found[blob] = int(size[0])
    return found


def commits(root: Path) -> list[Commit]:
    """Return every commit that HEAD contains, newest first, with the files that it changed.

    A merge is compared with its first parent. Paths are relative to `root`; what lies outside is
    left out. No path is asked for: git is faster without, and leaves no commit out. Empty where
    nothing is committed yet. Raises `GovkitError` outside a repository.
    """
    answer = _start(
        root, "-c", "log.showRoot=true", "log", "--raw", "--no-renames", "--no-abbrev", "-z",
        "--diff-merges=first-parent", "--relative", "--no-color", "--no-mailmap",
        "--encoding=UTF-8", f"--format={FORMAT}", "--date=format-local:%Y-%m-%d",
    )  # fmt: skip
    if answer.returncode == 0:
        return parsed(answer.stdout, _ends_of_clone(root))
    said = answer.stderr.decode(errors="replace")
    if "does not have any commits yet" in said:
        return []
    if "not a git repository" in said:
        raise GovkitError(
            f"{root} is in no git repository, so nothing is known of its history",
            "Go to a clone of the repository, or begin one: `git init`.",
        )
    raise _said_by_git(said)


def _ends_of_clone(root: Path) -> frozenset[str]:
    """Return the commits whose parents a shallow clone leaves out."""
    path = os.fsdecode(_start(root, "rev-parse", "--git-path", "shallow").stdout.rstrip(b"\n"))
    file = root / path
    return frozenset(file.read_text(encoding="ascii").split()) if file.is_file() else frozenset()


def branch_heads(root: Path, limit: int = 50) -> list[str]:
    """Return the commits at the ends of the newest local and fetched branches."""
    if not is_repository(root):
        return []
    listed = _run(
        root, "for-each-ref", f"--count={limit}", "--sort=-committerdate",
        "--format=%(objectname)", "refs/heads", "refs/remotes",
    )  # fmt: skip
    return sorted(set(listed.decode("ascii").split()))


def head(root: Path) -> str | None:
    """Return the id of the commit that is checked out, or None where there is none."""
    answer = _start(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return answer.stdout.decode("ascii").strip() if answer.returncode == 0 else None


def day_of(root: Path, commit: str) -> str:
    """Return the day of a commit, in UTC, as 2026-03-10."""
    said = _run(root, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", commit)
    return said.decode("ascii").strip()


def create(root: Path) -> None:
    """Make the folder a git repository, without a commit and without templates' hooks."""
    _run(root, "init", "--quiet", "--template=", "--initial-branch=main")


_RELEASE_TAG = re.compile(r"refs/tags/[a-z0-9-]+/v[0-9][A-Za-z0-9.-]*")
_MAIN_LINES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main",
               "refs/remotes/origin/master", "refs/heads/master")  # fmt: skip


def release_tags(root: Path) -> dict[str, str]:
    """Return the releases that HEAD contains, newest first: `provisions/v1.0.0` to commit."""
    listed = _run(
        root, "for-each-ref", "--sort=-creatordate", "--merged=HEAD",
        "--format=%(refname) %(objectname) %(*objectname)", "refs/tags",
    )  # fmt: skip
    found = {}
    for line in os.fsdecode(listed).splitlines():
        name, commit, *peeled = line.split()
        if _RELEASE_TAG.fullmatch(name):
            found[name.removeprefix("refs/tags/")] = peeled[0] if peeled else commit
    return found


def last_release(root: Path) -> str | None:
    """Return the commit of the newest release that HEAD contains, or None."""
    return next(iter(release_tags(root).values()), None)


def main_line(root: Path) -> str | None:
    """Return the newest known commit of the main branch, or None where there is none."""
    for name in _MAIN_LINES:
        answer = _start(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if answer.returncode == 0:
            return answer.stdout.decode("ascii").strip()
    return None


def fetched_line(root: Path) -> str | None:
    """Return the newest commit known of what others pushed, or None where nothing was fetched.

    It is where the branch's own upstream was last seen; without one, the main branch of `origin`.
    Nothing is fetched here.
    """
    for name in ("@{upstream}", *(name for name in _MAIN_LINES if name.startswith("refs/remotes"))):
        answer = _start(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if answer.returncode == 0:
            return answer.stdout.decode("ascii").strip()
    return None


def newest_below(root: Path, commit: str, folder: str) -> tuple[str, str] | None:
    """Return path and git's id of the last file by name in a folder of a commit, or None."""
    listed = _start(root, "ls-tree", "-z", "--full-name", commit, "--", f"{folder}/")
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
    answer = _start(root, "config", "--get", name)
    said = answer.stdout.decode("utf-8", errors="replace").strip()
    return said if answer.returncode == 0 and said else None


def conflicting(root: Path) -> dict[str, list[str]]:
    """Return git's ids of all sides of each file that a merge could not bring together, by path.

    Paths are relative to `root`; only what stands below the governed folders is returned.
    """
    listed = _start(root, "ls-files", "-u", "-z", "--", *GOVERNED_FOLDERS)
    found: dict[str, list[str]] = {}
    for line in listed.stdout.split(b"\0"):
        if line:
            meta, path = line.split(b"\t", 1)
            found.setdefault(os.fsdecode(path), []).append(meta.decode("ascii").split()[1])
    return found


def pushed_line(root: Path) -> str | None:
    """Return the commit that counts as known to the others: what was fetched, else local `main`."""
    fetched = fetched_line(root)
    if fetched is not None:
        return fetched
    answer = _start(root, "rev-parse", "--verify", "--quiet", "refs/heads/main^{commit}")
    return answer.stdout.decode("ascii").strip() if answer.returncode == 0 else None


def own_head(root: Path) -> str | None:
    """Return the newest commit of one's own: HEAD, or in the middle of a rebase what is replayed.

    There HEAD is on the others' side already, and says nothing about what one's own began from.
    """
    for name in ("REBASE_HEAD", "CHERRY_PICK_HEAD"):
        answer = _start(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if answer.returncode == 0:
            return answer.stdout.decode("ascii").strip()
    return head(root)


def both_changes(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return a text with the changes of both sides, or None where they touch the same lines."""
    with tempfile.TemporaryDirectory(prefix="govkit-") as name:
        folder = Path(name)
        for side, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / side).write_bytes(data)
        answer = _start(folder, "merge-file", "-p", "-q", "ours", "base", "theirs")
    return answer.stdout if answer.returncode == 0 else None
