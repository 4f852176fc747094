"""A redline for a person to read on a terminal, with colours or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import click

from govkit.cli.printing.screen import columns_of
from govkit.cli.printing.screen import width as columns_there
from govkit.cli.printing.words import number_of, visible
from govkit.corpus.redline.operations import Redline
from govkit.languages.catalogue import messages
from govkit.rendering.document import Paragraph
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.spans import (
    Break,
    Changed,
    Code,
    Deleted,
    Inserted,
    MovedFrom,
    MovedTo,
    Pointer,
    Span,
    Words,
)

WIDEST = 88
"""Columns of a line at most; longer ones are hard to read."""
_WORD = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff]+|[\u2e80-\u9fff\uf900-\ufaff]")
"""What a line is broken between: a word, a space, or one Chinese or Japanese character."""


_NARROW = re.compile(r"[ -~\u00a1-\u024f\u0391-\u0482\u048a-\u052f\u2010-\u2027\u20ac]*")
"""A text of Latin, Greek and Cyrillic letters, each with its marks in one sign."""


class _Piece(NamedTuple):
    """A word or a space, and the colour of the change that it stands in.

    A line may be broken before and after what is `alone`.
    """

    text: str
    colour: str
    columns: int
    is_space: bool
    alone: bool


_LINE_END = _Piece("\n", "", 1, True, True)


def redline_as_text(
    redline: Redline,
    *,
    colours: bool = True,
    width: int | None = None,
    indent: str = "",
    whole: bool = True,
) -> str:
    """Return a redline in lines: `[-deleted-]`, `[+inserted+]`, `[moved from here: …]`.

    The brackets say everything; colours only help. `width` is that of the terminal where it is
    None, and 88 at most. Without `whole`, paragraphs in which nothing changed are counted and left
    out. Signs that a terminal would obey are written out.
    """
    room = width or columns_there(WIDEST)
    paragraphs = list(_shortened(paragraphs_of(redline, messages("en")), whole))
    written = (
        "\n".join(indent + line for line in lines_of(spans, max(room - len(indent), 20), colours))
        for spans in paragraphs
    )
    return "".join(f"{paragraph}\n\n" for paragraph in written)[:-1]


def _shortened(paragraphs: Iterable[Paragraph], whole: bool) -> Iterator[tuple[Span, ...]]:
    left_out = 0
    for paragraph in paragraphs:
        if whole or any(isinstance(span, Changed) for span in paragraph.spans):
            if left_out:
                yield _left_out(left_out)
                left_out = 0
            yield paragraph.spans
        else:
            left_out += 1
    if left_out:
        yield _left_out(left_out)


def _left_out(count: int) -> tuple[Span, ...]:
    return (Words(f"({number_of(count, 'paragraph')} without a change)"),)


def lines_of(spans: Iterable[Span], width: int, colours: bool = True) -> Iterator[str]:
    """Yield the lines of a paragraph of a redline, none wider than `width` unless one word is."""
    spans = list(spans)
    written = [_written(span) for span in spans]
    text = "".join([words for words, _ in written])
    # Most texts are of signs that take one column each, and are broken at single spaces alone.
    narrow = _NARROW.fullmatch(text) and text.isprintable() and "  " not in text
    if narrow and Break() not in spans:
        ends = _ends_of_lines(text, width)
        return _coloured(written, ends) if colours else (text[at:end] for at, end in ends)
    return _lines_of_any(spans, width, colours)


def _ends_of_lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each line of a text of such signs begins and ends."""
    at, last = int(text.startswith(" ")), len(text.removesuffix(" "))
    while at < last:
        end = last
        if last - at > width:
            end = text.rfind(" ", at, at + width + 1)
            if end < 0:  # one word is wider than the line
                end = text.find(" ", at, last)
            end = end if end > 0 else last
        yield at, end
        at = end + 1


def _coloured(written: Sequence[tuple[str, str]], ends: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield the lines; what has one colour is coloured in one go."""
    parts: list[tuple[int, str]] = []
    reached = 0
    for colour, run in groupby(filter(itemgetter(0), written), key=itemgetter(1)):
        reached += sum([len(words) for words, _ in run])
        parts.append((reached, colour))
    text = "".join([words for words, _ in written])
    number = 0
    for at, end in ends:
        line = ""
        while at < end:
            reached, colour = parts[number]
            line += _styled(text[at : min(reached, end)], colour)
            at = min(reached, end)
            number += reached <= end
        yield line


def _lines_of_any(spans: Iterable[Span], width: int, colours: bool) -> Iterator[str]:
    line: list[_Piece] = []
    used = 0
    for unit in _units(spans):
        size = sum([piece.columns for piece in unit])
        ends = unit[0] is _LINE_END
        if ends or (used + size > width and not unit[0].is_space and used):
            yield _line(line, colours)
            line, used = [], 0
        if not ends and (line or not unit[0].is_space):
            line += unit
            used += size
    if line:
        yield _line(line, colours)


def _units(spans: Iterable[Span]) -> Iterator[list[_Piece]]:
    """Yield what no line is broken inside: a space, or a word with all that touches it."""
    unit: list[_Piece] = []
    for piece in _pieces(spans):
        if piece.alone:
            if unit:
                yield unit
                unit = []
            yield [piece]
        else:
            unit.append(piece)
    if unit:
        yield unit


def _pieces(spans: Iterable[Span]) -> Iterator[_Piece]:
    for span in spans:
        text, colour = _written(span)
        if isinstance(span, Break):
            yield _LINE_END
        for word in _WORD.findall(text):
            yield _piece(word, colour)


@lru_cache(maxsize=1 << 14)  # a long text has few different words
def _piece(word: str, colour: str) -> _Piece:
    is_space = word.isspace()
    text = " " if is_space else visible(word)
    columns = columns_of(text)
    return _Piece(text, colour, columns, is_space, is_space or (len(text) == 1 and columns > 1))


def _written(span: Span) -> tuple[str, str]:
    if type(span) is Words:  # nearly all of them are
        return span.text, ""
    match span:
        case Words(text) | Code(text):
            return text, ""
        case Pointer(_, spans):
            return words_of_spans(spans), ""
        case Deleted(spans, _):
            return f"[-{words_of_spans(spans)}-]", "red"
        case Inserted(spans, _):
            return f"[+{words_of_spans(spans)}+]", "green"
        case MovedFrom(spans, said):
            return f"[{said}: {words_of_spans(spans)}]", "yellow"
        case MovedTo(spans, said):
            return f"[{said}: {words_of_spans(spans)}]", "cyan"
        case _:
            return "", ""


def words_of_spans(spans: Iterable[Span]) -> str:
    """Return the words of spans, with the brackets of what changed."""
    return "".join(_written(span)[0] for span in spans)


def _line(line: list[_Piece], colours: bool) -> str:
    """Return a line without the space at its end; what has one colour is coloured in one go."""
    while line and line[-1].is_space:
        line = line[:-1]
    written = ""
    for colour, pieces in groupby(line, lambda piece: piece.colour):
        text = "".join(piece.text for piece in pieces)
        written += _styled(text, colour) if colours else text
    return written


def _styled(text: str, colour: str) -> str:
    if not colour:
        return text
    gone, come = colour in ("red", "yellow"), colour in ("green", "cyan")
    return click.style(text, fg=colour, strikethrough=gone, underline=come)
