"""Which way a change goes: what becomes of the platform's duties, and of the user's protection.

The party that a coalition's texts bind is the first of the charter's `parties`; here it is called
the platform. Swapping the sides of a change swaps its direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govkit.corpus.changes.values import Class, Conformity, Direction, weight

MORE = Direction("tighter", "stronger")
LESS = Direction("looser", "weaker")
UNCLEAR = Direction("unclear", "unclear")
_USER_MORE = Direction(None, "weaker")
_USER_LESS = Direction(None, "stronger")
_TURNED = {MORE: LESS, LESS: MORE, _USER_MORE: _USER_LESS, _USER_LESS: _USER_MORE}

# Two ladders: what has to be done, and what has to be left undone. A permission is at the foot of
# both; a step from one ladder to the other goes no clear way.
_LADDERS = (("may", "should", "must"), ("may", "should-not", "must-not"))


def turned(direction: Direction) -> Direction:
    """Return the direction of the change back."""
    return _TURNED.get(direction, direction)


def binds_only(addressee: Sequence[str], platform: str) -> bool:
    """Say whether the platform alone is bound."""
    return tuple(addressee) == (platform,)


def of_force(old: str, new: str, addressee: Sequence[str], platform: str) -> Direction:
    """Return the direction of a change of force, for the party that the clause binds."""
    for ladder in _LADDERS:
        if old in ladder and new in ladder and old != new:
            up = ladder.index(new) > ladder.index(old)
            return _of_duty(addressee, platform, more=up)
    return UNCLEAR


def _of_duty(addressee: Sequence[str], platform: str, *, more: bool) -> Direction:
    """Return the direction of more or less duty for those who are bound."""
    if binds_only(addressee, platform):
        return MORE if more else LESS
    # A duty of somebody else moves the user's protection and no duty of the platform (decision 16).
    if addressee and platform not in addressee:
        return _USER_MORE if more else _USER_LESS
    return UNCLEAR


def of_clause(clause: Any, platform: str, *, put_in: bool) -> Direction:
    """Return the direction of a clause that is put in, or taken out."""
    if clause.force in ("must", "must-not", "should", "should-not"):
        return _of_duty(clause.addressee, platform, more=put_in)
    return UNCLEAR


def of_row(
    old: Sequence[str],
    new: Sequence[str],
    forces: Mapping[str, str],
    addressee: Sequence[str],
    platform: str,
) -> Direction:
    """Return the direction of a change of one force word in the text of a clause.

    `old` and `new` are the rows, `forces` says how strongly each phrase binds. Where the rows
    differ in more than one phrase, or in one of no clear force, it is unclear.
    """
    pairs = [(was, is_) for was, is_ in zip(old, new, strict=False) if was != is_]
    if len(old) != len(new) or len(pairs) != 1:
        return UNCLEAR
    was, is_ = (forces.get(phrase, "") for phrase in pairs[0])
    return of_force(was, is_, addressee, platform)


def of_scope(old: Any, new: Any, axes: Iterable[str]) -> Direction:
    """Return the direction of a change of whom a text covers; an axis that is absent means all."""
    wider = narrower = False
    for axis in axes:
        before, after = (old or {}).get(axis), (new or {}).get(axis)
        if before == after:
            continue
        wider = wider or after is None or (before is not None and set(after) > set(before))
        narrower = narrower or before is None or (after is not None and set(after) < set(before))
        if before and after and not (set(before) < set(after) or set(after) < set(before)):
            return UNCLEAR
    return UNCLEAR if wider == narrower else (MORE if wider else LESS)


def of_limits(old: Sequence[Any], new: Sequence[Any]) -> Direction:
    """Return the direction of conditions or exceptions put in or taken out: each limits a duty."""
    gone = [limit for limit in old if limit not in new]
    come = [limit for limit in new if limit not in old]
    # One that was replaced by another: which of them limits more, only a reader can tell.
    if bool(gone) == bool(come):
        return UNCLEAR
    return LESS if come else MORE


def together(directions: Iterable[Direction]) -> Direction:
    """Return the direction of several changes at once: where they differ, it is unclear."""
    found = list(directions)
    duties = {each.platform_duty for each in found} - {None}
    protections = {each.user_protection for each in found} - {None}
    return Direction(
        duties.pop() if len(duties) == 1 else "unclear" if duties else None,
        protections.pop() if len(protections) == 1 else "unclear" if protections else None,
    )


def conformity_of(
    class_: Class, direction: Direction, declared: int | None, *, light: bool
) -> Conformity:
    """Return what one who conformed to the text before has to do.

    A clarification that its author declared to change no duty asks for nothing; without a
    declaration one has to look. A new or tighter duty asks for action. `light` says that all that
    is new is a recommendation to the platform alone.
    """
    if weight(class_) <= 2 or class_ == 4 or light:
        return "still conforms"
    # The tool never says by itself that no duty changed; the author has to (decision 16).
    if class_ == 3:
        return "still conforms" if declared == 3 else "re-check"
    if direction.platform_duty == "tighter":
        return "new duty"
    return "still conforms" if direction.platform_duty == "looser" else "re-check"
