"""The sheet on which an author declares a change: its digests, its class, and what is asked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from govkit.corpus.changes.declared import sheet_of, spans_of
from govkit.corpus.changes.values import Change, weight
from govkit.errors import WrongUse
from govkit.proposals.texts import is_adopted
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.source.scaffolds import scalar
from govkit.source.writing import schema_line
from govkit.store.worktree import within
from govkit.workspace.comparison import DECLARATIONS, compare
from govkit.workspace.states import (
    FolderState,
    documents_at,
    shared_state,
    state_named,
    state_of_folder,
)


class DeclarationSheet(NamedTuple):
    """A declaration to fill in: its path, its bytes, and whether the text was adopted before."""

    path: str
    data: bytes
    adopted: bool


def declaration_sheet(root: Path, here: Path, asked: str, since: str | None) -> DeclarationSheet:
    """Return a declaration to fill in for the change of a text, named by its id or its path.

    The words before are those of `since`, a revision or folder seen from `here`; without one, those
    where this branch left the main one. Raises `WrongUse` where none of its words changed.
    """
    old = shared_state(root) if since is None else state_named(root, here, since)
    new = state_of_folder(root, root)
    compared = compare(old, new)
    changed = {
        each.id: each
        for each in compared.changes.changes
        if each.kind in NORMATIVE_KINDS and each.before != each.after
    }
    place = within(root, here, asked)
    by_path = [each.id for each in changed.values() if place in (each.new_path, each.old_path)]
    named = by_path[0] if by_path else asked.removeprefix("term:")
    change = _named(named, place, changed, new)
    path = f"{DECLARATIONS}{change.id}.yaml"
    sheet = sheet_of(
        change.id, change.before, change.after, max(weight(change.floor), 1), spans_of(change)
    )
    return DeclarationSheet(
        path,
        (schema_line(path, "declaration") + sheet).encode(),
        is_adopted(compared.before.find(NORMATIVE_KINDS, change.id)),
    )


def _named(asked: str, place: str | None, changed: dict[str, Change], new: FolderState) -> Change:
    by_name = {id.casefold(): id for id in changed}
    id = by_name.get(asked.casefold())
    if id is not None:
        return changed[id]
    texts = [each for each in documents_at(new, new.ids) if each.kind in NORMATIVE_KINDS]
    if not any(each.id.casefold() == asked.casefold() or each.path == place for each in texts):
        known = sorted({*changed, *(each.id for each in texts)})
        raise WrongUse(
            f"there is no text {asked}",
            typed=asked,
            known=known,
            otherwise="`govkit list` shows the texts.",
        )
    there = f"Changed are: {', '.join(sorted(changed))}." if changed else "No text is changed here."
    raise WrongUse(
        f"no word of {scalar(asked)} that binds is changed",
        f"{there} With --since REV the words before are those of another state.",
        typed=asked,
        known=[*changed],
    )
