"""Which edited files belong to one renaming: the old place, the new one, and where it is named.

A change that takes the new file alone would leave the old one, and links that lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher

from govkit.records.kinds import kind_of_path

Pair = tuple[bytes | None, bytes | None]
"""A file before and after; None where it is not there."""

_ALIKE = 0.6
"""How much of the lines is the same, at the least, in a file that was renamed and then edited."""


def renamed_along(
    chosen: Collection[str], edited: Mapping[str, Pair], ids: Mapping[str, str]
) -> set[str]:
    """Return the edited files that go along with chosen ones, since a record was renamed.

    `edited` are all files that differ, `ids` the ids of the records by path, old and new ones.
    """
    along: set[str] = set()
    for gone, new in _renamings(edited, ids):
        names = ids.get(gone, ""), ids.get(new, "")
        if names[0] != names[1] and {gone, new} & set(chosen):
            along |= {gone, new} | {
                path for path, pair in edited.items() if _names_anew(pair, *names)
            }
    return along - set(chosen)


def _renamings(edited: Mapping[str, Pair], ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new place of each record that was renamed."""
    left = [path for path, (_, now) in edited.items() if now is None]
    for new, (before, now) in edited.items():
        if before is not None or now is None:
            continue
        fits = [path for path in left if kind_of_path(path) == kind_of_path(new)]
        alike = {path: _likeness(path, new, edited, ids) for path in fits}
        best = max(alike, key=lambda path: alike[path], default=None)
        if best is not None and alike[best] >= _ALIKE:
            left.remove(best)
            yield best, new


def _likeness(gone: str, new: str, edited: Mapping[str, Pair], ids: Mapping[str, str]) -> float:
    before, now = edited[gone][0] or b"", edited[new][1] or b""
    old, given = ids.get(gone, ""), ids.get(new, "")
    if old and given:
        before = before.replace(old.encode(), given.encode())
    return SequenceMatcher(None, before.splitlines(), now.splitlines(), autojunk=False).ratio()


def _names_anew(pair: Pair, old: str, new: str) -> bool:
    """Say whether a file named the old id, and names the new one in its place."""
    before, now = pair
    if before is None or now is None or not old or not new:
        return False
    return _names(before, old) > _names(now, old) and _names(now, new) > _names(before, new)


def _names(data: bytes, id: str) -> int:
    return len(re.findall(rb"(?<![\w-])" + re.escape(id.encode()) + rb"(?![\w-])", data))
