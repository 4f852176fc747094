"""What a comparison of one unit has to know beside the unit."""

from __future__ import annotations

from typing import NamedTuple

from govkit.corpus.changes.lexicon import Lexicon
from govkit.records.kinds import TEXT_KINDS

_LISTS = {"instrument": ("preamble", "interpretation"), "term": ()}


def lists_of(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of unit that hold clauses, or what is compared like clauses."""
    return ("clauses",) if kind in TEXT_KINDS else _LISTS[kind]


class ComparisonContext(NamedTuple):
    """What a comparison has to know beside the unit.

    `platform` is the party that the texts bind, `axes` are the charter's, `marked_anyway` says
    that defined words have their meaning in this unit whether they are marked or not.
    """

    lexicon: Lexicon
    platform: str
    axes: tuple[str, ...] = ()
    marked_anyway: bool = False
