"""The words that a platform takes in: those of a release, or of the folder as it stands."""

from __future__ import annotations

from typing import NamedTuple

from govkit.adoption.statement import Edition
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError, WrongUse
from govkit.release.manifest import ReleaseName
from govkit.release.version import parse
from govkit.store import commit_names
from govkit.workspace import Workspace
from govkit.workspace.releases.states import open_release, snapshot_of


def corpus_of_edition(workspace: Workspace, edition: Edition) -> tuple[Corpus, str]:
    """Return the texts of an edition, and a note where they are only those of the folder.

    Raises `WrongUse` where the release or the commit is not known here.
    """
    if edition.release:
        return adoption_source(workspace, edition.release).corpus, ""
    if not edition.commit:
        return workspace.corpus, "the statement names no edition; it was held against this folder"
    if edition.commit == workspace.commit:
        return workspace.corpus, ""
    if not commit_names.is_commit(workspace.root, edition.commit):
        raise WrongUse(
            f"the commit {edition.commit} that the statement names is not in this history",
            "Fetch the whole history of the texts, or ask the platform for another statement.",
        )
    full = commit_names.resolve(workspace.root, edition.commit)
    return snapshot_of(workspace.root, full).texts, ""


class AdoptionSource(NamedTuple):
    """The texts that are taken in, and which edition they are."""

    corpus: Corpus
    edition: Edition


def adoption_source(
    workspace: Workspace, version: str | None, slug: str = "provisions"
) -> AdoptionSource:
    """Return the texts of a release, given by its version, or those of the folder.

    Raises `WrongUse` where there is no such release, `GovkitError` where the charter can't be read.
    """
    if workspace.corpus.charter is None:
        raise GovkitError("the charter can't be read", "Run `govkit check` and mend it first.")
    if version is None:
        edition = Edition("", workspace.commit, workspace.edition or "")
        return AdoptionSource(workspace.corpus, edition)
    number = version.removeprefix(f"{slug}/").removeprefix("v")
    opened = open_release(workspace.root, ReleaseName(slug, parse(number)))
    manifest = opened.manifest
    edition = Edition(manifest.version, opened.state.commit, str(manifest.dated))
    return AdoptionSource(opened.state.texts, edition)
