"""Writes a document as one semantic HTML page; every word in it is escaped.

The page names no style and no script: whoever prints it adds the style. Words that a reader needs
are in the tree and so in the page, never in a style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from govkit.records.scalars import UNSPACED
from govkit.rendering.bars import as_svg
from govkit.rendering.document import (
    Aside,
    Bar,
    Blank,
    Block,
    Break,
    Changed,
    Citation,
    Clause,
    Code,
    CodeBlock,
    Definition,
    Deleted,
    Document,
    Emphasis,
    Facts,
    Front,
    Inserted,
    Item,
    Items,
    Limit,
    Link,
    Listing,
    MarginNote,
    Mark,
    Marked,
    MovedFrom,
    MovedTo,
    Paragraph,
    Pointer,
    Prose,
    Quote,
    Section,
    Span,
    Strong,
    Subhead,
    Table,
    ThematicBreak,
    Withdrawn,
    Words,
    leads_out,
)
from govkit.rendering.headings import headings

MAIN = "main"
"""The anchor of the texts themselves, behind the head and the contents."""

_LOWEST_HEADING = 6
_SHORT = 12
_FEW_ROWS = 8
"""Rows of a table that a printed page keeps together."""
_NEXT_WORD = re.compile(r" [^\W\d_]{1,12}\b")
_ID = re.compile(r"[A-Za-z0-9.()-]{1,24}")
_TOGETHER = re.compile(
    r"\b(?i:clauses?|articles?|arts?\.|sections?|paras?\.|principles?|items?|No\.|OJ [CL])"
    r" (?:\([\w.-]{1,8}\)|\d[\w.]{0,8}(?:\(\w{1,4}\)){0,3})"
    r"|\b\d{1,2} [^\W\d_]{3,12} \d{4}\b"
    r"|\b[A-Z]{2,8}(?:[/-][A-Z0-9]{1,8}){1,3}\b"
    r"|\b\d{2,4}/\d{1,4}(?:/[A-Z]{2,4})?\b"
)
"""What no line ends inside: `clause (f)`, `art. 7(2)`, `OJ L 277`, `93/13/EEC`, a date, an id."""
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")

Pieces = Iterator[str]


def as_html(document: Document, head: str = "", opening: str = "") -> str:
    """Return the document as an HTML page.

    `head` is HTML for the end of its head, as a style; `opening` stands before the document's own
    head.
    """
    front = document.front
    days = ("created", "modified") if front.imprint else ("created",)
    day = "".join(
        f'<meta name="dcterms.{name}" content="{escape(front.day)}">\n'
        for name in days
        if front.day
    )
    right_to_left = front.language.split("-")[0] in _RIGHT_TO_LEFT
    direction = ' dir="rtl"' if right_to_left else ""
    body = "".join(
        (
            *_head(front),
            *_contents(document),
            f'<main id="{MAIN}">\n',
            *(piece for section in document.sections for piece in _section(section, 2)),
            "</main>\n",
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(front.language)}"{direction}>\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(front.title)}</title>\n'
        f'<meta name="author" content="{escape(front.issuer)}">\n{day}{head}'
        f"</head>\n<body>\n{opening}{body}</body>\n</html>\n"
    )


# --- the head -----------------------------------------------------------------------------------


def _head(front: Front) -> Pieces:
    edition = " · ".join(filter(None, (front.symbol, front.status, front.edition)))
    data = f'data-edition="{escape(edition)}" data-of="{escape(front.of)}"'
    yield f'<header id="{escape(front.anchor)}" {data}>\n'
    if front.issuer:
        yield f'<p class="issuer">{escape(front.issuer)}</p>\n'
    yield f"<h1>{_words(front.title)}</h1>\n"
    if front.notice:
        draft = f'<strong class="draft">{escape(front.draft)}</strong> ' if front.draft else ""
        yield f'<p class="notice">{draft}{escape(front.notice)}</p>\n'
    if front.selection:
        yield f'<p class="notice">{escape(front.selection)}</p>\n'
    yield from _facts(front.facts)
    yield "</header>\n"


def _contents(document: Document) -> Pieces:
    if not document.front.contents or not headings(document):
        return
    title = escape(document.front.contents)
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{title}</h2>\n'
    yield from _contents_list(document.sections, 1)
    yield "</nav>\n"


def _contents_list(sections: tuple[Section, ...], level: int) -> Pieces:
    """Write the lines of the contents; those of inner sections stand in a list of their own."""
    headed = [section for section in sections if section.is_headed]
    if not headed:
        return
    yield "<ul>\n"
    for section in headed:
        line = f'<a href="#{escape(section.anchor)}">{_titled(section)}</a>'
        yield f'<li class="level-{level} {section.role}">{line}\n'
        yield from _contents_list(section.sections, level + 1)
        yield "</li>\n"
    yield "</ul>\n"


def _titled(section: Section) -> str:
    number = f'<span class="number">{escape(section.number)} </span>' if section.number else ""
    return f'{number}<span class="title">{_words(section.title)}</span>'


# --- sections and their blocks ------------------------------------------------------------------


def _section(section: Section, level: int) -> Pieces:
    yield f'<section class="{section.role}" id="{escape(section.anchor)}">\n'
    if section.is_headed:
        tag = _heading(level)
        yield f"<{tag}>{_titled(section)}</{tag}>\n"
        level += 1
    for block in section.blocks:
        yield from _block(block, level)
    for inner in section.sections:
        yield from _section(inner, level)
    yield "</section>\n"


def _heading(level: int) -> str:
    return f"h{min(level, _LOWEST_HEADING)}"


def _block(block: Block, level: int) -> Pieces:
    """Write a block; `level` is that of a heading inside it."""
    match block:
        case Facts():
            yield from _facts(block)
        case MarginNote() | Clause():
            yield from _beside(block) if isinstance(block, MarginNote) else _clause(block, level)
        case Withdrawn(anchor, label, spans):
            yield f'<p class="withdrawn"{_id(anchor)}>{_label(label)}{_line(spans)}</p>\n'
        case Listing():
            yield from _listing(block, level)
        case Aside():
            yield from _aside(block, level)
        case Table():
            yield from _draw_table(block)
        case Marked():
            yield from _marked(block, level)
        case Definition():
            yield from _definition(block)
        case Citation(anchor, short, spans):
            words = f"<strong>{escape(short)}</strong>. {_line(spans)}"
            yield f'<p class="citation"{_id(anchor)}>{words}</p>\n'
        case _:
            yield from _prose(block)


def _facts(facts: Facts) -> Pieces:
    yield '<ul class="facts">\n'
    for fact in facts.facts:
        # The space is inside, so that it takes no room where names stand in a column of their own.
        name = f'<span class="name">{escape(fact.name)}: </span>'
        yield f"<li>{name}{_line(fact.spans)}</li>\n"
    yield "</ul>\n"


def _beside(note: MarginNote) -> Pieces:
    yield f'<aside class="margin"><p>{"<br>".join(map(_line, note.lines))}</p></aside>\n'


def _clause(clause: Clause, level: int) -> Pieces:
    kind = "clause" if clause.force else "recital"
    yield f'<div class="{kind}"{_id(clause.anchor)}>\n'
    if clause.note:
        yield from _beside(clause.note)
    if clause.force:
        force = f'<strong class="force">{escape(clause.force)}</strong>'
        said = " · ".join((force, *(_line(remark) for remark in clause.remarks)))
        yield f'<p class="binds">{_label(clause.label)}{said}</p>\n'
        yield from _blocks(clause.blocks)
    else:
        yield from _blocks(clause.blocks, _label(clause.label))
    for limit in clause.limits:
        yield from _limit(limit)
    if clause.guidance:
        yield from _aside(clause.guidance, level)
    yield "</div>\n"


def _limit(limit: Limit) -> Pieces:
    yield '<div class="limit">\n'
    yield from _blocks(limit.blocks, f'<em class="name">{escape(limit.name)}:</em> ')
    yield "</div>\n"


def _listing(listing: Listing, level: int) -> Pieces:
    name = _name(listing.title, level) if listing.title else ""
    yield f'<div class="listing">\n{name}<ul>\n'
    for line in listing.lines:
        yield f"<li>{_line(line)}</li>\n"
    yield "</ul>\n</div>\n"


def _aside(aside: Aside, level: int) -> Pieces:
    yield f"<aside>\n{_name(aside.title, level)}"
    yield from _blocks(aside.blocks)
    yield "</aside>\n"


def _name(title: str, level: int) -> str:
    tag = _heading(level)
    return f'<{tag} class="name">{escape(title)}</{tag}>\n'


def _draw_table(table: Table) -> Pieces:
    """Write a table; a reader with a small screen or a keyboard can move it from side to side."""
    short = " short" if len(table.rows) <= _FEW_ROWS else ""
    yield f'<div class="table{short}" tabindex="0">\n<table>\n'
    if table.head:
        names = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
        yield f"<thead><tr>{names}</tr></thead>\n"
    yield "<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_line(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _marked(marked: Marked, level: int) -> Pieces:
    yield f'<div class="marked"{_id(marked.anchor)}>\n'
    yield f'<p class="number">{escape(marked.label)}</p>\n'
    for block in marked.blocks:
        yield from _block(block, level)
    yield "</div>\n"


def _definition(entry: Definition) -> Pieces:
    forms = f' <span class="forms">({escape(entry.forms)})</span>' if entry.forms else ""
    yield f'<div class="definition"{_id(entry.anchor)}>\n'
    yield f'<p class="term"><strong>{escape(entry.term)}</strong>{forms}</p>\n'
    yield from _blocks(entry.blocks)
    for listing in entry.listings:
        lines = "; ".join(_line(line) for line in listing.lines)
        yield f'<p class="rests"><span class="name">{escape(listing.title)}:</span> {lines}</p>\n'
    yield "</div>\n"


def _id(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _label(label: str) -> str:
    # The space is inside, so that words stand exactly below each other beside a hanging label.
    return f'<span class="label">{escape(label)} </span>' if label else ""


# --- running text -------------------------------------------------------------------------------


def _blocks(blocks: Iterable[Prose], opening: str = "") -> Pieces:
    """Write blocks; `opening` is HTML that stands at the beginning of the first paragraph."""
    for block in blocks:
        if opening and not isinstance(block, Paragraph):
            yield f"<p>{opening}</p>\n"
            opening = ""
        yield from _prose(block, opening)
        opening = ""


def _prose(block: Prose, opening: str = "") -> Pieces:
    match block:
        case Paragraph(spans):
            yield f"<p>{opening}{_line(spans)}</p>\n"
        case Items(items):
            yield '<ul class="items">\n'
            yield from (piece for item in items for piece in _item(item))
            yield "</ul>\n"
        case Subhead(spans):
            yield f'<p class="subhead">{_line(spans)}</p>\n'
        case Quote(blocks):
            yield "<blockquote>\n"
            yield from _blocks(blocks)
            yield "</blockquote>\n"
        case CodeBlock(text):
            yield f"<pre><code>{_words(text)}</code></pre>\n"
        case ThematicBreak():
            yield "<hr>\n"


def _item(item: Item) -> Pieces:
    """Write an item. Its label is words, so the list has no marks of its own."""
    yield f"<li{_id(item.anchor)}>"
    yield from _blocks(item.blocks, _label(item.label))
    yield "</li>\n"


def _line(spans: Iterable[Span]) -> str:
    """Return the words of one line. No line ends between 7 and `days`, or after an id."""
    pieces: list[str] = []
    held = ""
    for span in _joined(spans):
        text = _span(span)
        if held:
            word = _NEXT_WORD.match(span.text) if isinstance(span, Words) else None
            end = word.end() if word else 0
            pieces.append(_kept(held + text[:end]) if word else held)
            text, held = text[end:], ""
        if isinstance(span, Words):
            text = _TOGETHER.sub(lambda found: _kept(found[0]), text)
        elif _holds_on(span):
            held, text = text, ""
        pieces.append(text)
    return "".join((*pieces, held))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, plain words that stand side by side as one."""
    for plain, several in groupby(spans, lambda span: isinstance(span, Words)):
        if plain:
            yield Words("".join(span.text for span in several if isinstance(span, Words)))
        else:
            yield from several


def _holds_on(span: Span) -> bool:
    """Say whether a line should not end after this: a short blank, or an id before its title."""
    match span:
        case Blank(_, value):
            return len(value) <= _SHORT
        case Pointer(_, (Code(text),)) | Code(text):
            return _ID.fullmatch(text) is not None
    return False


def _kept(html: str) -> str:
    # A style and no other kind of space: the characters stay those of the text.
    return f'<span class="kept">{html}</span>'


def _span(span: Span) -> str:
    match span:
        case Words(text):
            return _words(text)
        case Emphasis(spans):
            return f"<em>{_line(spans)}</em>"
        case Strong(spans):
            return f"<strong>{_line(spans)}</strong>"
        case Code(text):
            return f"<code>{_words(text)}</code>"
        case Pointer(anchor, spans):
            return f'<a href="#{escape(anchor)}">{_line(spans)}</a>'
        case Link(address, spans):
            return _link(address, _line(spans))
        case Blank(_, value):
            return f'<span class="blank">[{escape(value)}]</span>'
        case Mark(text):
            return f'<span class="mark">[{escape(text)}]</span>'
        case Break():
            return "<br>\n"
        case _:
            return _changed(span)


def _words(text: str) -> str:
    """Return words as HTML. Where no line can be broken for long, it gets places to break it.

    Else a line is looked for that fits all of it, again for each line that it fills. A line is
    sure to break only between two words: not after a bracket, not before a comma or a sign.
    """
    if len(text) < _LONG:
        return escape(text)
    pieces = (
        _PART.sub("\\g<0>\0", piece) if len(piece) >= _LONG else piece
        for piece in _BETWEEN_WORDS.split(text)
    )
    return escape("".join(pieces)).replace("\0", "<wbr>")


# To set a word that can't be broken takes the square of its length; measured in decision 34.
_LONG = 200
_BETWEEN_WORDS = re.compile(rf"((?<=\w)[ \t\n](?=\w)|(?<=[{UNSPACED}])(?=[{UNSPACED}]))")
_PART = re.compile(r"(?s:.{0,50}[ \t\n]|.{50})(?=.)")


def _changed(span: Changed | Bar) -> str:
    """Return a bar, or a span of a redline: style for the eye, brackets and words for everybody."""
    match span:
        case Bar():
            return as_svg(span)
        case Deleted(spans, said):
            return f"<del>{_aloud(said)}[-{_lined(spans)}-]</del>"
        case Inserted(spans, said):
            return f"<ins>{_aloud(said)}[+{_lined(spans)}+]</ins>"
        case MovedFrom(spans, said):
            return f'<del class="moved">[{_said(said)} {_lined(spans)}]</del>'
        case MovedTo(spans, said):
            return f'<ins class="moved">[{_said(said)} {_lined(spans)}]</ins>'


def _lined(spans: Iterable[Span]) -> str:
    # The line through or under the words leaves the brackets free, or `-` could not be seen.
    return f'<span class="words">{_line(spans)}</span>'


def _aloud(said: str) -> str:
    # Few screen readers say of their own that words are deleted or inserted.
    return f'<span class="aloud">{escape(said)}: </span>'


def _said(said: str) -> str:
    return f'<span class="said">{escape(said)}:</span>'


def _link(address: str, words: str) -> str:
    # The tree promises it; a page that a browser opens does not rest on a promise.
    if not leads_out(address):
        return words
    return f'<a class="out" href="{escape(address)}">{words}</a>'
