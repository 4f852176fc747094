"""Writes a document as Markdown that reads well on a code host.

Choices:
- One paragraph is one line, so that a changed line in a diff is a changed paragraph, and nothing
  at the beginning of a wrapped line can be read as a list.
- Every character that Markdown could read as a sign is escaped, never dropped: what a reader of the
  rendered page sees is what stands in the tree.
- Anchors are `<a id="…"></a>`: code hosts keep them, and they stay when a heading changes.
- An item `(a)` is written `- (a) …`. A list in Markdown keeps the indentation of nested items and
  their further paragraphs; `(a)` alone would be a paragraph at the left edge. The label is words,
  so no program can renumber it.
- A condition or exception is a paragraph below its clause, a note is a quotation.
- What a redline deletes or inserts is `<del>` or `<ins>` with brackets inside: `~~` is no sign
  beside a letter, and Markdown has none for inserted words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from govkit.rendering.bars import signs_of
from govkit.rendering.document import (
    Aside,
    Block,
    Citation,
    Clause,
    CodeBlock,
    Definition,
    Document,
    Facts,
    Front,
    Item,
    Items,
    Limit,
    Listing,
    MarginNote,
    Marked,
    Paragraph,
    Prose,
    Quote,
    Section,
    SideBySide,
    Subhead,
    Table,
    ThematicBreak,
    Withdrawn,
    Written,
)
from govkit.rendering.headings import Heading, headings
from govkit.rendering.phrases import DASH
from govkit.rendering.spans import (
    Bar,
    Blank,
    Break,
    Changed,
    Code,
    Deleted,
    Emphasis,
    Inserted,
    Link,
    Mark,
    MovedFrom,
    MovedTo,
    Pointer,
    Span,
    Strong,
    Words,
)
from govkit.rendering.typography import is_right_to_left, with_isolates

_SIGNS = re.compile(
    r"[\\`*_\[\]<>|$~{}]"
    r"|&(?=[A-Za-z#])"
    r"|!(?=\[)"
    r"|#(?=#*(?:\s|$))"
)
_LINE_START = re.compile(r"(?:(?P<sign>[-+=#:])|(?P<number>\d{1,9})(?P<dot>[.)]))")
_TICKS = re.compile(r"`+")
_DOTS = " \u00b7 "
_LOWEST_HEADING = 6
_SAFE_IN_ADDRESS = ":/?#@!$&'*+,;=%~"

Lines = Iterator[str]


def as_markdown(document: Document) -> bytes:
    """Return the document as UTF-8 Markdown with front matter."""
    pieces = (
        *_head(document.front),
        *_contents(document),
        *(piece for section in document.sections for piece in _section(section, 2)),
    )
    if is_right_to_left(document.front.language):
        pieces = tuple(map(with_isolates, pieces))
    return ("\n\n".join((_front_matter(document.front), *pieces)) + "\n").encode()


def section_as_markdown(section: Section, level: int) -> str:
    """Return one section, whose heading has a level, for a page that is not made from a tree."""
    return "\n\n".join(_section(section, level))


def blocks_as_markdown(section: Section, level: int) -> list[str]:
    """Return what stands below the heading of a section that has one of this level, in pieces."""
    return [piece for block in section.blocks for piece in _block(block, level + 1)]


def escaped(words: str) -> str:
    """Return words such that Markdown shows exactly them, wherever in a line they stand."""
    return _SIGNS.sub(r"\\\g<0>", words)


def _begun(text: str) -> str:
    """Return a paragraph such that the beginning of each of its lines is read as words.

    White space before a line, which four times over would make code of it, is nobody's words.
    """
    return "\n".join(_begun_line(line.lstrip(" \t")) for line in text.split("\n"))


def _begun_line(line: str) -> str:
    found = _LINE_START.match(line)
    if not found:
        return line
    if found["sign"]:
        return f"\\{line}"
    return f"{found['number']}\\{line[found.start('dot') :]}"


# --- the head -----------------------------------------------------------------------------------


def _front_matter(front: Front) -> str:
    fields = (
        ("id", front.id),
        ("title", front.title),
        ("symbol", front.symbol),
        ("status", front.status),
        ("edition", front.day or front.edition),
        ("digest", front.digest),
        ("language", front.language),
        *front.imprint,
    )
    # A JSON string is a YAML string, whatever stands in it.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields if value]
    return "\n".join(("---", *lines, "---"))


def _head(front: Front) -> Lines:
    if front.issuer:
        yield _begun(escaped(front.issuer))
    yield f'<a id="{front.anchor}"></a>\n\n# {escaped(front.title)}'
    if front.draft:
        yield f"**{escaped(front.draft)}**"
    if front.notice:
        yield _begun(escaped(front.notice))
    if front.selection:
        yield _begun(escaped(front.selection))
    yield from _block(front.facts, 2)


def _contents(document: Document) -> Lines:
    lines = [_contents_line(heading) for heading in headings(document)]
    if lines and document.front.contents:
        yield f"## {escaped(document.front.contents)}"
        yield "\n".join(lines)


def _contents_line(heading: Heading) -> str:
    section = heading.section
    words = escaped(" ".join(filter(None, (section.number, section.title))))
    return f"{'  ' * (heading.level - 1)}- [{words}](#{section.anchor})"


# --- sections and their blocks ------------------------------------------------------------------


def _section(section: Section, level: int) -> Lines:
    yield f'<a id="{section.anchor}"></a>'
    if section.is_headed:
        title = escaped(" ".join(filter(None, (section.number, section.title))))
        yield f"{_heading(level)} {title}"
        level += 1
    for block in section.blocks:
        yield from _block(block, level)
    for inner in section.sections:
        yield from _section(inner, level)


def _heading(level: int) -> str:
    return "#" * min(level, _LOWEST_HEADING)


def _block(block: Block, level: int) -> Lines:
    match block:
        case Facts(facts):
            yield "  \n".join(f"{escaped(fact.name)}: {_line(fact.spans)}" for fact in facts)
        case MarginNote() | Clause() | SideBySide():
            yield from _clauses(block)
        case Withdrawn(anchor, label, spans):
            yield _begun(_anchored(anchor, " ".join(filter(None, (_label(label), _line(spans))))))
        case Listing() | Aside():
            yield from _listing(block) if isinstance(block, Listing) else _aside(block)
        case Table():
            yield _table(block)
        case Marked(anchor, label, blocks):
            # A quotation has a bar in its margin, on every code host.
            inner = [piece for each in blocks for piece in _block(each, level)]
            yield f'<a id="{anchor}"></a>'
            yield _quoted("\n\n".join((f"**{escaped(label)}**", *inner)))
        case Definition():
            yield from _definition(block)
        case Citation(anchor, short, spans):
            yield _anchored(anchor, f"**{escaped(short)}**. {_line(spans)}")
        case Written(_, pieces):
            yield from pieces
        case _:
            yield from _prose(block)


def _listing(listing: Listing) -> Lines:
    if listing.title:
        yield f"**{escaped(listing.title)}**"
    yield "\n".join(f"- {_begun(_line(line))}" for line in listing.lines)


def _beside(note: MarginNote) -> Lines:
    yield f"> {_DOTS.join(map(_line, note.lines))}"


def _clauses(block: MarginNote | Clause | SideBySide) -> Lines:
    match block:
        case MarginNote():
            yield from _beside(block)
        case Clause():
            yield from _clause(block)
        case SideBySide(original, translated):
            yield from _clause(original)
            yield _quoted("\n\n".join(_clause(translated)))


def _clause(clause: Clause) -> Lines:
    blocks = _blocks(clause.blocks)
    if clause.note:
        yield from _beside(clause.note)
    if clause.force:
        force = f"**{escaped(clause.force)}**"
        said = _DOTS.join((force, *(_line(remark) for remark in clause.remarks)))
        yield _anchored(clause.anchor, f"{_label(clause.label)} {said}")
        yield from blocks
    else:
        first, *rest = blocks or ("",)
        yield _anchored(clause.anchor, f"{_label(clause.label)} {first}")
        yield from rest
    for limit in clause.limits:
        yield from _limit(limit)
    if clause.guidance:
        yield from _aside(clause.guidance)
    if clause.state or clause.digest:
        told = [f"*\\[{escaped(clause.state)}\\]*"] if clause.state else []
        told += [_code(clause.language)] if clause.language else []
        yield " ".join((*told, *([_code(clause.digest)] if clause.digest else [])))


def _limit(limit: Limit) -> Lines:
    first, *rest = _blocks(limit.blocks) or ("",)
    yield f"*{escaped(limit.name)}*: {first}"
    yield from rest


def _aside(aside: Aside) -> Lines:
    """Write a note as a quotation: set off from the text on every code host."""
    pieces = (f"*{escaped(aside.title)}*", *_blocks(aside.blocks))
    yield _quoted("\n\n".join(pieces))


def _table(table: Table) -> str:
    """Write a table. A line end inside a cell is a tag, since a row is one line."""
    # Markdown knows no table without a head: an empty one shows nothing.
    head = table.head or ("",) * max((len(row) for row in table.rows), default=1)
    rows = [[escaped(name) for name in head], ["---"] * len(head)]
    rows += [[_cell(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(spans: tuple[Span, ...]) -> str:
    return re.sub(r"[ ]*\n+", "<br>", _line(spans)).strip()


def _definition(entry: Definition) -> Lines:
    forms = f" ({escaped(entry.forms)})" if entry.forms else ""
    yield _anchored(entry.anchor, f"**{escaped(entry.term)}**{forms}")
    yield from _blocks(entry.blocks)
    for listing in entry.listings:
        yield f"{escaped(listing.title)}: {'; '.join(_line(line) for line in listing.lines)}"


def _anchored(anchor: str, line: str) -> str:
    return f'<a id="{anchor}"></a>{line}' if anchor else line


def _label(label: str) -> str:
    return f"**{escaped(label)}**" if label else ""


# --- running text -------------------------------------------------------------------------------


def _blocks(blocks: Iterable[Prose]) -> tuple[str, ...]:
    pieces: list[str] = []
    dash = False
    for block in blocks:
        if isinstance(block, Items):
            # Markdown would join two lists in a row; another sign begins another list.
            dash = not dash
            pieces.append(_items(block.items, "-" if dash else "*", "." if dash else ")"))
        else:
            dash = False
            pieces += _prose(block)
    return tuple(pieces)


def _prose(block: Prose) -> Lines:
    match block:
        case Paragraph(spans):
            yield _begun(_line(spans))
        case Items():
            yield from _blocks((block,))
        case Subhead(spans):
            # Not a heading: those of the book are the only ones, and the contents show them all.
            yield f"**{_line(spans)}**"
        case Quote(blocks):
            yield _quoted("\n\n".join(_blocks(blocks)))
        case CodeBlock(text):
            fence = "`" * max(3, _longest_run(text) + 1)
            yield f"{fence}\n{text}\n{fence}"
        case ThematicBreak():
            yield "---"


def _items(items: tuple[Item, ...], dash: str, dot: str) -> str:
    written = [_item(item, dash, dot) for item in items]
    loose = any(isinstance(block, Paragraph) for item in items for block in item.blocks[1:])
    return ("\n\n" if loose else "\n").join(written)


def _item(item: Item, dash: str, dot: str) -> str:
    first, *rest = _blocks(item.blocks) or ("",)
    sign, label = dash, ""
    if item.label[:1].isdigit():
        sign = item.label.replace(".", dot)
    elif item.label and item.label != DASH:
        label = f"{escaped(item.label)} "
    return _indented(f"{sign} ", (_anchored(item.anchor, f"{label}{first}"), *rest))


def _indented(sign: str, pieces: tuple[str, ...]) -> str:
    """Write the pieces of an item: the first behind its sign, the others below its words."""
    text = "\n\n".join(pieces)
    return sign + re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), text)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _longest_run(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def _line(spans: Iterable[Span]) -> str:
    """Return the words of one line.

    Words beside words are escaped as one text, since two of them can make a sign together; and an
    exclamation mark before a link would make a picture of it.
    """
    pieces: list[str] = []
    for is_words, group in groupby(spans, lambda span: isinstance(span, Words)):
        if is_words:
            pieces.append(escaped("".join(span.text for span in group if isinstance(span, Words))))
        else:
            pieces += map(_span, group)
    for at, following in enumerate(pieces[1:]):
        if pieces[at].endswith("!") and following.startswith("["):
            pieces[at] = pieces[at][:-1] + "\\!"
    return "".join(pieces)


def _span(span: Span) -> str:
    match span:
        case Words(text):
            return escaped(text)
        case Emphasis(spans):
            return f"*{_line(spans)}*"
        case Strong(spans):
            return f"**{_line(spans)}**"
        case Code(text):
            return _code(text)
        case Pointer(anchor, spans):
            return f"[{_line(spans)}](#{anchor})"
        case Link(address, spans):
            return f"[{_line(spans)}]({quote(address, safe=_SAFE_IN_ADDRESS)})"
        case Blank(_, value):
            return escaped(f"[{value}]")
        case Mark(text):
            return escaped(f"[{text}]")
        case Break():
            return "  \n"
        case _:
            return _changed(span)


def _changed(span: Changed | Bar) -> str:
    match span:
        case Bar(parts, _):
            return " ".join(map(signs_of, parts))
        case Deleted(spans, _):
            return f"<del>\\[-{_line(spans)}-\\]</del>"
        case Inserted(spans, _):
            return f"<ins>\\[+{_line(spans)}+\\]</ins>"
        case MovedFrom(spans, said):
            return f"<del>\\[*{escaped(said)}:* {_line(spans)}\\]</del>"
        case MovedTo(spans, said):
            return f"<ins>\\[*{escaped(said)}:* {_line(spans)}\\]</ins>"


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    padded = f" {text} " if text[:1] == "`" or text[-1:] == "`" else text
    return f"{fence}{padded}{fence}"
