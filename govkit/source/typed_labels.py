"""Which numbers at the beginning of paragraphs are labels that somebody typed: `3.`, `(b)`, `2.1`.

A number is one where all numbers of its form count up from the first to the last, in both texts: so
`10. October` and `2.5 million` are none, and one gap leaves all of them words, in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.source.list_numbers import number_as
from govkit.source.text_blocks import TextBlock

_LABEL = re.compile(
    r"(?P<word>(?:[^\W\d_]{2,12}\.?|\u00a7) )?(?P<open>\(?)"
    r"(?:(?P<digits>\d{1,3}(?:\.\d{1,3}){0,4})|(?P<letters>[a-z]{1,4}|[A-Z]{1,4}))"
    r"(?P<close>[.)]?)(?=\s|$)"
)
_ROMANS = {number_as("lowerRoman", number): number for number in range(1, 40)}
_LEAST = 2

Form = tuple[str, str, str, str]
"""The word before a number, the sign before it, how it is counted, and the sign behind it."""


class _Typed(NamedTuple):
    at: int
    label: str
    form: Form
    values: tuple[int, ...]


def with_typed_labels(
    old: Sequence[TextBlock], new: Sequence[TextBlock]
) -> tuple[tuple[TextBlock, ...], tuple[TextBlock, ...]]:
    """Return the blocks of two texts with the labels that somebody typed."""
    sides = [*_typed(old)], [*_typed(new)]
    bad = {form for side in sides for form in _not_counting(side)}
    counts = [Counter(each.form for each in side) for side in sides]
    few = {form for form, count in (counts[0] | counts[1]).items() if count < _LEAST}
    first, second = (
        _labelled(blocks, (each for each in side if each.form not in bad | few))
        for blocks, side in zip((old, new), sides, strict=True)
    )
    return first, second


def _labelled(blocks: Sequence[TextBlock], typed: Iterable[_Typed]) -> tuple[TextBlock, ...]:
    labels = {each.at: each.label for each in typed}
    return tuple(
        block._replace(label=labels[at]) if at in labels else block
        for at, block in enumerate(blocks)
    )


def _typed(blocks: Sequence[TextBlock]) -> Iterator[_Typed]:
    last_letter = last_roman = 0
    for at, block in enumerate(blocks):
        found = None if block.label or block.style in ("cell", "code") else _LABEL.match(block.text)
        if found is None:
            continue
        word, open_, close = found["word"] or "", found["open"], found["close"]
        dotted = "." in (found["digits"] or "")
        if not (word or close or dotted) or (open_ and close != ")"):
            continue
        if found["digits"]:
            values = tuple(map(int, found["digits"].split(".")))
            yield _Typed(at, found[0], (word, open_, f"digits {len(values)}", close), values)
            continue
        letters = found["letters"].lower()
        kind = "upper" if found["letters"].isupper() else "lower"
        roman = _ROMANS.get(letters, 0)
        letter = ord(letters) - ord("a") + 1 if len(letters) == 1 else 0
        if roman and (not letter or (roman == last_roman + 1 and letter != last_letter + 1)):
            last_roman = roman
            yield _Typed(at, found[0], (word, open_, f"roman {kind}", close), (roman,))
        elif letter and not word:
            last_letter, last_roman = letter, 0
            yield _Typed(at, found[0], (word, open_, f"letter {kind}", close), (letter,))


def _not_counting(typed: Iterable[_Typed]) -> Iterator[Form]:
    """Yield the forms whose numbers do not count up."""
    before: dict[Form, tuple[int, ...]] = {}
    for each in typed:
        *parents, last = before.get(each.form, (0,))
        *own, number = each.values
        goes_on = own == parents and number == last + 1
        begins = number == 1 and (own > parents or not own)
        if not (goes_on or begins):
            yield each.form
        before[each.form] = each.values
