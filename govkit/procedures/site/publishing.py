"""The website as files in a folder: whole or not at all, and nothing else in the folder is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.store import printed, unfinished
from govkit.store.output_files import require_output_folder

LIST = "site.json"
"""The list of all files of a site with their digests; a folder that has it holds a site."""
Progress = Callable[[int], None]
"""Called now and then with how many files are made."""


class PublishedSite(NamedTuple):
    """Where the site lies now, how many files it has, and how many of them were written anew."""

    folder: Path
    files: int
    written: int


def unseen(count: int) -> None:
    """Nobody looks."""


def publish_site(
    made: Iterable[tuple[str, bytes]], folder: Path, commit: str = "", progress: Progress = unseen
) -> PublishedSite:
    """Put the files of a site into a folder, in the place of the site that was there.

    `commit` is the one that it was made from, or empty.
    What did not change is not written again. Raises `WrongUse` where something else lies there,
    `GovkitError` where the disk does not take it; then the folder is as it was.
    """
    final = Path(os.path.realpath(folder))
    _require_site(final)
    staged = printed.beside(final)
    with unfinished.noted(staged):
        try:
            return _settled(made, staged, final, commit, progress)
        except BaseException:
            printed.forget(staged)
            raise


def _settled(
    made: Iterable[tuple[str, bytes]], staged: Path, final: Path, commit: str, progress: Progress
) -> PublishedSite:
    printed.begin(staged)
    digests: dict[str, str] = {}
    written = 0
    for path, data in made:
        digests[path] = sha256(data).hexdigest()
        written += printed.put_or_keep(staged, final, path, data)
        if len(digests) % 100 == 0:
            progress(len(digests))
    listed = {"version": 1, "commit": commit or None, "files": dict(sorted(digests.items()))}
    data = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    written += printed.put_or_keep(staged, final, LIST, data)
    if written == 0 and printed.files_in(final) == printed.files_in(staged):
        printed.forget(staged)
    else:
        printed.settle(staged, final)
    return PublishedSite(final, len(digests) + 1, written)


def _require_site(final: Path) -> None:
    """Raise `WrongUse` where a folder holds anything that no site put there."""
    require_output_folder(final)
    there = printed.files_in(final)
    if not there:
        return
    listed = _listed(final)
    if listed is None:
        raise WrongUse(
            f"{final} holds other files than those of a site",
            "Name another folder with -o, or a new one. It was not touched.",
        )
    foreign = sorted(there - listed - {LIST})
    if foreign:
        raise WrongUse(
            f"{final} holds a site, and {foreign[0]}, which is none of its files",
            "Move it elsewhere: the folder is replaced as a whole. It was not touched.",
        )


def _listed(final: Path) -> set[str] | None:
    """Return the paths that the list of a site names; None where there is no such list."""
    data = printed.read(final, LIST)
    try:
        found = json.loads(data) if data else None
    except ValueError:
        return None
    files = found.get("files") if isinstance(found, dict) else None
    return set(files) if isinstance(files, dict) else None
