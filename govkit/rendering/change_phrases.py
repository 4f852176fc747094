"""The words of the frame around changes, for every printed format."""

from __future__ import annotations

from govkit.corpus.changes.values import CLASS_NAMES, Change, Class

TITLE = "Changes"
FROM = "From"
TO = "To"
WORKING_FOLDER = "the folder as it is"
HOW_MANY = "Changes"
NEXT_VERSION = "Next version"
CLASS = "Class"
VERSION = "Version"
DUTY = "Platform’s duty"
PROTECTION = "User’s protection"
CONFORMITY = "One who conformed before"
DECLARED = "Declared"
BEFORE = "Digest before"
AFTER = "Digest after"
RESTS_ON_IT = "Rests on it"
WHY = "Why"
MIXED = "Words and status changed in one step."
NOTHING = "No text differs."
NOT_COMPARED = "Not compared"
OTHERS = "Other records that differ"
SWEEPS = "The same change in many clauses"
OLD = "before"
NEW = "after"
NONE = "nothing"
EVIDENCE = "Does this change a duty?"
DEFINITION = "Definition"
EXPLAINED = (
    "Each change has a class from 0 to 8, or S for status alone. The class follows from a rule "
    "that anyone can apply again; an author may declare a higher one. From class 5 on, the change "
    "says which way it goes."
)
PREVAILS = (
    "This redline helps to read the texts. Where it and the texts differ, the texts with the "
    "digests that are printed here prevail."
)


def class_in_words(class_: Class) -> str:
    """Return a class with its name: `5, force`."""
    return f"{class_}, {CLASS_NAMES[class_]}"


def of_class(class_: Class) -> str:
    """Return a class as it stands beside a clause: `class 5, force`."""
    return f"class {class_in_words(class_)}"


def declared_in_words(change: Change) -> str:
    """Return what the author declared, against the floor."""
    return f"class {change.declared}, which may not be under {change.floor}"


def bump_in_words(bump: str | None) -> str:
    """Return which version is asked for."""
    if bump is None:
        return "a new date"
    return "none asked for" if bump == "none" else f"a {bump} one"
