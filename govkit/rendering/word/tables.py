"""Tables: a row of heads that each page repeats, and columns as wide as their words ask for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from govkit.rendering.document import Table
from govkit.rendering.spans import Span
from govkit.rendering.word.runs import Runs
from govkit.rendering.word.xml import Par

_CHANGES = {"inserted": "ins", "deleted": "del"}
_NARROW, _WIDE = 6, 60
"""Signs of a line that a column is at least and at most reckoned with."""
_TO_WRITE = 30
"""Signs of a line that an empty column is reckoned with."""
_LEAST = 500
"""Twentieths of a point that each column has before its words ask for more."""


def table_xml(table: Table, runs: Runs, width: int) -> str:
    """Return a table as wide as a line."""
    columns = len(table.head) or max((len(row) for row in table.rows), default=1)
    widths = _widths(table, columns, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    rows = ""
    if table.head:
        cells = (Par("TableHead", runs.words(name)) for name in table.head)
        rows += _row([*cells], widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    for row, end in zip_longest(table.rows, table.ends):
        cells = (Par("TableText", runs.of(cell, tracked=bool(end))) for cell in row)
        change = runs.change(_CHANGES[end]) if end in _CHANGES else ""
        rows += _row([*cells], widths, f"<w:trPr>{change}</w:trPr>" if change else "")
    first = "1" if table.head else "0"
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="GridTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0{"4" if not table.head else "0"}{"2" if table.head else "0"}0" '
        f'w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: list[Par], widths: list[int], properties: str) -> str:
    cells += [Par("TableText") for _ in range(len(widths) - len(cells))]
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell.xml()}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{drawn}</w:tr>"


def _widths(table: Table, columns: int, width: int) -> list[int]:
    """Return the widths of the columns, by the longest word and the usual length of their cells."""
    asked = []
    for at in range(columns):
        texts = [_text(row[at]) for row in table.rows if at < len(row)]
        head = table.head[at] if table.head else ""
        longest = max((len(word) for text in (*texts, head) for word in text.split()), default=1)
        mean = sum(map(len, texts)) / (len(texts) or 1)
        if texts and not any(texts):  # somebody will write there
            mean = _TO_WRITE
        asked.append(max(_NARROW, min(longest + 2, 24), min(mean, _WIDE)))
    least = min(_LEAST, width // (2 * columns))
    rest = width - least * columns
    found = [least + int(rest * each / sum(asked)) for each in asked]
    found[-1] += width - sum(found)
    return found


def _text(spans: tuple[Span, ...]) -> str:
    return "".join(_words(spans))


def _words(spans: tuple[Span, ...]) -> Iterator[str]:
    for span in spans:
        if hasattr(span, "text"):
            yield span.text
        elif hasattr(span, "spans"):
            yield from _words(span.spans)
        else:
            yield " "
