"""The settings of a clone (`.git/config`), read without git, and what of them govkit goes by.

Git's settings name programs, files and places by dozens of keys, and every year brings new ones. So
none is switched off: of a clone's own settings git is shown the few that are listed here, and none
of them can name anything that runs, is written, or lies elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govkit.patterns import lazy_regex

LARGEST = 1 << 20

_WORD = lazy_regex(r"[A-Za-z0-9_-]*")
_CORE = (
    "core.repositoryformatversion",
    "core.filemode",
    "core.ignorecase",
    "core.symlinks",
    "core.precomposeunicode",
    "core.sharedrepository",
    "core.logallrefupdates",
)
_LEFT_OUT = ("extensions.partialclone", "extensions.worktreeconfig")
"""They send git to another machine for what is missing, and to a second file of settings."""
_PERSON = lazy_regex(r"(?:user|author|committer)\.(?:name|email)|govkit\.[a-z0-9-]+")
_BRANCH = lazy_regex(r"branch\..*\.(?:remote|merge)|remote\..*\.fetch", re.DOTALL)

_HEAD = lazy_regex(r'\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?\]')
_KEY = lazy_regex(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*(=?)[ \t]*")
_BLANK = lazy_regex(r"(?:[ \t\n]|[#;][^\n]*)*")
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", '"': '"', "\\": "\\"}
_ESCAPED = {each: f"\\{letter}" for letter, each in _ESCAPES.items()}


class GitSetting(NamedTuple):
    """A setting: section, subsection (empty where there is none), key, value.

    The section and the key are in small letters. A key without a value is true.
    """

    section: str
    subsection: str
    key: str
    value: str

    @property
    def name(self) -> str:
        """Return the name as git prints it, as `branch.main.remote`."""
        parts = (self.section, self.subsection, self.key)
        return ".".join(part for part in parts if part)


class UnreadableSettings(Exception):
    """What git would not read as settings either; the message is the number of the line."""


@lru_cache(maxsize=8)  # each call of git asks for those of the clone
def settings_in(data: bytes) -> tuple[GitSetting, ...]:
    """Return all settings of a file, in its order. No other file that it names is read.

    The grammar is that of git-config(1). Raises `UnreadableSettings`.
    """
    text = (
        data.decode("utf-8", errors="surrogateescape").replace("\r\n", "\n").removeprefix("\ufeff")
    )
    return tuple(_settings(text))


def _settings(text: str) -> Iterator[GitSetting]:
    section = subsection = ""
    at = _end(_BLANK, text, 0)
    while at < len(text):
        if head := _HEAD.match(text, at):
            section, subsection = _section(head)
            at = head.end()
        elif (key := _KEY.match(text, at)) and section:
            value, at = _value(text, key.end()) if key[2] else ("true", key.end())
            if not key[2] and text[at : at + 1] not in ("", "\n", "#", ";"):
                raise UnreadableSettings(str(text.count("\n", 0, at) + 1))
            yield GitSetting(section, subsection, key[1].lower(), value)
        else:
            raise UnreadableSettings(str(text.count("\n", 0, at) + 1))
        at = _end(_BLANK, text, at)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _section(head: re.Match[str]) -> tuple[str, str]:
    if head[2] is not None:
        return head[1].lower(), re.sub(r"\\(.)", r"\1", head[2])
    section, _, subsection = head[1].lower().partition(".")
    return section, subsection


def _value(text: str, at: int) -> tuple[str, int]:
    """Return a value and the place behind it: up to the end of the line, or to a remark."""
    said: list[str] = []
    solid = 0  # how much of it counts: white space at the end does not, unless it is quoted
    quoted = False
    while at < len(text) and text[at] != "\n":
        sign = text[at]
        if sign in "#;" and not quoted:
            break
        if sign == '"':
            quoted = not quoted
        elif sign == "\\":
            at += 1
            if text[at : at + 1] != "\n":
                said.append(_escape(text, at))
                solid = len(said)
        else:
            said.append(sign)
            solid = solid if sign in " \t" and not quoted else len(said)
        at += 1
    if quoted:
        raise UnreadableSettings(str(text.count("\n", 0, at) + 1))
    return "".join(said[:solid]), at


def _escape(text: str, at: int) -> str:
    try:
        return _ESCAPES[text[at : at + 1]]
    except KeyError:
        raise UnreadableSettings(str(text.count("\n", 0, at) + 1)) from None


# --- what git is shown ----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def harmless(settings: tuple[GitSetting, ...]) -> bytes:
    """Return the settings that git is to go by, as a file of settings."""
    kept = [each for each in settings if _is_kept(each)]
    lines = (
        f'[{each.section}{_quoted(each.subsection)}]\n\t{each.key} = "{_written(each.value)}"\n'
        for each in kept
    )
    return "".join(lines).encode("utf-8", errors="surrogateescape")


def _is_kept(setting: GitSetting) -> bool:
    name = setting.name
    if name in _CORE or (setting.section == "extensions" and name not in _LEFT_OUT):
        # One word: no value that could be a path or a command gets through.
        return _WORD.fullmatch(setting.value) is not None
    return bool(_PERSON.fullmatch(name) or _BRANCH.fullmatch(name))


def _quoted(subsection: str) -> str:
    body = subsection.replace("\\", "\\\\").replace('"', '\\"')
    return f' "{body}"' if subsection else ""


def _written(value: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in value)
