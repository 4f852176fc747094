"""The words of a file that a person has: text, a page of HTML, a Word file, or the lines of a PDF.

What was guessed or left out is said, since it may be what somebody looks for: which writing a file
was read in, that tracked changes were accepted, that pages hold pictures and no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.source.docx_reading import read_docx
from govkit.source.html_blocks import PageBlocks, read_html
from govkit.source.pdf_blocks import blocks_of_pages, is_of_contents
from govkit.source.pdf_reading import PdfLine
from govkit.source.text_blocks import STRUCK_NOTE, NotText, TextBlock, as_one_text

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_IS_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_FEW = 50
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*"
    rb"(iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift_jis|euc-jp|euc-kr|gb2312|gbk|gb18030|big5)\b",
    re.IGNORECASE,
)
"""The encodings that a page may name; others are Unicode, or are no writing of pages."""
_SAVE_AS = "Save it as a Word file (DOCX), as a web page, or as plain text."
_OLD_WORD = b"\xd0\xcf\x11\xe0"
UNLOCK = "Open it with its password, and save it without one."
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_KNOWN = ((b"{\\rtf", "a file in RTF", _SAVE_AS), (_OLD_WORD, "an old Word file", _SAVE_AS))
PDF = b"%PDF"
PACKED = b"PK\x03\x04"
_HELP = "Save it as plain text in UTF-8."
_HEAD = 4_096


class ForeignText(NamedTuple):
    """The words of a file, and what has to be said about them, each as a clause.

    `text` is a text file as it stands, to the character; of any other file it is the blocks, with
    an empty line between two of them. `blocks` is None for a text file. `before` are the blocks
    with all tracked changes rejected, where it holds any. `kind` is "Word file", "page" or "PDF".
    """

    text: str
    blocks: tuple[TextBlock, ...] | None
    notes: tuple[str, ...]
    before: tuple[TextBlock, ...] | None = None
    kind: str = ""


def text_in(data: bytes) -> ForeignText:
    """Return the words of a file that is no PDF. Raises `NotText` where it has none."""
    if data.startswith(_OLD_WORD) and _LOCKED in data:
        raise NotText("is a Word file that is locked with a password", UNLOCK)
    for begins, what, help in _KNOWN:
        if data.startswith(begins):
            raise NotText(f"is {what}", help)
    if data.startswith(PACKED):
        word = read_docx(data)
        return _of_blocks(word.blocks, word.notes, word.before, "Word file")
    text, guessed = _decoded(data)
    if _CONTROL.search(text):
        raise NotText("is not text: it holds control characters", _HELP)
    notes = (guessed,) if guessed else ()
    if not _IS_PAGE.match(text):
        return ForeignText(text, None, notes)
    page = read_html(text)
    before = read_html(text, rejected=True).in_order if page.deleted or page.inserted else None
    return _of_blocks(page.in_order, (*notes, *_of_page(page)), before, "page")


def _of_page(page: PageBlocks) -> Iterator[str]:
    yield "its words were taken, and not its source"
    if page.deleted:
        yield "words that are marked as deleted in it were left out"
    if page.struck:
        yield STRUCK_NOTE
    if page.unread:
        yield f"not read: {', '.join(sorted(page.unread))}"


def text_of_pages(pages: Sequence[Sequence[PdfLine]]) -> ForeignText:
    """Return the words of a PDF. Raises `NotText` where no page has any, as in a scan."""
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        raise NotText(
            "is a PDF without words: a scan, perhaps, or a picture",
            "Have its words recognised (OCR), or ask for the file that it was made from.",
        )
    if _garbled(line.text for page in pages for line in page):
        raise NotText(
            "is a PDF whose letters say nothing: a font in it keeps its signs to itself",
            "Have its words recognised (OCR), or ask for the file that it was made from.",
        )
    notes = ["its words were taken as they stand on the pages; a table comes by line, not by cell"]
    if any(is_of_contents(line) for page in pages for line in page):
        notes.append("its table of contents was left out")
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" and others" if len(empty) > 10 else "")
        notes.append(f"no words stand on page {shown}; a picture there was not read")
    return _of_blocks(blocks_of_pages(pages), tuple(notes), None, "PDF")


def _garbled(lines: Iterable[str]) -> bool:
    """Say whether more than a few signs are none that anybody writes: a font without Unicode."""
    letters = odd = 0
    for line in lines:
        letters += len(line)
        odd += len(_NO_LETTER.findall(line))
    return odd > 5 and odd * _FEW > letters


def _of_blocks(
    blocks: tuple[TextBlock, ...],
    notes: tuple[str, ...],
    before: tuple[TextBlock, ...] | None,
    kind: str,
) -> ForeignText:
    if not blocks:
        raise NotText("holds no words", "Is this the right file?")
    return ForeignText(as_one_text(blocks), blocks, notes, before, kind)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), "read as UTF-16"
            except UnicodeDecodeError:
                raise NotText("is not text: it is broken UTF-16", _HELP) from None
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode().lower() if declared else "windows-1252"
    named = name.replace("windows", "Windows") if name.startswith("windows") else name.upper()
    try:
        # Five of its 256 signs are not given: bytes of a picture or a program meet one soon.
        return data.decode(name), f"it is no UTF-8, and was read as {named}"
    except UnicodeDecodeError as wrong:
        raise NotText(f"is not text: byte {wrong.start + 1:,} is no letter", _HELP) from None
