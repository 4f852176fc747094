"""Comments in a Word file: a table with the headings of a comment table, or those in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from govkit.consultation.comment_table import Line, Table, read_table
from govkit.errors import WrongUse
from govkit.proposals.suggestions.drafting import placed_comments
from govkit.proposals.suggestions.fields import fields_of, straight
from govkit.proposals.suggestions.values import PlacedComment
from govkit.source.docx_grid import read_docx_tables
from govkit.source.grids import NoTable
from govkit.source.marked_docx import read_marked
from govkit.source.text_blocks import NotText
from govkit.workspace.printed_states import printed_records

if TYPE_CHECKING:
    from govkit.cli.comment.desk import Desk
    from govkit.source.marked_docx import WordComment


def table_of_word_file(file: Path, data: bytes, desk: Desk | None, named: bool) -> Table:
    """Return the comments of a Word file as a table. Raises `WrongUse` where it has none."""
    try:
        for rows in read_docx_tables(data):
            try:
                return read_table(rows)
            except NoTable:
                continue
        if desk is not None:
            lines = tuple(_lines(data, desk, named))
            if lines:
                return Table(lines, ())
    except NotText as reason:
        what, help = reason.args
        raise WrongUse(f"{file} {what}", help) from None
    except NoTable as fault:
        raise WrongUse(f"{file}: {fault.message}", fault.help) from None
    raise WrongUse(
        f"{file} has no comment in its margin, and no table with the headings of a comment table",
        "`govkit comment table --format xlsx` writes such a table. Changed words are taken by "
        "`govkit suggest`.",
    )


def _lines(data: bytes, desk: Desk, named: bool) -> Iterator[Line]:
    """Yield the comments in the margin as rows, replies behind what they reply to."""
    marked = read_marked(data)
    fields = [each for record in printed_records(desk.workspace) for each in fields_of(record)]
    units = set(desk.consultation.units(desk.consultation.number))
    by_id = {each.id: each for each in marked.comments}
    for number, placed in enumerate(placed_comments(marked, fields), 1):
        if placed.comment.words.strip():
            line = _line(number, placed, units, by_id)
            yield line._replace(cells=line.cells | {"author": ""}) if named else line


_BLANK = re.compile(r"\[([^\[\]\n]{1,80})\]")


def _quoted(placed: PlacedComment) -> str:
    """Return the words that a comment lies over as the record has them: a blank by its name."""
    names = {value: name for name, value in (placed.blanks or {}).items()}

    def named(found: re.Match[str]) -> str:
        return f"{{{names[found[1]]}}}" if found[1] in names else found.group()

    return straight(_BLANK.sub(named, placed.comment.quote))


def _line(
    number: int, placed: PlacedComment, units: set[str], by_id: dict[str, WordComment]
) -> Line:
    comment = placed.comment
    clause = ""
    if placed.id in units:
        clause = f"{placed.id}({placed.clause})" if placed.clause else placed.id
    words = comment.words
    replied = by_id.get(comment.replies_to)
    if replied is not None:
        words = f"In reply to {replied.author or 'another comment'}: {words}"
    if placed.id and not clause:
        words = f"On {placed.id}: {words}"
    cells = {
        "clause": clause,
        "paragraph": _quoted(placed) if clause else "",
        "comment": words,
        "author": comment.author.replace(";", ","),
    }
    day = f" of {comment.day}" if comment.day else ""
    return Line(number, cells, f"comment {number} in Word{day}")
