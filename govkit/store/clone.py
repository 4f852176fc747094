"""Where a clone keeps its history: found without git, and shown to git without its settings.

A `.git` that did not come by clone says what its maker wanted. Git is therefore never left to look
for it: it is told the work tree, the git folder, and, in place of the folder that all work trees of
a clone share, one of our own. That has links to the objects and the refs, and only settings that
can do no harm (`git_settings`); hooks, grafts and attributes of the clone are not in it.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError, in_plain_words
from govkit.patterns import lazy_regex
from govkit.store.git_settings import LARGEST, GitSetting, UnreadableSettings, harmless, settings_in
from govkit.store.temporary import new_folder

# Without `config`, `hooks` and the rest of `info`: what is not named here, git never sees
# (decision 7).
_SHARED = ("objects", "refs", "reftable", "logs", "packed-refs", "shallow")
"""What git needs of the folder that the work trees of a clone share."""
_FILES = ("HEAD", "index", "config", "packed-refs", "shallow")
_SHA1 = lazy_regex(r"[0-9a-f]{40}")
_PARTS = tuple(dict.fromkeys((*_SHARED, *_FILES)))
_ANEW = "If it came from elsewhere, do not trust it: clone the repository anew."


class Clone(NamedTuple):
    """A clone: the work tree, its own git folder, and the one that its work trees share.

    The two git folders are one, except in a work tree that was added to a clone.
    """

    top: Path
    git: Path
    common: Path

    @property
    def is_shallow(self) -> bool:
        """Say whether the clone holds only a part of the history."""
        return (self.common / "shallow").is_file()

    @property
    def ends(self) -> frozenset[str]:
        """Return the commits whose parents a shallow clone leaves out."""
        said = plain_bytes(self.common / "shallow") or b""
        return frozenset(said.decode("ascii", errors="replace").split())

    @property
    def is_partial(self) -> bool:
        """Say whether the clone was made with a filter, and left things with another machine."""
        return any(
            each.name == "extensions.partialclone" or each.key == "promisor"
            for each in self.settings()
        )

    @property
    def may_have_releases(self) -> bool:
        """Say, without git, whether a tag may be that of a release, as `provisions/v1.0.0`."""
        return self._may_pack("refs/tags/") or any(
            each.is_dir() for each in self._listed("refs/tags")
        )

    @property
    def may_have_fetched(self) -> bool:
        """Say, without git, whether a branch of somebody else, or an upstream, may be known."""
        return (
            self._may_pack("refs/remotes/")
            or any(self._listed("refs/remotes"))
            or any(each.section == "branch" for each in self.settings())
        )

    def _may_pack(self, refs: str) -> bool:
        """Say whether such refs may stand in a file of many."""
        if (self.common / "reftable").exists():
            return True
        packed = plain_bytes(self.common / "packed-refs") or b""
        return f" {refs}".encode() in packed or len(packed) == LARGEST  # the rest was not read

    def _listed(self, folder: str) -> list[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self.common / folder) as found:
            return [*found]
        return []

    def has_ref(self, name: str) -> bool:
        """Say whether there is a file for a ref, whatever stands in it; `name` may be short."""
        if name == "HEAD":
            name = os.fsdecode(plain_bytes(self.git / name) or b"").removeprefix("ref:").strip()
        places = ("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/")
        if "\0" in name or not name or ".." in name or name.startswith("/"):
            return False
        return any(
            (self.common / f"{place}{name}").is_file()
            for place in places
            if "refs/" in f"{place}{name}"
        )

    @property
    def open_head(self) -> str | None:
        """Return the commit that is checked out where ref and commit lie in plain files, and whole.

        None says nothing: then git has to be asked.
        """
        said = os.fsdecode(plain_bytes(f"{self.git}/HEAD") or b"").strip()
        if said.startswith("ref: refs/heads/") and ".." not in said and "\0" not in said:
            ref = plain_bytes(f"{self.common}/{said.removeprefix('ref: ')}") or b""
            said = os.fsdecode(ref).strip()
        if not _SHA1.fullmatch(said):
            return None
        packed = plain_bytes(f"{self.common}/objects/{said[:2]}/{said[2:]}") or b""
        with suppress(zlib.error):
            body = zlib.decompressobj().decompress(packed, LARGEST)
            if (
                body.startswith(b"commit ")
                and hashlib.sha1(body, usedforsecurity=False).hexdigest() == said
            ):
                return said
        return None

    def setting(self, name: str) -> str:
        """Return the last value of a setting, empty where there is none."""
        return next((each.value for each in reversed(self.settings()) if each.name == name), "")

    def settings(self) -> tuple[GitSetting, ...]:
        """Return the clone's own settings. Raises `GovkitError` where they can't be read."""
        file = self.common / "config"
        try:
            return settings_in(plain_bytes(file) or b"")
        except UnreadableSettings as line:
            raise GovkitError(
                f"the settings of this clone can't be read: {file}, line {line}",
                "Correct the line, or clone the repository anew.",
            ) from None


def clone_of(folder: Path) -> Clone | None:
    """Return the clone that a folder is in, or None. Git is not started.

    As git does, it looks upwards, and no further than the same disk. Raises `GovkitError` where
    `.git` leads to a folder that belongs to another work tree.
    """
    # Every command asks several times, so paths stay plain text until the clone is found.
    top = os.path.realpath(folder)
    disk = os.stat(top).st_dev
    while os.stat(top).st_dev == disk:
        kept = os.path.join(top, ".git")
        try:
            is_folder = stat.S_ISDIR(os.lstat(kept).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            pass
        else:
            if not is_folder:
                return _led_to(Path(top), Path(kept))
            # To git an empty `.git` is none. A damaged one counts: a clone further up is not this
            # one.
            if os.path.lexists(f"{kept}/HEAD") or os.path.isdir(f"{kept}/objects"):
                return Clone(Path(top), Path(kept), _common(Path(kept)))
        if top == (above := os.path.dirname(top)):
            return None
        top = above
    return None


def _led_to(top: Path, kept: Path) -> Clone | None:
    """Return the clone whose git folder lies elsewhere; None where there is nothing there."""
    if kept.is_symlink():
        git = Path(os.path.realpath(kept))
    else:
        said = os.fsdecode(plain_bytes(kept) or b"")
        git = Path(os.path.realpath(top / said.removeprefix("gitdir:").strip()))
    if not (git / "HEAD").is_file():
        return None
    clone = Clone(top, git, _common(git))
    if not _knows(clone):
        raise GovkitError(
            f"{kept} leads to {git}, which belongs to another folder",
            f"If it is yours: git config core.worktree {shlex.quote(str(top))} - or, in a work "
            f"tree that you moved, git worktree repair. {_ANEW}",
        )
    return clone


def _knows(clone: Clone) -> bool:
    """Say whether a git folder that lies elsewhere belongs to this work tree, as far as it says.

    One that says nothing is followed (`git clone --separate-git-dir` writes nothing), unless it
    lies in another folder as the `.git` of that one, or is a bare one that many push to.
    """
    back = os.fsdecode(plain_bytes(clone.git / "gitdir") or b"").strip()
    if back:
        return Path(os.path.realpath(clone.git / back)) == clone.top / ".git"
    named = clone.setting("core.worktree")
    if named:
        return Path(os.path.realpath(clone.git / named)) == clone.top
    bare = clone.setting("core.bare").lower() not in ("", "false", "no", "off", "0")
    return clone.git.name != ".git" and not bare


def _common(git: Path) -> Path:
    said = os.fsdecode(plain_bytes(f"{git}/commondir") or b"").strip()
    common = Path(os.path.realpath(git / said)) if said else git
    # Only git's own layout is followed (gitrepository-layout): else a folder from elsewhere could
    # name a person's other clone, and have govkit write there.
    if common != git and git.parent != common / "worktrees":
        raise GovkitError(
            f"{git} takes its history from {common}, which belongs to another folder", _ANEW
        )
    return common


def plain_bytes(path: Path | str) -> bytes | None:
    """Return the first bytes of a plain file, or None where there is none; nothing blocks."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read(LARGEST) if stat.S_ISREG(os.fstat(handle).st_mode) else None


# --- what git is shown ----------------------------------------------------------------------------

_STAND_INS: dict[tuple[int, Path], tuple[tempfile.TemporaryDirectory[str], bytes]] = {}
"""The folders that stand for shared ones, by process and shared folder, with their settings."""


def shown(clone: Clone) -> dict[str, str]:
    """Return the variables by which git finds the clone, and none of its settings.

    Raises `GovkitError` where a part of the clone leads elsewhere, or is no file at all.
    """
    require_sound(clone)
    return {
        "GIT_DIR": str(clone.git),
        "GIT_WORK_TREE": str(clone.top),
        "GIT_COMMON_DIR": _stand_in(clone),
    }


def _stand_in(clone: Clone) -> str:
    """Return the folder that stands for the shared one; it goes away when govkit ends."""
    # By process too: a forked child makes its own, since that of its parent goes away with it.
    key, settings = (os.getpid(), clone.common), harmless(clone.settings())
    known = _STAND_INS.get(key)
    if known is not None and known[1] == settings:
        return known[0].name
    try:
        folder = new_folder()
        (Path(folder.name) / "config").write_bytes(settings)
        (Path(folder.name) / "info").mkdir()
        for name in (*_SHARED, "info/exclude"):
            (Path(folder.name) / name).symlink_to(clone.common / name)
    except OSError as error:
        raise GovkitError(
            f"git can't be asked without a folder for temporary files: {in_plain_words(error)}",
            "Make room on the disk, or name another folder with the variable TMPDIR.",
        ) from None
    _STAND_INS[key] = folder, settings
    return folder.name


def require_sound(clone: Clone) -> None:
    """Raise `GovkitError` where a part of the clone is a link, or something that blocks."""
    for folder in {clone.git, clone.common}:
        for name in _PARTS:
            path = f"{folder}/{name}"
            try:
                mode = os.lstat(path).st_mode
                if name == "HEAD" and stat.S_ISLNK(mode) and os.readlink(path)[:5] == "refs/":
                    continue  # so git wrote it in its first years
            except OSError:
                continue
            if not stat.S_ISREG(mode) and (name in _FILES or not stat.S_ISDIR(mode)):
                raise _leads_elsewhere(Path(path))
    for name in ("objects", "refs", "reftable", "logs"):
        _require_plain_below(f"{clone.common}/{name}", os.getpid())
    require_plain(f"{clone.common}/info/exclude")


def require_plain(path: Path | str, help: str = _ANEW) -> None:
    """Raise `GovkitError` for a pipe, a socket or a device: git would wait for it without end."""
    with suppress(OSError):
        if not stat.S_ISREG(mode := os.stat(path).st_mode) and not stat.S_ISDIR(mode):
            raise GovkitError(f"{path} is no plain file, so git is not asked about it", help)


@cache
def _require_plain_below(folder: str, _process: int) -> None:
    """Hold every file in a folder to be a plain one; looked at once in a process."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    waiting.append(item.path)
                elif not item.is_file(follow_symlinks=False):
                    require_plain(item.path)


def require_own(clone: Clone) -> None:
    """Raise `GovkitError` where writing to the clone would write somewhere else, through a link."""
    for folder in {clone.git, clone.common}:
        for name in ("objects", "refs", "logs", "govkit"):
            for path in _links(folder / name, deep=name != "objects"):
                raise _leads_elsewhere(path)


def _links(folder: Path, *, deep: bool) -> Iterator[Path]:
    """Yield the links in a folder, and in the folders below it where `deep` is set."""
    if folder.is_symlink():
        yield folder
        return
    with suppress(FileNotFoundError), os.scandir(folder) as items:
        for item in items:
            if item.is_symlink():
                yield Path(item.path)
            elif deep and item.is_dir():
                yield from _links(Path(item.path), deep=True)


def _leads_elsewhere(path: Path) -> GovkitError:
    return GovkitError(f"{path} is a link or no plain file, so git is not asked about it", _ANEW)
