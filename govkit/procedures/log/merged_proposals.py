"""Two proposals that were opened at once, in two clones, with one number.

Theirs has it, since it was pushed. Mine gets the next one, with all that belongs to it, as long as
nobody can have been told its number. What a member signed, and what came in, speaks of that number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govkit.corpus.record_digests import change_digest
from govkit.procedures.log.filing import with_values
from govkit.proposals.opening import next_proposal
from govkit.records.evidence import Evidence
from govkit.records.governance import Charter
from govkit.records.kinds import CHARTER_PATH, kind_of_path
from govkit.records.log import LogEntry
from govkit.records.proposals import Notice, Proposal, Revision
from govkit.records.record_kind import PROPOSALS
from govkit.source.reading import read_record
from govkit.store import worktree
from govkit.workspace.log_divergence import LogDivergence

_CAME_IN = ("position", "evidence", "comment", "disposition", "correction", "decision")
"""Kinds of entries that only somebody who was told of a proposal can have brought about."""


def clashing(sides: LogDivergence) -> tuple[str, ...]:
    """Return the folders of the proposals that both sides opened under one number."""
    theirs = {each.path: each.digest for each in sides.theirs_log if each.kind == "revision"}
    found = []
    for each in sides.own:
        path = each.entry.path or ""
        first = each.entry.kind == "revision" and path.endswith("/rev-1/revision.yaml")
        if first and theirs.get(path, each.entry.digest) != each.entry.digest:
            found.append(path.removesuffix("/rev-1/revision.yaml"))
    return tuple(dict.fromkeys(found))


def folder_of(path: str | None) -> str:
    """Return the folder of the proposal that a record belongs to; empty for any other."""
    return "/".join(path.split("/")[:3]) if path and path.startswith(f"{PROPOSALS}/") else ""


def told_of(sides: LogDivergence, folder: str) -> str:
    """Return what shows that somebody was told the number of a proposal of mine, or nothing."""
    for each in sides.own:
        entry = each.entry
        if folder_of(entry.path) != folder or entry.countersignature is not None:
            continue
        if entry.kind in _CAME_IN:
            return f"{entry.path} came in about it"
        if entry.kind == "notice":
            notice = _own_record(sides, entry, "notice")
            if isinstance(notice, Notice) and (notice.message_id or notice.kind != "opening"):
                return f"{entry.path} was announced"
    return ""


def bound_to_number(sides: LogDivergence, folder: str) -> str:
    """Return why a proposal of mine can get no other number, or nothing."""
    id = folder.rpartition("/")[2]
    for each in sides.own:
        if each.entry.path == f"{folder}/decision.yaml":
            return f"yours was decided as {id}"
        if each.entry.kind == "proposal" and folder_of(each.entry.path) != folder:
            other = _own_record(sides, each.entry, "proposal")
            if isinstance(other, Proposal) and id in other.alongside:
                return f"your proposal {other.id} stands alongside it, by its number"
    return ""


def next_folder(sides: LogDivergence, folder: str, given: Iterable[str]) -> str:
    """Return the folder with the next number that no side has; `given` are those of this run."""
    every = {*sides.theirs, *sides.mine, *(each.entry.path or "" for each in sides.own)}
    ids = {folder_of(path).rpartition("/")[2] for path in every}
    ids |= {each.rpartition("/")[2] for each in given}
    ids |= set(worktree.names_below(sides.root, PROPOSALS))
    year = int(folder.rpartition("/")[2][:4])
    return f"{PROPOSALS}/{next_proposal(year, ids - {''})}"


def files_below(sides: LogDivergence, folder: str) -> dict[str, bytes]:
    """Return what my side has in the folder of a proposal, by path; marks of a conflict aside."""
    committed = {p: blob for p, blob in sides.mine.items() if p.startswith(f"{folder}/")}
    data = sides.bytes_of(committed.values())
    found = {path: data[blob] for path, blob in committed.items()}
    for path in _names(sides, folder):
        if path not in found and kind_of_path(path) and (here := sides.here(path)) is not None:
            found[path] = here
    return found


def _names(sides: LogDivergence, folder: str) -> Iterator[str]:
    for name in worktree.names_below(sides.root, folder):
        if name.endswith(".yaml"):
            yield f"{folder}/{name}"
        else:
            yield from _names(sides, f"{folder}/{name}")


def signed_under(path: str, data: bytes) -> bool:
    """Say whether a record is what a member signed under the number: it holds for no other."""
    if kind_of_path(path) != "evidence":
        return False
    record = read_record(path, "evidence", data)[0]
    return isinstance(record, Evidence) and record.kind == "sshsig"


def under_new_number(sides: LogDivergence, files: dict[str, bytes], old: str) -> dict[str, bytes]:
    """Return the records of a proposal as they are under its new number.

    `files` are its records by their new paths; `old` is the number that it had. What a revision
    changes is bound to the number, and the words of an announcement name it.
    """
    charter = _charter(sides)
    found = dict(files)
    proposals = [path for path in files if kind_of_path(path) == "proposal"]
    for place in proposals:
        new, folder = place.split("/")[2], place.removesuffix("/proposal.yaml")
        found[place] = with_values(place, files[place], {"id": new})
        before = read_record(place, "proposal", files[place])[0]
        assert isinstance(before, Proposal)
        for path in files:
            if not path.startswith(f"{folder}/"):
                continue
            kind = kind_of_path(path)
            if kind == "notice":
                found[path] = with_values(path, files[path], {"digest": None})
            if kind == "revision":
                then = before.model_copy(update={"id": old})
                change = _change(charter, then, new, path, files[path])
                found[path] = with_values(path, files[path], {"change": change})
    return found


def _change(charter: Charter, old: Proposal, new: str, path: str, data: bytes) -> str:
    """Return the digest of a revision's change under a new number.

    A later revision adds policies behind those that were there: the digest says how many it knew.
    """
    revision = read_record(path, "revision", data)[0]
    assert isinstance(revision, Revision)
    number = int(path.rpartition("/rev-")[2].split("/")[0])
    count = len(old.policies)
    for kept in range(count, -1, -1):
        then = old.model_copy(update={"policies": old.policies[:kept]})
        if change_digest(charter.id, then, number, revision) == revision.change:
            count = kept
            break
    now = old.model_copy(update={"id": new, "policies": old.policies[:count]})
    return change_digest(charter.id, now, number, revision)


def _charter(sides: LogDivergence) -> Charter:
    for data in sides.candidates(CHARTER_PATH):
        record = read_record(CHARTER_PATH, "charter", data)[0]
        if isinstance(record, Charter):
            return record
    raise AssertionError("a proposal was opened without a charter")


def _own_record(sides: LogDivergence, entry: LogEntry, kind: str) -> Any:
    path = entry.path or ""
    for data in sides.candidates(path):
        record = read_record(path, kind, data)[0]
        if record is not None:
            return record
    return None
