"""Writes a document as one semantic HTML page; every word in it is escaped.

The page names no style and no script: whoever prints it adds the style. Words that a reader needs
are in the tree and so in the page, never in a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

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
from govkit.rendering.headings import headings
from govkit.rendering.html_text import line_html, words_html
from govkit.rendering.typography import is_right_to_left

MAIN = "main"
"""The anchor of the texts themselves, behind the head and the contents."""

_RIGHT_TO_LEFT = ' dir="rtl"'
_LOWEST_HEADING = 6
_FEW_ROWS = 8
"""Rows of a table that a printed page keeps together."""

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
    sections = sections_html(document)
    body = f'{head_html(document)}<main id="{MAIN}">\n{sections}</main>\n'
    return (
        f"<!DOCTYPE html>\n<html{language_of(front)}>\n<head>\n"
        f'<meta charset="utf-8">\n<title>{escape(front.title)}</title>\n'
        f'<meta name="author" content="{escape(front.issuer)}">\n{day}{head}'
        f"</head>\n<body>\n{opening}{body}</body>\n</html>\n"
    )


def language_of(front: Front) -> str:
    """Return the attributes of a page that say its language, and the direction of its lines."""
    return f' lang="{escape(front.language)}"{_RIGHT_TO_LEFT * is_right_to_left(front.language)}'


def in_language_of(code: str) -> str:
    """Return the attributes of words whose language (BCP 47) may be another than their page's."""
    direction = _RIGHT_TO_LEFT if is_right_to_left(code) else ' dir="ltr"'
    return f' lang="{escape(code)}"{direction}'


def head_html(document: Document) -> str:
    """Return the head of a document and its contents, without what stands around them."""
    return "".join((*_head(document.front), *_contents(document)))


def sections_html(document: Document) -> str:
    """Return the sections of a document, the outermost with headings of the second level."""
    return "".join(piece for section in document.sections for piece in _section(section, 2))


def blocks_html(section: Section, level: int) -> str:
    """Return what stands below the heading of a section that has one of this level."""
    return "".join(piece for block in section.blocks for piece in _block(block, level + 1))


# --- the head -----------------------------------------------------------------------------------


def _head(front: Front) -> Pieces:
    edition = " · ".join(filter(None, (front.symbol, front.status, front.edition)))
    data = f'data-edition="{escape(edition)}" data-of="{escape(front.of)}"'
    yield f'<header id="{escape(front.anchor)}" {data}>\n'
    if front.issuer:
        yield f'<p class="issuer">{escape(front.issuer)}</p>\n'
    yield f"<h1>{words_html(front.title)}</h1>\n"
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
    return f'{number}<span class="title">{words_html(section.title)}</span>'


# --- sections and their blocks ------------------------------------------------------------------


def _section(section: Section, level: int) -> Pieces:
    language = in_language_of(section.language) if section.language else ""
    yield f'<section class="{section.role}" id="{escape(section.anchor)}"{language}>\n'
    if section.is_headed:
        tag = _heading(level)
        address = f' data-address="{escape(section.address)}"' if section.address else ""
        yield f"<{tag}{address}>{_titled(section)}</{tag}>\n"
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
        case MarginNote() | Clause() | SideBySide():
            yield from _clauses(block, level)
        case Withdrawn(anchor, label, spans):
            yield f'<p class="withdrawn"{_id(anchor)}>{_label(label)}{line_html(spans)}</p>\n'
        case Listing():
            yield from _listing(block, level)
        case Aside():
            yield from _aside(block, level)
        case Table() | Marked():
            yield from _draw_table(block) if isinstance(block, Table) else _marked(block, level)
        case Definition():
            yield from _definition(block)
        case Written(html):
            yield html
        case Citation(anchor, short, spans):
            words = f"<strong>{escape(short)}</strong>. {line_html(spans)}"
            yield f'<p class="citation"{_id(anchor)}>{words}</p>\n'
        case _:
            yield from _prose(block)


def _facts(facts: Facts) -> Pieces:
    lines = (*facts.facts, *([facts.usual] if facts.usual else []))
    if not lines:
        return
    yield '<ul class="facts">\n'
    for fact in lines:
        # The space is inside, so that it takes no room where names stand in a column of their own.
        name = f'<span class="name">{escape(fact.name)}: </span>'
        yield f"<li>{name}{line_html(fact.spans)}</li>\n"
    yield "</ul>\n"


def _beside(note: MarginNote) -> Pieces:
    yield f'<aside class="margin"><p>{"<br>".join(map(line_html, note.lines))}</p></aside>\n'


def _clause(clause: Clause, level: int) -> Pieces:
    kind = "clause" if clause.force else "recital"
    kind += " behind" if clause.is_behind else ""
    language = in_language_of(clause.language) if clause.language else ""
    yield f'<div class="{kind}"{_id(clause.anchor)}{language}>\n'
    if clause.note:
        yield from _beside(clause.note)
    if clause.force and clause.differs is not None:
        yield from _blocks(clause.blocks, _label(clause.label))
        yield from _code(clause)
        if clause.differs:
            said = " · ".join(line_html(part) for part in clause.differs)
            yield f'<p class="binds">{said}</p>\n'
    elif clause.force:
        force = f'<strong class="force">{escape(clause.force)}</strong>'
        said = " · ".join((force, *(line_html(remark) for remark in clause.remarks)))
        yield f'<p class="binds">{_label(clause.label)}{said}</p>\n'
        yield from _blocks(clause.blocks)
        yield from _code(clause)
    else:
        yield from _blocks(clause.blocks, _label(clause.label))
        yield from _code(clause)
    for limit in clause.limits:
        yield from _limit(limit)
    if clause.guidance:
        yield from _aside(clause.guidance, level)
    if clause.state or clause.digest:
        state = f'<span class="mark">[{escape(clause.state)}]</span>' if clause.state else ""
        digest = f"<code>{escape(clause.digest)}</code>" if clause.digest else ""
        yield f'<p class="state">{" ".join(filter(None, (state, digest)))}</p>\n'
    yield "</div>\n"


def _clauses(block: MarginNote | Clause | SideBySide, level: int) -> Pieces:
    if isinstance(block, MarginNote):
        yield from _beside(block)
        return
    if isinstance(block, Clause):
        yield from _clause(block, level)
        return
    yield '<div class="pair">\n'
    yield from _clause(block.original, level)
    yield from _clause(block.translated, level)
    yield "</div>\n"


def _code(clause: Clause) -> Pieces:
    """Write the code behind the words, so that whoever copies a page has them in one piece."""
    if clause.code:
        yield f'<p class="code">{escape(clause.code)}</p>\n'


def _limit(limit: Limit) -> Pieces:
    yield '<div class="limit">\n'
    yield from _blocks(limit.blocks, f'<em class="name">{escape(limit.name)}:</em> ')
    yield "</div>\n"


def _listing(listing: Listing, level: int) -> Pieces:
    name = _name(listing.title, level) if listing.title else ""
    kind = "listing running" if listing.running else "listing"
    yield f'<div class="{kind}">\n{name}<ul>\n'
    for line in listing.lines:
        yield f"<li>{line_html(line)}</li>\n"
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
        yield "<tr>" + "".join(f"<td>{line_html(cell)}</td>" for cell in row) + "</tr>\n"
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
        lines = "; ".join(line_html(line) for line in listing.lines)
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
            yield f"<p>{opening}{line_html(spans)}</p>\n"
        case Items(items):
            yield '<ul class="items">\n'
            yield from (piece for item in items for piece in _item(item))
            yield "</ul>\n"
        case Subhead(spans):
            yield f'<p class="subhead">{line_html(spans)}</p>\n'
        case Quote(blocks):
            yield "<blockquote>\n"
            yield from _blocks(blocks)
            yield "</blockquote>\n"
        case CodeBlock(text):
            yield f"<pre><code>{words_html(text)}</code></pre>\n"
        case ThematicBreak():
            yield "<hr>\n"


def _item(item: Item) -> Pieces:
    """Write an item. Its label is words, so the list has no marks of its own."""
    yield f"<li{_id(item.anchor)}>"
    yield from _blocks(item.blocks, _label(item.label))
    yield "</li>\n"
