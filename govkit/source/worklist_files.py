"""Worklists for translators as files: a spreadsheet, the tables of a Word file, XLIFF and PO.

XLIFF and PO are what translators' own programs read; `translate-toolkit` reads and writes them, an
extra. Whatever comes back is a stranger's file: it is read within limits, and declares nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.parsers import expat

from govkit.source.docx_grid import read_docx_tables
from govkit.source.grids import NoTable, Row, quoted, refuse_large, unquoted
from govkit.source.text_blocks import NotText
from govkit.source.worklist_rows import WorkRow
from govkit.source.xlsx_grid import read_xlsx, write_xlsx

HEAD = ("Place", "State", "Done", "Original", "Translation", "Remark", "Mark: leave it as it is")
FORMATS = ("xlsx", "docx", "xliff", "po")
ENDINGS = {".xlsx": "xlsx", ".docx": "docx", ".xliff": "xliff", ".xlf": "xliff", ".po": "po"}
"""What the ending of a file's name says of what is in it."""
INSTALL = "Install it with `pip install coalition-govkit[translate]`, or use xlsx or docx."

_WIDTHS = (22, 10, 7, 60, 60, 26, 26)
_YES = frozenset(("yes", "y", "x", "1", "true", "done", "oui", "sí", "si", "نعم", "да", "是"))
_MOST_ELEMENTS = 200_000
_DEEPEST = 32
_HELP = "Send back the file that `govkit translate out` wrote, with the translations in it."


class NoToolkit(Exception):
    """The library for XLIFF and PO is not installed."""


# --- a table --------------------------------------------------------------------------------------


def cells_of(rows: Iterable[WorkRow]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a table, the headings first."""
    yield HEAD
    for row in rows:
        done = "yes" if row.is_done else ""
        yield (row.place, row.state, done, row.original, row.words, row.note, row.mark)


def as_xlsx(language: str, rows: Iterable[WorkRow]) -> bytes:
    """Return a worklist as a spreadsheet; no cell of it is ever a formula."""
    cells = (tuple(map(quoted, each)) for each in cells_of(rows))
    return write_xlsx(f"Translation {language}"[:31], cells, _WIDTHS)


def rows_of_xlsx(data: bytes) -> list[WorkRow]:
    """Return the rows of a spreadsheet. Raises `NoTable`."""
    refuse_large(data)
    return list(_rows(read_xlsx(data)))


def rows_of_docx(data: bytes) -> list[WorkRow]:
    """Return the rows of the tables of a Word file. Raises `NoTable`."""
    refuse_large(data)
    try:
        tables = read_docx_tables(data)
    except NotText as reason:
        what, help = reason.args
        raise NoTable(f"the file {what}", help) from None
    return [row for table in tables if _has_head(table) for row in _rows(table)] or list(_rows(()))


def _has_head(table: Sequence[Row]) -> bool:
    return bool(table) and _columns(table[0]) is not None


def _columns(head: Row) -> dict[str, int] | None:
    """Return where each column stands, by the first word of its heading."""
    named = [cell.strip().split(":")[0].split(" ")[0].casefold() for cell in head.cells]
    wanted = [name.split(":")[0].casefold() for name in HEAD]
    if "place" not in named or "translation" not in named or "mark" not in named:
        return None
    return {name: named.index(name) for name in wanted if name in named}


def _rows(table: Sequence[Row]) -> Iterator[WorkRow]:
    columns = _columns(table[0]) if table else None
    if columns is None:
        raise NoTable("it has no columns Place, Translation and Mark", _HELP)
    for row in table[1:]:
        cells = {
            name: unquoted(row.cells[at]) if at < len(row.cells) else ""
            for name, at in columns.items()
        }
        yield WorkRow(
            cells["place"].strip(),
            cells.get("state", "").strip(),
            cells.get("done", "").strip().casefold() in _YES,
            cells.get("original", ""),
            cells["translation"],
            cells.get("remark", ""),
            cells["mark"],
        )


# --- XLIFF and PO ---------------------------------------------------------------------------------

_DEVELOPER = "developer"
_MARK = "mark: "
_NO_DAY = "1980-01-01 00:00+0000"


def as_po(source: str, language: str, rows: Iterable[WorkRow]) -> bytes:
    """Return a worklist as PO; what is behind or not done is `fuzzy`. Raises `NoToolkit`."""
    pypo = _toolkit("pypo")
    store = pypo.pofile()
    store.updateheader(
        add=True,
        content_type="text/plain; charset=UTF-8",
        content_transfer_encoding="8bit",
        language=language,
        po_revision_date=_NO_DAY,
        pot_creation_date=_NO_DAY,
        x_source_language=source,
    )
    for row in rows:
        unit = pypo.pounit(row.original, encoding="utf-8")
        unit.msgctxt = [f'"{row.place}"']
        unit.addnote(f"{_MARK}{row.mark}", origin=_DEVELOPER)
        if row.note:
            unit.addnote(row.note, origin=_DEVELOPER)
        unit.target = row.words
        if row.words:
            unit.markfuzzy(not row.is_done)
        store.addunit(unit)
    return bytes(store)


def rows_of_po(data: bytes) -> list[WorkRow]:
    """Return the rows of a PO file. Raises `NoTable` and `NoToolkit`."""
    refuse_large(data)
    pypo = _toolkit("pypo")
    try:
        data.decode("utf-8")
        store = pypo.pofile.parsestring(data)
    except Exception:  # noqa: BLE001 what a parser of a library makes of a stranger's file
        raise NoTable("it can't be read as a PO file in UTF-8", _HELP) from None
    units = [unit for unit in store.units if unit.istranslatable() and unit.getcontext()]
    return [_row_of(unit, unit.getcontext(), unit.getnotes(_DEVELOPER)) for unit in units]


def as_xliff(source: str, language: str, rows: Iterable[WorkRow]) -> bytes:
    """Return a worklist as XLIFF 1.2. Raises `NoToolkit`."""
    xliff = _toolkit("xliff")
    store = xliff.xlifffile(sourcelanguage=source, targetlanguage=language)
    store.switchfile("govkit", createifmissing=True)
    for row in rows:
        unit = xliff.xliffunit(row.original)
        unit.setid(row.place)
        store.addunit(unit)
        if row.words:
            unit.target = row.words
            unit.markfuzzy(not row.is_done)
        unit.addnote(f"{_MARK}{row.mark}", origin=_DEVELOPER)
        if row.note:
            unit.addnote(row.note, origin=_DEVELOPER)
    return bytes(store)


def rows_of_xliff(data: bytes) -> list[WorkRow]:
    """Return the rows of an XLIFF file. Raises `NoTable` and `NoToolkit`."""
    refuse_large(data)
    _require_plain_xml(data)
    xliff = _toolkit("xliff")
    try:
        store = xliff.xlifffile.parsestring(data)
        return [_row_of(unit, _id_in(unit), unit.getnotes()) for unit in store.units]
    except Exception:  # noqa: BLE001 what a parser of a library makes of a stranger's file
        raise NoTable("it can't be read as an XLIFF file", _HELP) from None


def _id_in(unit: Any) -> str:
    """Return the id of a unit as it was given; the toolkit puts the name of the file before it."""
    return str(unit.xmlelement.get("id") or "").rpartition("\x04")[2]


def _row_of(unit: Any, place: str, notes: str) -> WorkRow:
    mark = next((line for line in notes.split("\n") if line.startswith(_MARK)), "")
    words = str(unit.target or "")
    done = bool(words) and not unit.isfuzzy()
    return WorkRow(
        place, "", done, str(unit.source or ""), words, "", mark.removeprefix(_MARK).strip()
    )


def _require_plain_xml(data: bytes) -> None:
    """Raise `NoTable` for XML that declares entities, is nested too deep, or is no XML at all."""
    counted = [0, 0]

    def begin(*_: object) -> None:
        counted[0] += 1
        counted[1] += 1
        if counted[0] > _MOST_ELEMENTS or counted[1] > _DEEPEST:
            raise NoTable("it has more elements than a worklist has", _HELP)

    def end(*_: object) -> None:
        counted[1] -= 1

    def refuse(*_: object) -> None:
        raise NoTable("it declares a document type of its own, which no worklist does", _HELP)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise NoTable("it can't be read as XML", _HELP) from None


def _toolkit(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(f"translate.storage.{name}")
    except ImportError:
        raise NoToolkit from None
