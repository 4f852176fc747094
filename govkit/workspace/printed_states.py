"""The state that a file was printed from, as the file itself names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.errors import GovkitError
from govkit.records.kinds import TEXT_KINDS
from govkit.store import commit_names, refs
from govkit.store.repository import is_repository
from govkit.workspace import Workspace
from govkit.workspace.states import documents_at, state_of_commit

PRINTED = (*TEXT_KINDS, "instrument", "term")
_COMMIT = 40


class PrintedState(NamedTuple):
    """The records that a file was printed from. `name` is the release or commit, empty for the
    folder as it stands; `missed` is the one that the file names and that is not here.
    """

    documents: Sequence[Document]
    name: str = ""
    missed: str = ""


def printed_records(workspace: Workspace) -> tuple[Document, ...]:
    """Return the records of a folder that are printed in books."""
    return tuple(each for each in workspace.corpus.of_kind(*PRINTED) if each.record is not None)


def printed_state(workspace: Workspace, properties: Mapping[str, str]) -> PrintedState:
    """Return the state that a file names in its properties (docs/word-format.md).

    Where it names none, or one that is not here, that is the folder as it stands.
    """
    here = printed_records(workspace)
    named = properties.get("govkit-release", "")
    if not named or not is_repository(workspace.root):
        return PrintedState(here, "", named)
    try:
        commit = _commit(workspace, named, properties.get("govkit-instrument", ""))
        if commit is None:
            return PrintedState(here, "", named)
        state = state_of_commit(workspace.root, commit)
    except GovkitError:
        return PrintedState(here, "", named)
    documents = [
        each
        for each in documents_at(state, state.ids)
        if each.kind in PRINTED and each.record is not None
    ]
    return PrintedState(documents, named)


def _commit(workspace: Workspace, named: str, book: str) -> str | None:
    """Return the commit of a release or a commit that is named, None where there is none here."""
    if len(named) == _COMMIT and set(named) <= set("0123456789abcdef"):
        known = commit_names.is_commit(workspace.root, named)
        return commit_names.resolve(workspace.root, named) if known else None
    tags = refs.release_tags(workspace.root)
    fits = [
        tag
        for tag in tags
        if tag == named or tag.endswith((f"/{named}", f"-{named}", f"/v{named}"))
    ]
    of_book = [tag for tag in fits if book.removeprefix("INS-") in tag]
    chosen = of_book or fits
    return tags[chosen[0]] if len(chosen) == 1 else None
