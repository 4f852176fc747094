"""The address of a remote repository: on which host it is, and where a change is handed in there.

Nothing is asked of a host: all of it follows from the address, in the forms of git-push(1). What
may log somebody in is never shown.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import quote, urlsplit

from govkit.patterns import lazy_regex

CodeHost = Literal["GitHub", "GitLab", "Forgejo"]
CODE_HOSTS: dict[str, CodeHost] = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "forgejo": "Forgejo",
    "gitea": "Forgejo",
    "codeberg": "Forgejo",
}
"""The parts of a host's name by which its software is known; Gitea's pages are Forgejo's."""
_BY_SSH_OVER_443 = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
_LIKE_SCP = lazy_regex(r"(?:[\w.+-]+@)?(?P<host>[A-Za-z0-9][\w.-]*):(?!//)(?P<path>[^\s]+)")
_SCHEMES = ("https", "ssh", "git+ssh", "ssh+git", "file")


class RemoteAddress(NamedTuple):
    """Where a remote is. `host` is empty for a folder; `path` is `owner/name` on a code host.

    `software` is None where the name of the host does not say what it runs.
    """

    host: str
    path: str
    software: CodeHost | None

    @property
    def page(self) -> str:
        """Return the address of its page on a code host."""
        return f"https://{self.host}/{quote(self.path)}"

    @property
    def owner(self) -> str:
        """Return who has it on a code host."""
        return self.path.rpartition("/")[0]

    def __str__(self) -> str:
        return f"{self.host}/{self.path}" if self.host else self.path


def remote_address(typed: str, known_as: str | None = None) -> RemoteAddress | None:
    """Return what an address says, or None where nothing may be pushed to it.

    `known_as` is the software of a host whose name does not say it, as a person set it.
    """
    scheme = urlsplit_scheme(typed)
    if typed.startswith("-") or "::" in typed or any(each < "!" for each in typed):
        return None
    if scheme:
        return _of_url(typed, known_as) if scheme in _SCHEMES else None
    found = _LIKE_SCP.fullmatch(typed)
    if found is None or "/" in typed.partition(":")[0]:
        return RemoteAddress("", typed, None)
    return _on_host(found["host"], found["path"], known_as)


def urlsplit_scheme(typed: str) -> str:
    """Return the scheme of an address that has one, in small letters; `host:path` has none."""
    return typed.partition("://")[0].lower() if "://" in typed else ""


def _of_url(typed: str, known_as: str | None) -> RemoteAddress | None:
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme == "file":
        return RemoteAddress("", parts.path, None) if not host else None
    if not host or host.startswith("-"):
        return None
    # The port of ssh is not that of the pages.
    return _on_host(
        host, parts.path, known_as, f":{port}" if port and parts.scheme == "https" else ""
    )


def _on_host(host: str, path: str, known_as: str | None, port: str = "") -> RemoteAddress:
    host = host.lower()
    host = _BY_SSH_OVER_443.get(host, host).removeprefix("www.")
    path = path.strip("/").removesuffix(".git").strip("/")
    named = (known_as or host).lower()
    software = next((CODE_HOSTS[part] for part in CODE_HOSTS if part in named), None)
    return RemoteAddress(host + port, path, software)


def request_address(
    pushed: RemoteAddress, branch: str, main: str, into: RemoteAddress | None = None
) -> str | None:
    """Return the address that opens a pull or merge request, or None where the host has none.

    `into` is the repository that the change goes to, where the branch was pushed to a copy of it;
    without it the host itself knows of what the repository is a copy.
    """
    if pushed.software is None or pushed.path.count("/") < 1:
        return None
    name = quote(branch)
    if pushed.software == "GitLab":
        source = quote(branch, "")
        return f"{pushed.page}/-/merge_requests/new?merge_request%5Bsource_branch%5D={source}"
    apart = into is not None and into.host == pushed.host and into.path != pushed.path
    page = into.page if into is not None and apart else pushed.page
    head = f"{quote(pushed.owner)}:{name}" if apart else name
    if pushed.software == "Forgejo":
        return f"{page}/compare/{quote(main)}...{head}"
    return f"{page}/compare/{quote(main)}...{head}?expand=1" if apart else f"{page}/pull/new/{name}"
