"""What a PDF holds: the files attached to it, its words, and the tree of its headings.

pypdf reads. A PDF that comes from anywhere may be broken in any way, so each of pypdf's ways to
fail is one sentence here. How long it takes is not bounded here: `answer` is for a process apart.
"""

from __future__ import annotations

import base64
import io
import json
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


class PdfWords(NamedTuple):
    """The words of each page, with single spaces, and the headings with their depth from 0."""

    pages: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]


_LOCKED = "it is locked with a password, and no PDF of a release is"


def _guarded(read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def guarded(data: bytes, *words: str) -> Any:
        import pypdf.errors

        if len(data) > LARGEST:
            raise NoPDF("it is too large")
        _quieten()
        try:
            return read(data, *words)
        except pypdf.errors.DependencyError:  # what would unlock it is not installed
            raise NoPDF(_LOCKED) from None
        except pypdf.errors.LimitReachedError:
            raise NoPDF("what is packed in it is far larger than in any PDF of a release") from None
        except (
            pypdf.errors.PyPdfError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            OSError,
            RecursionError,
            ArithmeticError,
            AssertionError,
            NotImplementedError,
        ) as error:
            raise NoPDF(str(error)[:200] or type(error).__name__) from None

    return guarded


@cache
def _quieten() -> None:
    """Keep pypdf from printing what it finds odd; what matters is raised."""
    log = logging.getLogger("pypdf")
    log.addHandler(logging.NullHandler())
    log.propagate = False


@_guarded
def _attached(data: bytes, name: str) -> list[bytes]:
    return [
        each.content
        for each in _reader(data).attachment_list
        if name in (each.name, each.alternative_name)
    ]


@_guarded
def _words(data: bytes) -> PdfWords:
    reader = _reader(data)
    pages = tuple(re.sub(r"\s+", " ", page.extract_text()).strip() for page in reader.pages)
    return PdfWords(pages, tuple(_headings(reader.outline, 0)))


def answer(data: bytes, question: str, name: str = "") -> bytes:
    """Return what a PDF says, as JSON: its `words`, or the files `attached` under a name.

    For a process of its own (`store.apart`); `words_in` and `attached_in` read the answer.
    """
    try:
        if question == "attached":
            files = [base64.b64encode(each).decode("ascii") for each in _attached(data, name)]
            return json.dumps({"attached": files}).encode()
        return json.dumps({"words": _words(data)}).encode()
    except NoPDF as reason:
        return json.dumps({"no": str(reason)}).encode()


def attached_in(said: bytes) -> list[bytes]:
    """Return the files in an answer, one for each time that it is attached. Raises `NoPDF`."""
    return [base64.b64decode(each) for each in _said(said, "attached")]


def words_in(said: bytes) -> PdfWords:
    """Return the words and the headings in an answer. Raises `NoPDF`."""
    pages, headings = _said(said, "words")
    return PdfWords(tuple(pages), tuple((depth, title) for depth, title in headings))


def _said(answer: bytes, what: str) -> Any:
    said = json.loads(answer)
    if "no" in said:
        raise NoPDF(said["no"])
    return said[what]


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise NoPDF(_LOCKED)
    return reader


def _headings(outline: Any, depth: int) -> Iterator[tuple[int, str]]:
    for each in outline:
        if isinstance(each, list):
            yield from _headings(each, depth + 1)
        else:
            yield depth, str(each.title)
