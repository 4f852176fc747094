"""Walks over the XML parts of a packed file (XLSX, DOCX) piece by piece, within limits.

Such a file is a zip archive of XML that somebody else made. A library that opens all of it can be
made to fill the memory with what nobody asked for. So a part is unpacked only where it is wanted,
nothing is kept but what a reader keeps, and each part has its number of elements, a depth and a
longest tag. Nothing outside the file is ever opened. See docs/decisions/0031.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import NoReturn
from xml.parsers import expat

_DEEPEST = 64
_PIECE = 1 << 18
"""Bytes that are read at a time. A tag that is longer is none that a program writes."""

Attributes = dict[str, str]

NO_ARCHIVE = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError)
"""What opening a file raises that is no archive, or one that is locked or packed in another way."""
DAMAGED = (zlib.error, expat.ExpatError, LookupError, OverflowError, ValueError)
"""What reading a damaged part raises."""


class EndlessTag(Exception):
    """A tag is longer than any that a program writes."""


class OwnEntities(Exception):
    """A part declares entities of its own."""


class TooManyElements(Exception):
    """A part has more elements than such a part has, or they are nested too deep.

    The two numbers are those limits.
    """


class PartReader:
    """What is done at the beginning and at the end of an element, and with its words.

    `most` are the elements that such a part may have, `deepest` how far they may be nested.
    """

    most = 20_000
    deepest = _DEEPEST

    def begin(self, name: str, given: Attributes) -> None:
        """An element begins. Names are without their namespace."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Some words of the element that is open."""


def is_packed_oddly(archive: zipfile.ZipFile) -> bool:
    """Say whether a part is packed in a way that can ask for any amount of memory."""
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return any(each.compress_type not in usual for each in archive.infolist())


def walk(archive: zipfile.ZipFile, name: str, reader: PartReader) -> None:
    """Take a reader over a part.

    Raises `EndlessTag`, `OwnEntities` or `TooManyElements`, and what is in `DAMAGED`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    counted = _Counted(reader)
    parser.StartElementHandler = counted.begin
    parser.EndElementHandler = counted.end
    parser.CharacterDataHandler = reader.words
    # Entities make gigabytes of a few lines, and no program that writes such files declares any.
    parser.StartDoctypeDeclHandler = _refuse_entities
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            # Expat reads an unfinished tag anew with each piece: the square of its length
            # (CVE-2023-52425).
            if len(piece) == _PIECE and b">" not in piece:
                raise EndlessTag
            parser.Parse(piece, False)
    parser.Parse(b"", True)


class _Counted:
    """Counts the elements that a reader is told of, by their names without the namespace."""

    def __init__(self, reader: PartReader) -> None:
        self.reader = reader
        self.count = self.depth = 0

    def begin(self, name: str, given: Attributes) -> None:
        self.count += 1
        self.depth += 1
        if self.count > self.reader.most or self.depth > self.reader.deepest:
            raise TooManyElements(self.reader.most, self.reader.deepest)
        self.reader.begin(name.rpartition(" ")[2], given)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.reader.end(name.rpartition(" ")[2])


def _refuse_entities(*_: object) -> NoReturn:
    raise OwnEntities
