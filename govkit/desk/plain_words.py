"""Words for people who never heard of git: what the tools underneath say, said otherwise."""

from __future__ import annotations

import re

from govkit.errors import GovkitError
from govkit.source.nearest import advice

GIT_WORDS = (
    "git",
    "commit",
    "commits",
    "committed",
    "branch",
    "branches",
    "push",
    "pushed",
    "pull request",
    "merge",
    "merged",
    "rebase",
    "repository",
    "clone",
    "checkout",
    "stash",
    "HEAD",
)
"""What stands on no page of the desk."""

_SAID = {
    "git repository": "folder with a history",
    "pull request": "request",
    "pull requests": "requests",
    "the main branch": "the shared version",
    "main branch": "shared version",
    "branch": "version",
    "branches": "versions",
    "commit": "saved state",
    "commits": "saved states",
    "committed": "saved",
    "push": "send",
    "pushed": "sent",
    "merge": "taking in",
    "merged": "taken in",
    "rebase": "moving",
    "repository": "folder",
    "clone": "copy",
    "checkout": "copy",
    "stash": "store",
    "git": "the history",
    "HEAD": "the last state",
}
_COMMAND = re.compile(r"\s*\(?`git [^`]*`\)?")
_WORDS = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _SAID), key=len, reverse=True)) + r")\b", re.IGNORECASE
)


def without_git(text: str) -> str:
    """Return a sentence in which no word of git stands; a command of git is left out."""
    plain = _COMMAND.sub("", text)
    return _WORDS.sub(lambda found: _SAID[_known(found[0])], plain).strip()


def sentence(wrong: GovkitError) -> str:
    """Return what went wrong and the way out, for a page."""
    return without_git(f"{wrong.message[:1].upper()}{wrong.message[1:]}. {advice(wrong)}")


def _known(word: str) -> str:
    return word if word in _SAID else word.lower()
