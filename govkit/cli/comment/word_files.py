"""Comments in a Word file: a table with the headings of a comment table, or those in the margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from govkit.consultation.comment_table import Line, Table, read_table
from govkit.consultation.consultation import Consultation
from govkit.errors import WrongUse
from govkit.proposals.suggestions.drafting import placed_comments
from govkit.proposals.suggestions.fields import fields_of, straight
from govkit.proposals.suggestions.values import PlacedComment
from govkit.source.docx_grid import read_docx_tables
from govkit.source.grids import NoTable
from govkit.source.marked_docx import MarkedFile, WordComment, read_marked
from govkit.source.text_blocks import NotText
from govkit.workspace import Workspace
from govkit.workspace.printed_states import printed_state

if TYPE_CHECKING:
    from govkit.cli.comment.desk import Desk

_NOBODY = frozenset(("author", "guest user", "microsoft office user", "unknown author", "user"))
"""What word processors write for an author of whom they know, or tell, no name."""


def table_of_word_file(file: Path, data: bytes, desk: Desk | None, named: bool) -> Table:
    """Return the comments of a Word file as a table. Raises `WrongUse` where it has none."""
    try:
        for rows in read_docx_tables(data):
            try:
                return read_table(rows)
            except NoTable:
                continue
        if desk is not None:
            comments = comments_in(read_marked(data), desk.workspace)
            if comments:
                return margin_table(comments, desk.consultation, named=named)
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


def margin_table(comments: Sequence[PlacedComment], of: Consultation, *, named: bool) -> Table:
    """Return comments in a margin as rows, replies behind what they reply to.

    `named` says that one author is known for all.
    """
    units = set(of.units(of.number))
    by_id = {each.comment.id: each.comment for each in comments}
    rows = (
        _line(number, placed, units, by_id, named)
        for number, placed in enumerate(comments, 1)
        if placed.comment.words.strip()
    )
    return Table(tuple(rows), ())


def comments_in(marked: MarkedFile, workspace: Workspace) -> list[PlacedComment]:
    """Return the comments of a file, each placed in the texts from which it was printed."""
    state = printed_state(workspace, marked.properties)
    fields = (each for record in state.documents for each in fields_of(record))
    return [*placed_comments(marked, fields)]


_BLANK = re.compile(r"\[([^\[\]\n]{1,80})\]")


def _quoted(placed: PlacedComment) -> str:
    """Return the words that a comment lies over as the record has them: a blank by its name."""
    names = {value: name for name, value in (placed.blanks or {}).items()}

    def named(found: re.Match[str]) -> str:
        return f"{{{names[found[1]]}}}" if found[1] in names else found.group()

    return straight(_BLANK.sub(named, placed.comment.quote))


def _line(
    number: int, placed: PlacedComment, units: set[str], by_id: dict[str, WordComment], named: bool
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
        "author": "" if named else author_of_margin(comment),
    }
    day = f" of {comment.day}" if comment.day else ""
    return Line(number, cells, f"comment {number} in the margin{day}")


def author_of_margin(comment: WordComment) -> str:
    """Return who made a comment, empty where its program names nobody."""
    name = comment.author.replace(";", ",").strip()
    return "" if name.casefold() in _NOBODY else name
