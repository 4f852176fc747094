"""The texts as a table, a row for each field, for people who work in a spreadsheet; and the table
that came back, read as a printed text is.

The last column binds a row to its field: its place in print, its mark, and the state that was
printed. The order of the rows says nothing of marked rows, since a spreadsheet sorts them; a row
without a mark is a new clause behind the one above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.proposals.suggestions.fields import NOTES, PrintedField, fields_of
from govkit.proposals.suggestions.values import name_of
from govkit.source.docx_marks import MarkedPassage, MarkedPiece, key_of
from govkit.source.grids import NoTable, Row
from govkit.source.marked_docx import MarkedFile, WordComment
from govkit.source.text_blocks import TextBlock, folded_words

HEAD = ("Text", "Place", "Force", "Words", "Remark", "Mark: leave it as it is")
WIDTHS = (16, 16, 10, 90, 40, 24)
NO_STATE = "folder"
"""Stands for the state in a table of a folder whose records differ from its newest commit."""

_MARK = re.compile(r"([0-9]{1,6}) ([^\s]{1,200}) ([^\s]{1,200})(?: ([a-z-]{1,20}))?")
_ITEM = re.compile(r"( *)(\((\w{1,6})\)|[0-9]{1,3}[.)]|[-–•]) +(.*)", re.DOTALL)
_INDENT = "  "
_ONE_LINE = ("#title", "#summary")
_HELP = "Send back the table that `govkit list --format xlsx -o texts.xlsx` wrote."
_FORCE_WHY = "a force follows from the words of its clause: change the word of force in them"


class _Mark(NamedTuple):
    """The mark of a row: its place in print, the tag of the field, the state, and the force."""

    place: int
    tag: str
    state: str
    force: str


# --- out ------------------------------------------------------------------------------------------


def text_rows(documents: Iterable[Document], state: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of some texts, the headings first. `state` names the commit or is empty.

    Rationales and guidance are left out: they have headings and lists of their own, for which a
    cell has no place.
    """
    yield HEAD
    number = 0
    for document in documents:
        for each in fields_of(document):
            if each.keys[-1] in NOTES:
                continue
            number += 1
            force = _force(each)
            mark = f"{number} {each.tag} {state or NO_STATE} {force}"
            place = name_of(each).removeprefix(document.id).removeprefix(", ")
            yield (document.id, place, force, cell_of(each), "", mark)


def _force(each: PrintedField) -> str:
    record: Any = each.document.record
    return record.clauses[each.keys[1]].force or "" if each.is_clause else ""


def cell_of(each: PrintedField) -> str:
    """Return the words of a field as they stand in a cell: a line for each paragraph or item."""
    lines = []
    for block in each.blocks:
        said = block.block
        if said.style == "p":
            lines.append(f"{_INDENT * said.depth}{block.words}")
        else:
            sign = "-" if said.style == "-" else f"({said.label})"
            lines.append(f"{_INDENT * max(said.depth - 1, 0)}{sign} {block.words}")
    return "\n".join(lines)


# --- in -------------------------------------------------------------------------------------------


def marked_table(rows: Sequence[Row]) -> MarkedFile:
    """Return a table that came back as a file with marks. Raises `NoTable` where it is none."""
    columns = _columns(rows[0]) if rows else None
    if columns is None:
        raise NoTable("it has no columns Text, Words and Mark", _HELP)
    return _Reading(columns).file(rows[1:])


def _columns(head: Row) -> dict[str, int] | None:
    named = [cell.strip().split(":")[0].casefold() for cell in head.cells]
    wanted = [name.split(":")[0].casefold() for name in HEAD]
    if not {"text", "words", "mark"} <= set(named):
        return None
    return {name: named.index(name) for name in wanted if name in named}


class _Reading:
    """Reads the rows; `_marked` are those of fields by place, each with the new ones below it."""

    def __init__(self, columns: dict[str, int]) -> None:
        self._columns = columns
        self._marked: dict[int, list[MarkedPassage]] = {}
        self._keys: dict[str, int] = {}
        self._states: dict[str, None] = {}
        self._comments: list[WordComment] = []
        self._notes: list[str] = []

    def file(self, rows: Sequence[Row]) -> MarkedFile:
        last, places = 0, []
        for row in rows:
            cells = {
                name: row.cells[at] if at < len(row.cells) else ""
                for name, at in self._columns.items()
            }
            mark = _mark_in(cells["mark"], row.number)
            if mark is None:
                self._new(cells, last)
                continue
            if mark.tag in self._keys:
                raise NoTable(
                    f"it has the mark of row {self._keys[mark.tag]}",
                    "A copied row is taken as new where its last cell is emptied.",
                    row.number,
                )
            self._keys[mark.tag] = row.number
            self._states[mark.state] = None
            last = mark.place
            places.append(last)
            self._field(cells, mark)
        if places != sorted(places):
            self._notes.append("its rows were sorted: their order was not taken for a wish")
        if len(self._states) > 1:
            raise NoTable(
                "its rows are of several states of the texts",
                "Send the tables one by one: rows of one were pasted into another.",
            )
        return self._read()

    def _read(self) -> MarkedFile:
        passages = tuple(each for place in sorted(self._marked) for each in self._marked[place])
        state = next(iter(self._states), NO_STATE)
        said = {} if state == NO_STATE else {"govkit-release": state}
        none: tuple[TextBlock, ...] = ()
        keys = frozenset(map(key_of, self._keys))
        notes = tuple(dict.fromkeys(self._notes))
        comments = tuple(self._comments)
        return MarkedFile(
            passages, passages, keys, comments, (none, none), (), said, notes, marks_alone=True
        )

    def _field(self, cells: dict[str, str], mark: _Mark) -> None:
        key = key_of(mark.tag)
        held = self._marked.setdefault(mark.place, [])
        words = cells["words"]
        if mark.tag.endswith(_ONE_LINE):
            words = " ".join(words.split())
        held += (_passage(line, key) for line in words.split("\n") if line.strip())
        force = cells.get("force", "").strip().casefold()
        if "force" in cells and force != mark.force:
            named = mark.tag.replace("#", ", ")
            self._notes.append(f"the force of {named} was written over: {_FORCE_WHY}")
        self._remark(cells, key)

    def _new(self, cells: dict[str, str], last: int) -> None:
        lines = [line for line in cells["words"].split("\n") if line.strip()]
        held = self._marked.setdefault(last, [])
        for number, line in enumerate(lines):
            passage = _passage(line, "")
            if not number:
                # What stands in a row of its own is set as a clause is, and has a label.
                block = passage.block._replace(style="words", depth=0, label="(new)")
                passage = passage._replace(block=block, look=("words", "", 0))
            held.append(passage)
        self._remark(cells, "")

    def _remark(self, cells: dict[str, str], key: str) -> None:
        words = cells.get("remark", "").strip()
        if words:
            number = str(len(self._comments) + 1)
            around = folded_words(cells["words"])
            self._comments.append(WordComment(number, "", "", words, key, "", around))


def _mark_in(cell: str, row: int) -> _Mark | None:
    if not cell.strip():
        return None
    found = _MARK.fullmatch(cell.strip())
    if found is None:
        raise NoTable(
            "its mark is damaged",
            "Copy the last cell from the table as it was sent, or empty it for a new clause.",
            row,
        )
    return _Mark(int(found[1]), found[2], found[3], found[4] or "")


def _passage(line: str, key: str) -> MarkedPassage:
    item = _ITEM.fullmatch(line.rstrip())
    if item is None:
        words, block = line, TextBlock(folded_words(line))
    else:
        words, depth = item[4], len(item[1]) // len(_INDENT) + 1
        block = TextBlock(folded_words(line), "item", depth, label=item[2])
    piece = MarkedPiece(folded_words(words), key, frozenset(), "")
    return MarkedPassage(block, (piece,), (block.style, "", block.depth))
