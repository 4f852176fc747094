"""Which way a change goes that is handed in: to a code host, another remote, or by mail."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.source.remote_addresses import RemoteAddress, remote_address, request_address
from govkit.store.clone import clone_of
from govkit.store.remotes import Remote, main_branch_of, remotes_of
from govkit.store.repository import setting

HOST_SETTING = "govkit.host"
"""The setting of git that says what a host runs whose name does not: github, gitlab, forgejo."""


class Route(NamedTuple):
    """Which way a change goes: the remote with what its address says; None where there is none.

    `into` is the repository that the change is for, where the remote is a copy of it; `main` is the
    name of the main branch there.
    """

    remote: Remote | None
    address: RemoteAddress | None
    into: RemoteAddress | None
    main: str

    @property
    def has_requests(self) -> bool:
        """Say whether the remote is on a code host of which the pages are known."""
        return self.address is not None and self.address.software is not None

    def request(self, branch: str, lines: tuple[str, ...] = ()) -> str | None:
        """Return the address that opens a request for a branch.

        What the host answered to the push counts more: it knows of what a repository is a copy.
        """
        if self.address is None:
            return None
        said = (word for line in lines for word in line.split() if word.startswith("https://"))
        own = f"https://{self.address.host}/"
        found = next((word for word in said if self.address.host and word.startswith(own)), None)
        return found or request_address(self.address, branch, self.main, self.into)


def route_of(root: Path, asked: str | None) -> Route:
    """Return the way of a change. Raises `WrongUse` for a remote that is not there."""
    known = remotes_of(root)
    if asked is not None and asked not in known:
        raise WrongUse(
            f"there is no remote `{asked}` here",
            typed=asked,
            known=sorted(known),
            otherwise="`git remote add NAME ADDRESS` names one.",
        )
    name = asked or ("origin" if "origin" in known or len(known) != 1 else next(iter(known)))
    remote = known.get(name)
    if remote is None:
        return Route(None, None, None, "main")
    named = setting(root, HOST_SETTING)
    others = (known[each] for each in ("upstream", "origin") if each in known and each != name)
    into = next((remote_address(each.address, named) for each in others), None)
    source = "upstream" if "upstream" in known else "origin" if "origin" in known else name
    return Route(remote, remote_address(remote.address, named), into, main_branch_of(root, source))


def no_remote(route: Route) -> WrongUse:
    """Return why nothing can be pushed, and what to do."""
    if route.remote is None:
        return WrongUse(
            "this folder has no remote, so there is nothing to push to",
            "Name one: `git remote add origin ADDRESS`. Or send the change by mail: --mail.",
        )
    return WrongUse(
        f"the remote {route.remote.name} is none of https, ssh or a folder",
        "Give it another address (`git remote set-url`), push it yourself, or use --mail.",
    )


def beside_repository(root: Path, name: str) -> Path:
    """Return where a file for others stands that nobody named a place for: not in the folder."""
    clone = clone_of(root)
    return (clone.top if clone is not None else root).parent / name
