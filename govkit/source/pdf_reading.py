"""What a PDF holds: the files attached to it, its words, and the tree of its headings.

pypdf reads. A PDF that comes from anywhere may be broken in any way, so each of pypdf's ways to
fail is one sentence here.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 1 << 27
"""Bytes of a PDF that is read."""


class NoPDF(Exception):
    """A file that can't be read as a PDF; the message is a sentence."""


class Words(NamedTuple):
    """The words of each page, with single spaces, and the headings with their depth from 0."""

    pages: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]


def _guarded(read: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    @wraps(read)
    def guarded(data: bytes) -> Any:
        import pypdf.errors

        if len(data) > LARGEST:
            raise NoPDF("it is too large")
        _quieten()
        try:
            return read(data)
        except (
            pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError,
            RecursionError, ArithmeticError, AssertionError, NotImplementedError,
        ) as error:  # fmt: skip
            raise NoPDF(str(error)[:200] or type(error).__name__) from None

    return guarded


@cache
def _quieten() -> None:
    """Keep pypdf from printing what it finds odd; what matters is raised."""
    log = logging.getLogger("pypdf")
    log.addHandler(logging.NullHandler())
    log.propagate = False


@_guarded
def _attachments(data: bytes) -> dict[str, bytes]:
    found = {}
    for name, several in _reader(data).attachments.items():
        if len(several) != 1:
            raise NoPDF(f"{name} is attached {len(several)} times")
        found[name] = several[0]
    return found


def attachments(data: bytes) -> dict[str, bytes]:
    """Return the files that are attached to a PDF, by name. Raises `NoPDF`."""
    found: dict[str, bytes] = _attachments(data)
    return found


@_guarded
def _words(data: bytes) -> Words:
    reader = _reader(data)
    pages = tuple(re.sub(r"\s+", " ", page.extract_text()).strip() for page in reader.pages)
    return Words(pages, tuple(_headings(reader.outline, 0)))


def words_of(data: bytes) -> Words:
    """Return the words and the headings of a PDF. Raises `NoPDF`."""
    found: Words = _words(data)
    return found


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data), strict=False)


def _headings(outline: Any, depth: int) -> Iterator[tuple[int, str]]:
    for each in outline:
        if isinstance(each, list):
            yield from _headings(each, depth + 1)
        else:
            yield depth, str(each.title)
