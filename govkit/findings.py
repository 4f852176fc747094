"""What is wrong in a document, as a value: the only currency of the checks.

A rule says *where* with a `Route` of keys, as `clauses.2.force`; one place in `source/` turns
routes into lines and columns, and only when there is something to report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from govkit.patterns import lazy_regex

Stops = Literal["merge", "release"] | None
Level = Literal["error", "warning", "advice"]
Keys = tuple[str | int, ...]
"""The way through a record or through plain data: keys and list positions, from the top."""


class Place(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters.

    `end_column` is the first column after the marked words, on the same line.
    """

    line: int
    column: int
    end_column: int


WHOLE_FILE = Place(1, 1, 1)


class Route(NamedTuple):
    """The way through a record to one value: its keys and list positions, from the top.

    `span` narrows it to characters of a text value (start, end). `at_key` means the key itself.
    """

    keys: Keys = ()
    span: tuple[int, int] | None = None
    at_key: bool = False

    def __str__(self) -> str:
        """Write the route as people read it: `clauses.2.text@34:41`."""
        dotted = ".".join(str(key) for key in self.keys)
        return f"{dotted}@{self.span[0]}:{self.span[1]}" if self.span else dotted


NOWHERE = Route()


_LONG_WORD, _LONGEST = 200, 4_000
"""Characters: of a word that is cut, and the most of one part of a finding."""
_LONG_WORDS = lazy_regex(rf"\S{{{_LONG_WORD},}}")


def _cut(words: str) -> str:
    """Return words with the middle of a very long one left out, and no more than a page of them."""
    short = _LONG_WORDS.sub(lambda found: f"{found[0][:60]}…{found[0][-20:]}", words)
    return short if len(short) <= _LONGEST else f"{short[: _LONGEST - 21]}…{short[-20:]}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look, in one file.

    `rule` is the slug of the rule; `path` is relative to the root, with `/`; `id` is the record's.
    `message` is one sentence; `expected` and `found` are short; `help` says what to do.
    `enforces` names the clause of the charter or handbook behind the rule, if there is one.
    `stops` says what cannot go on while it stands; the level follows from it.
    """

    rule: str
    message: str
    path: str
    route: Route = NOWHERE
    id: str = ""
    stops: Stops = None
    expected: str = ""
    found: str = ""
    help: str = ""
    enforces: str | None = None
    place: Place | None = None

    def __post_init__(self) -> None:
        """Cut what a file says at great length: a report is read by people, and by programs."""
        for name in ("message", "id", "expected", "found", "help"):
            words = getattr(self, name)
            if len(words) > _LONG_WORD:
                object.__setattr__(self, name, _cut(words))

    @property
    def level(self) -> Level:
        """An error stops the merge, a warning stops a final release, advice stops nothing."""
        if self.stops == "merge":
            return "error"
        return "warning" if self.stops == "release" else "advice"


def in_order(finding: Finding) -> tuple[str, int, int, str, str]:
    """Return the key that sorts findings by path, line, column and rule."""
    place = finding.place or WHOLE_FILE
    return (finding.path, place.line, place.column, finding.rule, finding.message)
