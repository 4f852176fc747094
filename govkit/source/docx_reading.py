"""The words of a Word file (DOCX) as blocks: headings, items with their numbers, tables by cell.

Tracked changes are taken as accepted, and that is said. Nothing is run, and nothing outside the
file is opened: only the parts that hold words are walked over. See docs/decisions/0056.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import NamedTuple

from govkit.source.docx_lists import (
    Lists,
    Numbered,
    Styles,
    heading_level,
    is_on,
    number_in,
    value_of,
)
from govkit.source.list_numbers import Counters
from govkit.source.packed_xml import (
    DAMAGED,
    NO_ARCHIVE,
    Attributes,
    EndlessTag,
    OwnEntities,
    PartReader,
    TooManyElements,
    is_packed_oddly,
    walk,
)
from govkit.source.text_blocks import NotText, TextBlock, folded_words

_MOST_PARTS = 5_000
_MOST_UNPACKED = 200_000_000
"""Bytes of all parts, pictures too; only three of them are unpacked."""
_MOST_WORDS = 40_000_000
"""Bytes of one of those three."""
_MOST_CHARACTERS = 4_000_000
_ENTRY = b"PK\x01\x02"
_SAVE_AGAIN = "Open it in a word processor and save it as a Word file (DOCX) again."
_COPY = "Copy its words into a new document."
_DOCUMENT = "word/document.xml"
_OTHERS = (
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("content.xml", "an OpenDocument text"),
)
_NO_LIST = "0"


class WordText(NamedTuple):
    """The blocks of a Word file, and what a reader has to know about them, each as a clause."""

    blocks: tuple[TextBlock, ...]
    notes: tuple[str, ...]


def read_docx(data: bytes) -> WordText:
    """Return the words of a Word file. Raises `NotText` where it is none that can be read."""
    if data.count(_ENTRY) > _MOST_PARTS:
        raise NotText(f"is a packed file of more than {_MOST_PARTS:,} parts", _COPY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except EndlessTag:
        raise NotText("is a damaged Word file: a tag in it never ends", _SAVE_AGAIN) from None
    except OwnEntities:
        raise NotText(
            "is a Word file that declares entities of its own, and was not opened", _SAVE_AGAIN
        ) from None
    except TooManyElements as limits:
        most, deepest = limits.args
        raise NotText(
            f"is a Word file with a part of more than {most:,} elements, or nested more than "
            f"{deepest} deep",
            _COPY,
        ) from None
    except NO_ARCHIVE:
        raise NotText("is a packed file that is damaged or locked", _SAVE_AGAIN) from None
    except DAMAGED:
        raise NotText("is a Word file that is damaged", _SAVE_AGAIN) from None


def _read(archive: zipfile.ZipFile) -> WordText:
    sizes = {each.filename: each.file_size for each in archive.infolist()}
    _require_to_limits(archive, sizes)
    ways = _Ways()
    if "_rels/.rels" in sizes:
        walk(archive, "_rels/.rels", ways)
    main = ways.of_kind("officeDocument", "") or _DOCUMENT
    if main not in sizes or not main.startswith("word/"):
        raise NotText(f"is {_other(sizes)}", "Save it as a Word file (DOCX), or as plain text.")
    inner = _Ways()
    if (rels := join(dirname(main), "_rels", f"{main.rpartition('/')[2]}.rels")) in sizes:
        walk(archive, rels, inner)
    styles, lists = Styles(), Lists()
    for kind, part in (("styles", styles), ("numbering", lists)):
        if (name := inner.of_kind(kind, dirname(main))) in sizes:
            walk(archive, name, part)
    body = _Body(styles, lists)
    for kind in ("footnotes", "endnotes"):
        if (name := inner.of_kind(kind, dirname(main))) in sizes:
            notes = _Notes()
            walk(archive, name, notes)
            body.notes[kind.removesuffix("s")] = notes.found
    walk(archive, main, body)
    return WordText(tuple(body.blocks), tuple(_notes(body, inner, sizes)))


def _require_to_limits(archive: zipfile.ZipFile, sizes: dict[str, int]) -> None:
    words = [size for name, size in sizes.items() if name.endswith((".xml", ".rels"))]
    if sum(sizes.values()) > _MOST_UNPACKED or max(words, default=0) > _MOST_WORDS:
        raise NotText(
            f"is a packed file that would be larger than {_MOST_UNPACKED:,} bytes, or one part "
            f"with words larger than {_MOST_WORDS:,}, and was not opened",
            _COPY,
        )
    if is_packed_oddly(archive):
        raise NotText("is packed in a way that no Word file is", _SAVE_AGAIN)


def _other(sizes: dict[str, int]) -> str:
    for begins, what in _OTHERS:
        if any(name.startswith(begins) for name in sizes):
            return what
    return "a packed file without the words of a document"


def _notes(body: _Body, ways: _Ways, sizes: dict[str, int]) -> Iterator[str]:
    if body.tracked:
        count = f"{body.tracked} tracked change{'s' if body.tracked > 1 else ''}"
        yield f"it holds {count}; the text was taken as if all were accepted"
    if body.struck:
        yield "words that are struck through in it were taken as words"
    if body.hidden:
        yield "words that are hidden in it were taken as words"
    if any("comments" in name.lower() for name in sizes):
        yield "the comments in it were not read"
    if body.contents:
        yield "its table of contents was left out"
    if body.embeds:
        yield "a file that is embedded in it was not read"
    if any(name.lower().endswith("vbaproject.bin") for name in sizes):
        yield "it holds macros, which were neither run nor read"
    if ways.outside:
        yield "what it asks for outside itself, as a template or picture, was not fetched"


class _Ways(PartReader):
    """Where the parts are, by kind; and whether anything but a link leads outside the file."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.outside = False

    def begin(self, name: str, given: Attributes) -> None:
        if name != "Relationship":
            return
        kind = given.get("Type", "").rpartition("/")[2]
        if given.get("TargetMode") != "External":
            self.parts.setdefault(kind, given.get("Target", ""))
        elif kind != "hyperlink":
            self.outside = True

    def of_kind(self, kind: str, folder: str) -> str:
        """Return the name of the part of a kind, seen from a folder; empty where there is none."""
        target = self.parts.get(kind, "")
        return normpath(join("/", folder, target)).lstrip("/") if target else ""


class _Words(PartReader):
    """The words of runs, with tracked changes accepted: what is common to body and notes."""

    most = 2_000_000
    deepest = 200

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._taken = False
        self._skipped = 0
        self.tracked = 0
        self.struck = self.hidden = False

    def begin(self, name: str, given: Attributes) -> None:
        if name in _GONE:
            self._skipped += 1
        self._taken = name == "t" and not self._skipped
        if name in _TRACKED:
            self.tracked += 1
        if name in _SIGNS and not self._skipped:
            self.pieces.append(_SIGNS[name])
        if name == "sym" and not self._skipped:
            self.pieces.append(_symbol(value_of(given, "char")))
        self.struck = self.struck or (name in ("strike", "dstrike") and is_on(given))
        self.hidden = self.hidden or (name == "vanish" and is_on(given))

    def end(self, name: str) -> None:
        self._taken = False
        if name in _GONE:
            self._skipped -= 1

    def words(self, text: str) -> None:
        if self._taken:
            self.length += len(text)
            if self.length > _MOST_CHARACTERS:
                raise NotText(f"holds more than {_MOST_CHARACTERS:,} characters", _COPY)
            self.pieces.append(text)

    def taken(self) -> str:
        """Return the words since the last time."""
        text = folded_words("".join(self.pieces))
        self.pieces.clear()
        return text


_GONE = frozenset(("del", "moveFrom", "Fallback", "rt"))
"""What nobody reads who accepts all changes; the second writing of a text box; spoken signs."""
_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def _symbol(code: str) -> str:
    """Return a sign that a font of signs shows; its private place says nothing elsewhere."""
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    return "\u2022" if 0xE000 <= at <= 0xF8FF or not 32 <= at < 0x10000 else chr(at)


class _Notes(_Words):
    """The footnotes or endnotes, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._id = ""

    def begin(self, name: str, given: Attributes) -> None:
        if name in ("footnote", "endnote"):
            self._id = "" if value_of(given, "type") else value_of(given, "id")
            self.pieces.clear()
        if name == "p":
            self.pieces.append(" ")
        super().begin(name, given)

    def end(self, name: str) -> None:
        super().end(name)
        if name in ("footnote", "endnote"):
            self.found[self._id] = self.taken()


class _Paragraph:
    """A paragraph that is open: what its properties say, and the words before it was opened."""

    def __init__(self, before: list[str]) -> None:
        self.before = before
        self.style = ""
        self.level: int | None = None
        self.list: str | None = None
        self.depth: int | None = None
        self.joins_next = False
        self.notes: list[str] = []


class _Table:
    def __init__(self, number: int) -> None:
        self.number = number
        self.row = self.column = 0


class _Body(_Words):
    """The blocks of the body, in reading order."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        super().__init__()
        self.blocks: list[TextBlock] = []
        self.notes: dict[str, dict[str, str]] = {}
        self.embeds = False
        self._styles, self._lists, self._counters = styles, lists, Counters()
        self._begun: set[tuple[str, int]] = set()
        self._open: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._count = 0
        self._properties = self._former = 0
        self.contents = False
        self._carried = ""

    def begin(self, name: str, given: Attributes) -> None:
        if name == "p":
            self._open.append(_Paragraph(self.pieces))
            self.pieces = []
        elif name == "pPr":
            self._properties += 1
        elif name.endswith("PrChange"):
            self._former += 1  # how it was before a change that is tracked
        elif self._properties and not self._former:
            self._property(name, given)
            if name == "tab":
                return  # where a tab stops, and no sign
        super().begin(name, given)
        self._place(name, given)

    def _property(self, name: str, given: Attributes) -> None:
        if not self._open:
            return
        paragraph = self._open[-1]
        match name:
            case "pStyle":
                paragraph.style = value_of(given)
            case "outlineLvl":
                paragraph.level = heading_level(given)
            case "numId":
                paragraph.list = value_of(given)
            case "ilvl":
                paragraph.depth = number_in(value_of(given))
            case "del" | "moveFrom":
                paragraph.joins_next = True  # its end is deleted

    def _place(self, name: str, given: Attributes) -> None:
        match name:
            case "tbl":
                self._count += 1
                self._tables.append(_Table(self._count))
            case "tr" if self._tables:
                self._tables[-1].row += 1
                self._tables[-1].column = 0
            case "tc" if self._tables:
                self._tables[-1].column += 1
            case "gridSpan" if self._tables:
                self._tables[-1].column += max(min(number_in(value_of(given), 1), 63) - 1, 0)
            case "footnoteReference" | "endnoteReference" if self._open and not self._skipped:
                kind = name.removesuffix("Reference")
                words = self.notes.get(kind, {}).get(value_of(given, "id"), "")
                if words:
                    self._open[-1].notes.append(words)
            case "altChunk" | "subDoc":
                self.embeds = True

    def end(self, name: str) -> None:
        super().end(name)
        if name == "pPr":
            self._properties -= 1
        elif name.endswith("PrChange"):
            self._former -= 1
        elif name == "tbl":
            self._tables.pop()
        elif name == "p" and self._open:
            self._close(self._open.pop())

    def _close(self, paragraph: _Paragraph) -> None:
        text = folded_words(self._carried + "".join(self.pieces))
        self.pieces = paragraph.before
        self._carried = ""
        if paragraph.joins_next:
            self._carried = f"{text} " if text else ""
            return
        if text and self._styles.is_contents(paragraph.style):
            self.contents = True
        elif text:
            self.blocks.append(self._block(paragraph, text))
        self.blocks += [TextBlock(f"[{each}]") for each in paragraph.notes]

    def _block(self, paragraph: _Paragraph, text: str) -> TextBlock:
        label, depth = self._label(paragraph)
        text = f"{label} {text}" if label else text
        level = paragraph.level
        if level is None:
            level = self._styles.heading(paragraph.style)
        if self._tables:
            table = self._tables[-1]
            return TextBlock(text, "cell", 0, (table.number, table.row, table.column))
        if level:
            return TextBlock(text, "heading", min(level, 6))
        return TextBlock(text, "item", depth + 1) if label else TextBlock(text)

    def _label(self, paragraph: _Paragraph) -> tuple[str, int]:
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
