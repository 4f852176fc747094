"""The words of the frame: what is printed that no record says.

They stand in one place so that they can be read in one go, and so that a book in another language
needs another such page and nothing else. The names of states may be the charter's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govkit.records.enumerations import MONTHS

FORCES = {
    "must": "MUST",
    "must-not": "MUST NOT",
    "should": "SHOULD",
    "should-not": "SHOULD NOT",
    "may": "MAY",
    "declares": "DECLARES",
}
STATUSES = {
    "draft": "Draft",
    "trial": "Trial",
    "adopted": "Adopted",
    "deprecated": "Deprecated",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
}
DRAFT = "DRAFT"
DRAFT_NOTICE = "No one has consented to this text."
WORKING_COPY = "Working copy"
NOT_VERIFIED = "not verified"

DASH = "\u2013"
"""Stands before an item that has no label."""

CONTENTS = "Contents"
SKIP = "Skip the contents"
OF = "of"
PREAMBLE = "Preamble"
INTERPRETATION = "Interpretation"
DEFINITIONS = "Definitions"
SOURCES = "Sources"

CITE = "How to cite"
DIGESTS = "Digests"
DIGESTS_EXPLAINED = (
    "A digest is computed from the exact words that bind and the definitions they rest on: if one "
    "word differs, the digest differs."
)
DIGESTS_OF_TEXTS = "Each text has its own, below its clauses."
DEFINITION = "definition"
OF_FRAME = "preamble and interpretation"
PART_OF = "Part of"
IN = "in"
SELECTION = "selection"
WHOLE_DIGEST = "Digest of the whole text"

ID = "Id"
SYMBOL = "Symbol"
STATUS = "Status"
EDITION = "Edition"
FRAME_DECISION = "Decision on preamble and interpretation"
FRAME_DISSENT = "Dissent on preamble and interpretation"
FRAME_DIGEST = "Digest of preamble and interpretation"
DIGEST = "Digest"
RIGHTS = "Rights"
CATEGORY = "Category"
APPLIES_TO = "Applies to"
EVERYONE = "all"
SUPERSEDES = "Supersedes"
SUPERSEDED_BY = "Superseded by"

ADDRESSED_TO = "addressed to"
PROTECTS = "protects"
APPLIES_HERE = "applies to"
CONDITION = "Condition"
EXCEPTION = "Exception"

BLANKS = "To be filled in"
GROUNDS = "Rests on"
MAPPINGS = "Corresponds to"
BALANCING = "Rights weighed"
RELATIONS = "Related texts"
REFERS_TO = "Refers to"
SEE = "See also"
CASES = "See"
RATIONALE = "Rationale (not part of the text)"
GUIDANCE = "Guidance (not part of the text)"
ALSO = "also"

DELETED = "deleted"
INSERTED = "inserted"
MOVED_FROM = "moved from here"
MOVED_TO = "moved here, unchanged"
PARAGRAPH = "\u00b6"
"""Stands for the end of a paragraph where that alone is deleted or inserted."""
REDLINE = "Redline"
REDLINE_PREVAILS = (
    "This redline is an aid to reading. If it differs from the texts, the texts prevail."
)
REDLINE_OF = "What changed"
REDLINE_LEGEND = "How to read this redline"
REDLINE_OLD = "Old text"
REDLINE_NEW = "New text"
REDLINE_COUNT = "Changes"
AND = "and"
REDLINE_SPACES = "Where a line ends is not compared; where a paragraph ends is."
REDLINE_NOTHING = "The words of the two texts are the same."
WORDS = "words"
LEGEND_DELETED = "stood in the old text and do not stand in the new one."
LEGEND_INSERTED = "stand in the new text and did not stand in the old one."
LEGEND_MOVED = (
    "stood in the first place and stand in the second. The number says which belong together."
)
LEGEND_PARAGRAPH = "is the end of a paragraph."

GROUND_RELATIONS = {
    "implements": "implements",
    "follows": "follows",
    "goes-beyond": "goes beyond",
    "illustrated-by": "is illustrated by",
    "restates": "restates",
}
TEXT_RELATIONS = {
    "grounded-in": "Grounded in",
    "procedural-for": "Procedure for",
    "conflicts-with": "Conflicts with",
    "monitored-by": "Monitored by",
    "see-also": "See also",
}
SOURCE_KINDS = {
    "binding": "binding law",
    "soft": "soft law",
    "standard": "standard",
    "guidance": "guidance",
    "case": "case",
    "study": "study",
    "project": "project",
}
_UNITS = {
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
    "working-days": ("working day", "working days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
    "years": ("year", "years"),
    "percent": ("per cent", "per cent"),
}


def unreadable(id: str) -> str:
    """Return the line for a text whose file can't be read."""
    return f"{id} could not be read."


def absent(id: str) -> str:
    """Return the line for a text that the book names and the folder does not hold."""
    return f"{id} is not in this folder."


def selected(profile: str, texts: int, clauses: int) -> str:
    """Return the sentences that say for whom a selection is, and how much is left out of it."""
    counted = ((texts, "text", "texts"), (clauses, "clause", "clauses"))
    left = several([f"{n} {one if n == 1 else many}" for n, one, many in counted if n])
    what = f"Left out, because they are for others: {left}." if left else "Nothing is left out."
    return f"Selection for {profile}. {what}"


def printed_without(notes: Sequence[str]) -> str:
    """Return the sentence that says which notes are left out."""
    return f"Printed without {several(notes)}."


def clauses_left_out(labels: Sequence[str]) -> str:
    """Return the remark in a text of which not every clause is printed."""
    word = "clause" if len(labels) == 1 else "clauses"
    return f"Left out of this selection: {word} {several(labels)}."


def withdrawn(day: str, decision: str | None) -> str:
    """Return the beginning of the sentence about a withdrawal; the reason follows it."""
    by = f" by decision {decision}" if decision else ""
    return f"Withdrawn on {in_words(day)}{by}: "


def in_words(date: str) -> str:
    """Return a year, month or day as it is written in a sentence: `19 October 2022`."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) == 2 else month


def quantity(number: int, unit: str) -> str:
    """Return a number with its unit: `1 month`, `6 months`; a count has no unit."""
    if unit not in _UNITS:
        return str(number)
    return f"{number} {_UNITS[unit][abs(number) != 1]}"


def bounds(default: str, minimum: str, maximum: str) -> str:
    """Return what holds for a blank: its default, and between which values it may be filled in."""
    limits = [f"at least {minimum}"] if minimum else []
    limits += [f"at most {maximum}"] if maximum else []
    return "; ".join([f"Default {default}", *([", ".join(limits)] if limits else [])]) + "."


def several(words: Sequence[str]) -> str:
    """Return words in a row: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def from_to(old: str, new: str) -> str:
    """Return the title of a redline."""
    return f"From {old} to {new}"


def changes(counts: Mapping[str, int], moved: int) -> str:
    """Return how much changed, in words: `2 deleted, 1 replaced and 1 moved`.

    `counts` has the numbers of `delete`, `insert` and `replace`. What is none is left out.
    """
    numbers = (
        (counts["delete"], "deleted"),
        (counts["insert"], "inserted"),
        (counts["replace"], "replaced"),
        (moved, "moved"),
    )
    return several([f"{number} {what}" for number, what in numbers if number]) or "none"


def spaced(slug: str) -> str:
    """Return a slug as words: `very-large` as `very large`."""
    return slug.replace("-", " ")


def capital(words: str) -> str:
    """Return words with a capital at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]
