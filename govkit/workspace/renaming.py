"""A new name for a record or a clause in a folder: whether it may have one, and what that costs.

An id that a decision, a release or the log knows is permanent, and nobody gives it away. What is
only a draft may be renamed; where adopted words name it, that is a change of those words, and the
consent that it needs is told before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govkit.checks.changed_ids import known_ids
from govkit.consent.adoption import adoptions_of
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.documents import Document
from govkit.corpus.free_ids import is_taken
from govkit.corpus.naming import record_meant, require_part
from govkit.corpus.renaming import NewName, Renaming, clauses_of, named_in_process, renaming
from govkit.corpus.whole import corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.proposals.texts import is_adopted
from govkit.records.kinds import NORMATIVE_KINDS, id_space, kind_of_path, slug_of_path
from govkit.store import committed_files, refs
from govkit.workspace import Workspace, read_documents
from govkit.workspace.review import ReviewedChange, reviewed

_CLAUSE = re.compile(r"(?P<id>.+?)(?:\.(?P<dotted>[A-Za-z0-9-]+)|\((?P<in>[A-Za-z0-9-]+)\))")
_SETTLED_BY_RULES = ("adopted-without-decision", "amended-without-act", "translation-stale")
"""What a check says of words that await consent: the cost says it in other words."""


@dataclass(frozen=True)
class PlannedRenaming:
    """What a new name changes, and the adopted texts whose words change by it.

    `after` is the folder as it is then.
    """

    renaming: Renaming
    costs: tuple[ReviewedChange, ...]
    after: Workspace


def name_meant(workspace: Workspace, old: str, new: str, path: str | None = None) -> NewName:
    """Return what a person means by an old and a new name.

    `old` is an id, a slug, a path, or a clause as `MCP-DUE-01.b` or `MCP-DUE-01(b)`; `new` an id or
    slug, or for a clause its letter, with or without the id before it. Raises `WrongUse` where
    there is no such record or clause.
    """
    id, clause = _parted(workspace, old)
    document, part = record_meant(
        id, workspace.corpus.documents, workspace.corpus.copies, path, in_titles=False
    )
    part = (clause,) if clause else part
    if document.record is None:
        raise WrongUse(
            f"{document.path} can't be read", f"Mend it first: `govkit check {document.path}`."
        )
    if not part:
        return NewName(document, document.id, new.rpartition(":")[2])
    if len(part) > 1 or not clauses_of(document):
        raise WrongUse(
            "only records and clauses have a name that can be changed",
            "The letter of an item of a list follows from its place.",
        )
    require_part(document, part)
    found = _CLAUSE.fullmatch(new)
    if found is None:
        return NewName(document, part[0], new, clause=True)
    if found["id"] != document.id:
        raise WrongUse(
            f"{new} is a clause of another text",
            "A clause stays in its text. Write it there anew, and withdraw this one.",
        )
    return NewName(document, part[0], found["dotted"] or found["in"], clause=True)


def _parted(workspace: Workspace, old: str) -> tuple[str, str]:
    """Return the id and the clause in words as `MCP-DUE-01.b`; an id of its own may hold dots."""
    found = _CLAUSE.fullmatch(old)
    if found is None or not found["dotted"] or old.endswith(".yaml"):
        return old, ""
    if any(each.id == old for each in workspace.corpus.documents):
        return old, ""
    return found["id"], found["dotted"]


def planned(workspace: Workspace, name: NewName) -> PlannedRenaming:
    """Return what a new name changes and what consent it costs.

    Raises `WrongUse` where the old name is permanent, or the new one is not free.
    """
    require_not_settled(workspace, name)
    found = renaming(workspace.corpus, workspace.files, name)
    _require_never_given(workspace, name)
    after = _after(workspace, found)
    return PlannedRenaming(found, _costs(workspace, found, after), after)


def _costs(workspace: Workspace, found: Renaming, after: Workspace) -> tuple[ReviewedChange, ...]:
    """Return the adopted texts whose words change, each with the consent that this needs."""
    by_path = workspace.corpus.by_path
    if not any(is_adopted(by_path[file.path]) for file in found.files):
        return ()  # to compare two states takes a second
    changes = changes_between(workspace.corpus, after.corpus)
    name = found.name
    own = {name.id} if name.clause else {name.old, name.new}
    return tuple(
        each
        for each in reviewed(workspace.corpus, after.corpus, changes)
        if each.is_proposal and each.change.id not in own
    )


def new_errors(
    plan: PlannedRenaming, before: tuple[Finding, ...], after: tuple[Finding, ...]
) -> list[Finding]:
    """Return the errors that a new name would bring, but for those that the cost tells."""
    name = plan.renaming.name

    def said(finding: Finding) -> tuple[str, str]:
        return finding.rule, finding.message.replace(name.new, name.old)

    known = {said(finding) for finding in before}
    return [
        finding
        for finding in after
        if finding.level == "error"
        and said(finding) not in known
        and not (plan.costs and finding.rule in _SETTLED_BY_RULES)
    ]


def paths_in_branches(root: Any) -> set[str]:
    """Return the paths of all records that the branches of a clone hold."""
    return {
        path
        for commit in refs.branch_heads(root)
        for path in committed_files.governed_files(root, commit)
        if path.endswith(".yaml")
    }


def require_not_settled(workspace: Workspace, name: NewName) -> None:
    """Raise `WrongUse` where a name is permanent, with the reason and the way out."""
    corpus, document = workspace.corpus, name.document
    what = f"clause {name.old} of {name.id}" if name.clause else name.old
    adoptions = adoptions_of(corpus)
    known = known_ids(corpus, adoptions).get(document.id)
    why = ""
    if document.kind in NORMATIVE_KINDS:
        if known is not None:
            why = f"{document.id} {known.how}"
        elif document.id in adoptions:
            why = f"{document.id} was adopted once ({adoptions[document.id][-1].named})"
        elif document.status != "draft":
            why = f"{document.id} is no draft: its status is `{document.status}`"
        elif name.clause and name.old in _withdrawn(document):
            why = "it was withdrawn, and keeps its id for good"
    process = named_in_process(corpus, name)
    if not why and process:
        more = f", and {len(process) - 1} more" if len(process) > 1 else ""
        why = f"{process[0].path} names it{more}, and is bound to exact words"
    if why:
        raise WrongUse(
            f"{what} keeps its name: {why}",
            "A permanent id is never changed and never given again. Write a new record and "
            "withdraw this one: `superseded_by` leads from one to the other."
            if not name.clause
            else "Write a new clause with a free id, and withdraw this one.",
        )


def _withdrawn(document: Document) -> list[str]:
    record: Any = document.record
    return [
        part.id
        for part in getattr(record, "clauses", ())
        if getattr(part, "withdrawn", None) is not None
    ]


def _require_never_given(workspace: Workspace, name: NewName) -> None:
    """Raise `WrongUse` where another branch, a release or a decision has the new id."""
    if name.clause:
        return
    corpus = workspace.corpus
    adoptions = adoptions_of(corpus)
    kind = name.document.kind or ""
    if kind in NORMATIVE_KINDS and name.new in {*known_ids(corpus, adoptions), *adoptions}:
        raise WrongUse(
            f"{name.new} was given to a text that was adopted or released",
            "An id is given once. Take the next free one: `govkit new` names it.",
        )
    space = id_space(kind)
    elsewhere = {
        slug_of_path(path)
        for path in paths_in_branches(workspace.root)
        if id_space(kind_of_path(path) or "") == space
    }
    if is_taken(name.new, elsewhere) if space == "text" else name.new in elsewhere:
        raise WrongUse(
            f"{name.new} is given on a branch of this clone", "Give an id that is free everywhere."
        )


def _after(workspace: Workspace, found: Renaming) -> Workspace:
    """Return the folder as it is with the new name."""
    gone = {file.path for file in found.files}
    written: Mapping[str, bytes] = {file.new_path: file.after for file in found.files}
    there = workspace.files.keys() | workspace.others.keys()
    for file in found.files:
        taken = [path for path in there if path.casefold() == file.new_path.casefold()]
        if file.new_path != file.path and [path for path in taken if path != file.path]:
            raise WrongUse(f"{file.new_path} is there already", "Move that file away first.")
    files = {path: data for path, data in workspace.files.items() if path not in gone}
    kept = [each for each in workspace.corpus.documents if each.path not in gone]
    corpus = corpus_of([*kept, *read_documents(written.items()), *workspace.corpus.copies])
    return Workspace(workspace.root, {**files, **written}, workspace.others, corpus)
