"""Starts git, the only place that does: a fixed environment, and none of a clone's settings.

Nothing here fetches, runs hooks, or starts a program that a repository names, whatever is in its
`.git`; `remotes.push` alone reaches another machine, when a person says so. GitPython runs the
commands of `run`; what a plain check needs is started directly, so that GitPython is not imported.
When git fails, `failed` says in a sentence why.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from govkit.errors import GovkitError, IncompleteHistory
from govkit.patterns import lazy_regex
from govkit.store.clone import Clone, clone_of, shown

TIMEOUT = 60
"""Seconds after which a git command is ended."""

_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.commitGraph=false",
    "-c",
    "core.multiPackIndex=false",
    "-c",
    "protocol.allow=never",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "diff.orderFile=/dev/null",
)
"""For what a person's own settings say; those of the clone are not shown to git (`clone`).

The two indexes of commits and packs are a copy of what they list, and could say something else.
"""
_KEPT = lazy_regex(
    "PATH|HOME|USER|LOGNAME|XDG_CONFIG_HOME|TMPDIR|SUDO_UID|DEVELOPER_DIR|(?:DY)?LD_LIBRARY_PATH|EMAIL|"
    "GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)"
)
"""What git gets of the environment: where programs and a person's settings are, and who it is."""
_ENVIRONMENT = {
    # `check` writes nothing; git would else refresh the index by the way (git(1)).
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # A ref below refs/replace shows other bytes under the same id (git-replace).
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    # The git of Debian 12 does not know it; there, that the promisor is not shown does the same
    # (decision 7).
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    # Messages are looked at below (`BROKEN`), so they must not be translated.
    "LC_ALL": "C",
    "LANGUAGE": "C",
    # `format-local` gives the day of a commit; it must not depend on where one sits.
    "TZ": "UTC",
}
NOWHERE = {"GIT_DIR": "/dev/null/none"}
"""For a call outside a clone: git does not look for one by itself."""


def _environment(root: Path) -> dict[str, str]:
    clone = clone_of(root)
    if clone is None:
        return plain_environment() | NOWHERE
    require_trusted(clone)
    return plain_environment() | shown(clone)


def plain_environment() -> dict[str, str]:
    """Return the environment of a call that has nothing to do with a clone."""
    kept = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)}
    return kept | _ENVIRONMENT | {"PATH": programs_path()}


def programs_path() -> str:
    """Return where programs are looked for, without what would be a folder of the texts."""
    return _absolute(os.environ.get("PATH", os.defpath))


@cache
def _absolute(places: str) -> str:
    found = places.split(os.pathsep)
    return os.pathsep.join(place for place in found if Path(place).is_absolute())


@cache
def require_trusted(clone: Clone) -> None:
    """Raise `GovkitError` where git would not trust a clone, since another user owns it."""
    # With GIT_DIR set, git does not ask whose a clone is (`safe.directory`), so it is asked here.
    owners = {path.stat().st_uid for path in (clone.top, clone.top / ".git", clone.git)}
    if owners == {os.geteuid()}:
        return
    answer = started(clone.top, ("rev-parse", "--git-dir"), plain_environment())
    if b"dubious ownership" in answer.stderr:
        raise failed(clone.top, answer)


def start(
    root: Path,
    *arguments: str,
    given: bytes = b"",
    more: Mapping[str, str] = MappingProxyType({}),
    seconds: int = TIMEOUT,
) -> subprocess.CompletedProcess[bytes]:
    """Run git without GitPython; the caller looks at the return code.

    `more` are variables of the environment beside those that every call has.
    """
    return started(root, arguments, _environment(root) | dict(more), given, seconds)


def started(
    folder: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    given: bytes = b"",
    seconds: int = TIMEOUT,
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder with just these variables; the caller looks at the return code."""
    try:
        return subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise GovkitError(f"the folder {folder} is gone", "Go to one that is there.") from None
        raise GovkitError("git is not installed", "Install git, then try again.") from None
    except subprocess.TimeoutExpired:
        raise _no_answer(seconds) from None


def version() -> str:
    """Return what git says that it is. Raises `GovkitError` where it is not installed."""
    return started(Path("/"), ("--version",), plain_environment()).stdout.decode().strip()


def _no_answer(seconds: int = TIMEOUT) -> GovkitError:
    return GovkitError(
        f"git did not answer within {seconds} seconds", "Is the disk there? Try again."
    )


def run(root: Path, *arguments: str) -> bytes:
    """Run a git command through GitPython; its failure is git's own sentence and the remedy."""
    with _alone(_environment(root)):
        import git

        command = git.Git(str(root))
        try:
            output: Any = command.execute(
                ["git", *_SAFE, *arguments],
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                kill_after_timeout=TIMEOUT,
            )
        except git.GitCommandNotFound:
            raise GovkitError("git is not installed", "Install git, then try again.") from None
        except git.GitCommandError as error:
            raise _said_by_git(root, str(error.stderr)) from None
    return bytes(output)


@contextmanager
def _alone(environment: Mapping[str, str]) -> Iterator[None]:
    """Have nothing but these variables for a while.

    GitPython hands on all that this process has, and starts git already when it is imported.
    """
    own = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(environment)
        yield
    finally:
        os.environ.clear()
        os.environ.update(own)


# --- what went wrong ------------------------------------------------------------------------------

BROKEN = lazy_regex(
    r"bad object|bad tree|missing (?:object|blob|tree|commit)|missing or corrupt|corrupt|inflate:"
    r"|unable to (?:read|unpack|parse)|[Cc]ould not (?:read|get object info|parse)|broken|packfile"
    r"|file \S+ is (?:empty|far too short)|failed to (?:read|traverse)|must point to"
    r"|not a tree object|[Nn]ot a valid (?:object|commit) name|malformed object|unexpected line"
    r"|bad shallow line|does not point to a valid object|hash mismatch|unknown object type"
)
"""Git's words for a history of which something is missing or damaged, in its untranslated form."""
ID = lazy_regex(r"\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b")


def failed(root: Path, answer: subprocess.CompletedProcess[bytes]) -> GovkitError:
    """Return why git failed, in a sentence, with the remedy."""
    return _said_by_git(root, answer.stderr.decode(errors="replace"))


_IN_THE_WAY = lazy_regex(r"'refs/heads/([^']+)' exists; cannot create 'refs/heads/([^']+)")


def _said_by_git(root: Path, stderr: str) -> GovkitError:
    said = stderr.strip().removeprefix("stderr:").strip(" '\n")
    if "dubious ownership" in said:
        return GovkitError(
            "git does not trust this folder, since it belongs to another user of the machine",
            "If you trust it, run: git config --global --add safe.directory <this folder>",
        )
    if "not a git repository" in said:
        return no_repository(root)
    if "did not complete in" in said:
        return _no_answer()
    if "index file" in said or "index uses" in said:
        return GovkitError(
            "git's list of what is staged (.git/index) can't be read",
            "Make it anew: delete that file, then run `git reset`. Your texts stay as they are.",
        )
    if blocked := _IN_THE_WAY.search(said):
        there, wanted = blocked.groups()
        return GovkitError(
            f"there can be no branch {wanted} while there is one named {there}",
            f"Give that one another name: `git branch -m {there} NEW-NAME`. Then try again; your "
            "texts stay as they are.",
        )
    if BROKEN.search(said):
        id = ID.search(said)
        return incomplete(root, f"a piece of it ({id[0][:12]})" if id else "a piece of it")
    sentence = said.splitlines()[0].removeprefix("fatal: ") if said else "git failed"
    return GovkitError(f"git says: {sentence}", "Run `git status` in the folder to see more.")


def no_repository(root: Path) -> GovkitError:
    """Return the error of a folder in which git finds no repository."""
    clone = clone_of(root)
    if clone is not None:
        return GovkitError(
            f"{clone.git} is damaged, so git does not know it for a repository", _ANEW
        )
    return GovkitError(
        f"{root} is in no git repository, so nothing is known of its history", BEGIN_HISTORY
    )


BEGIN_HISTORY = (
    "An unpacked archive holds no history: take the repository itself (`git clone`). Only a new "
    "folder of your own begins one: `git init -b main`, `git add -A`, `git commit`."
)
"""What to do where there is no repository; `git init` in an archive would begin another history."""


_ANEW = (
    "Clone the repository anew; keep this folder until all that is only in it is saved. "
    "`git fsck` says more."
)
FETCH = "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI."


def incomplete(root: Path, what: str) -> IncompleteHistory:
    """Return the error of a clone that lacks something, with what to do in a clone of that kind."""
    clone = clone_of(root)
    hint = _ANEW
    if clone is not None and clone.is_shallow:
        hint = FETCH
    elif clone is not None and clone.is_partial:
        hint = "This clone was made with a filter. Clone the repository anew, without --filter."
    return IncompleteHistory(f"the history here is incomplete: {what} is missing or damaged", hint)
