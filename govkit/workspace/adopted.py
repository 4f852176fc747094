"""The words that a platform takes in: those of a release, or of the folder as it stands."""

from __future__ import annotations

from typing import NamedTuple

from govkit.adoption.statement import Edition
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.release.manifest import ReleaseName
from govkit.release.version import parse
from govkit.workspace import Workspace
from govkit.workspace.releases.states import open_release


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
