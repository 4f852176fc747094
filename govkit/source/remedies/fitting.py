"""How far a text can be read, and how well it fits its kind: what a remedy is measured by."""

from __future__ import annotations

from govkit.findings import Finding
from govkit.source.gate import Unreadable
from govkit.source.key_lines import first_key_line
from govkit.source.loader import Doubt, load
from govkit.source.validation import validate

LONGEST = 1 << 16
"""Characters of a file in which remedies are tried; each of them is a further reading."""

THE_END = (10**9, 0)


def is_misfit(fault: Finding) -> bool:
    """Say whether data do not fit their kind as they do when a line stands in another place."""
    if fault.rule in ("wrong-value", "unknown-word"):
        return " - " in fault.found  # an item that took in the one below it
    if fault.rule == "wrong-type":
        return not fault.expected or fault.found in ("a group of keys", "a list")
    return fault.rule in ("unknown-key", "missing-key", "folded-list")


def reach(text: str, kind: str, *, joiners: bool) -> tuple[int, int]:
    """Return how far a text can be read: the line that can't be, from 1, or a number beyond all;
    and, as a negative number, in how many places the data then do not fit the kind.

    A key that stands inside a text counts as a line that can't be read.
    """
    doubts: list[Doubt] = []
    try:
        data = load(text, joiners=joiners, doubts=doubts)
    except Unreadable as fault:
        return fault.place.line, 0
    for doubt, _ in first_key_line(text, doubts, kind):
        return text.count("\n", 0, doubt.start) + 1, 0
    faults = validate(kind, data, "")[1]
    return THE_END[0], -sum(map(is_misfit, faults))
