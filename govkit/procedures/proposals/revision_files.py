"""The files of a revision: whole texts before and after, what the authors say, the adopted words.

Every copy is proved against the digest of its unit before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from govkit.corpus.copies import digest_of_copy, policy_copy_path, read_copy
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.log.amendments import policy_path
from govkit.procedures.log.filing import Filing
from govkit.proposals.texts import ProposedText
from govkit.records.base import Record
from govkit.records.kinds import kind_of_path
from govkit.records.log import EntryKind
from govkit.records.proposals import PolicyAt, Proposal, Revision
from govkit.records.record_kind import PROPOSALS
from govkit.source.record_bytes import record_bytes
from govkit.source.writing import moved_to
from govkit.workspace import Workspace
from govkit.workspace.proposed_changes import ProposedChanges


def folder_of(proposal: str, number: int) -> str:
    """Return the folder of a revision."""
    return f"{PROPOSALS}/{proposal}/rev-{number}"


def filed(path: str, kind: EntryKind, record: Record, was: bytes | None = None) -> Filing:
    """Return the filing of a record, with its entry in the log."""
    return Filing(path, record_bytes(kind, record, path), kind, was=was)


def copies(
    changes: ProposedChanges,
    units: Sequence[ProposedText],
    revision: Revision,
    folder: str,
    both: Mapping[tuple[str, str], bytes],
) -> Iterator[Filing]:
    """Yield the whole texts of a revision. `both` are the texts where another one comes first.

    The keys of `both` are the id of the other proposal and that of the text.
    """
    for each in units:
        if each.before is not None:
            yield _copy(
                changes,
                revision,
                folder,
                "before",
                each.before,
                changes.before(each.before.path),
                each.unit.before,
            )
        if each.after is not None:
            data = (changes.before if each.unit.cause else changes.after)(each.after.path)
            yield _copy(changes, revision, folder, "after", each.after, data, each.unit.after)
        for other in each.unit.alternatives:
            path = f"{folder}/alongside/{other.proposal}/{each.unit.id}.yaml"
            kind = each.document.kind or ""
            data = moved_to(path, kind, both[other.proposal, each.unit.id])
            _prove(changes, path, data, revision, "after", other.after)
            yield Filing(path, data, None)


def _copy(
    changes: ProposedChanges,
    revision: Revision,
    folder: str,
    side: Literal["before", "after"],
    document: Document,
    data: bytes,
    digest: str | None,
) -> Filing:
    path = f"{folder}/{side}/{document.id}.yaml"
    copied = moved_to(path, document.kind or "", data)
    _prove(changes, path, copied, revision, side, digest)
    return Filing(path, copied, None)


def _prove(
    changes: ProposedChanges,
    path: str,
    data: bytes,
    revision: Revision,
    side: Literal["before", "after"],
    digest: str | None,
) -> None:
    copy = read_copy(path, data, changes.now.charter)
    found = digest_of_copy(copy, revision, side)
    assert found == digest, f"{path} has {found}, its unit says {digest}"


def policy_copies(workspace: Workspace, proposal: Proposal) -> Iterator[Filing]:
    """Yield the policies by which a proposal is decided, as it keeps them; not those it has."""
    for each in proposal.policies:
        path = policy_copy_path(proposal.id, each.id)
        if path not in workspace.files and _is_now(workspace, each):
            data = moved_to(path, "policy", workspace.files[policy_path(each.id)])
            yield Filing(path, data, None)


def _is_now(workspace: Workspace, named: PolicyAt) -> bool:
    document = workspace.corpus.by_path.get(policy_path(named.id))
    record = document.record if document else None
    return record is not None and digest_for("policy", record) == named.digest


def declarations(
    changes: ProposedChanges, units: Iterable[ProposedText], folder: str
) -> Iterator[Filing]:
    """Yield what moves the authors' declarations into the folder of the revision."""
    for each in units:
        if each.declared is not None:
            was = changes.workspace.files[each.declared.path]
            path = f"{folder}/changes/{each.unit.id}.yaml"
            yield Filing(path, moved_to(path, "declaration", was), None)
            yield Filing(each.declared.path, None, None, was=was)


def put_back(changes: ProposedChanges, units: Iterable[ProposedText]) -> Iterator[Filing]:
    """Yield what puts the adopted words back where an edit of them stands in the folder.

    The edit is not lost: the proposal has it.
    """
    here = changes.workspace.corpus.by_path
    files = changes.workspace.files
    yield from _terms_put_back(changes, units)
    for each in units:
        if each.before is None or each.unit.cause == f"term:{each.unit.id}":
            continue
        path, adopted = each.before.path, changes.before(each.before.path)
        if files.get(path) != adopted:
            yield Filing(path, adopted, None, was=files.get(path))
        for other, document in here.items():
            same = document.id == each.unit.id and document.kind == each.before.kind
            if same and other != path and other in files:
                yield Filing(other, None, None, was=files[other])


def _terms_put_back(changes: ProposedChanges, units: Iterable[ProposedText]) -> Iterator[Filing]:
    """Yield what puts back a draft term on which adopted texts rest: edited, it would move them."""
    listed = list(units)
    rested_on = {each.unit.cause for each in listed if each.unit.cause is not None}
    for each in listed:
        path = each.document.path
        is_draft_term = each.document.kind == "term" and each.before is None
        if is_draft_term and f"term:{each.unit.id}" in rested_on and path in changes.old:
            yield Filing(path, changes.old[path], None, was=changes.workspace.files.get(path))


def put_in_place(changes: ProposedChanges, units: Iterable[ProposedText]) -> Iterator[Filing]:
    """Yield what puts the words of a revision into the drafts: texts that were never adopted."""
    for each in units:
        if each.before is None and each.after is not None:
            path, data = each.after.path, changes.after(each.after.path)
            kind = kind_of_path(path) or ""
            was = changes.workspace.files.get(path)
            if was != data:
                yield Filing(path, moved_to(path, kind, data), None, was=was)
