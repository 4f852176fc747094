"""The words of a file that a person has: text in UTF-8, UTF-16 or Windows-1252, or a page of HTML.

What was guessed is said, since a wrong guess changes words: which writing a file was read in, and
that of a page of HTML its words were taken and not its source.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govkit.source.html_text import read_page

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_IS_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_KNOWN = (
    (b"%PDF", "a PDF", "Copy its words into a text file; those of a scan can't be copied."),
    (b"PK\x03\x04", "a Word or other packed file", "Save it as plain text, or as a web page."),
    (b"{\\rtf", "a file in RTF", "Save it as plain text, or as a web page."),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "Save it as plain text, or as a web page."),
)


class NotText(Exception):
    """A file that holds no words; the two sentences are what it is, and what to do."""


class ForeignText(NamedTuple):
    """The words of a file, with what was guessed about it, as a clause; or an empty text."""

    text: str
    guessed: str


def text_in(data: bytes) -> ForeignText:
    """Return the words of a file. Raises `NotText` where it has none that can be read."""
    for begins, what, help in _KNOWN:
        if data.startswith(begins):
            raise NotText(f"is {what}", help)
    text, guessed = _decoded(data)
    if _CONTROL.search(text):
        raise NotText("is not text: it holds control characters", _HELP)
    if not _IS_PAGE.match(text):
        return ForeignText(text, guessed)
    words = "its words were taken, and not its source"
    return ForeignText(read_page(text).text + "\n", f"{guessed}; {words}" if guessed else words)


_HELP = "Save it as plain text in UTF-8."


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
    try:
        # Five of its 256 signs are not given: bytes of a picture or a program meet one soon.
        return data.decode("cp1252"), "it is no UTF-8, and was read as Windows-1252"
    except UnicodeDecodeError as wrong:
        raise NotText(f"is not text: byte {wrong.start + 1:,} is no letter", _HELP) from None
