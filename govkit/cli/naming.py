"""The files and records that a person names, seen from where they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


@contextmanager
def one_record(here: Path, typed: str) -> Iterator[None]:
    """Say of a folder that it is one, and what is in it, where no record is named."""
    from govkit.corpus.naming import NoSuchRecord

    try:
        yield
    except NoSuchRecord:
        if not typed or not os.path.isdir(here / typed):  # noqa: PTH112 - a name that is too long is none
            raise
        there = sorted(each.name for each in (here / typed).iterdir() if each.name[0] != ".")
        more = f" and {len(there) - _MOST:,} more" if len(there) > _MOST else ""
        raise WrongUse(
            f"{typed} is a folder, and one record is asked for",
            f"In it: {', '.join(there[:_MOST]) or 'nothing'}{more}. `govkit list` shows all "
            f"records, and `govkit check {typed}` looks at these.",
        ) from None


_MOST = 8
"""Names in a folder that are listed."""


def record_named(
    workspace: Workspace, here: Path, typed: str, *, in_titles: bool = True
) -> Meant[Document]:
    """Return the record that a person names, and the clause and items in it.

    Raises `WrongUse` where it is not there, where several fit, and where the clause is not there.
    """
    from govkit.corpus.naming import record_meant, require_part

    corpus = workspace.corpus
    path = within(workspace.root, here, typed)
    with one_record(here, typed):
        found = record_meant(typed, corpus.documents, corpus.copies, path, in_titles=in_titles)
    require_part(found.record, found.part)
    return found
