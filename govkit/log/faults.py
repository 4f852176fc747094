"""A place where the log does not hold."""

from __future__ import annotations

from typing import Literal, NamedTuple

FaultKind = Literal[
    "gap",
    "number",
    "chain",
    "order",
    "twice",
    "edited",
    "altered",
    "gone",
    "not-logged",
    "unreadable",
    "head",
]


class LogFault(NamedTuple):
    """A place where the log does not hold: the file, what kind of fault, and a sentence.

    `about` is the file that is gone, if one is: the place is then that of the entry about it, or
    behind it.
    """

    path: str
    kind: FaultKind
    message: str
    about: str = ""
