"""Phrases that are put together from the messages of a language, and signs that are no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govkit.languages.catalogue import Messages

DASH = "\u2013"
"""Stands before an item that has no label."""
PARAGRAPH = "\u00b6"
"""Stands for the end of a paragraph where that alone is deleted or inserted."""


def selected(said: Messages, profile: str, texts: int, clauses: int) -> str:
    """Return the sentences that say for whom a selection is, and how much is left out of it."""
    counted = (("book.left-texts", texts), ("book.left-clauses", clauses))
    counts = [said.counted(key, number) for key, number in counted if number]
    left = said["book.nothing-left-out"]
    if counts:
        left = said.say("book.left-out", left=said.several(counts))
    return said.say("book.selected", profile=profile, left=left)


def printed_without(said: Messages, notes: Sequence[str]) -> str:
    """Return the sentence that says which notes are left out."""
    return said.say("book.printed-without", notes=said.several(notes))


def clauses_left_out(said: Messages, labels: Sequence[str]) -> str:
    """Return the remark in a text of which not every clause is printed."""
    return said.counted("book.clauses-left-out", len(labels), labels=said.several(labels))


def withdrawn(said: Messages, day: str, decision: str | None) -> str:
    """Return the beginning of the sentence about a withdrawal; the reason follows it."""
    if decision:
        return said.say("book.withdrawn-by", day=said.date(day), decision=decision)
    return said.say("book.withdrawn-on", day=said.date(day))


def bounds(said: Messages, default: str, minimum: str, maximum: str) -> str:
    """Return what holds for a blank: its default, and between which values it may be filled in."""
    limits = [said.say("book.at-least", limit=minimum)] if minimum else []
    limits += [said.say("book.at-most", limit=maximum)] if maximum else []
    begins = said.say("book.default", value=default)
    return "; ".join([begins, *([", ".join(limits)] if limits else [])]) + "."


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


def spaced(slug: str) -> str:
    """Return a slug as words: `very-large` as `very large`."""
    return slug.replace("-", " ")


def capital(words: str) -> str:
    """Return words with a capital at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]
