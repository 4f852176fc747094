"""The words of a clause as they stand in a platform's terms: voice, numbers, blanks filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from govkit.adoption.terms import Blocks, Piece, TermsBlock
from govkit.adoption.voice import Parties, Said, voiced
from govkit.adoption.voice_sentences import Edit
from govkit.languages.voice import VoiceWords
from govkit.records.wording import Block, Run, Wording

_LABEL = re.compile(r"\(([^()\s]+)\)")
_STEP = re.compile(r"\(([^()]+)\)")


class Setting(NamedTuple):
    """What every clause of one print is set by.

    `numbers` are the places in the terms by `EXA-DUE-01` and `EXA-DUE-01(a)`; `words` is None where
    the parties keep their names. `absent` is said of a provision that is not in the terms,
    `section` names a section or a clause by its number.
    """

    parties: Parties
    words: VoiceWords | None
    units: Mapping[str, str]
    numbers: Mapping[str, str]
    section: Callable[[str], str]
    absent: str


def set_clause(
    wordings: Sequence[Wording],
    value_of: Callable[[str], str],
    setting: Setting,
    *,
    serves_user: bool,
) -> tuple[Blocks, ...]:
    """Return the texts of one clause: its words first, then its conditions and exceptions."""
    said = spoken(wordings, setting, serves_user=serves_user)
    return tuple(
        tuple(_blocks(wording, each.edits, value_of, setting))
        for wording, each in zip(wordings, said, strict=True)
    )


def spoken(wordings: Sequence[Wording], setting: Setting, *, serves_user: bool) -> tuple[Said, ...]:
    """Return the texts of one clause in the voice of the setting, with the edits that made it."""
    flat = [flat_text(wording) for wording in wordings]
    if setting.words is None:
        return tuple(Said(text, ()) for text in flat)
    return voiced(flat, setting.parties, setting.words, serves_user=serves_user)


class Cell(NamedTuple):
    """A piece of a clause: as its source has it, and as it is printed."""

    source: str
    printed: str


_MARKS = {"term": "[{words}](term:{target})", "em": "*{words}*", "code": "`{words}`"}


def cells_of(
    wording: Wording, said: Said, value_of: Callable[[str], str], setting: Setting
) -> Iterator[list[Cell]]:
    """Yield the cells of each block: what is printed, and the source that stands behind it."""
    at = 0
    for block in wording.blocks:
        length = len(_flat(block))
        edits = [
            Edit(each.start - at, each.end - at, each.said)
            for each in said.edits
            if at <= each.start < at + length
        ]
        yield _with_edits(list(_cells(block, value_of, setting)), edits)
        at += length + 1


def _cells(
    block: Block, value_of: Callable[[str], str], setting: Setting
) -> Iterator[tuple[str, Cell]]:
    """Yield the words of each cell in the flat text, and the cell; plain words are cut small."""
    for run in block.runs:
        if run.kind == "param":
            yield f"{{{run.target}}}", Cell(f"{{{run.target}}}", value_of(run.target))
        elif run.kind == "ref":
            printed = "".join(piece.words for piece in _reference(run, setting))
            yield run.words, Cell(f"[{run.words}](ref:{run.target})", printed)
        elif run.kind == "text":
            yield from ((sign, Cell(sign, sign)) for sign in run.words)
        else:
            source = _MARKS[run.kind].format(words=run.words, target=run.target)
            yield run.words, Cell(source, run.words)


def _with_edits(cells: list[tuple[str, Cell]], edits: Sequence[Edit]) -> list[Cell]:
    """Return the cells of a block with those that an edit of the voice covers made one."""
    made: list[Cell] = []
    at, waiting, several = 0, list(edits), iter(cells)
    for flat, cell in several:
        if not waiting or waiting[0].start >= at + len(flat):
            made.append(cell)
            at += len(flat)
            continue
        edit = waiting.pop(0)
        begin, words, source = at, flat, cell.source
        while begin + len(words) < edit.end:
            more = next(several, None)
            if more is None:
                break
            words, source = words + more[0], source + more[1].source
        printed = words[: edit.start - begin] + edit.said + words[edit.end - begin :]
        made.append(Cell(source, printed))
        at = begin + len(words)
    return made


def flat_text(wording: Wording) -> str:
    """Return the words of a text in one piece, as the voice reads them: a line for each block."""
    return "\n".join(_flat(block) for block in wording.blocks)


def _flat(block: Block) -> str:
    return "".join(map(_words_of, block.runs))


def _words_of(run: Run) -> str:
    return f"{{{run.target}}}" if run.kind == "param" else run.words


def _blocks(
    wording: Wording, edits: Sequence[Edit], value_of: Callable[[str], str], setting: Setting
) -> Iterator[TermsBlock]:
    at = 0
    for block in wording.blocks:
        length = len(_flat(block))
        own = [
            Edit(edit.start - at, edit.end - at, edit.said)
            for edit in edits
            if at <= edit.start < at + length
        ]
        pieces = tuple(_joined(_pieces(block, own, value_of, setting)))
        yield TermsBlock(block.style, block.depth, block.label, pieces)
        at += length + 1


def _pieces(
    block: Block, edits: Sequence[Edit], value_of: Callable[[str], str], setting: Setting
) -> Iterator[Piece]:
    """Yield the pieces of a block; an edit takes the place of the words that it covers."""
    start, waiting, value = 0, list(edits), ""
    for run in block.runs:
        end = start + len(_words_of(run))
        if run.kind == "param":
            value = value_of(run.target)
            yield Piece(value)
        elif run.kind == "ref":
            yield from _reference(run, setting)
        else:
            at = start
            while waiting and waiting[0].start < end:
                edit = waiting[0]
                if edit.start > at:
                    yield _piece(run, at - start, edit.start - start)
                if edit.start >= start:
                    yield Piece(edit.said)
                at = max(at, min(edit.end, end))
                if edit.end > end:
                    break
                waiting.pop(0)
            if at < end:
                rest = _piece(run, at - start, end - start)
                yield rest if at > start else _after_number(rest, value, setting.units)
        value = value if run.kind == "param" else ""
        start = end


def _piece(run: Run, first: int, last: int) -> Piece:
    kind = run.kind if run.kind in ("em", "code", "term") else "text"
    return Piece(run.words[first:last], kind, run.target if kind == "term" else "")


def _after_number(piece: Piece, value: str, units: Mapping[str, str]) -> Piece:
    """Put the unit behind a blank into the singular where its number is one: `1 day`."""
    if value != "1":
        return piece
    word = piece.words.split(maxsplit=1)[0].rstrip(".,;:") if piece.words.strip() else ""
    if word not in units:
        return piece
    return piece._replace(words=piece.words.replace(word, units[word], 1))


def _reference(run: Run, setting: Setting) -> Iterator[Piece]:
    """Yield the words of a link to a provision or clause, with its number in these terms."""
    id, *inside = run.target.replace(")", "").split("(")
    clause = inside[0] if inside else ""
    target = f"{id}({clause})" if clause else id
    number = setting.numbers.get(target)
    if number is None:
        yield Piece(f"{run.words} ({setting.absent})")
        return
    if clause and f"({clause})" in run.words:
        before, _, behind = run.words.partition(f"({clause})")
        yield from (Piece(before), Piece(number, "place", number), Piece(behind))
        return
    yield Piece(run.words)
    if len(inside) < 2:  # an item is named behind its clause, which has the number
        yield from (Piece(" ("), Piece(setting.section(number), "place", number), Piece(")"))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces with those of plain words in a row made one."""
    waiting: Piece | None = None
    for piece in pieces:
        if not piece.words:
            continue
        if waiting is not None and (waiting.kind, piece.kind) == ("text", "text"):
            waiting = Piece(waiting.words + piece.words)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting
