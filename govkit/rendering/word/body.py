"""The body of a Word file: sections, clauses with their marks, notes, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from govkit.rendering.document import (
    Aside,
    Block,
    Citation,
    Clause,
    Definition,
    Fact,
    Facts,
    Items,
    Limit,
    Listing,
    MarginNote,
    Marked,
    Paragraph,
    Prose,
    Section,
    SideBySide,
    Table,
    Withdrawn,
    Written,
)
from govkit.rendering.spans import Break, Code, Mark, Span, Strong, Words
from govkit.rendering.word.comments import Comments
from govkit.rendering.word.marks import Marks, alias_of
from govkit.rendering.word.prose import BODY, CLAUSE, DEFINITION, NOTE, ProseWriter, dashed
from govkit.rendering.word.runs import Runs
from govkit.rendering.word.styles import HEADINGS
from govkit.rendering.word.tables import table_xml
from govkit.rendering.word.xml import Element, Par, Raw, paragraphs_in, run

_LABEL = re.compile(r"\([\w.-]{1,12}\)")
_DOTS = " \u00b7 "


class Body:
    """Writes the sections of one document."""

    def __init__(self, prose: ProseWriter, comments: Comments, width: int) -> None:
        """Take what is shared by the whole file; `width` is that of a line."""
        self.prose = prose
        self.comments = comments
        self.width = width

    @property
    def _runs(self) -> Runs:
        return self.prose.runs

    @property
    def _marks(self) -> Marks:
        return self.prose.marks

    def section(self, section: Section, level: int) -> Iterator[Element]:
        """Yield a section with those inside it; `level` is that of its heading, from 1."""
        blocks = section.blocks
        if section.is_headed:
            heading = self._heading(section, level)
            if blocks and isinstance(blocks[0], MarginNote):
                self.comments.attach(blocks[0], [heading])
                blocks = blocks[1:]
            yield heading
        self.prose.numbering.begin()
        elements = [element for block in blocks for element in self._block(block)]
        if not section.is_headed and (paragraphs := paragraphs_in(elements)):
            self._at(section.anchor, paragraphs[0])
        yield from elements
        for inner in section.sections:
            yield from self.section(inner, level + section.is_headed)

    def _heading(self, section: Section, level: int) -> Par:
        marks = self._marks
        number = ""
        if section.number:
            begin, end = marks.bookmark(marks.name("_n_", section.number))
            number = f"{begin}{run(section.number)}{end}{run(' ') if section.title else ''}"
        field = section.field
        title = marks.inside(
            field if section.title else "", alias_of(field), self._runs.words(section.title)
        )
        heading = Par(f"Heading{min(level, HEADINGS)}", number + title)
        heading.around(*marks.bookmark(marks.name("_a_", section.anchor)))
        heading.around(*marks.bookmark(marks.name("_Toc_", section.anchor)))
        return heading

    # --- blocks -----------------------------------------------------------------------------------

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Facts():
                yield from self.facts(block)
            case MarginNote(lines):
                yield from (self.prose.paragraph(line, "ChangeNumber") for line in lines)
            case Clause() | SideBySide():
                yield from self._clauses(block)
            case Withdrawn():
                yield self._withdrawn(block)
            case Listing() | Aside():
                yield from self._below(block)
            case Definition():
                yield from self._definition(block)
            case Citation(anchor, short, spans):
                words = run(short, "Strong") + run(". ") + self._runs.of(spans)
                yield self._at(anchor, Par("Citation", words))
            case Table():
                yield from self._table(block)
            case Marked():
                yield from self._marked(block)
            case _:
                assert not isinstance(block, Written), "only HTML and Markdown are put together so"
                yield from self.prose.blocks((block,), BODY)

    def _at(self, anchor: str, paragraph: Par) -> Par:
        if anchor:
            paragraph.around(*self._marks.bookmark(self._marks.name("_a_", anchor)))
        return paragraph

    def facts(self, facts: Facts) -> Iterator[Element]:
        """Yield the lines about a text or document."""
        for fact in facts.facts:
            yield Par("Facts", run(f"{fact.name}: ", "FactName") + self._fact(fact))

    def _fact(self, fact: Fact) -> str:
        runs = self._runs.of(fact.spans, tracked=fact.is_tracked)
        return self._marks.inside(fact.field, alias_of(fact.field), runs)

    def _withdrawn(self, block: Withdrawn) -> Par:
        paragraph = Par("Withdrawn", self._runs.of(block.spans))
        if _LABEL.fullmatch(block.label):
            paragraph.number = self.prose.numbering.place(block.label, 0)
        return self._at(block.anchor, paragraph)

    def _below(self, block: Listing | Aside) -> Iterator[Element]:
        """Yield what stands below a text and is no part of it."""
        yield from self._listing(block) if isinstance(block, Listing) else self._aside(block)

    def _listing(self, listing: Listing) -> Iterator[Element]:
        if listing.title:
            yield Par("ListingHeading", self._runs.words(listing.title))
        yield from (dashed(self._runs.of(line)) for line in listing.lines)

    def _aside(self, aside: Aside) -> Iterator[Element]:
        yield Par("NoteHeading", self._runs.words(aside.title))
        self.prose.numbering.begin()
        inner = list(self.prose.blocks(aside.blocks, NOTE))
        yield from self._marks.boxed(aside.field, alias_of(aside.field), inner)

    def _definition(self, entry: Definition) -> Iterator[Element]:
        forms = f" ({entry.forms})" if entry.forms else ""
        term = self._runs.words(entry.term, "Strong") + self._runs.words(forms)
        yield self._at(entry.anchor, Par("DefinitionTerm", term))
        self.prose.numbering.begin()
        inner = list(self.prose.blocks(entry.blocks, DEFINITION))
        yield from self._marks.boxed(entry.field, alias_of(entry.field), inner)
        between: tuple[Span, ...] = (Words("; "),)
        for listing in entry.listings:
            lines = [*listing.lines]
            spans = [span for line in lines[:-1] for span in (*line, *between)]
            name = run(f"{listing.title}: ", "FactName")
            yield Par("DefinitionNote", name + self._runs.of((*spans, *lines[-1])))

    def _table(self, table: Table) -> Iterator[Element]:
        yield Raw(table_xml(table, self._runs, self.width))
        yield Par("TableEnd")

    def _marked(self, marked: Marked) -> Iterator[Element]:
        inner: list[Element] = []
        for block in marked.blocks:
            inner += self._block(block)
        paragraphs = paragraphs_in(inner)
        if paragraphs:
            self._at(marked.anchor, paragraphs[0])
        if marked.note:
            self.comments.attach(marked.note, paragraphs)
        yield from inner

    # --- clauses ----------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> Iterator[Element]:
        gone = _one_sided(clause.blocks)
        numbered = bool(_LABEL.fullmatch(clause.label))
        elements = list(self._words_of_clause(clause, numbered))
        paragraphs = paragraphs_in(elements)
        self._at(clause.anchor, paragraphs[0])
        if clause.note:
            self.comments.attach(clause.note, paragraphs)
        if clause.force or not (numbered or _is_beside(clause)):
            yield self._binds(clause, gone, numbered)
        tag = clause.field
        if gone:
            yield from self._marks.marked(tag, elements)
        else:
            yield from self._marks.boxed(tag, alias_of(tag), elements)
        for limit in clause.limits:
            yield from self._limit(limit)
        if clause.guidance:
            yield from self._aside(clause.guidance)
        if clause.state:
            yield Par("ClauseForce", self._runs.words(f"[{clause.state}]", "EditorMark"))

    def _clauses(self, block: Clause | SideBySide) -> Iterator[Element]:
        """Yield a clause; with its translation, as a table of one row."""
        if isinstance(block, Clause):
            yield from self._clause(block)
            return
        cells = (tuple(_in_a_cell(block.original)), tuple(_in_a_cell(block.translated)))
        yield from self._table(Table((), (cells,)))

    def _words_of_clause(self, clause: Clause, numbered: bool) -> Iterator[Element]:
        first, *rest = clause.blocks or (Paragraph(()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), [first, *rest]
        head = self.prose.of_paragraph(first, "Clause" if numbered else "ClauseText")
        if numbered:
            # In a redline a clause that went would be counted, too.
            alone = bool(first.end)
            head.number = self.prose.numbering.place(clause.label, 0, alone=alone)
        elif _is_beside(clause):
            head.around(self._runs.words(f"{clause.label} ", "Strong"), "")
        yield head
        yield from self.prose.blocks(rest, CLAUSE, clause.field)

    def _binds(self, clause: Clause, gone: str, numbered: bool) -> Par:
        """Return the line over a clause: its force, and whom it binds and protects."""
        pieces = [self._runs.words(clause.force, "Force")] if clause.force else []
        pieces += [self._runs.of(remark) for remark in clause.remarks]
        label = "" if numbered else self._runs.words(f"{clause.label} ", "Strong")
        runs = label + run(_DOTS).join(pieces)
        return Par("ClauseForce", runs)

    def _limit(self, limit: Limit) -> Iterator[Element]:
        name = self._runs.words(f"{limit.name}: ", "LimitName")
        alias = alias_of(limit.field)
        match limit.blocks:
            case (Paragraph() as only,):
                paragraph = self.prose.of_paragraph(only, "ClauseLimit")
                paragraph.content = self._marks.inside(limit.field, alias, paragraph.content)
                paragraph.around(name, "")
                yield paragraph
            case _:
                yield Par("ClauseLimit", name)
                inner = list(self.prose.blocks(limit.blocks, CLAUSE, limit.field))
                yield from self._marks.boxed(limit.field, alias, inner)


def _in_a_cell(clause: Clause) -> Iterator[Span]:
    """Yield a clause as it stands in a cell: its label, its words line by line, its state."""
    yield Strong((Words(f"{clause.label} "),))
    pieces = [list(_lines_of(clause.blocks, ""))]
    pieces += [list(_lines_of(limit.blocks, f"{limit.name}: ")) for limit in clause.limits]
    for at, line in enumerate(line for piece in pieces for line in piece):
        if at:
            yield Break()
        yield from line
    if clause.state:
        yield from (Break(), Mark(clause.state))
    if clause.digest:
        yield from (Break(), Code(clause.digest))


def _lines_of(blocks: Sequence[Prose], begin: str) -> Iterator[tuple[Span, ...]]:
    for block in blocks:
        if isinstance(block, Items):
            for item in block.items:
                yield from _lines_of(item.blocks, f"{begin}{item.label} ")
                begin = ""
        elif isinstance(block, Paragraph):
            yield (*((Words(begin),) if begin else ()), *block.spans)
            begin = ""


def _is_beside(clause: Clause) -> bool:
    """Say whether a label such as 4.1 stands before the words, with no line of its own."""
    return not clause.force and not clause.label.startswith("(")


def _one_sided(blocks: Sequence[Prose]) -> str:
    """Return `inserted` or `deleted` where a whole clause of a redline came or went."""
    ends = {block.end for block in _paragraphs(blocks)}
    return ends.pop() if ends in ({"inserted"}, {"deleted"}) else ""


def _paragraphs(blocks: Iterable[Prose]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Items):
            for item in block.items:
                yield from _paragraphs(item.blocks)
