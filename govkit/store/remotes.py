"""The remotes of a clone, and a branch pushed to one, when a person says so at that moment.

It is the only call of git that reaches another machine. The address is named with the call, so
that none of the clone's own settings has a part in it; how to log in, the person's settings say.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError
from govkit.patterns import lazy_regex
from govkit.store.clone import clone_of
from govkit.store.git_calls import failed, start

_SECONDS = 600
_OF_THE_PERSON = lazy_regex(
    "SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS)|GIT_(?:ASKPASS|SSH|SSH_COMMAND)|(?:WAYLAND_)?DISPLAY|"
    "XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|HTTPS_PROXY|https_proxy|NO_PROXY|no_proxy|"
    "SSL_CERT_(?:FILE|DIR)"
)
"""Variables by which a person logs in, and is let out to the network."""


class Remote(NamedTuple):
    """A remote: its name, and the address that is pushed to."""

    name: str
    address: str


def remotes_of(root: Path) -> dict[str, Remote]:
    """Return the remotes that the clone has, by name."""
    clone = clone_of(root)
    found: dict[str, Remote] = {}
    pushed: dict[str, str] = {}
    for each in clone.settings() if clone is not None else ():
        if each.section == "remote" and each.subsection and each.value:
            if each.key == "url":
                found.setdefault(each.subsection, Remote(each.subsection, each.value))
            elif each.key == "pushurl":
                pushed.setdefault(each.subsection, each.value)
    return {name: Remote(name, pushed.get(name, each.address)) for name, each in found.items()}


def main_branch_of(root: Path, remote: str) -> str:
    """Return the name of the main branch of a remote, as it was last seen; else `main`."""
    folder = f"refs/remotes/{remote}/"
    answer = start(root, "symbolic-ref", "--quiet", f"{folder}HEAD")
    said = os.fsdecode(answer.stdout.strip())
    if answer.returncode == 0 and said.startswith(folder):
        return said.removeprefix(folder)
    known = start(root, "for-each-ref", "--format=%(refname)", f"{folder}main", f"{folder}master")
    names = [each.removeprefix(folder) for each in os.fsdecode(known.stdout).splitlines()]
    return names[0] if names else "main"


def push(root: Path, address: str, commit: str, branch: str, *, asks: bool) -> tuple[str, ...]:
    """Push a commit as a branch, and return the lines that the host answers.

    `branch` is a full name; it only ever grows. `asks` lets git ask for a name and a password.
    Raises `GovkitError` with the way out where the other side says no.
    """
    kept = {name: value for name, value in os.environ.items() if _OF_THE_PERSON.fullmatch(name)}
    more = kept | {
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_TERMINAL_PROMPT": "1" if asks else "0",
    }
    answer = start(
        root,
        "-c",
        "push.gpgSign=false",
        "push",
        "--porcelain",
        "--no-follow-tags",
        "--recurse-submodules=no",
        address,
        f"{commit}:{branch}",
        more=more,
        seconds=_SECONDS,
    )
    said = answer.stderr.decode("utf-8", errors="replace")
    lines = tuple(
        words
        for line in said.splitlines()
        if line.startswith("remote:") and (words := line.removeprefix("remote:").strip())
    )
    if answer.returncode == 0:
        return lines
    refused = _BRANCH_REFUSED.search(answer.stdout.decode("utf-8", errors="replace"))
    if refused is not None:
        raise _branch_refused(branch, refused["by"] is not None, lines or (refused["why"],))
    raise _no_access(said) or failed(root, answer)


_BRANCH_REFUSED = lazy_regex(r"(?m)^!\t[^\t]*\t\[(?P<by>remote )?rejected\] \((?P<why>.*)\)$")
"""What `git push --porcelain` says of a branch that the remote, or git here, did not take."""

_KEPT = "The commit is on your branch, and nothing of it is lost."


def _branch_refused(branch: str, by_remote: bool, why: tuple[str, ...]) -> GovkitError:
    short = branch.removeprefix("refs/heads/")
    if by_remote:
        return GovkitError(f"the remote does not take the branch {short}: {why[0]}", _KEPT)
    return GovkitError(
        f"the branch {short} has commits there that are not here",
        f"Bring them in (`git fetch`, then `git rebase`), and try again. {_KEPT}",
    )


_QUOTED = lazy_regex(r"'[^'\n]*'|(?m:^remote:.*$)")
"""Addresses and the words of the other side: a name in them is no sign of what went wrong."""

_NO_RIGHT = lazy_regex(
    r"permission denied|access denied|authentication failed|could not read username|error: 40[13]\b"
)
_NO_HOST = lazy_regex(r"could not resolve|(?:could not|unable to) connect|failed to connect")
_NOTHING_THERE = lazy_regex(
    r"does not appear to be a git repository|not found|error: 404\b|no such file or directory"
)


def _no_access(said: str) -> GovkitError | None:
    low = _QUOTED.sub("", said).lower()
    if _NO_HOST.search(low):
        return GovkitError("the host of the remote can't be reached", f"Try again later. {_KEPT}")
    if _NO_RIGHT.search(low):
        return GovkitError(
            "the remote does not let you push",
            "Make a copy of the repository on the host (“fork”), name it once (`git remote add "
            "fork ADDRESS`), and add --remote fork. Or send the change by mail: --mail. " + _KEPT,
        )
    if _NOTHING_THERE.search(low):
        return GovkitError(
            "there is no repository at the address of the remote",
            f"`git remote -v` shows it. {_KEPT}",
        )
    return None
