"""An archive of terms as Open Terms Archive keeps it: which commit is a version of which terms.

Each version is a commit that changes one file, `<service>/<type of terms>.md`. Its subject says
why: the platform changed its terms, or the archive reads the page in another way. The second is
never a change of the platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

UpstreamKind = Literal["first", "real", "technical", "unknown"]
"""Why an archive recorded a version: the first one, other terms, another way to read the page."""

_KINDS: tuple[tuple[str, UpstreamKind], ...] = (
    ("Apply technical or declaration upgrade on ", "technical"),
    ("Refilter ", "technical"),
    ("First record of ", "first"),
    ("Start tracking ", "first"),
    ("Record new changes of ", "real"),
    ("Update ", "real"),
)
"""How a subject begins, since 2020; the words changed in 2023, and old commits keep theirs."""
_ENDING = ".md"


class _Changed(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def new(self) -> str | None: ...


class _Recorded(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def files(self) -> Sequence[_Changed]: ...


class ArchiveVersion(NamedTuple):
    """A version of the terms of a service. `day` is as 2026-03-10, `blob` git's id of its bytes."""

    service: str
    type: str
    path: str
    commit: str
    day: str
    kind: UpstreamKind
    blob: str


def kind_of_subject(subject: str) -> UpstreamKind:
    """Return why a version was recorded, by the subject of its commit."""
    return next((kind for begins, kind in _KINDS if subject.startswith(begins)), "unknown")


def terms_at(path: str) -> tuple[str, str] | None:
    """Return the service and the type of terms that a path of an archive names, or None."""
    service, slash, name = path.partition("/")
    if not slash or "/" in name or not name.endswith(_ENDING) or not path.isprintable():
        return None
    type_ = name.removesuffix(_ENDING)
    return (service, type_) if service.strip() and type_.strip() else None


def versions_in(commits: Iterable[_Recorded]) -> tuple[ArchiveVersion, ...]:
    """Return every version that the commits of an archive recorded, the oldest first.

    `commits` are the newest first, as git lists them. Links and submodules are no versions.
    """
    found = []
    for commit in commits:
        for file in commit.files:
            named = terms_at(file.path)
            if named and file.new:
                kind = kind_of_subject(commit.subject)
                found.append(
                    ArchiveVersion(*named, file.path, commit.id, commit.day, kind, file.new)
                )
    return tuple(reversed(found))


def as_of(versions: Iterable[ArchiveVersion], day: str) -> dict[tuple[str, str], ArchiveVersion]:
    """Return the version of each terms that stood on a day, by service and type."""
    return {(each.service, each.type): each for each in versions if each.day <= day}


def between(
    versions: Iterable[ArchiveVersion], path: str, old: str, new: str
) -> tuple[ArchiveVersion, ...]:
    """Return the versions of a file after one commit up to another, the oldest first."""
    row = [each for each in versions if each.path == path]
    ids = [each.commit for each in row]
    start = ids.index(old) + 1 if old in ids else 0
    end = ids.index(new) + 1 if new in ids else len(ids)
    return tuple(row[start:end])
