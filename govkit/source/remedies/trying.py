"""What the writer of a line that YAML can't read most likely meant, and the edit that mends it.

A remedy is offered only where it was tried: with it the file is read further than the wrong line.
So who does what the help says has a file that reads, or meets the next mistake. YAML itself says no
more than where it stopped, which is often a line too late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govkit.findings import Place
from govkit.source.gate import Unreadable
from govkit.source.key_lines import first_key_line
from govkit.source.loader import Doubt, load
from govkit.source.remedies.beginnings import (
    bare_key,
    bullets,
    colon,
    dash_missing,
    item_begun_late,
    tabs,
    two_keys,
)
from govkit.source.remedies.page import Page, Remedy
from govkit.source.remedies.places import indented, item_elsewhere, list_begun_again
from govkit.source.remedies.values import (
    below_bar,
    brackets,
    commas,
    item_on_line,
    linked,
    no_value,
    quoted,
    unclosed,
)
from govkit.source.validation import keys_of_kind, validate

LONGEST = 1 << 16
"""Characters of a file in which remedies are tried; each of them is a further reading."""


def likelier(fault: Unreadable, text: str, kind: str, *, joiners: bool = False) -> Unreadable:
    """Return a fault in writing with the remedy that leads on, or the fault as it is.

    `text` has passed the gate, `kind` says which keys its records have.
    """
    if fault.rule not in ("yaml-syntax", "duplicate-key") or len(text) > LONGEST:
        return fault
    page, best = remedy_for(fault, text, kind, joiners=joiners)
    return fault if best is None else as_fault(best, fault.rule, page)


def remedy_for(
    fault: Unreadable, text: str, kind: str, *, joiners: bool = False
) -> tuple[Page, Remedy | None]:
    """Return the lines of a text that can't be read, and the remedy that leads farthest on."""
    page = Page(text, fault.place.line - 1, fault.near, keys_of_kind(kind))
    best, farthest = None, (fault.place.line, 0)
    for remedy in _remedies(page, fault.rule):
        lines = (*page.lines[: remedy.first], *remedy.lines, *page.lines[remedy.last :])
        reached = _reach("\n".join(lines), page, kind, joiners)
        # What was put in or taken out counts nothing: a remedy leads on to what comes after it.
        shift = len(remedy.lines) - (remedy.last - remedy.first)
        after = reached if reached[0] == _THE_END[0] else (reached[0] - shift, reached[1])
        if after > farthest and after[0] > remedy.last:
            best, farthest = remedy, after
        if reached == _THE_END:
            break
    return page, best


_THE_END = (10**9, 0)


def _reach(text: str, page: Page, kind: str, joiners: bool) -> tuple[int, int]:
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
    return _THE_END[0], -sum(1 for fault in faults if fault.rule in _MISFITS)


_MISFITS = ("unknown-key", "missing-key", "wrong-type", "folded-list")


def as_fault(remedy: Remedy, rule: str, page: Page) -> Unreadable:
    """Return what is told of a fault whose remedy is known."""
    column = min(remedy.column, len(page.lines[remedy.line])) + 1
    place = Place(remedy.line + 1, column, column + 1)
    return Unreadable(rule, remedy.message, place, remedy.help)


def _remedies(page: Page, rule: str) -> Iterator[Remedy]:
    if rule == "duplicate-key":
        if page.key(page.stopped) == page.key(page.before):
            return  # one line twice, one below the other: no item was meant to begin there
        yield from dash_missing(page, page.stopped)
        yield from item_begun_late(page, page.stopped)
        yield from list_begun_again(page, page.stopped)
        return
    yield from tabs(page)
    for mend in _MENDERS:
        for at in page.suspects:
            yield from mend(page, at)


_MENDERS: tuple[Callable[[Page, int], Iterator[Remedy]], ...] = (
    linked,
    colon,
    bare_key,
    bullets,
    no_value,
    item_on_line,
    below_bar,
    two_keys,
    item_elsewhere,
    indented,
    dash_missing,
    brackets,
    commas,
    unclosed,
    quoted,
)
"""The narrower first: quotes make nearly every line one that reads."""
