"""The words of a changed clause put back into those of the book: what a deviation would say.

A page holds the platform's voice, its numbers and no marks. Wherever its words are those that the
old terms printed, what was printed from stands here again; only the other words are the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from govkit.adoption.change_of_terms.clause_changes import ClauseOnPage
from govkit.adoption.change_of_terms.page_pairs import PageBlock, Pair, pairs_of
from govkit.adoption.clause_words import Cell
from govkit.adoption.drafting import ClauseSource
from govkit.adoption.printed_words import comparable
from govkit.records import normative
from govkit.records.wording import Block, Wording

Cells = tuple[Cell, ...]
_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_BLANK = re.compile(r"\{(\w+)\}")
_STRAIGHT = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "}
)
_ITEM = re.compile(r"(?:\((?P<label>[A-Za-z0-9]{1,4})\)|[-\u2013\u2014\u2022])\s+")


class NewWording(NamedTuple):
    """A clause in the words of the new page, in the grammar of clauses.

    `blanks` are the values that stand in its blanks, where nothing else changed.
    """

    text: str
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    blanks: Mapping[str, str] | None = None


def wording_of(clause: ClauseOnPage, source: ClauseSource, units: Mapping[str, str]) -> NewWording:
    """Return the words of a changed clause; `units` are the singular forms of units of time."""
    kinds = ["main", *_kinds(source)]
    rows = _rows_of_page(clause)
    blanks = _other_blanks(source, kinds, rows, units)
    parts: dict[str, list[str]] = {"main": [], "condition": [], "exception": []}
    left = [(kind, n) for n, kind in enumerate(kinds)]
    for kind, blocks in rows:
        same = [(likeness(blocks, source.cells[n]), n) for other, n in left if other == kind]
        score, n = max(same, default=(0.0, -1), key=lambda each: (each[0], -each[1]))
        if score > _ALIKE:
            left.remove((kind, n))
            parts[kind].append(_resourced(blocks, source.wordings[n], source.cells[n]))
        else:
            parts[kind].append(_verbatim(blocks))
    return NewWording(
        "\n\n".join(parts["main"]), tuple(parts["condition"]), tuple(parts["exception"]), blanks
    )


_ALIKE = 0.4


def old_wording(source: ClauseSource) -> NewWording:
    """Return the words that a clause has in the old terms, in the same form."""
    parts: dict[str, list[str]] = {"main": [], "condition": [], "exception": []}
    for kind, wording, cells in zip(
        ["main", *_kinds(source)], source.wordings, source.cells, strict=True
    ):
        lines = ["".join(cell.source for cell in block) for block in cells]
        parts[kind].append(_as_text([*zip(map(_style, wording.blocks), lines, strict=True)]))
    return NewWording(
        "\n\n".join(parts["main"]), tuple(parts["condition"]), tuple(parts["exception"])
    )


def _kinds(source: ClauseSource) -> Iterator[str]:
    for n in range(1, len(source.wordings)):
        yield "condition" if n <= source.conditions else "exception"


def _rows_of_page(clause: ClauseOnPage) -> list[tuple[str, tuple[PageBlock, ...]]]:
    main = [("main", clause.main)] if clause.main else []
    return [*main, *((limit.kind, limit.blocks) for limit in clause.limits)]


def likeness(blocks: Sequence[PageBlock], cells: Sequence[Cells]) -> float:
    """Return how much of some words is the same, from 0 to 1."""
    new = [word for block in blocks for word in comparable(block.text)]
    old = [word for block in cells for word in comparable("".join(c.printed for c in block))]
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


# --- blanks ---------------------------------------------------------------------------------------


def _other_blanks(
    source: ClauseSource,
    kinds: Sequence[str],
    rows: Sequence[tuple[str, tuple[PageBlock, ...]]],
    units: Mapping[str, str],
) -> Mapping[str, str] | None:
    """Return what stands in the blanks of a clause; None where other words than those changed."""
    if [kind for kind, _ in rows] != list(kinds):
        return None
    found: dict[str, str] = {}
    singular = {**{one: one for one in units.values()}, **units}
    for (_, blocks), several in zip(rows, source.cells, strict=True):
        template = " ".join(_template(block) for block in several)
        owed, names = _pattern(template, singular)
        said = " ".join(word for block in blocks for word in comparable(block.text))
        met = re.fullmatch(owed, _in_singular(said, singular))
        if met is None:
            return None
        for name, value in zip(names, met.groups(), strict=True):
            if found.setdefault(name, value) != value:
                return None
    return found


def _template(cells: Cells) -> str:
    return "".join(
        f" blank0{name[1].encode().hex()}0blank "
        if (name := _BLANK.fullmatch(c.source))
        else c.printed
        for c in cells
    )


def _pattern(template: str, singular: Mapping[str, str]) -> tuple[str, list[str]]:
    names: list[str] = []
    words = []
    for word in comparable(template):
        met = re.fullmatch(r"blank0([0-9a-f]+)0blank", word)
        if met:
            names.append(bytes.fromhex(met[1]).decode())
            words.append(r"([0-9]{1,9})")
        else:
            words.append(re.escape(singular.get(word, word)))
    return " ".join(words), names


def _in_singular(words: str, singular: Mapping[str, str]) -> str:
    return " ".join(singular.get(word, word) for word in words.split())


# --- words ----------------------------------------------------------------------------------------


def _resourced(blocks: Sequence[PageBlock], wording: Wording, cells: Sequence[Cells]) -> str:
    old = [_as_page("".join(cell.printed for cell in block)) for block in cells]
    lines: list[tuple[Block | None, str, str]] = []
    for pair in pairs_of(old, blocks):
        if pair.new is None:
            continue
        page = blocks[pair.new]
        lines.append(_line(pair, page, wording, cells))
    items = next((each for each in wording.blocks if each.style != "p"), None)
    return _as_text(
        [
            (_style_of(style, item, items), _without_label(words) if style or item else words)
            for style, item, words in lines
        ]
    )


def _line(
    pair: Pair, page: PageBlock, wording: Wording, cells: Sequence[Cells]
) -> tuple[Block | None, str, str]:
    met = _ITEM.match(page.text)
    if pair.old is None:
        return None, met.group() if met else "", _plain(page.text)
    block = wording.blocks[pair.old]
    bare = _without_label(page.text) if block.style != "p" else page.text
    return block, "", _with_source(cells[pair.old], bare)


def _style_of(block: Block | None, item: str, items: Block | None) -> tuple[str, int]:
    if block is not None:
        return _style(block)
    if item:
        return _style(items) if items else ("-", 1)
    return ("p", 0)


def _style(block: Block) -> tuple[str, int]:
    return block.style, block.depth


def _as_page(text: str) -> PageBlock:
    return PageBlock(text, comparable(text), "", "")


def _without_label(text: str) -> str:
    return _ITEM.sub("", text, count=1)


def _with_source(cells: Cells, new: str) -> str:
    """Return new words with the source of all that stands in them as it was printed."""
    old = "".join(cell.printed for cell in cells)
    before, after = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    rows = [[token.group().lower() for token in each] for each in (before, after)]
    made, at = "", 0
    matcher = SequenceMatcher(None, rows[0], rows[1], autojunk=False)
    for i, k, size in matcher.get_matching_blocks():
        if not size:
            continue
        start, end = after[k].start(), after[k + size - 1].end()
        made += _plain(new[at:start])
        made += _source_between(cells, before[i].start(), before[i + size - 1].end())
        at = end
    return made + _plain(new[at:])


def _source_between(cells: Cells, start: int, end: int) -> str:
    """Return the source of what is printed between two places; of a cell that is cut, its print."""
    made = ""
    for cell, stop in zip(cells, accumulate(len(c.printed) for c in cells), strict=True):
        begin = stop - len(cell.printed)
        if begin >= start and stop <= end:
            made += cell.source
        elif begin < end and stop > start:
            made += cell.printed[max(start - begin, 0) : end - begin]
    return made


def _plain(words: str) -> str:
    return words.translate(_STRAIGHT)


def _verbatim(blocks: Sequence[PageBlock]) -> str:
    lines: list[tuple[tuple[str, int], str]] = []
    for block in blocks:
        met = _ITEM.match(block.text)
        label = met and met["label"]
        style = ("p", 0)
        if met:
            style = ("-", 1) if not label else ("i" if label == "i" else "a", 1)
            if label and lines and lines[-1][0][1]:
                style = lines[-1][0]
        lines.append((style, _plain(_without_label(block.text) if met else block.text)))
    return _as_text(lines)


def _as_text(lines: Sequence[tuple[tuple[str, int], str]]) -> str:
    """Return paragraphs and items as the grammar of clauses has them, items counted anew."""
    made: list[str] = []
    counts: dict[int, int] = {}
    for n, ((style, depth), words) in enumerate(lines):
        if style == "p":
            made += ["", words] if made else [words]
            counts = {k: v for k, v in counts.items() if k <= depth and depth}
            continue
        counts = {k: v for k, v in counts.items() if k <= depth}
        counts[depth] = counts.get(depth, 0) + 1
        sign = "-" if style == "-" else f"({normative.label(style, counts[depth])})"
        if n and lines[n - 1][0][0] == "p":
            made.append("")
        made.append(f"{'    ' * (depth - 1)}{sign} {words}")
    return "\n".join(made)
