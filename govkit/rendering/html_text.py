"""Writes running text as HTML: where a line may end, links, and what a redline marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from govkit.records.scalars import UNSPACED
from govkit.rendering.bars import as_svg
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
    Spans,
    Strong,
    Words,
    leads_out,
)

_SHORT = 12
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


def line_html(spans: Iterable[Span]) -> str:
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
            return words_html(text)
        case Emphasis(spans):
            return f"<em>{line_html(spans)}</em>"
        case Strong(spans):
            return f"<strong>{line_html(spans)}</strong>"
        case Code(text):
            return f"<code>{words_html(text)}</code>"
        case Pointer(anchor, spans):
            return f'<a href="#{escape(anchor)}">{line_html(spans)}</a>'
        case Link(address, spans):
            return _link(address, line_html(spans))
        case Blank(_, value):
            return f'<span class="blank">[{escape(value)}]</span>'
        case Mark(text):
            return f'<span class="mark">[{escape(text)}]</span>'
        case Break():
            return "<br>\n"
        case _:
            return _changed(span)


def words_html(text: str) -> str:
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
            return f"<del>{_aloud(said)}{_struck(spans)}-]</del>"
        case Inserted(spans, said):
            return f"<ins>{_aloud(said)}[+{_lined(spans)}+]</ins>"
        case MovedFrom(spans, said):
            return f'<del class="moved">[{_said(said)} {_lined(spans)}]</del>'
        case MovedTo(spans, said):
            return f'<ins class="moved">[{_said(said)} {_lined(spans)}]</ins>'


_LONG_WORD = 40
_FIRST = re.compile(r"\S{1,40}(?!\S)")


def _struck(spans: Spans) -> str:
    """Return the words of a deletion with the sign before them. A line may end after a `-`, so the
    sign is kept with the first word.
    """
    text = spans[0].text if spans and isinstance(spans[0], Words) else ""
    first = _TOGETHER.match(text) or _FIRST.match(text)
    if first is None:
        return f"[-{_lined(spans)}"
    kept = _kept(f'[-<span class="words">{escape(first[0])}</span>')
    rest = (Words(text[first.end() :]), *spans[1:])
    return f"{kept}{_lined(rest)}" if text[first.end() :] or spans[1:] else kept


def _lined(spans: Iterable[Span]) -> str:
    # The line through or under the words leaves the brackets free, or `-` could not be seen.
    html = line_html(spans)
    long = " long" if any(len(each) > _LONG_WORD for each in html.split()) else ""
    return f'<span class="words{long}">{html}</span>'


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
