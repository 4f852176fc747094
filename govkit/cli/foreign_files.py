"""The files that `diff --plain` compares: read within limits, and refused in a sentence."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from typing import NamedTuple

from govkit.cli.printing.words import visible
from govkit.errors import WrongUse
from govkit.rendering.markdown_blocks import blocks_of_markdown
from govkit.source.foreign_text import PACKED, PDF, UNLOCK, ForeignText, text_in, text_of_pages
from govkit.source.pdf_blocks import with_words_whole
from govkit.source.pdf_reading import LOCKED, NoPDF, lines_in
from govkit.source.text_blocks import (
    STRUCK_BEGINS,
    STRUCK_NOTE,
    NotText,
    TextBlock,
    as_one_text,
    blocks_of_lines,
    without_struck,
)
from govkit.store.apart import TooMuch, asked
from govkit.store.worktree import read_named

LIMIT = 1 << 22
"""Bytes; a longer text is refused: nobody reads such a redline in one piece."""
MOST_PARAGRAPHS = 100_000
"""Each takes its time, however short it is; a code of law has some ten thousand."""
LARGEST = 1 << 25
"""Bytes of a Word file or a PDF: most of them are pictures and letters."""
_SECONDS = 120
"""A page takes a seventh of a second where it was set with much care."""
STANDARD_INPUT = "-"
_PDF_END, _PDF_TAIL = b"%%EOF", 2_048
_MARKDOWN = (".md", ".markdown", ".mdown")


class ForeignFile(NamedTuple):
    """A file that was read. `digest` is that of its bytes; `notes` are clauses about its reading.

    `text` is what it holds to the character where it is text, and `blocks` what a reader sees of
    it. `kind` says what it came as, where that is no text; `before` are its blocks with all tracked
    changes rejected, where it holds any.
    """

    name: str
    text: str
    blocks: tuple[TextBlock, ...]
    kind: str
    digest: str
    notes: tuple[str, ...]
    before: tuple[TextBlock, ...] | None = None


def read_pair(folder: Path, names: tuple[str, str]) -> tuple[ForeignFile, ForeignFile]:
    """Return two files. Raises `WrongUse` where one is none that can be read, or too long.

    Where one of them is no text, both have the text of their blocks.
    """
    if names == (STANDARD_INPUT, STANDARD_INPUT):
        raise WrongUse("- is the standard input, and it is one text", "Name a file beside it.")
    old, new = (_read(folder / name, name) for name in names)
    if not old.kind and not new.kind:
        return old, new
    old, new = _without_beside(old, new), _without_beside(new, old)
    old, new = _whole(old, new), _whole(new, old)
    told = _of_tracked(old, new)
    if told and new.before is not None:
        new = new._replace(notes=(*new.notes, told))
    elif told:
        old = old._replace(notes=(*old.notes, told))
    return _as_blocks(old), _as_blocks(new)


def read_one(path: Path) -> str:
    """Return the words of one file as a reader sees them. Raises `WrongUse` as `read_pair` does.

    What stands in menus, margins or is hidden is left out, and so is what is struck through. A file
    of text that holds Markdown, whatever it is called, is read as such.
    """
    file = _read(path, path.name)
    blocks = file.blocks
    if not file.kind and _IS_MARKDOWN.search(file.text) and "<!--" not in file.text:
        blocks = blocks_of_markdown(file.text)
    return _ANCHOR.sub("", without_struck(as_one_text(_in_text(blocks))))


_IS_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(#[A-Za-z0-9.-]{1,80}\)|<a id=", re.MULTILINE)
"""A title or a link inside the page; a comment would be seen where the file is shown as text."""


_ANCHOR = re.compile(r'<a id="[A-Za-z0-9.-]{1,80}"></a>')
"""An address inside a page of Markdown: no words."""


_BESIDE = {
    "margin": "the heads and feet of its pages",
    "menu": "its menus and banners",
    "hidden": "its hidden words",
}


def _without_beside(file: ForeignFile, other: ForeignFile) -> ForeignFile:
    """Leave out what stands beside a text where the other file has no place for it."""
    beside = dict.fromkeys(block.part for block in file.blocks if block.is_beside)
    if not beside:
        return file
    named = " and ".join(_BESIDE[part] for part in beside)
    if file.kind == other.kind:
        return file._replace(notes=(*file.notes, f"{named} stand apart from its text"))
    before = None if file.before is None else _in_text(file.before)
    were = "were not compared, since the other file keeps no such words apart"
    return file._replace(
        blocks=_in_text(file.blocks), before=before, notes=(*file.notes, f"{named} {were}")
    )


def _in_text(blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    return tuple(block for block in blocks if not block.is_beside)


def _of_tracked(old: ForeignFile, new: ForeignFile) -> str:
    """Return what tracked changes have to do with the difference of two files, as a clause."""
    if old.before is None and new.before is None:
        return ""
    after = as_one_text(old.blocks), as_one_text(new.blocks)
    before = tuple(
        text if file.before is None else as_one_text(file.before)
        for text, file in zip(after, (old, new), strict=True)
    )
    if after[0] == after[1]:
        return "with all of them accepted, the two texts are the same"
    if before[0] == before[1]:
        return "only tracked changes differ: with all of them rejected, the two texts are the same"
    if before[0] == after[1]:
        return f"{visible(new.name)} is this text with all of them rejected"
    if new.before is not None:
        return "other changes are not tracked: with all of them rejected, the texts differ too"
    return ""


def _whole(file: ForeignFile, other: ForeignFile) -> ForeignFile:
    return file._replace(blocks=with_words_whole(file.blocks, other.blocks))


def _as_blocks(file: ForeignFile) -> ForeignFile:
    return file._replace(text=as_one_text(file.blocks))


def read_file(path: Path, name: str) -> tuple[ForeignFile, bytes]:
    """Return one file with all that is known of it, and its bytes. Raises `WrongUse` likewise."""
    data = _bytes_of(path, name)
    return _in_bytes(data, path, name), data


def _read(path: Path, name: str) -> ForeignFile:
    return _in_bytes(_bytes_of(path, name), path, name)


def _in_bytes(data: bytes, path: Path, name: str) -> ForeignFile:
    shown = visible(name)
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
    if len(blocks) > MOST_PARAGRAPHS:
        raise WrongUse(
            f"{shown} has more than {MOST_PARAGRAPHS:,} paragraphs",
            "Split it into parts and compare them one by one.",
        )
    notes = found.notes
    if not found.kind and any(STRUCK_BEGINS in block.text for block in blocks):
        notes = (*notes, STRUCK_NOTE)
    told = (path.name, found.text, blocks, found.kind, digest, notes)
    return ForeignFile(*told, found.before)


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
        f"{name} is longer than {LIMIT >> 20} MiB, which is some 600,000 words",
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
        if _PDF_END not in data[-_PDF_TAIL:]:
            raise NotText(
                "is a PDF that can't be read: its end is missing, so it was cut off",
                "Fetch it once more, or ask for it again.",
            ) from None
        way_out = UNLOCK if str(reason) == LOCKED else help
        raise NotText(f"is a PDF that can't be read: {reason}", way_out) from None
    except TooMuch:
        raise NotText(
            f"is a PDF that takes more than {_SECONDS} seconds or 1 GiB of memory to read", help
        ) from None
