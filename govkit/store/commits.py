"""The commits of a repository as values, read from one answer of `git log --raw -z`.

The line of a branch is its chain of first parents: a merge is then one step, which holds all that
came in with it. Nothing here calls git.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

FORMAT = "%x01%H%x00%P%x00%cd%x00%an%x00%s"
"""What `git log --format` has to print for each commit; `%cd` as a day in UTC."""

_FIELDS = 5


class FileChange(NamedTuple):
    """A file that a commit changed, against its first parent.

    `old` and `new` are git's ids of the bytes, None where there is no regular file on that side.
    """

    path: str
    old: str | None
    new: str | None


class Commit(NamedTuple):
    """A commit. `day` is that of its committer, in UTC, as 2026-03-10.

    `is_cut` says that the clone ends here: the commit has parents that are not known, and all its
    files look new.
    """

    id: str
    parents: tuple[str, ...]
    day: str
    author: str
    subject: str
    files: tuple[FileChange, ...]
    is_cut: bool = False


def parsed(answer: bytes, cut: frozenset[str]) -> list[Commit]:
    """Return the commits of an answer of `git log`, newest first; `cut` are the ids at which the
    clone ends.

    Every field is taken by its place, so no name, path or message can pass for another field.
    What is not UTF-8 keeps its bytes, as `os.fsdecode` does it.
    """
    pieces = answer.split(b"\0")
    found = []
    at = 0
    while at + _FIELDS <= len(pieces):
        # Git gives words in UTF-8, whatever locale this machine has for its paths.
        fields = (piece.decode("utf-8", "surrogateescape") for piece in pieces[at : at + _FIELDS])
        id, parents, day, author, subject = fields
        at += _FIELDS
        files = []
        while at + 1 < len(pieces) and pieces[at].lstrip(b"\n").startswith(b":"):
            files.append(_file(pieces[at], pieces[at + 1]))
            at += 2
        id = id[1:]
        found.append(
            Commit(id, tuple(parents.split()), day, author, subject, tuple(files), id in cut)
        )
    return found


def _file(meta: bytes, path: bytes) -> FileChange:
    old_mode, new_mode, old, new, _ = meta.lstrip(b"\n").decode("ascii").split()
    return FileChange(
        os.fsdecode(path),
        old if old_mode.startswith(":100") else None,
        # Links (120000) and submodules (160000) are no files: nothing of them is ever read.
        new if new_mode.startswith("100") else None,
    )


def main_line(commits: Sequence[Commit]) -> list[Commit]:
    """Return the chain of first parents from the newest commit, newest first."""
    by_id = {commit.id: commit for commit in commits}
    line = []
    here = commits[0] if commits else None
    while here is not None:
        line.append(here)
        here = by_id.get(here.parents[0]) if here.parents else None
    return line


def brought_in(commits: Sequence[Commit], line: Sequence[Commit]) -> dict[str, list[Commit]]:
    """Return for each merge of the line the commits that came in with it, oldest first.

    Merges among them are left out: what they changed stands in other commits.
    """
    by_id = {commit.id: commit for commit in commits}
    age = {commit.id: -at for at, commit in enumerate(commits)}
    seen = {commit.id for commit in line}
    found = {}
    for merge in reversed(line):
        if len(merge.parents) > 1:
            side = list(_reached(merge.parents[1:], by_id, seen))
            side.sort(key=lambda commit: age[commit.id])
            found[merge.id] = [commit for commit in side if len(commit.parents) < 2]
    return found


def _reached(starts: Sequence[str], by_id: dict[str, Commit], seen: set[str]) -> Iterator[Commit]:
    """Yield what can be reached and was not seen before, and count it as seen."""
    waiting = list(starts)
    while waiting:
        id = waiting.pop()
        if id not in seen and id in by_id:
            seen.add(id)
            yield by_id[id]
            waiting.extend(by_id[id].parents)


def first_holders(
    commits: Sequence[Commit], line: Sequence[Commit], tags: Sequence[tuple[str, str]]
) -> list[str | None]:
    """Return for each commit of the line the first tag that holds it, or None.

    `tags` are names with the full ids of their commits, newest first. Where several were set on
    the same step of the line, the one that was made first counts.
    """
    by_id = {commit.id: commit for commit in commits}
    place = {commit.id: at for at, commit in enumerate(line)}
    first: list[str | None] = [None] * len(line)
    reached = [(_place_of(tag, by_id, place), name) for name, tag in tags]
    # Older tags write over newer ones, from the oldest step that they reach downwards.
    for at, name in sorted(reached, key=lambda pair: pair[0]):
        for below in range(at, len(line)):
            first[below] = name
    return first


def _place_of(tag: str, by_id: dict[str, Commit], place: dict[str, int]) -> int:
    """Return the newest place of the line that a tag holds; past its end where there is none."""
    seen: set[str] = set()
    waiting, best = [tag], len(place)
    while waiting:
        id = waiting.pop()
        if id in place:
            best = min(best, place[id])
        elif id in by_id and id not in seen:
            seen.add(id)
            waiting.extend(by_id[id].parents)
    return best
