"""Running text as paragraphs: lists with counted labels, quotations, and redlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.rendering.document import (
    CodeBlock,
    Item,
    Items,
    Paragraph,
    Prose,
    Quote,
    Subhead,
    ThematicBreak,
)
from govkit.rendering.phrases import DASH
from govkit.rendering.spans import Spans
from govkit.rendering.word.marks import Marks, alias_of
from govkit.rendering.word.numbering import DASHES, Numbering
from govkit.rendering.word.runs import Runs
from govkit.rendering.word.styles import CLAUSE_LEVELS
from govkit.rendering.word.xml import Element, Par

_ENDS = {"inserted": "ins", "deleted": "del"}
_STEPS = re.compile(r"\((\w+)\)")


class Kind(NamedTuple):
    """The styles of one kind of running text, a clause or a note.

    `level` is that of its lists; `item` are the styles of labelled items by their level, from 0,
    and `words` those of the paragraphs between them.
    """

    words: tuple[str, ...]
    item: tuple[str, ...]
    level: int = 0


CLAUSE = Kind(("ClauseText", "ClauseText1", "ClauseText2", "ClauseText3"), CLAUSE_LEVELS, level=1)
NOTE = Kind(
    ("NoteText", "ClauseText", "ClauseText1", "ClauseText2"), ("NoteItem", *CLAUSE_LEVELS[1:])
)
BODY = Kind(("BodyText", "ClauseText", "ClauseText1", "ClauseText2"), CLAUSE_LEVELS)
DEFINITION = Kind(("DefinitionText", "ClauseText", "ClauseText1", "ClauseText2"), CLAUSE_LEVELS)


def _style(styles: tuple[str, ...], depth: int) -> str:
    return styles[min(depth, len(styles) - 1)]


class ProseWriter:
    """Writes prose as paragraphs."""

    def __init__(self, runs: Runs, marks: Marks, numbering: Numbering) -> None:
        """Take what is shared by the whole file."""
        self.runs = runs
        self.marks = marks
        self.numbering = numbering

    def blocks(self, blocks: Iterable[Prose], kind: Kind, tag: str = "") -> Iterator[Element]:
        """Yield blocks as paragraphs. `tag` is that of their field, and begins those of items."""
        for block in blocks:
            yield from self._block(block, kind, tag, 0)

    def paragraph(self, spans: Spans, style: str) -> Par:
        """Return a paragraph without tracked changes."""
        return Par(style, self.runs.of(spans))

    def _block(self, block: Prose, kind: Kind, tag: str, depth: int) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield self.of_paragraph(block, _style(kind.words, depth))
            case Items(items):
                yield from self._items(items, kind, tag, depth)
            case Subhead(spans, end):
                yield self.of_paragraph(Paragraph(spans, end), "NoteSubhead")
            case Quote(blocks):
                quoted = Kind(("BlockQuote",), CLAUSE_LEVELS, kind.level)
                yield from self.blocks(blocks, quoted)
            case CodeBlock(text):
                lines = "<w:r><w:br/></w:r>".join(map(self.runs.words, text.split("\n")))
                yield Par("CodeLines", lines)
            case ThematicBreak():
                yield Par("Rule")

    def of_paragraph(self, paragraph: Paragraph, style: str) -> Par:
        """Return a paragraph; one of a tracked redline with what became of its end."""
        if not paragraph.end:
            return self.paragraph(paragraph.spans, style)
        runs = self.runs.of(paragraph.spans, tracked=True)
        kind = _ENDS.get(paragraph.end)
        return Par(style, runs, end=self.runs.change(kind) if kind else "")

    # --- lists ------------------------------------------------------------------------------------

    def _items(
        self, items: tuple[Item, ...], kind: Kind, tag: str, depth: int
    ) -> Iterator[Element]:
        level = kind.level + depth
        for item in items:
            own = f"{tag}.{item.label.strip('().')}" if tag and _STEPS.fullmatch(item.label) else ""
            elements = list(self._item(item, kind, own or tag, depth, level))
            if item.anchor and own:
                first = elements[0]
                if isinstance(first, Par):
                    first.around(*self.marks.bookmark(self.marks.name("_a_", item.anchor)))
            yield from self.marks.boxed(own, alias_of(own), elements)

    def _item(self, item: Item, kind: Kind, tag: str, depth: int, level: int) -> Iterator[Element]:
        first, *rest = item.blocks or (Paragraph(()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), [first, *rest]
        if not item.label:
            head = self.of_paragraph(first, _style(kind.words, depth + 1))
        elif item.label == DASH:
            head = self.of_paragraph(first, _style(_DASHED, level))
            head.number = _numbered(min(level, len(_DASHED) - 1), DASHES)
        else:
            head = self.of_paragraph(first, _style(kind.item, level))
            head.number = self.numbering.place(item.label, level)
        yield head
        for block in rest:
            yield from self._block(block, kind, tag, depth + 1)


_DASHED = ("ListDash", "ListDash1", "ListDash2", "ListDash3")


def _numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def dashed(runs: str) -> Par:
    """Return a line of a list with dashes."""
    return Par("ListDash", runs, _numbered(0, DASHES))
