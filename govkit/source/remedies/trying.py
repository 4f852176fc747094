"""What the writer of a line that YAML can't read most likely meant, and the edit that mends it.

A remedy is offered only where it was tried: with it the file is read further than the wrong line.
So who does what the help says has a file that reads, or meets the next mistake. YAML itself says no
more than where it stopped, which is often a line too late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govkit.findings import Place
from govkit.source.gate import Unreadable
from govkit.source.remedies.beginnings import (
    bare_key,
    bullets,
    colon,
    dash_missing,
    item_begun_late,
    tabs,
    two_keys,
)
from govkit.source.remedies.fitting import LONGEST, THE_END, reach
from govkit.source.remedies.indentation import indented, moved
from govkit.source.remedies.page import Page, Remedy
from govkit.source.remedies.places import item_elsewhere, list_begun_again
from govkit.source.remedies.values import (
    below_bar,
    brackets,
    commas,
    item_on_line,
    line_across,
    linked,
    no_value,
    quoted,
    unclosed,
)
from govkit.source.validation import keys_of_kind


def likelier(fault: Unreadable, text: str, kind: str, *, joiners: bool = False) -> Unreadable:
    """Return a fault in writing with the remedy that leads on, or the fault as it is.

    `text` has passed the gate, `kind` says which keys its records have.
    """
    if fault.rule not in ("yaml-syntax", "duplicate-key") or len(text) > LONGEST:
        return fault
    page = Page(text, fault.place.line - 1, fault.near, keys_of_kind(kind))
    best, farthest = None, (fault.place.line, 0)
    for remedy in _remedies(page, fault.rule):
        lines = (*page.lines[: remedy.first], *remedy.lines, *page.lines[remedy.last :])
        reached = reach("\n".join(lines), kind, joiners=joiners)
        # What was put in or taken out counts nothing: a remedy leads on to what comes after it.
        shift = len(remedy.lines) - (remedy.last - remedy.first)
        after = reached if reached[0] == THE_END[0] else (reached[0] - shift, reached[1])
        if after > farthest and after[0] > remedy.last:
            best, farthest = remedy, after
        if reached == THE_END:
            break
    else:
        best = moved(page, page.suspects, kind, joiners=joiners) or best
    return fault if best is None else _as_fault(best, fault.rule, page)


def _as_fault(remedy: Remedy, rule: str, page: Page) -> Unreadable:
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
    line_across,
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
