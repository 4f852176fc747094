"""Whom a text covers: does it match a platform and its users, as `size=large function=social`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.errors import WrongUse
from govkit.records.base import Record
from govkit.records.governance import Charter
from govkit.source.validation import nearest

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
            if "all" not in named and not set(named) & set(words):
                return False
        return True


def _each_applies_to(record: Any) -> Iterator[Words]:
    whole: Words = getattr(record, "applies_to", None) or {}
    clauses = [c for c in getattr(record, "clauses", ()) if getattr(c, "withdrawn", None) is None]
    if not clauses:
        yield whole
    for clause in clauses:
        yield whole if clause.applies_to is None else clause.applies_to


def profile_of(text: str, charter: Charter) -> Profile:
    """Return the profile that a person wrote, as `users=child,adult size=large`.

    An axis may be written in the singular. Raises `WrongUse`, naming what the charter has.
    """
    axes: dict[str, tuple[str, ...]] = {}
    for part in text.split():
        name, sign, words = part.partition("=")
        axis = _axis(name, charter)
        if not sign or not words:
            raise WrongUse(f"`{part}` is no part of a profile", f"Write it as {name}=word,word.")
        axes[axis] = tuple(_word(word, axis, charter) for word in words.split(",") if word)
    return Profile(axes)


def _axis(name: str, charter: Charter) -> str:
    for axis in charter.axes:
        if name in (axis, axis.removesuffix("s")):
            return axis
    known = ", ".join(charter.axes) or "none"
    raise WrongUse(f"`{name}` is not in the charter's list of axes", f"The charter has: {known}.")


def _word(word: str, axis: str, charter: Charter) -> str:
    known = charter.axes[axis]
    if word in known or word == "all":
        return word
    near = nearest(word, known)
    hint = f"Did you mean `{near}`? " if near else ""
    raise WrongUse(
        f"`{word}` is not in the charter's list `{axis}`",
        f"{hint}The charter has: {', '.join(known)}.",
    )
