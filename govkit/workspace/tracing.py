"""Where the file of one record may have lain: told from names, and from renames among commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.corpus.ids import id_in_name
from govkit.records.kinds import (
    CHARTER_PATH,
    NORMATIVE_KINDS,
    TEXT_KINDS,
    kind_of_path,
    slug_of_path,
)
from govkit.store.commits import Commit
from govkit.workspace.naming import RecordName, name_of, records_among


class RecordPaths(NamedTuple):
    """The paths at which a record may have lain.

    The names of `sure` paths hold its id. At a `likely` path it lay only if the id inside says so.
    `now` are those of both where the work folder has a file. At `declared` paths authors declared
    something about its changes; `declared_now` are those in the work folder.
    """

    sure: frozenset[str]
    likely: frozenset[str]
    now: tuple[str, ...]
    declared: frozenset[str]
    declared_now: tuple[str, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Return all of them."""
        return self.sure | self.likely


def traces_of(name: RecordName, line: Sequence[Commit], now: Sequence[str]) -> RecordPaths:
    """Return the paths of a record; `line` are commits, newest first, `now` the paths that are."""
    has_it = _named(name)
    ever = {file.path for commit in line for file in commit.files}
    sure = frozenset(
        filter(
            has_it,
            records_among(
                path for path in (*ever, *now) if name.id in path or name.kind == "charter"
            ),
        )
    )
    likely = frozenset(_likely(name, line, ever, sure))
    declared = frozenset(_declared(name, (*ever, *now)))
    return RecordPaths(
        sure,
        likely,
        tuple(path for path in now if path in sure or path in likely),
        declared,
        tuple(path for path in now if path in declared),
    )


def _declared(name: RecordName, paths: Iterable[str]) -> Iterator[str]:
    """Yield the files of declarations about a record, wherever a proposal moved them."""
    if name.kind in NORMATIVE_KINDS:
        for path in paths:
            if path.endswith(f"/changes/{name.id}.yaml") and kind_of_path(path) == "declaration":
                yield path


def _named(name: RecordName) -> Callable[[str], bool]:
    """Return what says whether a path has the record's id in its name."""
    if name.kind == "charter":
        return lambda path: path == CHARTER_PATH
    if name.kind == "instrument":
        return lambda path: False
    if name.kind not in TEXT_KINDS:
        return lambda path: name_of(path) == name

    def is_text(path: str) -> bool:
        words = slug_of_path(path)
        is_named = id_in_name(words) == name.id or f"{words}-".startswith(f"{name.id}-")
        return is_named and kind_of_path(path) in TEXT_KINDS

    return is_text


def _likely(
    name: RecordName, line: Sequence[Commit], ever: Iterable[str], sure: frozenset[str]
) -> Iterator[str]:
    """Yield paths without the id: of books all, of texts what went when the text's file came."""
    if name.kind == "instrument":
        yield from records_among(path for path in ever if path.endswith("/instrument.yaml"))
    if name.kind in TEXT_KINDS:
        yield from _renamed(line, set(sure))


def _renamed(line: Sequence[Commit], known: set[str]) -> Iterator[str]:
    """Yield what a commit took away when it put a known file in, newest first.

    Where the bytes are the same it is a rename beyond doubt, and is followed further back.
    """
    for commit in line:
        came = {file.new for file in commit.files if file.path in known and file.old is None}
        gone = {file.path: file.old for file in commit.files if file.new is None and file.old}
        if came and not known & gone.keys():
            for path in records_among(gone):
                if kind_of_path(path) in TEXT_KINDS:
                    yield path
                    if gone[path] in came:
                        known.add(path)
