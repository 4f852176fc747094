"""One value or item of a file put in, taken out, changed or moved; all else stays to the byte.

What comes back was read again: the data are what was asked for, and the comments are the same in
the same order. Else the file is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from govkit.findings import Keys
from govkit.source.comments import comments
from govkit.source.gate import Unreadable, admit
from govkit.source.layout import NotFormatted, column_of
from govkit.source.loader import Spots, load
from govkit.source.record_bytes import as_read, end_of_value, items_of, plain
from govkit.source.writing import path_of

Change = Callable[[str, Spots], str]


def without_item(path: str, kind: str, data: bytes, keys: Keys) -> bytes:
    """Return a file without an item of a list; with the last item its key goes too.

    Raises `NotFormatted` where a comment stands inside.
    """

    def change(text: str, spots: Spots) -> str:
        siblings = sum(len(route) == len(keys) and route[:-1] == keys[:-1] for route in spots)
        first, end = _lines(text, spots, keys if siblings > 1 else keys[:-1])
        return text[:first] + text[end:]

    return _held(path, kind, data, change, lambda whole: _taken(whole, keys))


def with_new_item(path: str, kind: str, data: bytes, after: Keys, item: Any) -> bytes:
    """Return a file with an item behind the one at `after`. Raises `NotFormatted`."""

    def change(text: str, spots: Spots) -> str:
        _, end = _lines(text, spots, after)
        lines = items_of([plain(item)], column_of(text, spots, after))
        before = "" if text[:end].endswith("\n") else "\n"
        return text[:end] + before + "\n".join(lines) + "\n" + text[end:]

    def expected(whole: Any) -> Any:
        _at(whole, after[:-1]).insert(int(after[-1]) + 1, as_read(plain(item)))
        return whole

    return _held(path, kind, data, change, expected)


def with_item_instead(path: str, kind: str, data: bytes, keys: Keys, item: Any) -> bytes:
    """Return a file with another item in the place of one. Raises `NotFormatted`."""

    def change(text: str, spots: Spots) -> str:
        first, end = _lines(text, spots, keys)
        lines = items_of([plain(item)], column_of(text, spots, keys))
        return text[:first] + "\n".join(lines) + "\n" + text[end:]

    return _held(path, kind, data, change, lambda whole: _set(whole, keys, as_read(plain(item))))


def in_order(path: str, kind: str, data: bytes, keys: Keys, order: Sequence[int]) -> bytes:
    """Return a file with the items of a list in another order, given by their places from 0.

    Raises `NotFormatted` where a comment between two items would belong to another one.
    """

    def change(text: str, spots: Spots) -> str:
        places = [_lines(text, spots, (*keys, at)) for at in range(len(order))]
        if any(one[1] != two[0] for one, two in pairwise(places)):
            raise NotFormatted(
                f"comments stand between the items of {path_of(keys)}", "Move the item by hand."
            )
        text = text if text.endswith("\n") else f"{text}\n"
        moved = "".join(text[slice(*places[at])] for at in order)
        return text[: places[0][0]] + moved + text[places[-1][1] :]

    def expected(whole: Any) -> Any:
        items = _at(whole, keys)
        items[:] = [items[at] for at in order]
        return whole

    return _held(path, kind, data, change, expected)


# --- reading, and holding against what was asked for ----------------------------------------------


def _held(
    path: str, kind: str, data: bytes, change: Change, expected: Callable[[Any], Any]
) -> bytes:
    try:
        text = admit(data, joiners=kind == "translation")
        spots: Spots = {}
        before = load(text, spots)
        after = change(text, spots)
        new_spots: Spots = {}
        whole = load(after, new_spots)
        wanted = expected(before)
        said = [each.words for each in comments(text, spots)]
        kept = sorted(each.words for each in comments(after, new_spots)) == sorted(said)
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    if whole != wanted or not kept:
        raise NotFormatted(
            f"{path} can't be changed there without losing something else",
            "Put comments on lines of their own above the text that is meant, or edit it by hand.",
        )
    admit(after.encode(), joiners=kind == "translation")
    return after.encode()


def _spot(spots: Spots, keys: Keys) -> Any:
    if keys not in spots:
        raise NotFormatted(f"there is no {path_of(keys)}", "Edit the file by hand.")
    return spots[keys]


def _lines(text: str, spots: Spots, keys: Keys) -> tuple[int, int]:
    """Return the stretch of whole lines in which an item or key stands."""
    spot = _spot(spots, keys)
    first = text.rfind("\n", 0, spot.key_start) + 1
    head = text[first : spot.key_start]
    if head.strip(" -") or (isinstance(keys[-1], int) and "-" not in head):
        raise NotFormatted(
            f"{path_of(keys)} stands on a line with others", "Edit the file by hand."
        )
    end = max(
        end_of_value(text, each) for route, each in spots.items() if route[: len(keys)] == keys
    )
    line_end = text.find("\n", end)
    return first, line_end + 1 if line_end >= 0 else len(text)


def _at(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data[key]
    return data


def _set(whole: Any, keys: Keys, value: Any) -> Any:
    _at(whole, keys[:-1])[keys[-1]] = value
    return whole


def _taken(whole: Any, keys: Keys) -> Any:
    items = _at(whole, keys[:-1])
    if len(items) > 1:
        del items[keys[-1]]
    else:
        del _at(whole, keys[:-2])[keys[-2]]
    return whole
