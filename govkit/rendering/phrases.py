"""Phrases that are put together from the messages of a language, and signs that are no words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from govkit.languages.catalogue import Messages

DASH = "\u2013"
"""Stands before an item that has no label."""
PARAGRAPH = "\u00b6"
"""Stands for the end of a paragraph where that alone is deleted or inserted."""


def selected(
    said: Messages, chosen: str, texts: int, clauses: int, *, for_others: bool = True
) -> str:
    """Return the sentences that say what a selection is, and how much is left out of it.

    `for_others` says that what is left out is for other users and platforms, and for no other
    reason.
    """
    counted = (("book.left-texts", texts), ("book.left-clauses", clauses))
    counts = [said.counted(key, number) for key, number in counted if number]
    left = said["book.nothing-left-out"]
    if counts:
        why = "book.left-out" if for_others else "book.left-out-of-level"
        left = said.say(why, left=said.several(counts))
    return said.say("book.selected", profile=chosen, left=left)


def printed_without(said: Messages, notes: Sequence[str]) -> str:
    """Return the sentence that says which notes are left out."""
    return said.say("book.printed-without", notes=said.several(notes))


def clauses_left_out(said: Messages, labels: Sequence[str]) -> str:
    """Return the remark in a text of which not every clause is printed."""
    return said.counted("book.clauses-left-out", len(labels), labels=said.several(labels))


def rests_on_left_out(said: Messages, resting: Sequence[tuple[str, str]]) -> str:
    """Return the remark in a text whose clauses refer to what is not printed."""
    pairs = [said.say("book.rests-on", clause=clause, text=text) for clause, text in resting]
    return said.say("book.rests-on-left-out", pairs=said.several(pairs))


def withdrawn(said: Messages, day: str, decision: str | None) -> str:
    """Return the beginning of the sentence about a withdrawal; the reason follows it."""
    if decision:
        return said.say("book.withdrawn-by", day=said.date(day), decision=decision)
    return said.say("book.withdrawn-on", day=said.date(day))


def limits(said: Messages, minimum: str, maximum: str, linked: str) -> str:
    """Return between which values a blank may be filled in, and which other one it has to fit."""
    found = [said.say("book.at-least", limit=minimum)] if minimum else []
    found += [said.say("book.at-most", limit=maximum)] if maximum else []
    return ", ".join([*found, *([linked] if linked else [])])


def bounds(said: Messages, default: str, limited: str) -> str:
    """Return what holds for a blank: its default, and between which values it may be filled in."""
    begins = said.say("book.default", value=default)
    return "; ".join([begins, *([limited] if limited else [])]) + "."


def changes(said: Messages, counts: Mapping[str, int], moved: int) -> str:
    """Return how much changed, in words: `2 deleted, 1 replaced and 1 moved`.

    `counts` has the numbers of `delete`, `insert` and `replace`. What is none is left out.
    """
    numbers = ((name, counts[name]) for name in ("delete", "insert", "replace"))
    shown = [
        said.say(f"redline.{name}", count=count)
        for name, count in (*numbers, ("moved", moved))
        if count
    ]
    return said.several(shown) or said["redline.none"]


def moment(said: Messages, instant: datetime.datetime) -> str:
    """Return an aware instant in UTC, to its minute, as 19 October 2022, 14:05 UTC."""
    in_utc = instant.astimezone(datetime.UTC)
    return f"{said.date(in_utc.date().isoformat())}, {in_utc:%H:%M} UTC"


def spaced(slug: str) -> str:
    """Return a slug as words: `very-large` as `very large`."""
    return slug.replace("-", " ")


def capital(words: str) -> str:
    """Return words with a capital at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]
