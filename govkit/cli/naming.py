"""The files and records that a person names, seen from where they are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from govkit.errors import WrongUse
from govkit.store.worktree import within

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.naming import Meant
    from govkit.workspace import Workspace


def files_named(root: Path, here: Path, typed: str, known: Iterable[str], what: str) -> list[str]:
    """Return those of the known paths that a file is, or a folder holds.

    Raises `WrongUse` where nothing is there, where it lies outside, and where it holds none of
    them; `what` says what they are, in a sentence of help.
    """
    if not os.path.lexists(here / typed):
        raise WrongUse(f"{typed} is not there", "Name a file or a folder that is there.")
    path = within(root, here, typed)
    if path is None:
        raise WrongUse(
            f"{typed} is outside the governed folder {root}",
            "Name files inside it, or name the other folder with -C.",
        )
    below = "" if path == "." else f"{path}/"
    found = [one for one in known if one == path or one.startswith(below)]
    if not found:
        raise WrongUse(f"{typed} is no record, and holds none", what)
    return found


def record_named(
    workspace: Workspace, here: Path, typed: str, *, in_titles: bool = True
) -> Meant[Document]:
    """Return the record that a person names, and the clause and items in it.

    Raises `WrongUse` where it is not there, where several fit, and where the clause is not there.
    """
    from govkit.corpus.naming import hold_part, record_meant

    corpus = workspace.corpus
    path = within(workspace.root, here, typed)
    found = record_meant(typed, corpus.documents, corpus.copies, path, in_titles=in_titles)
    hold_part(found.record, found.part)
    return found
