"""The words of a Word file (DOCX) as blocks: headings, items with their numbers, tables by cell.

Behind the text stand the heads and feet of its pages, each once, and what is hidden. Nothing is
run, and nothing outside the file is opened: only the parts that hold words are walked over. See
docs/decisions/0056.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from posixpath import dirname, join, normpath
from typing import NamedTuple, TypeVar

from govkit.source.docx_lists import Lists, Styles
from govkit.source.docx_words import COPY, FileStyles, PartWords
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
from govkit.source.text_blocks import STRUCK_NOTE, NotText, TextBlock

_MOST_PARTS = 5_000
_MOST_UNPACKED = 200_000_000
"""Bytes of all parts, pictures too; only those that hold words are unpacked."""
_MOST_WORDS = 40_000_000
"""Bytes of one of those."""
_MOST_EDGES = 200
"""Heads and feet that are read: each section of a text may have six."""
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
_ENTRY = b"PK\x01\x02"
_SAVE_AGAIN = "Open it in a word processor and save it as a Word file (DOCX) again."
_DOCUMENT = "word/document.xml"
_OTHERS = (
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("content.xml", "an OpenDocument text"),
)


Read = TypeVar("Read")


class WordText(NamedTuple):
    """The blocks of a Word file with its tracked changes accepted, those with all of them rejected
    (None where it has none), and what a reader has to know about them, each as a clause.
    """

    blocks: tuple[TextBlock, ...]
    before: tuple[TextBlock, ...] | None
    notes: tuple[str, ...]


def is_word_file(data: bytes) -> bool:
    """Say whether a packed file is a Word file, by the names of its parts."""
    return data.startswith(b"PK\x03\x04") and b"word/document" in data[-(1 << 20) :]


def read_docx(data: bytes) -> WordText:
    """Return the words of a Word file. Raises `NotText` where it is none that can be read."""
    return with_parts(data, _read)


def with_parts(data: bytes, read: Callable[[WordParts], Read]) -> Read:
    """Open a Word file within limits and return what is read of its parts.

    Raises `NotText` where it is none that can be read.
    """
    if data.count(_ENTRY) > _MOST_PARTS:
        raise NotText(f"is a packed file of more than {_MOST_PARTS:,} parts", COPY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(_parts_of(archive))
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
            COPY,
        ) from None
    except NO_ARCHIVE:
        raise NotText("is a packed file that is damaged or locked", _SAVE_AGAIN) from None
    except DAMAGED:
        raise NotText("is a Word file that is damaged", _SAVE_AGAIN) from None


def _parts_of(archive: zipfile.ZipFile) -> WordParts:
    parts = [each.filename for each in archive.infolist()]
    sizes = {each.filename: each.file_size for each in archive.infolist()}
    if len(parts) > len(sizes):
        raise NotText("is a packed file that holds two parts of one name", _SAVE_AGAIN)
    _require_to_limits(archive, sizes)
    ways = _Ways()
    if "_rels/.rels" in sizes:
        walk(archive, "_rels/.rels", ways)
    main = next(iter(ways.of_kind("officeDocument", "")), _DOCUMENT)
    if main not in sizes or not main.startswith("word/"):
        raise NotText(f"is {_other(sizes)}", "Save it as a Word file (DOCX), or as plain text.")
    inner = _Ways()
    if (rels := join(dirname(main), "_rels", f"{main.rpartition('/')[2]}.rels")) in sizes:
        walk(archive, rels, inner)
    return WordParts(archive, main, (ways, inner), sizes)


def _read(parts: WordParts) -> WordText:
    blocks, readers = parts.blocks()
    tracked = sum(reader.tracked for reader in readers)
    before = tuple(parts.blocks(rejected=True)[0]) if tracked else None
    return WordText(tuple(blocks), before, tuple(parts.remarks(readers)))


class WordParts:
    """The parts of a file that hold words, and how they are put together."""

    def __init__(
        self, archive: zipfile.ZipFile, main: str, ways: tuple[_Ways, _Ways], sizes: dict[str, int]
    ) -> None:
        """`ways` lead to the parts of the file, and to those of its text; `sizes` are in bytes."""
        self._archive, self._main, self._sizes = archive, main, sizes
        self._root, self._ways = ways
        styles, lists = Styles(), Lists()
        for kind, part in (("styles", styles), ("numbering", lists)):
            for name in self._parts(kind)[:1]:
                walk(archive, name, part)
        self._styles = FileStyles(styles, lists)

    @property
    def styles(self) -> FileStyles:
        """Return the styles and lists that all parts share."""
        return self._styles

    def read(self, kind: str, reader: PartReader) -> None:
        """Take a reader over the part of a kind, where the file has one."""
        for name in self._parts(kind)[:1]:
            walk(self._archive, name, reader)

    def read_main(self, reader: PartReader, related: PartReader) -> None:
        """Take a reader over what the text is related to, as its links, and one over the text."""
        rels = join(dirname(self._main), "_rels", f"{self._main.rpartition('/')[2]}.rels")
        if rels in self._sizes:
            walk(self._archive, rels, related)
        walk(self._archive, self._main, reader)

    def read_beside(self, kind: str, reader: PartReader) -> None:
        """Take a reader over a part that stands beside the text, as the properties of the file."""
        for name in [each for each in self._root.of_kind(kind, "") if each in self._sizes][:1]:
            walk(self._archive, name, reader)

    def remarks(self, readers: Sequence[PartWords]) -> Iterator[str]:
        """Yield what a person has to know about the file, each as a clause."""
        return _notes(readers, self._ways, self._sizes)

    def _parts(self, kind: str) -> list[str]:
        found = self._ways.of_kind(kind, dirname(self._main))
        return [name for name in found if name in self._sizes]

    def _edges(self) -> list[str]:
        """Return the heads and feet, also those to which no relationship of their kind leads."""
        known = [name for kind in ("header", "footer") for name in self._parts(kind)]
        return list(dict.fromkeys([*known, *sorted(filter(_EDGE.fullmatch, self._sizes))]))

    def blocks(
        self, *, rejected: bool = False, of_body: type[PartWords] = PartWords
    ) -> tuple[list[TextBlock], list[PartWords]]:
        """Return the blocks of the whole file, and the readers that found them: first of the body,
        which `of_body` reads.
        """
        body = of_body(self._styles, rejected=rejected)
        readers = [body]
        for kind in ("footnotes", "endnotes"):
            for name in self._parts(kind)[:1]:
                notes = PartWords(self._styles, "note", rejected=rejected)
                walk(self._archive, name, notes)
                body.notes |= notes.notes
                readers.append(notes)
        walk(self._archive, self._main, body)
        edges = PartWords(self._styles, "margin", rejected=rejected)
        for name in self._edges()[:_MOST_EDGES]:
            walk(self._archive, name, edges)
        readers.append(edges)
        # A section has the same head as the one before it, as often as not.
        once = list(dict.fromkeys(edges.blocks))
        hidden = [block for reader in readers for block in reader.hidden]
        return [*body.blocks, *once, *hidden], readers


def _require_to_limits(archive: zipfile.ZipFile, sizes: dict[str, int]) -> None:
    words = [size for name, size in sizes.items() if name.endswith((".xml", ".rels"))]
    if sum(sizes.values()) > _MOST_UNPACKED or max(words, default=0) > _MOST_WORDS:
        raise NotText(
            f"is a packed file that would be larger than {_MOST_UNPACKED:,} bytes, or one part "
            f"with words larger than {_MOST_WORDS:,}, and was not opened",
            COPY,
        )
    if is_packed_oddly(archive):
        raise NotText("is packed in a way that no Word file is", _SAVE_AGAIN)


def _other(sizes: dict[str, int]) -> str:
    for begins, what in _OTHERS:
        if any(name.startswith(begins) for name in sizes):
            return what
    return "a packed file without the words of a document"


def _notes(readers: Sequence[PartWords], ways: _Ways, sizes: dict[str, int]) -> Iterator[str]:
    if tracked := sum(reader.tracked for reader in readers):
        count = f"{tracked} tracked change{'s' if tracked > 1 else ''}"
        yield f"it holds {count}; the text was taken as if all were accepted"
    if any(reader.struck for reader in readers):
        yield STRUCK_NOTE
    unread = {each for reader in readers for each in reader.unread}
    if any("comments" in name.lower() for name in sizes):
        unread.add("comments")
    if unread:
        yield f"not read: {', '.join(sorted(unread))}"
    if any(reader.contents for reader in readers):
        yield "its table of contents was left out"
    if any(name.lower().endswith("vbaproject.bin") for name in sizes):
        yield "it holds macros, which were neither run nor read"
    if ways.outside:
        yield "what it asks for outside itself, as a template or picture, was not fetched"


class _Ways(PartReader):
    """Where the parts are, by kind; and whether anything but a link leads outside the file."""

    def __init__(self) -> None:
        self.parts: dict[str, list[str]] = {}
        self.outside = False

    def begin(self, name: str, given: Attributes) -> None:
        if name != "Relationship":
            return
        kind = given.get("Type", "").rpartition("/")[2]
        if given.get("TargetMode") != "External":
            self.parts.setdefault(kind, []).append(given.get("Target", ""))
        elif kind != "hyperlink":
            self.outside = True

    def of_kind(self, kind: str, folder: str) -> list[str]:
        """Return the names of the parts of a kind, seen from a folder."""
        targets = filter(None, self.parts.get(kind, ()))
        return [normpath(join("/", folder, target)).lstrip("/") for target in targets]
