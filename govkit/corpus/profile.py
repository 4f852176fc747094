"""Whom a text covers: does it match a platform and its users, as `size=large function=social`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.errors import WrongUse
from govkit.records.base import Record
from govkit.records.governance import Charter

Words = Mapping[str, tuple[str, ...]]


class Profile(NamedTuple):
    """Words for some axes of the charter, as users, sizes and functions."""

    axes: Words

    def covers(self, record: Record) -> bool:
        """Say whether any clause of a record is for this profile.

        On each axis that the profile names, the clause has to share a word with it; an axis that
        the clause does not name means all. A record without `applies_to` is for everybody.
        """
        return any(self._shares(applies_to) for applies_to in _each_applies_to(record))

    def _shares(self, applies_to: Words) -> bool:
        for axis, words in self.axes.items():
            named = applies_to.get(axis, ("all",))
            if "all" not in (*named, *words) and not set(named) & set(words):
                return False
        return True


def _each_applies_to(record: Any) -> Iterator[Words]:
    whole: Words = getattr(record, "applies_to", None) or {}
    clauses = [c for c in getattr(record, "clauses", ()) if getattr(c, "withdrawn", None) is None]
    if not clauses:
        yield whole
    for clause in clauses:
        yield whole if clause.applies_to is None else clause.applies_to


ONE_WORD = "sizes"
"""The axis on which a platform has one place. On any other it may have several."""


def profile_of(text: str, charter: Charter) -> Profile:
    """Return the profile that a person wrote, as `users=child,adult size=large`.

    An axis may be written in the singular; named again, it has the words of both places. Axes and
    words come in the order of the charter, so that the same choice is the same profile however it
    was written. Raises `WrongUse`, naming what the charter has.
    """
    chosen: dict[str, set[str]] = {}
    for part in text.split():
        name, _, words = part.partition("=")
        axis = _axis(name, charter)
        named = {_word(word, axis, charter) for word in words.split(",") if word}
        if not named:
            raise WrongUse(f"`{part}` is no part of a profile", f"Write it as {name}=word,word.")
        chosen.setdefault(axis, set()).update(named)
    if not chosen:
        raise WrongUse("the profile is empty", f"It names one of: {_axes(charter)}.")
    _refuse_two_sizes(chosen.get(ONE_WORD, set()), charter)
    return Profile(
        {
            axis: tuple(word for word in (*charter.axes[axis], "all") if word in chosen[axis])
            for axis in charter.axes
            if axis in chosen
        }
    )


def _refuse_two_sizes(words: set[str], charter: Charter) -> None:
    if len(words) > 1:
        named = [word for word in (*charter.axes[ONE_WORD], "all") if word in words]
        raise WrongUse(
            f"the profile names {len(named)} sizes, and a platform has one: {', '.join(named)}",
            f"Name one of them, as size={named[0]}; users and functions may be several.",
        )


def _axes(charter: Charter) -> str:
    return ", ".join(charter.axes) or "none"


def _axis(name: str, charter: Charter) -> str:
    for axis in charter.axes:
        if name in (axis, axis.removesuffix("s")):
            return axis
    raise WrongUse(
        f"`{name}` is not in the charter's list of axes", f"The charter has: {_axes(charter)}."
    )


def _word(word: str, axis: str, charter: Charter) -> str:
    known = charter.axes[axis]
    if word in known or word == "all":
        return word
    raise WrongUse(
        f"`{word}` is not in the charter's list `{axis}`",
        f"The charter has: {', '.join(known)}.",
        typed=word,
        known=known,
    )
