"""The redline of a whole for a terminal: notes before what they are about, then the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import click

from govkit.cli.printing.redline import WIDEST, lines_of, words_of_spans
from govkit.cli.printing.screen import width
from govkit.rendering.document import (
    Block,
    Clause,
    Document,
    Facts,
    Listing,
    MarginNote,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.spans import Span

_INDENT = "    "
_BAR = "\u2502 "


def whole_redline_as_text(document: Document) -> str:
    """Return the document in lines; deleted and inserted words stand in brackets."""
    front = document.front
    lines = [click.style(front.title, bold=True), "", *_block(front.facts), front.notice, ""]
    for section in document.sections:
        if section.anchor != "legend":
            lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.is_headed:
        yield click.style(" ".join(filter(None, (section.number, section.title))), bold=True)
    for block in section.blocks:
        yield from _block(block)
    yield ""
    for inner in section.sections:
        yield from _section(inner)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Facts(facts):
            yield from chain(*(_wrapped(each.spans, "", f"{each.name}: ") for each in facts))
        case MarginNote(lines):
            yield from chain(*(_wrapped(line, _INDENT + _BAR) for line in lines))
        case Clause(_, label, force, _, blocks):
            yield from _block(block.note) if block.note else ()
            yield _INDENT + click.style(f"{label} {force}".rstrip(), bold=True)
            yield from ((_INDENT + line).rstrip() for line in chain(*map(_block, blocks)))
        case Table():
            yield from _table(block)
        case Paragraph(spans):
            yield from _wrapped(spans, _INDENT)
            yield ""
        case Listing(title, lines):
            yield from filter(None, (title and _INDENT + title,))
            yield from chain(*(_wrapped(line, _INDENT + "- ") for line in lines))


def _table(table: Table) -> Iterator[str]:
    for row in table.rows:
        number, *cells = [words_of_spans(cell) for cell in row]
        yield f"{number:>3}. {' · '.join(filter(None, cells))}"
    yield ""


def _wrapped(spans: Iterable[Span], indent: str, begin: str = "") -> Iterator[str]:
    room = max(width(WIDEST) - len(indent) - len(_INDENT), 20)
    for at, line in enumerate(lines_of(spans, room)):
        yield f"{indent}{begin if not at else ''}{line}"
