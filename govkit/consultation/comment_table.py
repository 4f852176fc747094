"""The comment table, in the shape that standards bodies use: one row for one comment.

The columns of that shape stand in its order; before them the number of the comment, behind them
what only a reader needs. A row with a number is a comment that was filed; one without is a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from govkit.consultation.anchoring import places_of
from govkit.consultation.consultation import Consultation, FiledComment
from govkit.consultation.observations import as_cell
from govkit.languages.words import table_words
from govkit.records.comments import Comment
from govkit.source.grids import LONGEST_CELL, NoTable, Row


class Column(NamedTuple):
    """A column: its key, its heading, and its width in a spreadsheet."""

    key: str
    heading: str
    width: int


COLUMNS = (
    Column("number", "No.", 7),
    Column("author", "Author", 24),
    Column("revision", "Revision", 9),
    Column("clause", "Clause", 16),
    Column("paragraph", "Paragraph", 34),
    Column("type", "Type", 7),
    Column("comment", "Comment", 60),
    Column("change", "Proposed change", 60),
    Column("observations", "Observations of the secretariat", 60),
    Column("remarks", "Remarks", 34),
)
NEEDED = ("clause", "comment")
READ_BACK = tuple(column.key for column in COLUMNS if column.key != "remarks")
"""What an import looks at. Remarks are computed, and read by people only."""

TYPES = {"general": "ge", "substantive": "te", "editorial": "ed"}
NOT_SHOWN = "(not shown: its author has not said yet whether it may be published)"
WITHDRAWN = "(withdrawn by its author)"
NAME_WITHHELD = "(name withheld)"
LEFT_OUT = "(a person who asked to be left out)"
_HEADINGS_WITHIN = 25


def cells_of(consultation: Consultation, filed: FiledComment) -> dict[str, str]:
    """Return the cells of a comment by column. What its author has not released is not in them."""
    comment = filed.comment
    shown = words_of(filed)
    cells = {
        "number": filed.name,
        "author": author_cell(filed),
        "revision": str(comment.target.revision),
        "clause": clause_cell(consultation, comment),
        "paragraph": quote_of(filed),
        "type": TYPES[comment.type],
        "comment": shown or _not_shown(filed),
        "change": (comment.proposed_text or "") if shown else "",
        "observations": as_cell(consultation.messages, comment.disposition),
        "remarks": "; ".join(remarks_of(consultation, filed)),
    }
    return {key: _cut(cell, filed) for key, cell in cells.items()}


def _cut(cell: str, filed: FiledComment) -> str:
    """Return a cell as long as a table can take; the record has it whole."""
    if len(cell) <= LONGEST_CELL:
        return cell
    return f"{cell[: LONGEST_CELL - 60].rstrip()} … (cut; comment {filed.name} has the rest)"


def words_of(filed: FiledComment) -> str:
    """Return the words of a comment as far as they are public and not held back."""
    public = filed.comment.publication in ("public", "without-name")
    return (filed.comment.comment or "") if public and filed.held is None else ""


def quote_of(filed: FiledComment) -> str:
    """Return what a comment quotes; what is not in the text may be anything."""
    hidden = filed.comment.publication == "withdrawn" or filed.held is not None
    return "" if hidden else filed.comment.target.quote or ""


def _not_shown(filed: FiledComment) -> str:
    if filed.held is not None:
        return f"({filed.held.words})"
    return WITHDRAWN if filed.comment.publication == "withdrawn" else NOT_SHOWN


def author_cell(filed: FiledComment) -> str:
    """Return the author as a cell has it; a name only where it may be printed, and is there."""
    author = filed.author
    hidden = NAME_WITHHELD if filed.comment.publication != "public" else ""
    if hidden or filed.is_left_out:
        hidden = hidden or LEFT_OUT
        return f"{hidden}; ; {author.group}" if author.group else hidden
    if author.member and not (author.name or author.affiliation or author.group):
        return author.member
    parts = [author.name or author.member or "", author.affiliation or "", author.group or ""]
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def clause_cell(consultation: Consultation, comment: Comment) -> str:
    """Return text and clause of a comment: `EXA-DUE-01(a)`, empty where it is about the whole."""
    target = comment.target
    if target.unit is None:
        return ""
    clause = clause_of(consultation, comment)
    return f"{target.unit}({clause})" if clause else target.unit


def clause_of(consultation: Consultation, comment: Comment) -> str:
    """Return the clause in which the quoted words of a comment stand, or an empty text."""
    target = comment.target
    if target.unit is None or target.quote is None or target.anchored_by == "none":
        return ""
    if not 1 <= target.revision <= consultation.number:
        return ""
    if target.unit not in consultation.units(target.revision):
        return ""
    found = places_of(consultation.wording(target.revision, target.unit), target.quote)
    clauses = {place.clause for place in found}
    if len(clauses) > 1:
        clauses = {
            place.clause
            for place in found
            if place.prefix == (target.prefix or "") and place.suffix == (target.suffix or "")
        }
    return clauses.pop() if len(clauses) == 1 else ""


def remarks_of(consultation: Consultation, filed: FiledComment) -> list[str]:
    """Return what a reader of the table should know about a comment."""
    comment = filed.comment
    found = []
    if filed.late:
        found.append("late")
    if filed.replaced is not None:
        found.append(filed.replaced.words)
    if comment.publication == "asked":
        found.append("its author is asked")
    if comment.target.revision != consultation.number:
        found.append(f"about revision {comment.target.revision}")
    if comment.target.quote and comment.target.anchored_by == "none":
        found.append("quoted words not found")
    if comment.author_reply:
        found.append(f"author: {comment.author_reply.replace('-', ' ')}")
    return found


def table_rows(consultation: Consultation, comments: Iterable[FiledComment]) -> list[list[str]]:
    """Return the whole table, its headings first."""
    rows = [[column.heading for column in COLUMNS]]
    for filed in comments:
        cells = cells_of(consultation, filed)
        rows.append([cells[column.key] for column in COLUMNS])
    return rows


# --- reading one ----------------------------------------------------------------------------------


class Line(NamedTuple):
    """A row of a table below its headings: its number in the file, and its cells by column.

    `part` says where it stood, for what was no row of a table.
    """

    number: int
    cells: dict[str, str]
    part: str = ""

    def cell(self, key: str) -> str:
        """Return a cell, empty where the table has no such column."""
        return self.cells.get(key, "")


class Table(NamedTuple):
    """A table that was read: its lines, and the headings of columns that are not read."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]


def read_table(rows: Iterable[Row]) -> Table:
    """Return the lines below the row of headings.

    Raises `NoTable` where no row has the headings that it takes, or two columns have the same one.
    """
    rows = tuple(rows)
    best: tuple[dict[str, int], Row] | None = None
    for row in rows:
        if row.number > _HEADINGS_WITHIN:
            break
        found = _headings(row)
        if len(found) > len(best[0] if best else {}):
            best = found, row
    columns, head = best or ({}, Row(0, ()))
    missing = [
        column.heading for column in COLUMNS if column.key in NEEDED and column.key not in columns
    ]
    if missing or len(columns) < len(NEEDED):
        raise NoTable(
            f"no row of headings with {' and '.join(missing)} was found in the first "
            f"{_HEADINGS_WITHIN} rows",
            "`govkit comment table --format xlsx` writes a table with the headings that are read; "
            "copy its first row.",
            head.number,
        )
    lines = tuple(
        Line(
            row.number,
            {key: row.cells[at].strip() for key, at in columns.items() if at < len(row.cells)},
        )
        for row in rows
        if row.number > head.number
    )
    return Table(lines, _unread(head, columns))


_LONGEST_HEADING = 300
"""Characters of a heading. A longer cell is a comment, and patterns would take long over it."""


def _headings(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        column = _column(cell)
        if column is None:
            continue
        if column.key in found and column.key in NEEDED:
            first = str(row.cells[found[column.key]]).strip()
            raise NoTable(
                f"the columns `{first}` and `{str(cell).strip()}` both hold `{column.heading}`"
                if first.casefold() != str(cell).strip().casefold()
                else f"two columns are headed `{column.heading}`",
                "Rename or delete one of them.",
                row.number,
            )
        found.setdefault(column.key, at)
    return found


def _column(cell: str) -> Column | None:
    if len(cell) > _LONGEST_HEADING:
        return None
    words = re.sub(r"[\d\u00b9\u00b2\u00b3*]+$", "", " ".join(cell.split()).casefold())
    words = re.sub(r"\s*\([^()]*\)\s*", " ", words).strip(" .:*")
    headings = table_words().headings
    for column in COLUMNS:
        also = "|".join(headings[column.key])
        if words == column.heading.casefold().strip(" .") or re.fullmatch(also, words):
            return column
    return None


def _unread(head: Row, columns: dict[str, int]) -> tuple[str, ...]:
    read = set(columns.values())
    return tuple(
        " ".join(cell.split())
        for at, cell in enumerate(head.cells)
        if cell.strip() and at not in read and _column(cell) is None
    )
