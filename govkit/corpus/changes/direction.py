"""Which way a change goes: what becomes of the platform's duties, and of the user's protection.

The party that a coalition's texts bind is the first of the charter's `parties`; here it is called
the platform. Everything follows from one question: what would more of this clause mean, for those
whom it binds and those whom it serves? Swapping the sides of a change swaps its direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeVar

from govkit.corpus.changes.values import Class, Conformity, Direction, Duty, Protection, weight
from govkit.patterns import lazy_regex

MORE = Direction("tighter", "stronger")
LESS = Direction("looser", "weaker")
UNCLEAR = Direction("unclear", "unclear")
_Way = TypeVar("_Way", Duty, Protection)
_TURNED_DUTY: Mapping[Duty | None, Duty] = {"tighter": "looser", "looser": "tighter"}
_TURNED_PROTECTION: Mapping[Protection | None, Protection] = {
    "stronger": "weaker",
    "weaker": "stronger",
}

# Two ladders: what has to be done, and what has to be left undone. A permission is at the foot of
# both; a step from one ladder to the other goes no clear way.
_LADDERS = (("may", "should", "must"), ("may", "should-not", "must-not"))
_DUTIES = frozenset(("must", "must-not", "should", "should-not"))
# Two conditions that share less than this of their words are two, not one in other words.
_ALIKE = 0.25
_WORD = lazy_regex(r"\w+")


class Bound(NamedTuple):
    """What a clause does and to whom: its force, who is bound, who is served, who the platform is.

    `force` is `must`, `must-not`, `should`, `should-not`, `may`, or another word that binds nobody.
    """

    force: str
    addressee: frozenset[str]
    beneficiary: frozenset[str]
    platform: str


def bound_by(clause: Any, platform: str) -> Bound:
    """Return what a clause does; a part of a book without parties binds nobody in particular."""
    addressee, beneficiary = (
        frozenset(getattr(clause, name, ())) for name in ("addressee", "beneficiary")
    )
    return Bound(getattr(clause, "force", None) or "", addressee, beneficiary, platform)


def binds_only(addressee: Iterable[str], platform: str) -> bool:
    """Say whether the platform alone is bound."""
    return set(addressee) == {platform}


def turned(direction: Direction) -> Direction:
    """Return the direction of the change back."""
    duty, protection = direction
    return Direction(_TURNED_DUTY.get(duty, duty), _TURNED_PROTECTION.get(protection, protection))


def of_more(bound: Bound) -> Direction:
    """Return the direction of a change after which a clause binds, or permits, in more cases."""
    if not bound.addressee or bound.force not in (*_DUTIES, "may"):
        return UNCLEAR
    binds_platform, others = bound.platform in bound.addressee, bound.addressee - {bound.platform}
    if bound.force == "may":
        if not others:
            return LESS
        return Direction("looser", "unclear") if binds_platform else Direction(None, "stronger")
    if not others:
        # What the platform has to do for itself, as ending a contract, may go against the user.
        own = bound.beneficiary == {bound.platform} and bound.force in ("must", "should")
        return Direction("tighter", "unclear") if own else MORE
    if binds_platform:
        return Direction("tighter", "unclear")
    # What one user owes to another protects the one and burdens the other. A duty of somebody else
    # is no duty of the platform (decision 16).
    served = bound.beneficiary - {bound.platform}
    return Direction(None, "weaker" if served <= others else "unclear")


def of_less(bound: Bound) -> Direction:
    """Return the direction of a change after which a clause binds, or permits, in fewer cases."""
    return turned(of_more(bound))


def of_clause(clause: Any, platform: str, *, put_in: bool) -> Direction:
    """Return the direction of a clause that is put in, or taken out."""
    bound = bound_by(clause, platform)
    return of_more(bound) if put_in else of_less(bound)


def of_force(old: str, new: str, bound: Bound) -> Direction:
    """Return the direction of a change of force, for the parties that the clause has."""
    for ladder in _LADDERS:
        if old in ladder and new in ladder and old != new:
            # Up the ladder whoever is bound has more of a duty, from a permission on too.
            duty = of_more(bound._replace(force=ladder[-1]))
            return duty if ladder.index(new) > ladder.index(old) else turned(duty)
    return UNCLEAR


def of_row(
    old: Sequence[str], new: Sequence[str], forces: Mapping[str, str], was: Bound, is_: Bound
) -> Direction:
    """Return the direction of a change of force words in the text of a clause.

    `old` and `new` are the rows, `forces` says how strongly each phrase binds. A word counts where
    it has the force that the clause has, before or after; of another, who is bound by it is not
    known. Where a word has no partner, or none of clear force, it is unclear.
    """
    if len(old) != len(new):
        return UNCLEAR
    found = []
    for before, after in zip(old, new, strict=True):
        if before != after:
            was_force, is_force = forces.get(before, ""), forces.get(after, "")
            if was_force == is_force and was_force:
                continue
            known = was_force == was.force or is_force == is_.force
            found.append(of_force(was_force, is_force, is_) if known else UNCLEAR)
    return together(found) if found else UNCLEAR


def of_parties(old: Bound, new: Bound) -> Direction:
    """Return the direction of a change of who is bound, or of who is served.

    Each party that came is more of the clause for that party, each that went less of it.
    """
    if old.force != new.force or old.force not in (*_DUTIES, "may"):
        return UNCLEAR
    if old.addressee == new.addressee:
        return _of_served(old, new)
    gone, come = old.addressee - new.addressee, new.addressee - old.addressee
    if not old.addressee or not new.addressee:
        return UNCLEAR
    less = [of_less(old._replace(addressee=frozenset((party,)))) for party in gone]
    more = [of_more(new._replace(addressee=frozenset((party,)))) for party in come]
    return together([*less, *more])


def _of_served(old: Bound, new: Bound) -> Direction:
    """Return the direction of a change of who is served by a duty: owed to more, it is more."""
    before, after = old.beneficiary, new.beneficiary
    if old.force == "may" or not (before and after) or {old.platform} & (before ^ after):
        return UNCLEAR
    if before < after:
        return of_more(new) if binds_only(new.addressee, new.platform) else UNCLEAR
    if after < before:
        return of_less(old) if binds_only(old.addressee, old.platform) else UNCLEAR
    return UNCLEAR


def of_scope(old: Any, new: Any, axes: Iterable[str], bounds: Sequence[Bound]) -> Direction:
    """Return the direction of a change of whom a text covers; an axis that is absent means all.

    `bounds` are the clauses that it covers; those that only declare something say no way, where
    another does.
    """
    ways = set(_steps_of_scope(old, new, axes))
    saying = [bound for bound in bounds if bound.force in (*_DUTIES, "may")]
    if "other" in ways or not saying:
        return UNCLEAR
    turns = {"wider": of_more, "narrower": of_less}
    return together(turns[way](bound) for way, bound in product(sorted(ways), saying))


def _steps_of_scope(old: Any, new: Any, axes: Iterable[str]) -> Iterator[str]:
    for axis in axes:
        before, after = (old or {}).get(axis), (new or {}).get(axis)
        if before == after:
            continue
        if after is None or (before is not None and set(after) > set(before)):
            yield "wider"
        elif before is None or set(after) < set(before):
            yield "narrower"
        else:
            yield "other"


def of_limits(old: Sequence[Any], new: Sequence[Any], bound: Bound) -> Direction:
    """Return the direction of conditions or exceptions put in or taken out: each limits the clause.

    Of one that was replaced, only a reader can tell which limits more; where the two have little in
    common, one was put in and another taken out, and both are told.
    """
    gone = [limit for limit in old if limit not in new]
    come = [limit for limit in new if limit not in old]
    if not gone and not come:
        return UNCLEAR  # another order
    if gone and come:
        if any(_alike(was, is_) for was, is_ in product(gone, come)):
            return UNCLEAR
        return together((of_more(bound), of_less(bound)))
    return of_less(bound) if come else of_more(bound)


def _alike(old: Any, new: Any) -> bool:
    before, after = (set(_WORD.findall(str(side).lower())) for side in (old, new))
    return len(before & after) >= _ALIKE * len(before | after)


def of_number(
    which: str, old: float | None, new: float | None, favours: str | None, bounds: Sequence[Bound]
) -> Direction:
    """Return the direction of another default, minimum or maximum of a blank.

    `favours` says which way protects: `longer` or `shorter`. `bounds` are the clauses in which the
    blank stands. A limit on the side that protects (the longest time, where longer protects) keeps
    a platform from giving more, and goes no clear way.
    """
    guard = {"longer": "minimum", "shorter": "maximum"}.get(favours or "")
    if guard is None or which not in ("default", guard):
        return UNCLEAR
    more = old is None  # a limit that came protects, one that went did so
    if old is not None and new is not None:
        more = (new > old) == (favours == "longer")
    # In a permission, too, the blank is what the platform has to keep; in a duty or a right of the
    # user it is no duty of the platform.
    ways = together(of_more(bound._replace(force="must")) for bound in bounds)
    way = Direction(ways.platform_duty if bounds else "unclear", "stronger")
    return way if more else turned(way)


def together(directions: Iterable[Direction]) -> Direction:
    """Return the direction of several changes at once: two that are opposite are both told."""
    found = list(directions)
    duties = {each.platform_duty for each in found} - {None}
    protections = {each.user_protection for each in found} - {None}
    return Direction(
        _joined(duties, _TURNED_DUTY, "tighter and looser", "unclear"),
        _joined(protections, _TURNED_PROTECTION, "stronger and weaker", "unclear"),
    )


def _joined(
    ways: set[_Way | None], opposites: Mapping[_Way | None, _Way], both: _Way, unclear: _Way
) -> _Way | None:
    if ways >= opposites.keys() or both in ways:
        return both
    return ways.pop() if len(ways) == 1 else unclear if ways else None


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
    if direction.platform_duty in ("tighter", "tighter and looser"):
        return "new duty"
    return "still conforms" if direction.platform_duty == "looser" else "re-check"
