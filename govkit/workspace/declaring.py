"""The sheet on which an author declares a change: its digests, its class, and what is asked."""

from __future__ import annotations

from pathlib import Path

from govkit.corpus.changes.declared import sheet_of, spans_of
from govkit.corpus.changes.values import Change, weight
from govkit.errors import WrongUse
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.source.scaffolds import scalar
from govkit.source.validation import nearest
from govkit.source.writing import schema_line
from govkit.workspace.comparison import DECLARATIONS, compare
from govkit.workspace.states import shared_state, state_named, state_of_folder


def declaration_sheet(root: Path, here: Path, asked: str, since: str | None) -> tuple[str, bytes]:
    """Return the path and the bytes of a declaration to fill in for the change of a text.

    The words before are those of `since`, a revision or folder seen from `here`; without one, those
    where this branch left the main one. Raises `WrongUse` where none of its words changed.
    """
    old = shared_state(root) if since is None else state_named(root, here, since)
    changed = {
        each.id: each for each in compare(old, state_of_folder(root, root)).changes.changes
        if each.kind in NORMATIVE_KINDS and each.before != each.after
    }  # fmt: skip
    change = _named(asked.removeprefix("term:"), changed)
    path = f"{DECLARATIONS}{change.id}.yaml"
    sheet = sheet_of(
        change.id, change.before, change.after, max(weight(change.floor), 1), spans_of(change)
    )
    return path, (schema_line(path, "declaration") + sheet).encode()


def _named(asked: str, changed: dict[str, Change]) -> Change:
    by_name = {id.casefold(): id for id in changed}
    id = by_name.get(asked.casefold())
    if id is not None:
        return changed[id]
    near = nearest(asked, list(changed))
    there = f"Changed are: {', '.join(sorted(changed))}." if changed else "No text is changed here."
    raise WrongUse(
        f"no word of {scalar(asked)} that binds is changed",
        (f"Did you mean `{near}`? " if near else "") + f"{there} With --since REV the words before "
        "are those of another state.",
    )
