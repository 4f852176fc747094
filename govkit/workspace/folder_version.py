"""A name for what a folder holds now and which commit it rests on: another one after each edit."""

from __future__ import annotations

from pathlib import Path

from govkit.errors import GovkitError
from govkit.store import commit_names
from govkit.store.folder_stamp import folder_stamp
from govkit.workspace.states import FolderState, state_of_commit


def folder_version(root: Path) -> str:
    """Return the name, without reading a record."""
    return f"{folder_stamp(root)}-{_head(root) or 'none'}"


def last_commit(root: Path) -> FolderState | None:
    """Return the state of the commit that is checked out, or None where there is none to read."""
    head = _head(root)
    return state_of_commit(root, head) if head else None


def _head(root: Path) -> str | None:
    try:
        return commit_names.head(root)
    except GovkitError:
        return None  # a clone that is not whole has texts all the same
