"""The schedule of changes of two texts: each changed passage with its number, class and question.

It stands first in a redline that somebody signs. The same change in several passages stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from govkit.corpus.changes.direction import together
from govkit.corpus.changes.plain import duty_of, passage_changes
from govkit.corpus.changes.prose import ProseChange
from govkit.corpus.changes.values import Direction, Duty
from govkit.languages.catalogue import Messages
from govkit.records.wording import STRAIGHT, fold
from govkit.rendering import change_phrases
from govkit.rendering.document import Table
from govkit.rendering.passages import Passage, moved_words
from govkit.rendering.references import follows, renumbered_in, rise_in_words, staying
from govkit.rendering.spans import (
    Break,
    Changed,
    Deleted,
    Inserted,
    MovedFrom,
    MovedTo,
    Pointer,
    Span,
    Spans,
    Strong,
    Words,
)
from govkit.source.text_blocks import STRUCK_BEGINS

LABEL = re.compile(r"\S{1,12}(?=\s)")
"""The label at the beginning of an item."""
_NUMBERED = re.compile(
    r"(?:(?:Article|Section|Part|Chapter|Annex|\u00a7)\s?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.:]?"
    r"|(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.):]?(?=\s))"
    r"(?:\s+[^\W\d_a-z\u00df-\u00ff][^.;:!?]{0,60})?(?<![.):])"
)
"""A short line that begins with a number and has no stop behind it: a heading that was typed."""
_LONGEST_NAME = 70
_HEAD, _TAIL = 160, 60
"""Signs of a long change that the schedule shows: of its beginning, and of its end."""
_WORDS_BEFORE = 4
_MOST_QUESTIONS = 6
_MOST_NUMBERS = 12
_LINE = "line"
_RULE = "_" * 18
_JOINED = ("renumbered", "ends", "references")
_ASKED = {"renumbered": "redline.its-number", "moved": "redline.place", "ends": "redline.only-ends"}


Kind = Literal["words", "moved", "renumbered", "ends", "references"]


class Entry(NamedTuple):
    """A change: the numbers of the passages that it is in, where the first of them is, its words in
    short, what it amounts to, and which way it goes. `kind` says what changed: words, or no more
    than their place, their number, where their paragraphs end, or references that follow them.
    """

    numbers: tuple[int, ...]
    where: str
    spans: Spans
    change: ProseChange
    duty: Duty | None
    kind: Kind


def schedule_of(
    passages: Sequence[Passage], old: str, new: str, language: str, said: Messages
) -> tuple[Entry, ...]:
    """Return the entries for the changed passages of two texts, numbered from 1 in their order."""
    changed = [
        (each, where)
        for each, where in _placed(_with_rows_whole(passages), said)
        if each.is_changed
    ]
    amounts = passage_changes([each.sides for each, _ in changed], old, new, language)
    renumbered = renumbered_in(passages)
    found: dict[object, Entry] = {}
    for number, ((passage, where), change) in enumerate(zip(changed, amounts, strict=True), 1):
        kind = _kind(passage)
        if kind == "words" and follows(passage, renumbered):
            kind = "references"
        if kind != "words":
            # Its words are what they were; what another place, or another paragraph, means to them
            # nobody can prove.
            change = ProseChange(3)
        elif change.floor == 0 and STRUCK_BEGINS in passage.block.text:
            change = ProseChange(3)  # words came, or changed, that were struck from the first
        elif change.floor == 0 and not change.reasons:
            change = _of_signs(passage, said)
        duty = duty_of(passage.old, passage.new, change, language)
        spans = _short(passage.spans, moved=kind == "moved")
        entry = Entry((number,), where, spans, change, duty, kind)
        key = _key(passage, number, kind)
        if key in found and kind == found[key].kind == "words" and _is_moved_piece(passage):
            key = number  # the same words moved twice, each with a change of its own
        found[key] = _joined(found[key], entry, key) if key in found else entry
    if "references" in found:
        told = (rise_in_words(renumbered, said), staying(passages, renumbered, said))
        change = ProseChange(3, reasons=tuple(filter(None, told)))
        found["references"] = found["references"]._replace(change=change)
    return tuple(_moves_joined(found.values()))


def _of_signs(passage: Passage, said: Messages) -> ProseChange:
    """Return what it amounts to that no word beside a label differs."""
    old, new = (fold(side).translate(STRAIGHT) for side in passage.whole)
    if old != new:
        return ProseChange(3)  # a label that stands alone
    return ProseChange(0, reasons=(said["redline.only-signs-differ"],))


def _kind(passage: Passage) -> Kind:
    if passage.renumbered:
        return "renumbered"
    if passage.moved or _row_moved(passage):
        return "moved"
    return "words" if passage.changed_words else "ends"


def _is_moved_piece(passage: Passage) -> bool:
    """Say whether what changed in it is one piece of words that moved, with changes or without."""
    return [isinstance(span, MovedFrom | MovedTo) for span in passage.changed_words] == [True]


def _with_rows_whole(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield passages; the cells of a row that went or came whole as those of a row that stands
    alone, though its table is in both texts: it stands there among other clauses.
    """
    rows: dict[tuple[int, int], list[Passage]] = {}
    for passage in passages:
        rows.setdefault((passage.place.table, passage.place.row), []).append(passage)
    whole = {
        key
        for key, row in rows.items()
        if key[0] and all(map(_is_one_side, row)) and len({each.place.column for each in row}) > 1
    }
    for passage in passages:
        place = passage.place
        alone = place.row_alone or (place.table, place.row) in whole
        if place.region.moved and not passage.moved:
            alone = False  # a cell that changed in a row that moved
        if alone != place.row_alone:
            passage = passage._replace(place=place._replace(row_alone=alone))
        yield passage


def _is_one_side(passage: Passage) -> bool:
    return [type(span) for span in passage.spans] in ([Deleted], [Inserted])


def _row_moved(passage: Passage) -> bool:
    return passage.place.row_alone and passage.place.region.moved


def _key(passage: Passage, number: int, kind: Kind) -> object:
    """Return what is equal for the same replacement, for the two places of words that moved, for
    the cells of a row or column that came, went or moved, and for all that was numbered anew;
    another change is only equal to itself.
    """
    place = passage.place
    if place.row_alone:
        # The name of the region of a cell that moved begins with its table and its row.
        row = place.region.name.rpartition(".")[0] if place.region.moved else place.row
        return _LINE, "row", place.table, row, passage.is_old and not place.region.moved
    if place.column_alone:
        return _LINE, "column", place.table, place.column
    if kind in _JOINED:
        return kind
    if kind == "moved" or _is_moved_piece(passage):
        pieces = [span for span in passage.changed if isinstance(span, MovedFrom | MovedTo)]
        # Beside a number that changed, the spaces are of both texts.
        words = "".join(moved_words(pieces[0], old=True).split())
        return words if len(pieces) == 1 else number
    kinds = [type(span) for span in passage.changed]
    return passage.changed if kinds == [Deleted, Inserted] else number


def _joined(first: Entry, second: Entry, key: object) -> Entry:
    """Return an entry with the numbers of another one; with its words where they are others."""
    change = first.change._replace(floor=max(first.change.floor, second.change.floor))
    joined = first._replace(numbers=first.numbers + second.numbers, change=change)
    if isinstance(key, tuple) and key[0] == _LINE:
        if [type(span) for span in second.spans] != [type(first.spans[-1])]:
            return joined  # the other place of a row that moved
        change = change._replace(evidence=(*change.evidence, *second.change.evidence))
        duty = together(Direction(each.duty) for each in (first, second)).platform_duty
        spans = (*first.spans, Words(" | "), *second.spans)
        return joined._replace(change=change, duty=duty, spans=spans)
    if first.kind == "moved" and second.kind == "words":
        # The place that it left says nothing of what changed inside.
        return second._replace(numbers=joined.numbers, change=second.change)
    if key in _JOINED and len(first.numbers) < _MOST_NUMBERS:
        return joined._replace(spans=(*first.spans, Words("; "), *second.spans))
    return joined


def _moves_joined(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries; those that moved side by side, as one with its first words and its last."""
    for _, run in groupby(enumerate(entries), key=lambda each: _side_by_side(*each)):
        first, *rest = (entry for _, entry in run)
        if rest:
            numbers = sorted(number for entry in (first, *rest) for number in entry.numbers)
            spans = (*first.spans, Words(" \u2026 "), *rest[-1].spans)
            first = first._replace(numbers=tuple(numbers), spans=spans)
        yield first


def _side_by_side(at: int, entry: Entry) -> object:
    """Return what is the same for neighbours that moved from one place to one other."""
    half = len(entry.numbers) // 2
    numbers = sorted(entry.numbers)
    steps = {second - first for first, second in zip(numbers[:half], numbers[half:], strict=False)}
    if entry.kind != "moved" or len(steps) != 1 or len(numbers) % 2:
        return at
    return entry.where.partition(", ")[0], *steps


def _placed(passages: Iterable[Passage], said: Messages) -> Iterator[tuple[Passage, str]]:
    """Yield each passage with the name of its place."""
    heading, number = "", 0
    for passage in passages:
        block = passage.block
        name = " ".join(block.text.split())
        number += not (passage.is_old or block.is_beside)
        if block.style == "heading" or (block.style == "words" and _NUMBERED.fullmatch(name)):
            heading = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        label = LABEL.match(block.text) if block.style == "item" else None
        place = label[0] if label and any(map(str.isalnum, label[0])) else ""
        if block.style == "cell":
            place = _cell(passage, said)
        if block.part:
            place = ", ".join(filter(None, (said[f"redline.parts.{block.part}"], place)))
        if block.is_beside:
            yield passage, place
            continue
        yield (
            passage,
            ", ".join(filter(None, (heading, place))) or _paragraph(passage, number, said),
        )


def _paragraph(passage: Passage, number: int, said: Messages) -> str:
    """Return the name of a place in a text without headings: by paragraphs of the new text."""
    if number < 2:
        return said["redline.at-the-beginning"]
    key = "redline.after-paragraph" if passage.is_old else "redline.paragraph"
    return said.say(key, number=number)


def _cell(passage: Passage, said: Messages) -> str:
    table, row, column = passage.block.cell
    what = "column" if passage.place.column_alone else "cell"
    what = "row" if passage.place.row_alone else what
    name = said.say(f"redline.{what}", table=table, row=row, column=column)
    return said.say("redline.of-old", place=name) if passage.is_old else name


def _short(spans: Spans, *, moved: bool = False) -> Spans:
    """Return what changed in a passage with the words directly before, long pieces shortened."""
    shown: list[Span] = []
    before = ""
    for span in spans:
        if isinstance(span, Changed):
            shown += [Words(before)] if before else []
            inner = any(isinstance(each, Changed) for each in span.spans) and not moved
            text = moved_words(span, old=False) if moved else _text(span.spans)
            cut = (Words(_cut(text)),)
            shown.append(type(span)(_short(span.spans) if inner else cut, span.said))
            before = ""
        elif isinstance(span, Words):
            _, *words = span.text.rsplit(" ", _WORDS_BEFORE + 1)
            if len(words) > _WORDS_BEFORE:
                before = f"{' ' if shown else ''}… {' '.join(words)}"
            else:
                before = span.text
    return tuple(shown)


def _cut(text: str) -> str:
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} … {text[-_TAIL:]}"


def _text(spans: Spans) -> str:
    return "".join(
        span.text if isinstance(span, Words) else _text(span.spans)
        for span in spans
        if isinstance(span, Words | Changed)
    )


# --- as a table ----------------------------------------------------------------------------------


def schedule_table(entries: Sequence[Entry], said: Messages, anchors: dict[int, str]) -> Table:
    """Return the schedule as a table; `anchors` lead to the passages by their numbers."""
    head = (
        said["redline.number"],
        said["redline.change"],
        said["redline.class-and-way"],
        said["changes.evidence"],
        said["redline.answer"],
    )
    return Table(head, tuple(_row(entry, said, anchors) for entry in entries))


def _row(entry: Entry, said: Messages, anchors: dict[int, str]) -> tuple[Spans, ...]:
    numbers: list[Span] = []
    for number, mark in numbers_in_short(entry.numbers):
        numbers += [Words(mark)] if mark else []
        numbers.append(Pointer(anchors[number], (Words(str(number)),)))
    asked = questions(entry, said)
    answer = (
        Words(said["redline.yes-or-no"]),
        Break(),
        Words(f"{said['redline.why']} {_RULE}"),
        Break(),
        Words(_RULE),
    )
    return (
        tuple(numbers),
        (Strong((Words(entry.where),)), Break(), *entry.spans),
        _lines((class_of(entry, said), way(entry.duty, said))),
        _lines(asked),
        answer if is_asked(entry) else (),
    )


def numbers_in_short(numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield numbers with what stands before each: of three or more in a row the first and last."""
    mark = ""
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        first, *rest = (number for _, number in run)
        yield first, mark
        mark = ", "
        if rest:
            yield rest[-1], "\u2013" if len(rest) > 1 else mark


def _lines(lines: Sequence[str]) -> Spans:
    shown = [line for line in lines if line]
    return tuple(
        span
        for at, line in enumerate(shown)
        for span in ((Break(),) if at else ()) + (Words(line),)
    )


def class_of(entry: Entry, said: Messages) -> str:
    """Return the class of an entry; while its question is open, it may be a higher one."""
    floor = entry.change.floor
    if is_asked(entry) and floor < 5:
        return said.say("redline.or-higher", number=floor)
    return change_phrases.class_in_words(said, floor)


def is_asked(entry: Entry) -> bool:
    """Say whether somebody has to answer whether an entry changes a duty."""
    return entry.change.floor > 1


def overall_way(entries: Sequence[Entry]) -> Duty | None:
    """Return which way all changes go together."""
    return together(Direction(entry.duty) for entry in entries).platform_duty


def way(duty: Duty | None, said: Messages) -> str:
    """Return which way a change goes, in words; empty where it bears on no duty."""
    return said[f"redline.ways.{duty}"] if duty else ""


def questions(entry: Entry, said: Messages) -> tuple[str, ...]:
    """Return the words that are asked about; why nothing is asked where the change is editorial."""
    change = entry.change
    if entry.kind == "references":
        return change.reasons
    if entry.kind != "words":
        return (said[_ASKED[entry.kind]],)
    if not is_asked(entry):
        return (said.say("redline.no-question", reason="; ".join(change.reasons)),)
    none = said["redline.nothing-there"]
    spans = list(
        dict.fromkeys(f"{each.old or none} -> {each.new or none}" for each in change.evidence)
    )
    shown = spans[:_MOST_QUESTIONS]
    if len(spans) > len(shown):
        shown.append(said.counted("redline.more-questions", len(spans) - len(shown)))
    return tuple(shown) or (said["redline.these-words"],)
