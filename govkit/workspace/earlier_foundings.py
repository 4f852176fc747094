"""Whether the founding of the folder is the one that others know: pushed, and released.

A founding that is made anew says who coordinates and with which keys, so everything fits it. What
shows that there was another one lies beside: in what was pushed, in the tags of releases, and in
the log, where the coalition said itself that it began again.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from govkit.errors import GovkitError
from govkit.findings import Finding
from govkit.log.amendments import GENESIS_PATH
from govkit.log.coordinators import genesis_of
from govkit.log.entries import entries_of
from govkit.log.signed_statements import root_fingerprint
from govkit.records.acts import Genesis
from govkit.store import objects, refs
from govkit.workspace import Workspace
from govkit.workspace.states import document_at

RULE = "log-rewritten"


def founded_otherwise(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what shows that there was another founding; nothing while the coalition is forming.

    Where there is no git, or it can't be read, the files alone are asked.
    """
    genesis = genesis_of(workspace.corpus)
    if genesis is None:
        return ()
    try:
        found = tuple(_other_than_known(workspace, genesis))
    except GovkitError:
        found = ()
    return found or tuple(_said_in_the_log(workspace, genesis))


def _other_than_known(workspace: Workspace, genesis: Genesis) -> Iterator[Finding]:
    """Yield the founding of what was pushed, and of releases, where it is another one."""
    root, own = workspace.root, root_fingerprint(genesis)
    pushed = refs.pushed_line(root)
    was = _founding_at(workspace, pushed) if pushed else None
    if pushed and was is not None and root_fingerprint(was) != own:
        known_as = "what was pushed" if refs.fetched_line(root) else "main"
        yield _finding(
            f"the coalition was founded again: {known_as} (commit {pushed[:12]}) has the root "
            f"fingerprint {root_fingerprint(was)[:19]}…, and here it is {own[:19]}…. Who "
            "coordinates, with which keys, and who are members is what this founding says, "
            "whatever was agreed before",
            help="Only where keys were lost does a coalition begin again, and those who "
            "coordinated before say so to the list. Then it is merged over this error, which ends "
            "once the new founding is on main. Else put back what was there: `git restore "
            f"--source={shlex.quote(pushed[:12])} -- governance`.",
        )
    known = {own, *_earlier(workspace, genesis)}
    if not refs.has_release_tags(root):
        return
    for tag, commit in refs.release_tags(root).items():
        released = _founding_at(workspace, commit)
        if released is not None and root_fingerprint(released) not in known:
            yield _finding(
                f"the release {tag} was made under another founding, with the root fingerprint "
                f"{root_fingerprint(released)[:19]}…, which this one ({own[:19]}…) does not name",
                help="Ask who has the fingerprint of the founding that they were sent. `govkit "
                f"release verify {tag}` says what the release rests on.",
            )


def _earlier(workspace: Workspace, genesis: Genesis) -> Iterator[str]:
    """Yield the foundings that the coalition itself said it replaced."""
    if genesis.replaces is not None:
        yield genesis.replaces
    for _, entry in entries_of(workspace.corpus):
        if entry.kind == "genesis" and entry.digest is not None:
            yield entry.digest


def _said_in_the_log(workspace: Workspace, genesis: Genesis) -> Iterator[Finding]:
    if set(_earlier(workspace, genesis)) - {root_fingerprint(genesis)}:
        yield _finding(
            f"the coalition was founded again on {genesis.founded:%Y-%m-%d}: whether those who "
            "coordinated before agreed is in no record",
            help="Nothing is to be done here. Compare the root fingerprint with the one that was "
            "sent to the list.",
            stops=False,
        )


def _founding_at(workspace: Workspace, commit: str) -> Genesis | None:
    data = objects.bytes_at(workspace.root, commit, [GENESIS_PATH]).get(GENESIS_PATH)
    record = document_at(GENESIS_PATH, data).record if data is not None else None
    return record if isinstance(record, Genesis) else None


def _finding(message: str, help: str, *, stops: bool = True) -> Finding:
    return Finding(RULE, message, GENESIS_PATH, stops="merge" if stops else None, help=help)
