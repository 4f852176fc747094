"""The words after `diff`: two states and some ids, told apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govkit.errors import IncompleteHistory, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govkit.workspace.states import State


class Asked(NamedTuple):
    """What a person asked for: the names of two states (empty for the usual ones), and ids."""

    old: str
    new: str
    ids: tuple[str, ...]


def asked_for(words: Iterable[str], here: Path, root: Path) -> Asked:
    """Tell states from ids. An id of a record here is an id; the first two other words that name a
    folder (seen from `here`) or a commit are states.
    """
    from govkit.store import repository
    from govkit.store.worktree import list_entries

    known = _ids(entry.path for entry in list_entries(root))
    states: list[str] = []
    ids: list[str] = []
    for word in words:
        bare = word.rpartition(":")[2]
        is_state = not ids and bare not in known and (
            (here / word).is_dir() or repository.is_commit(root, word)
        )  # fmt: skip
        if is_state and len(states) == 2:
            raise WrongUse(
                f"FROM and TO are given already, and `{word}` is one more",
                "Name two states, then the ids of records.",
            )
        (states if is_state else ids).append(word if is_state else bare)
    old, new = [*states, "", ""][:2]
    return Asked(old, new, tuple(ids))


def root_for(words: Iterable[str], here: Path) -> Path:
    """Return the governed folder to work in; where there is none, the first folder that is named.

    Raises `WrongUse` where there is neither.
    """
    from govkit.records.kinds import CHARTER_PATH
    from govkit.store.worktree import find_root, root_above

    folders = [here / word for word in words if (here / word / CHARTER_PATH).is_file()]
    if find_root(here) is None and len(folders) > 1:
        return folders[0].resolve()
    return root_above(here)


def refuse_unknown_ids(ids: Iterable[str], root: Path, *states: State) -> None:
    """Raise `WrongUse` for an id that no file of the states has in its name.

    In a clone whose history is cut short it may be a commit: then `IncompleteHistory`.
    """
    from govkit.source.validation import nearest
    from govkit.store import repository

    known = _ids(path for state in states for path in state.ids)
    for id in ids:
        if id not in known:
            if repository.is_shallow(root):
                raise IncompleteHistory(
                    f"`{id}` is no record here; if it is a commit, it is not in this clone, whose "
                    "history is cut short",
                    "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
                )
            near = nearest(id, sorted(known))
            hint = f"Did you mean `{near}`? " if near else ""
            raise WrongUse(
                f"`{id}` is no commit, no folder, and no record on either side",
                f"{hint}`govkit list` shows all ids, `git log --oneline` commits.",
            )


def _ids(paths: Iterable[str]) -> set[str]:
    from govkit.corpus.ids import id_in_name
    from govkit.records.kinds import slug_of_path

    names = [slug_of_path(path) for path in paths]
    return {*names, *map(id_in_name, names)}
