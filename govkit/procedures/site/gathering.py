"""What the website is made from, gathered from a folder and its history."""

from __future__ import annotations

import datetime

from govkit.errors import GovkitError
from govkit.site.site import Site
from govkit.workspace import Workspace


def gather_site(workspace: Workspace, now: datetime.datetime, address: str = "") -> Site:
    """Return what the site of a folder is made from, as it stands at `now`.

    `address` is where the site will be found; it ends in a slash. Raises `GovkitError` where the
    charter can't be read.
    """
    charter = workspace.corpus.charter
    if charter is None:
        raise GovkitError("the charter can't be read", "`govkit check` says why.")
    return Site(workspace.corpus, charter, now, workspace.edition or "", workspace.commit, address)
