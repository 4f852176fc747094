"""The files that `diff --plain` compares: read within limits, and refused in a sentence."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

from govkit.cli.printing.words import visible
from govkit.errors import WrongUse
from govkit.rendering.markdown_blocks import blocks_of_markdown
from govkit.source.foreign_text import PACKED, PDF, ForeignText, text_in, text_of_pages
from govkit.source.pdf_blocks import with_words_whole
from govkit.source.pdf_reading import NoPDF, lines_in
from govkit.source.text_blocks import NotText, TextBlock, as_one_text, blocks_of_lines
from govkit.store.apart import TooMuch, asked
from govkit.store.worktree import read_named

LIMIT = 1 << 20
"""Bytes; a longer text is refused: nobody reads such a redline in one piece."""
LARGEST = 1 << 25
"""Bytes of a Word file or a PDF: most of them are pictures and letters."""
_SECONDS = 120
"""A page takes a seventh of a second where it was set with much care."""
STANDARD_INPUT = "-"
_MARKDOWN = (".md", ".markdown", ".mdown")


class ForeignFile(NamedTuple):
    """A file that was read. `digest` is that of its bytes; `notes` are clauses about its reading.

    `text` is what it holds to the character where it is text, and `blocks` what a reader sees of
    it. `is_text` says that it came as text and not as a page, a Word file or a PDF.
    """

    name: str
    text: str
    blocks: tuple[TextBlock, ...]
    is_text: bool
    digest: str
    notes: tuple[str, ...]


def read_pair(folder: Path, names: tuple[str, str]) -> tuple[ForeignFile, ForeignFile]:
    """Return two files. Raises `WrongUse` where one is none that can be read, or too long.

    Where one of them is no text, both have the text of their blocks.
    """
    if names == (STANDARD_INPUT, STANDARD_INPUT):
        raise WrongUse("- is the standard input, and it is one text", "Name a file beside it.")
    old, new = (_read(folder / name, name) for name in names)
    old, new = _whole(old, new), _whole(new, old)
    if old.is_text and new.is_text:
        return old, new
    return _as_blocks(old), _as_blocks(new)


def _whole(file: ForeignFile, other: ForeignFile) -> ForeignFile:
    return file._replace(blocks=with_words_whole(file.blocks, other.blocks))


def _as_blocks(file: ForeignFile) -> ForeignFile:
    return file._replace(text=as_one_text(file.blocks))


def _read(path: Path, name: str) -> ForeignFile:
    data, shown = _bytes_of(path, name), visible(name)
    is_packed = data.startswith((PACKED, PDF))
    if len(data) > LARGEST or (len(data) > LIMIT and not is_packed):
        raise _too_long(shown, is_packed=is_packed)
    try:
        found = _text_of_pdf(data) if data.startswith(PDF) else text_in(data)
    except NotText as reason:
        what, help = reason.args
        raise WrongUse(f"{shown} {what}", help) from None
    if len(found.text.encode()) > LIMIT:
        raise _too_long(shown, is_packed=False)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    blocks = found.blocks
    if blocks is None:
        blocks = _blocks_of_text(found.text, path.suffix.lower() in _MARKDOWN)
    is_text = found.blocks is None
    return ForeignFile(path.name, found.text, blocks, is_text, digest, found.notes)


def _bytes_of(path: Path, name: str) -> bytes:
    if name != STANDARD_INPUT:
        return read_named(path, LARGEST + 1)
    return sys.stdin.buffer.read(LARGEST + 1)


def _too_long(name: str, *, is_packed: bool) -> WrongUse:
    if is_packed:
        return WrongUse(
            f"{name} is longer than {LARGEST >> 20} MiB",
            "Save it without pictures, or split it into parts.",
        )
    return WrongUse(
        f"{name} is longer than 1 MiB, which is some 150,000 words",
        "Split it into parts and compare them one by one.",
    )


def _blocks_of_text(text: str, is_markdown: bool) -> tuple[TextBlock, ...]:
    if is_markdown:
        return blocks_of_markdown(text)
    return blocks_of_lines(text)


def _text_of_pdf(data: bytes) -> ForeignText:
    help = "Copy its words into a text file, or ask for the file that it was made from."
    try:
        said = asked("govkit.source.pdf_reading", "answer", data, "lines", seconds=_SECONDS)
        return text_of_pages(lines_in(said))
    except NoPDF as reason:
        raise NotText(f"is a PDF that can't be read: {reason}", help) from None
    except TooMuch:
        raise NotText(
            f"is a PDF that takes more than {_SECONDS} seconds or 1 GiB of memory to read", help
        ) from None
