"""The answers of several evaluations as a picture that a phone can show: clause by service.

Each cell has its word, so that no shade says anything alone. Three evaluations stand side by side;
further ones stand below, with the clauses once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from govkit.assessment.day_found import DayFound, all_asked

_WIDTH, _EDGE, _LABELS, _ROW, _HEAD = 360, 2, 116, 24, 40
_BESIDE, _WIDEST, _DOWN = 3, 120, 24
_INK, _NONE = "#1a1a1a", "#ffffff"
_SHADES = {"met": "#9fd3b6", "partly": "#f3e3a1", "silent": "#e4e7ec", "contradicts": "#efb2a6"}
"""Light enough that black words are read on each."""


def map_svg(days: Sequence[DayFound]) -> str:
    """Return the picture (SVG), in pieces that fit on a page; it names no file and no address."""
    pieces = []
    for first in range(0, len(days), _BESIDE):
        several = days[first : first + _BESIDE]
        asked = all_asked(several)
        for begin in range(0, len(asked), _DOWN):
            pieces.append(_picture(several, asked[begin : begin + _DOWN]))
    return "".join(pieces)


def _picture(days: Sequence[DayFound], asked: Sequence[str]) -> str:
    high = _HEAD + _ROW * len(asked) + 4
    title = f"Answers to {asked[0]} to {asked[-1]}: {', '.join(day.name for day in days)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="heat-map" viewBox="0 0 {_WIDTH} {high}" '
        f'role="img" font-family="sans-serif" fill="{_INK}">\n<title>{escape(title)}</title>\n'
        f'<rect width="{_WIDTH}" height="{high}" fill="{_NONE}"/>\n'
        f"{''.join(_band(days, asked))}</svg>\n"
    )


def _band(days: Sequence[DayFound], asked: Sequence[str]) -> Iterator[str]:
    wide = min(_WIDEST, (_WIDTH - _LABELS - _EDGE) // len(days))
    for at, day in enumerate(days):
        x = _LABELS + at * wide
        name = wrap(day.papers.documents.service, 13)
        short = name[0][:12] + "…" if len(name) > 1 or len(name[0]) > 13 else name[0]
        yield _words(x + wide / 2, 16, short, 11, bold=True)
        yield _words(x + wide / 2, 31, day.day, 10)
    for down, of in enumerate(asked):
        y = _HEAD + down * _ROW
        yield _words(_EDGE, y + 16, of, 11, middle=False)
        for at, day in enumerate(days):
            found = day.clause(of)
            word = found.word if found else "not asked"
            yield _cell(_LABELS + at * wide, y, wide, word)


def _cell(x: int, y: int, wide: int, word: str) -> str:
    shade = _SHADES.get(word, _NONE)
    box = (
        f'<rect x="{x}" y="{y}" width="{wide - 2}" height="{_ROW - 2}" fill="{shade}" '
        'stroke="#8a919c" stroke-width="0.75"/>\n'
    )
    size = 10 if len(word) <= 14 else 8 if len(word) <= 17 else 7
    return box + _words(x + wide / 2 - 1, y + 15, word, size)


def _words(
    x: float, y: int, words: str, size: int, *, bold: bool = False, middle: bool = True
) -> str:
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y}" font-size="{size}"{anchor}{weight}>{escape(words)}</text>\n'
