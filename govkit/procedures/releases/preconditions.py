"""Whether a release can be made here at all: the repository, the branch, what is committed."""

from __future__ import annotations

from pathlib import Path

from govkit.errors import GovkitError, IncompleteHistory, WrongUse
from govkit.release.manifest import ReleaseName
from govkit.store import commit_names, objects, repository
from govkit.store.git_calls import BEGIN_HISTORY
from govkit.workspace.releases.states import differing_files

MAIN = "main"
"""The branch on which releases are made where nobody names another."""

_HEADS = "refs/heads/"


def require_repository(root: Path, branch: str = MAIN) -> str:
    """Return the commit that is checked out, where releases can be made from it.

    Raises `WrongUse` for another branch or none, or where git does not know the person;
    `GovkitError` outside a repository; `IncompleteHistory` in a shallow clone.
    """
    if not repository.is_repository(root):
        raise GovkitError(
            f"{root} is in no git repository, and a release is a commit and a tag",
            f"{BEGIN_HISTORY} Nothing was changed.",
        )
    here = objects.branch(root)
    if here is None:
        raise WrongUse(
            f"no branch is checked out (HEAD is detached), and releases are made on `{branch}`",
            f"Go there: `git switch {branch}`. Nothing was changed.",
        )
    if here != f"{_HEADS}{branch}":
        raise WrongUse(
            f"the branch `{here.removeprefix(_HEADS)}` is checked out, and releases are made on "
            f"`{branch}`",
            f"Go there: `git switch {branch}`. If your main branch has another name: --branch "
            f"{here.removeprefix(_HEADS)}. Nothing was changed.",
        )
    head = commit_names.head(root)
    if head is None:
        raise WrongUse(
            "nothing is committed here yet, and a release is made from what is committed",
            "Commit the texts first: `git add -A`, then `git commit`.",
        )
    if repository.is_shallow(root):
        raise IncompleteHistory(
            "the history of this clone is cut short, so earlier releases can't be known for sure",
            "Fetch the rest: `git fetch --unshallow --tags`. Nothing was changed.",
        )
    objects.person(root)
    return head


def require_committed(root: Path, commit: str, name: ReleaseName) -> None:
    """Raise `WrongUse` where governed files differ from a commit; files of other releases may."""
    differing = [path for path in differing_files(root, commit) if not _elsewhere(path, name)]
    if differing:
        some = ", ".join(differing[:3])
        more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
        raise WrongUse(
            f"what is in the folder is not what is committed: {some}{more}",
            "A release is made from what is committed. Commit these changes, or take them back: "
            "`git status` shows them. Nothing was changed.",
        )


def _elsewhere(path: str, name: ReleaseName) -> bool:
    # The state of a release leaves `releases/` out (decision 17), so other candidates may wait.
    return path.startswith("releases/") and not path.startswith(f"{name.folder}/")


def require_free(root: Path, name: ReleaseName) -> None:
    """Raise `WrongUse` where the tag of a release is set already."""
    if objects.ref(root, f"refs/tags/{name.tag}") is not None:
        raise WrongUse(
            f"there is a tag {name.tag} already",
            "A version is never changed. A correction has a version of its own; if somebody set "
            f"the tag by mistake, `git tag -d {name.tag}` takes it away. Nothing was changed.",
        )
