"""References of a text to its own articles, which follow where these were numbered anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from govkit.languages.catalogue import Messages
from govkit.rendering.passages import Passage, moved_words
from govkit.rendering.spans import Deleted, Inserted, Words

_HEAD = re.compile(r"\W*(?P<unit>[^\W\d]{2,20}|§)\s*(?P<number>\d+)\b")
_ROW = r"(?:\s*(?:[\d(),\u2013-]|\b(?:and|or|to|et|ou|y|o|a|e|u|und|bis)\b))*\s*$"
_FIGURES = re.compile(r"(?<![\d(])\d+")
_MOST_NAMED = 12


class Renumbered(NamedTuple):
    """What was numbered anew: for each unit, as `article`, its old numbers with the new ones.

    `unit` is as it is written in the text.
    """

    numbers: dict[str, dict[int, int]]
    written: dict[str, str]


def renumbered_in(passages: Sequence[Passage]) -> Renumbered:
    """Return the numbers of the headings and paragraphs that are the same but for them."""
    found = Renumbered({}, {})
    for passage in passages:
        if passage.is_changed and not passage.renumbered:
            continue
        old, new = map(_HEAD.match, passage.whole)
        if any(passage.labels) and old and new and old["unit"] == new["unit"]:
            unit = old["unit"].casefold()
            found.numbers.setdefault(unit, {})[int(old["number"])] = int(new["number"])
            found.written.setdefault(unit, old["unit"])
    return found


def follows(passage: Passage, renumbered: Renumbered) -> bool:
    """Say whether all that changed in a passage are references, each as what it refers to."""
    before, gone = "", ""
    for span in passage.spans:
        match span:
            case Words(text):
                before += text
            case Deleted() if not gone:
                gone = moved_words(span, old=True)
            case Inserted() if gone:
                come = moved_words(span, old=False)
                if not _is_step(before, gone, come, renumbered):
                    return False
                before, gone = before + come, ""
            case _:
                return False
    return not gone and passage.is_changed


def _is_step(before: str, old: str, new: str, renumbered: Renumbered) -> bool:
    if _FIGURES.split(old) != _FIGURES.split(new):
        return False
    steps = list(zip(_FIGURES.findall(old), _FIGURES.findall(new), strict=True))
    return bool(steps) and any(
        re.search(rf"{re.escape(unit)}\w{{0,2}}\.?{_ROW}", before, re.IGNORECASE)
        and all(numbers.get(int(was)) == int(became) for was, became in steps)
        for unit, numbers in renumbered.numbers.items()
    )


def rise_in_words(renumbered: Renumbered, said: Messages) -> str:
    """Return which numbers rose or fell by how much, as `Article 7-26: +1`."""
    runs = []
    for unit, numbers in renumbered.numbers.items():
        steps = sorted((was, became - was) for was, became in numbers.items() if was != became)
        for _, run in groupby(enumerate(steps), lambda each: (each[1][0] - each[0], each[1][1])):
            (first, step), *rest = (pair for _, pair in run)
            last = f"\u2013{rest[-1][0]}" if rest else ""
            runs.append(f"{renumbered.written[unit]} {first}{last}: {step:+d}")
    return said.say("redline.references-follow", runs=", ".join(runs))


def staying(passages: Sequence[Passage], renumbered: Renumbered, said: Messages) -> str:
    """Return the references that still have the number that what they refer to had before, in
    words; empty where there is none.
    """
    found = dict.fromkeys(name for passage in passages for name in _staying_in(passage, renumbered))
    named = [*found][:_MOST_NAMED]
    if not named:
        return ""
    more = ", \u2026" if len(found) > len(named) else ""
    return said.say("redline.references-stay", references=f"{', '.join(named)}{more}")


def _staying_in(passage: Passage, renumbered: Renumbered) -> Iterator[str]:
    if any(passage.labels) and passage.block.style == "heading":
        return
    kept = "\n".join(span.text for span in passage.spans if isinstance(span, Words))
    for unit, numbers in renumbered.numbers.items():
        for met in re.finditer(rf"\b{re.escape(unit)}\w?\.?[^\S\n]+(\d+)\b", kept, re.IGNORECASE):
            if numbers.get(int(met[1]), int(met[1])) != int(met[1]):
                yield met[0]
