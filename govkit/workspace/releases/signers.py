"""What is committed, opened to look at it; nothing here asks whether a release may be made."""

from __future__ import annotations

from pathlib import Path

from govkit.errors import GovkitError, WrongUse
from govkit.log.coordination import not_signed_yet
from govkit.log.coordinators import genesis_of
from govkit.store import commit_names, repository
from govkit.store.git_calls import BEGIN_HISTORY
from govkit.workspace.releases.states import CommitState, differing_files, snapshot_of


def read_head(root: Path) -> tuple[CommitState, list[str]]:
    """Return what is committed, and the governed files on disk that differ from it.

    Raises `GovkitError` outside a repository, `WrongUse` where nothing is committed yet or the
    charter can't be read.
    """
    if not repository.is_repository(root):
        raise GovkitError(
            f"{root} is in no git repository, and releases are made from what is committed",
            BEGIN_HISTORY,
        )
    head = commit_names.head(root)
    if head is None:
        raise WrongUse(
            "nothing is committed here yet, and releases are made from what is committed",
            "Commit the texts first: `git add -A`, then `git commit`.",
        )
    state = snapshot_of(root, head)
    require_charter(state)
    return state, differing_files(root, head)


def require_charter(state: CommitState) -> None:
    """Raise `WrongUse` where the charter that is committed can't be read."""
    if state.corpus.charter is None:
        raise WrongUse(
            "the charter that is committed can't be read",
            "`govkit check` says why. Mend it and commit it.",
        )


def founding_waits_for(state: CommitState) -> tuple[str, ...]:
    """Return the first coordinators who have not signed the founding; none while it is forming."""
    genesis = genesis_of(state.corpus)
    return not_signed_yet(genesis) if genesis is not None else ()
