"""Two texts compared, for a terminal: the first page, the schedule, then the text with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from govkit.cli.printing.redline import WIDEST, lines_of
from govkit.cli.printing.screen import columns_of
from govkit.cli.printing.screen import width as columns_there
from govkit.rendering.passages import Passage, shortened, with_parts
from govkit.rendering.plain_redline import Comparison
from govkit.rendering.schedule import Entry, class_of, is_asked, numbers_in_short, questions, way
from govkit.rendering.spans import Span, Spans, Words
from govkit.source.text_blocks import TextBlock

_BAR = "|"
_MARGIN = 6


def comparison_as_text(
    comparison: Comparison, *, only_changes: bool, colours: bool = True, width: int | None = None
) -> str:
    """Return two texts compared, in lines of `width` or of the terminal, 88 columns at most.

    A bar stands beside each passage that changed, with its number in the schedule before it.
    """
    room = width or columns_there(WIDEST)
    blocks = [*_first_page(comparison, room, colours)]
    if comparison.none_because:
        blocks.append(_folded((Words(comparison.none_because),), room, colours))
    elif comparison.schedule:
        blocks.append([comparison.said["redline.of"]])
        blocks += _passages(comparison, room - _MARGIN, colours, only_changes)
    return "\n".join(line for block in blocks for line in (*block, ""))


def _first_page(comparison: Comparison, room: int, colours: bool) -> Iterator[list[str]]:
    facts = comparison.facts.facts
    widest = max(columns_of(fact.name) for fact in facts) + 2
    yield [
        line
        for fact in facts
        for line in _hanging(f"{fact.name}:", fact.spans, widest, room, colours)
    ]
    if comparison.schedule:
        yield [comparison.said["redline.schedule"]]
    for entry in comparison.schedule:
        yield _entry(entry, comparison, room, colours)


def _entry(entry: Entry, comparison: Comparison, room: int, colours: bool) -> list[str]:
    said = comparison.said
    number = "".join(f"{mark}{number}" for number, mark in numbers_in_short(entry.numbers))
    lines = list(_hanging(number, (Words(entry.where),), _MARGIN, room, colours))
    amount = (said.say("redline.of-class", class_=class_of(entry, said)), way(entry.duty, said))
    asked = questions(entry, said)
    rows: list[Spans] = [entry.spans, (Words("; ".join(filter(None, amount))),)]
    if is_asked(entry):
        about = f" {'; '.join(asked)}" if asked else ""
        rows.append((Words(f"{said['changes.evidence']}{about}"),))
        rows.append((Words(f"{said['redline.yes-or-no']}   {said['redline.why']}"),))
    else:
        rows.append((Words("; ".join(asked)),))
    for row in rows:
        lines += _hanging("", row, _MARGIN, room, colours)
    return lines


def _passages(
    comparison: Comparison, room: int, colours: bool, only_changes: bool
) -> Iterator[list[str]]:
    waiting: list[_Row] = []
    for row in _rows(tuple(with_parts(comparison.passages, comparison.said))):
        if not row.number and only_changes:
            waiting.append(row)
            continue
        for shown in shortened(waiting, lambda each: each.block.style == "heading"):
            if isinstance(shown, int):
                yield [comparison.said.counted("redline.unchanged", shown)]
            else:
                yield list(_barred(shown, room, colours))
        waiting.clear()
        yield list(_barred(row, room, colours))
    if waiting:
        yield [comparison.said.counted("redline.unchanged", len(waiting))]


class _Row(NamedTuple):
    """A passage, or the cells of a row of a table; the number of its first change, or empty."""

    number: str
    block: TextBlock
    spans: Spans


def _rows(passages: Sequence[Passage]) -> Iterator[_Row]:
    numbers = accumulate(int(passage.is_changed) for passage in passages)

    def row(each: tuple[int, Passage]) -> tuple[int, ...]:
        at, passage = each
        place = passage.place
        return (place.table, place.row) if passage.block.style == "cell" else (0, 0, at)

    counted = list(numbers)
    for _, group in groupby(enumerate(passages), row):
        cells = list(group)
        spans: list[Span] = []
        column = 1
        for _, passage in cells:
            at = passage.place.column
            spans += [Words(" | " * (at - column) or " ")] if at > column or spans else []
            spans += passage.spans
            column = max(at, column)
        changed = [counted[at] for at, passage in cells if passage.is_changed]
        number = "-".join(map(str, dict.fromkeys((*changed[:1], *changed[-1:]))))
        yield _Row(number, cells[0][1].block, tuple(spans))


def _barred(row: _Row, room: int, colours: bool) -> Iterator[str]:
    indent = "  " * max(row.block.depth - 1, 0) if row.block.style == "item" else ""
    bar = _BAR if row.number else " "
    for at, line in enumerate(_folded(row.spans, room - len(indent), colours)):
        label = row.number if not at else ""
        yield f"{label:>{_MARGIN - 2}}{bar} {indent}{line}"


def _hanging(
    name: str, spans: Sequence[Span], margin: int, room: int, colours: bool
) -> Iterator[str]:
    """Yield lines beside a name, or below it where it is too long."""
    if columns_of(name) >= margin:
        yield name
        name = ""
    for at, line in enumerate(_folded(spans, max(room - margin, 20), colours)):
        before = name if not at else ""
        yield f"{before}{' ' * (margin - columns_of(before))}{line}"


def _folded(spans: Sequence[Span], room: int, colours: bool) -> list[str]:
    return list(lines_of(spans, max(room, 20), colours))
