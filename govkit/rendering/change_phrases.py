"""The phrases around changes, for every printed format."""

from __future__ import annotations

from typing import Any

from govkit.corpus.changes.values import Change, Class
from govkit.languages.catalogue import Messages


def class_in_words(said: Messages, class_: Class) -> str:
    """Return a class with its name: `5, force`."""
    return said.say("changes.numbered", number=class_, name=said[f"general.classes.{class_}"])


def class_of_change(said: Messages, change: Change) -> str:
    """Return the class of a change; where questions are open, how many, and no name."""
    if not change.unanswered:
        return class_in_words(said, change.class_)
    return said.counted("changes.not-answered", len(change.unanswered), number=change.class_)


def of_class(said: Messages, class_: Class) -> str:
    """Return a class as it stands beside a clause: `class 5, force`."""
    return said.say("changes.class-of", number=class_, name=said[f"general.classes.{class_}"])


def declared_in_words(said: Messages, change: Change) -> str:
    """Return what the author declared, against the floor."""
    return said.say("changes.declared-class", number=change.declared, floor=change.floor)


def bump_in_words(said: Messages, bump: str | None) -> str:
    """Return which version is asked for."""
    return said["changes.new-date"] if bump is None else said[f"changes.bumps.{bump}"]


def as_text(value: Any) -> str:
    """Return a value of a field as text, one line for each part of a list of texts."""
    if value in (None, [], {}):
        return ""
    if isinstance(value, dict) and {"title", "items"} <= value.keys():  # a part of a book
        return (
            f"{value['title']}: {as_text([*(value['items'] or ()), *(value.get('parts') or ())])}"
        )
    if isinstance(value, dict):
        said = {key: as_text(inner) for key, inner in value.items()}
        return "; ".join(f"{key}: {text}" for key, text in said.items() if text)
    if isinstance(value, list):
        between = "\n\n" if any(" " in str(part) for part in value) else ", "
        return between.join(as_text(part) for part in value)
    return str(value)
