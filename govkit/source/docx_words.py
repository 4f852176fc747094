"""The words of one part of a Word file as blocks: body, notes, or the edge of its pages.

Tracked changes are taken as accepted or as rejected. What is raised stays apart from what stands
before it; what is hidden is kept apart from what a reader sees.
"""

from __future__ import annotations

from typing import NamedTuple

from govkit.source.docx_fields import RECKONED, Fields
from govkit.source.docx_lists import (
    Lists,
    Numbered,
    Styles,
    heading_level,
    is_on,
    number_in,
    value_of,
)
from govkit.source.docx_symbols import sign_of, with_signs
from govkit.source.list_numbers import Counters
from govkit.source.packed_xml import Attributes, PartReader
from govkit.source.text_blocks import (
    NotText,
    Part,
    TextBlock,
    folded_words,
    lowered,
    raised,
    struck,
    with_struck_marked,
)

MOST_CHARACTERS = 4_000_000
COPY = "Copy its words into a new document."
_NO_LIST = "0"
_UNREAD = frozenset(("Fallback", "rt"))
"""The second writing of a text box; spoken signs."""
_CAME = frozenset(("ins", "moveTo"))
_WENT = frozenset(("del", "moveFrom"))
_TRACKED = _CAME | _WENT | {"cellIns", "cellDel"}
_SIGNS = {
    **dict.fromkeys(("tab", "br", "cr", "ptab"), " "),
    "noBreakHyphen": "-",
    "den": "/",  # of a fraction
}
_UNREAD_DRAWINGS = {
    "blip": "pictures",
    "imagedata": "pictures",
    "chart": "charts and diagrams",
    "relIds": "charts and diagrams",
    "altChunk": "embedded files",
    "subDoc": "embedded files",
    "OLEObject": "embedded files",
}


class _RunLetters:
    """How the letters of a run are set; None where the run itself says nothing."""

    def __init__(self) -> None:
        self.style = self.font = ""
        self.align: str | None = None
        self.hidden: bool | None = None
        self.struck: bool | None = None


class OpenParagraph:
    """A paragraph that is open: what its properties say, and the words before it was opened."""

    def __init__(self, before: tuple[list[str], list[str]]) -> None:
        self.before = before
        self.joins_next = False
        self.notes: list[TextBlock] = []
        self.reset()

    def reset(self) -> None:
        self.style = ""
        self.level: int | None = None
        self.list: str | None = None
        self.depth: int | None = None


class _Table:
    def __init__(self, number: int) -> None:
        self.number = number
        self.row = self.column = 0
        self.row_start = self.cell_start = 0
        self.row_gone = self.cell_gone = False


class FileStyles(NamedTuple):
    """What all parts of a file share: its styles and its lists."""

    styles: Styles
    lists: Lists


class PartWords(PartReader):
    """The blocks of one part, in reading order; `part` says which one it is."""

    most = 2_000_000
    deepest = 200

    def __init__(self, of: FileStyles, part: Part = "", *, rejected: bool = False) -> None:
        """Have read nothing yet; `rejected` takes tracked changes as rejected."""
        self.blocks: list[TextBlock] = []
        self.hidden: list[TextBlock] = []
        self.notes: dict[tuple[str, str], list[TextBlock]] = {}
        self.length = self.tracked = 0
        self.struck = self.contents = False
        self.unread: set[str] = set()
        self._styles, self._lists = of
        self._part: Part = part
        self._counters = Counters()
        self._begun: set[tuple[str, int]] = set()
        self._went, self._came = (_CAME, _WENT) if rejected else (_WENT, _CAME)
        self._rejected = rejected
        self._pieces: list[str] = []
        self._unseen: list[str] = []
        self._paragraphs: list[OpenParagraph] = []
        self._tables: list[_Table] = []
        self._fields = Fields(self._add)
        self._letters = _RunLetters()
        self._properties: list[str] = []
        self._taken = ""
        self._skipped = self._former = self._count = self._shifted = 0
        self._note: tuple[str, str] = ("", "")
        self._carried = ""

    # --- what begins -----------------------------------------------------------------------------

    def begin(self, name: str, given: Attributes) -> None:
        """An element begins."""
        self._taken = ""
        if name.endswith("PrChange"):
            self._begin_former(name)
        elif name.endswith("Pr"):
            self._properties.append(name)
        elif self._properties:
            self._property(self._properties[-1], name, given)
        else:
            self._begin(name, given)

    def _begin(self, name: str, given: Attributes) -> None:
        if name in _TRACKED:
            self.tracked += 1
        if name in self._went or name in _UNREAD:
            self._skipped += 1
        if self._skipped:
            return
        if name in ("t", "delText", "instrText"):
            self._taken = name
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "textpath":
            self._add(value_of(given, "string"))  # a watermark
        elif name == "sym":
            self._add(sign_of(value_of(given, "font"), _hex(value_of(given, "char"))))
        elif name in ("sup", "sub"):
            self._shifted = 1 if name == "sup" else -1
        self._place(name, given)

    def _begin_former(self, name: str) -> None:
        """What a paragraph or run was before a tracked change of its form."""
        if not self._rejected:
            self._former += 1
        elif name == "pPrChange" and self._paragraphs:
            self._paragraphs[-1].reset()
        elif name == "rPrChange":
            self._letters = _RunLetters()

    def _property(self, of: str, name: str, given: Attributes) -> None:
        if name in _TRACKED and of != "numPr":
            self.tracked += 1
        if self._former:
            return
        if of in ("trPr", "tcPr"):
            self._of_table(name, given)
        elif of == "rPr":
            self._of_letters(name, given)
        elif of in ("pPr", "numPr") and self._paragraphs:
            self._of_paragraph(self._paragraphs[-1], name, given)

    def _of_letters(self, name: str, given: Attributes) -> None:
        if self._properties[-2:-1] == ["pPr"]:
            # The end of the paragraph, which stays or goes.
            if name in self._went and self._paragraphs:
                self._paragraphs[-1].joins_next = True
            return
        match name:
            case "rStyle":
                self._letters.style = value_of(given)
            case "vertAlign":
                self._letters.align = value_of(given)
            case "position" if value_of(given) not in ("", "0"):
                down = value_of(given).startswith("-")
                self._letters.align = "subscript" if down else "superscript"
            case "vanish" | "webHidden":
                self._letters.hidden = is_on(given)
            case "rFonts":
                self._letters.font = value_of(given, "ascii")
            case "strike" | "dstrike":
                self._letters.struck = self._letters.struck or is_on(given)

    def _of_paragraph(self, paragraph: OpenParagraph, name: str, given: Attributes) -> None:
        match name:
            case "pStyle":
                paragraph.style = value_of(given)
            case "outlineLvl":
                paragraph.level = heading_level(given)
            case "numId":
                paragraph.list = value_of(given)
            case "ilvl":
                paragraph.depth = number_in(value_of(given))

    def _of_table(self, name: str, given: Attributes) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        match name:
            case "gridSpan":
                table.column += max(min(number_in(value_of(given), 1), 63) - 1, 0)
            case "del" | "ins":
                table.row_gone = name in self._went
            case "cellDel" | "cellIns":
                table.cell_gone = f"{name.removeprefix('cell').lower()}" in self._went

    def _place(self, name: str, given: Attributes) -> None:
        match name:
            case "p":
                self._paragraphs.append(OpenParagraph((self._pieces, self._unseen)))
                self._pieces, self._unseen = [], []
            case "r":
                self._letters = _RunLetters()
            case "tbl":
                self._count += 1
                self._tables.append(_Table(self._count))
            case "tr" if self._tables:
                self._begin_row(self._tables[-1])
            case "tc" if self._tables:
                table = self._tables[-1]
                table.column += 1
                table.cell_start, table.cell_gone = len(self.blocks), False
            case "footnoteReference" | "endnoteReference" if self._paragraphs:
                found = self.notes.get((name.removesuffix("Reference"), value_of(given, "id")), [])
                self._paragraphs[-1].notes += found
            case "footnote" | "endnote":
                self._note = (name, "" if value_of(given, "type") else value_of(given, "id"))
                self.blocks = []
            case _:
                self._fields.begin(name, given)
                if name in _UNREAD_DRAWINGS:
                    self.unread.add(_UNREAD_DRAWINGS[name])

    def _begin_row(self, table: _Table) -> None:
        table.row += 1
        table.column = 0
        table.row_start, table.row_gone = len(self.blocks), False

    # --- what ends -------------------------------------------------------------------------------

    def end(self, name: str) -> None:
        """An element ends."""
        self._taken = ""
        if name.endswith("PrChange"):
            self._former -= not self._rejected
        elif name.endswith("Pr"):
            self._properties.pop()
        elif self._properties:
            return
        elif name in self._went or name in _UNREAD:
            self._skipped -= 1
        elif not self._skipped:
            self._end(name)

    def _end(self, name: str) -> None:
        match name:
            case "p" if self._paragraphs:
                self._close(self._paragraphs.pop())
            case "r":
                self._letters = _RunLetters()
            case "sup" | "sub":
                self._shifted = 0
            case "tbl" | "tr" | "tc" if self._tables:
                self._end_of_table(name)
            case "footnote" | "endnote":
                self.notes[self._note] = self.blocks
            case _:
                self._fields.end(name)

    def _end_of_table(self, name: str) -> None:
        table = self._tables[-1]
        if name == "tbl":
            self._tables.pop()
        elif name == "tr" and table.row_gone:
            del self.blocks[table.row_start :]
        elif name == "tc" and table.cell_gone:
            del self.blocks[table.cell_start :]

    def words(self, text: str) -> None:
        """Some words of the element that is open."""
        if not self._taken:
            return
        if self._taken == "instrText":
            self._fields.asks(text)
            return
        self._add(with_signs(text, self._letters.font))

    def _add(self, text: str) -> None:
        """Add words as their letters are set."""
        if self._fields.is_reckoned and text != RECKONED:
            return
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise NotText(f"holds more than {MOST_CHARACTERS:,} characters", COPY)
        letters = self._letters
        of_style = self._styles.letters(letters.style, self._style())
        align = of_style.align if letters.align is None else letters.align
        hidden = of_style.hidden if letters.hidden is None else letters.hidden
        is_struck = of_style.struck if letters.struck is None else letters.struck
        before = self._pieces[-1] if self._pieces else ""
        if align == "superscript" or self._shifted > 0:
            text = raised(text, before)
        elif align == "subscript" or self._shifted < 0:
            text = lowered(text)
        if is_struck and text.strip():
            self.struck = True
            text = struck(text)
        (self._unseen if hidden else self._pieces).append(text)

    def _style(self) -> str:
        return self._paragraphs[-1].style if self._paragraphs else ""

    def _close(self, paragraph: OpenParagraph) -> None:
        text = folded_words(self._carried + with_struck_marked("".join(self._pieces)))
        unseen = folded_words(with_struck_marked("".join(self._unseen)))
        self._pieces, self._unseen = paragraph.before
        self._carried = ""
        if unseen:
            self.hidden.append(TextBlock(unseen, part="hidden"))
        if paragraph.joins_next:
            self._carried = f"{text} " if text else ""
            return
        if text and self._styles.is_contents(paragraph.style):
            self.contents = True
        elif text:
            self.blocks.append(self._block(paragraph, text))
        self.blocks += paragraph.notes

    def _block(self, paragraph: OpenParagraph, text: str) -> TextBlock:
        label, depth = self._label(paragraph)
        text = f"{label} {text}" if label else text
        level = paragraph.level
        if level is None:
            level = self._styles.heading(paragraph.style)
        part = self._part
        if self._tables:
            table = self._tables[-1]
            cell = (table.number, table.row, table.column)
            return TextBlock(text, "cell", 0, cell, label, part)
        if level and not part:
            return TextBlock(text, "heading", min(level, 6), label=label)
        if label:
            return TextBlock(text, "item", depth + 1, label=label, part=part)
        return TextBlock(text, part=part)

    def _label(self, paragraph: OpenParagraph) -> tuple[str, int]:
        """Return the label of an item and its depth from 0; an empty one for plain words."""
        of_style: Numbered = self._styles.numbered(paragraph.style)
        list_ = paragraph.list if paragraph.list is not None else of_style.list
        if list_ is None or list_ == _NO_LIST:
            return "", 0
        depth = paragraph.depth
        if depth is None:
            depth = of_style.depth
        if depth is None:
            depth = self._lists.depth_of_style(list_, paragraph.style)
        counted = self._lists.counted_as(list_)
        if depth in self._lists.restarts(list_) and (list_, depth) not in self._begun:
            self._begun.add((list_, depth))
            self._counters.begin_again(counted, depth)
        return self._counters.next_label(counted, depth, self._lists.levels(list_)), depth


def _hex(code: str) -> int:
    try:
        return int(code, 16)
    except ValueError:
        return 0
