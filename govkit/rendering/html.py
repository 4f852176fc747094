"""Writes a document as one semantic HTML page; every word in it is escaped.

The page names no style and no script: whoever prints it adds the style. Words that a reader needs
are in the tree and so in the page, never in a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from govkit.rendering.document import (
    Aside,
    Blank,
    Block,
    Break,
    Citation,
    Clause,
    Code,
    CodeBlock,
    Definition,
    Document,
    Emphasis,
    Facts,
    Front,
    Heading,
    Item,
    Items,
    Limit,
    Link,
    Listing,
    Mark,
    Paragraph,
    Pointer,
    Prose,
    Quote,
    Rule,
    Section,
    Span,
    Strong,
    Subhead,
    Withdrawn,
    Words,
    headings,
)

_LOWEST_HEADING = 6

Pieces = Iterator[str]


def as_html(document: Document) -> str:
    """Return the document as an HTML page."""
    front = document.front
    day = f'<meta name="dcterms.created" content="{escape(front.day)}">\n' if front.day else ""
    body = "".join(
        (
            *_head(front),
            *_contents(document),
            "<main>\n",
            *(piece for section in document.sections for piece in _section(section, 2)),
            "</main>\n",
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(front.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(front.title)}</title>\n'
        f'<meta name="author" content="{escape(front.issuer)}">\n{day}'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


# --- the head -----------------------------------------------------------------------------------


def _head(front: Front) -> Pieces:
    edition = " · ".join(filter(None, (front.symbol, front.status, front.edition)))
    data = f'data-edition="{escape(edition)}" data-of="{escape(front.of)}"'
    yield f'<header id="{escape(front.anchor)}" {data}>\n'
    if front.issuer:
        yield f'<p class="issuer">{escape(front.issuer)}</p>\n'
    yield f"<h1>{escape(front.title)}</h1>\n"
    if front.notice:
        draft = f'<strong class="draft">{escape(front.draft)}</strong> ' if front.draft else ""
        yield f'<p class="notice">{draft}{escape(front.notice)}</p>\n'
    yield from _facts(front.facts)
    yield "</header>\n"


def _contents(document: Document) -> Pieces:
    lines = headings(document)
    if not lines:
        return
    title = escape(document.front.contents)
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{title}</h2>\n<ul>\n'
    yield from map(_contents_line, lines)
    yield "</ul>\n</nav>\n"


def _contents_line(heading: Heading) -> str:
    section = heading.section
    return (
        f'<li class="level-{heading.level} {section.role}"><a href="#{escape(section.anchor)}">'
        f"{_titled(section)}</a></li>\n"
    )


def _titled(section: Section) -> str:
    number = f'<span class="number">{escape(section.number)} </span>' if section.number else ""
    return f'{number}<span class="title">{escape(section.title)}</span>'


# --- sections and their blocks ------------------------------------------------------------------


def _section(section: Section, level: int) -> Pieces:
    tag = f"h{min(level, _LOWEST_HEADING)}"
    yield f'<section class="{section.role}" id="{escape(section.anchor)}">\n'
    yield f"<{tag}>{_titled(section)}</{tag}>\n"
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner, level + 1)
    yield "</section>\n"


def _block(block: Block) -> Pieces:
    match block:
        case Facts():
            yield from _facts(block)
        case Clause():
            yield from _clause(block)
        case Withdrawn(anchor, label, spans):
            yield f'<p class="withdrawn"{_id(anchor)}>{_label(label)}{_line(spans)}</p>\n'
        case Listing():
            yield from _listing(block)
        case Aside():
            yield from _aside(block)
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
        name = f'<span class="name">{escape(fact.name)}:</span>'
        yield f"<li>{name} {_line(fact.spans)}</li>\n"
    yield "</ul>\n"


def _clause(clause: Clause) -> Pieces:
    kind = "clause" if clause.force else "recital"
    yield f'<div class="{kind}"{_id(clause.anchor)}>\n'
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
        yield from _aside(clause.guidance)
    yield "</div>\n"


def _limit(limit: Limit) -> Pieces:
    yield '<div class="limit">\n'
    yield from _blocks(limit.blocks, f'<em class="name">{escape(limit.name)}:</em> ')
    yield "</div>\n"


def _listing(listing: Listing) -> Pieces:
    yield f'<div class="listing">\n<p class="name">{escape(listing.title)}</p>\n<ul>\n'
    for line in listing.lines:
        yield f"<li>{_line(line)}</li>\n"
    yield "</ul>\n</div>\n"


def _aside(aside: Aside) -> Pieces:
    yield f'<aside>\n<p class="name">{escape(aside.title)}</p>\n'
    yield from _blocks(aside.blocks)
    yield "</aside>\n"


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
            yield f"<pre><code>{escape(text)}</code></pre>\n"
        case Rule():
            yield "<hr>\n"


def _item(item: Item) -> Pieces:
    """Write an item. Its label is words, so the list has no marks of its own."""
    yield f"<li{_id(item.anchor)}>"
    yield from _blocks(item.blocks, _label(item.label))
    yield "</li>\n"


def _line(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Words(text):
            return escape(text)
        case Emphasis(spans):
            return f"<em>{_line(spans)}</em>"
        case Strong(spans):
            return f"<strong>{_line(spans)}</strong>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Pointer(anchor, spans):
            return f'<a href="#{escape(anchor)}">{_line(spans)}</a>'
        case Link(address, spans):
            return f'<a class="out" href="{escape(address)}">{_line(spans)}</a>'
        case Blank(_, value):
            return f'<span class="blank">[{escape(value)}]</span>'
        case Mark(text):
            return f'<span class="mark">[{escape(text)}]</span>'
        case Break():
            return "<br>\n"
