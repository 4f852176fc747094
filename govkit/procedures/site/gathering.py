"""What the website is made from, gathered from a folder and its history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress

from govkit.errors import GovkitError
from govkit.release.published import list_releases
from govkit.release.release import Release
from govkit.site.site import FORMATS, Site
from govkit.workspace import Workspace
from govkit.workspace.releases.states import open_release
from govkit.workspace.releases.values import release_of


def gather_site(
    workspace: Workspace,
    now: datetime.datetime,
    address: str = "",
    formats: tuple[str, ...] = FORMATS,
) -> Site:
    """Return what the site of a folder is made from, as it stands at `now`.

    `address` is where the site will be found; it ends in a slash. Without one it is what the
    charter says is the coalition's home. `formats` are those of the books to download. Raises
    `GovkitError` where the charter can't be read.
    """
    charter = workspace.corpus.charter
    if charter is None:
        raise GovkitError("the charter can't be read", "`govkit check` says why.")
    home = charter.home if charter.home and charter.home.startswith("http") else ""
    found = address or (f"{home.rstrip('/')}/" if home else "")
    edition = workspace.edition or ""
    released = _released(workspace)
    return Site(workspace.corpus, charter, now, edition, workspace.commit, found, released, formats)


def _released(workspace: Workspace) -> Mapping[str, Release]:
    """Return each published release as a value, by its name; what can't be opened is left out."""
    found = {}
    for each in list_releases(workspace.corpus):
        if each.cut.publication is not None and each.cut.manifest.instrument is not None:
            with suppress(GovkitError):
                found[str(each.cut.name)] = release_of(open_release(workspace.root, each.cut.name))
    return found
