"""What a PDF holds: the files attached to it, its words or lines, and the tree of its headings.

pypdf reads. A PDF that comes from anywhere may be broken in any way, so each of pypdf's ways to
fail is one sentence here. How long it takes is not bounded here: `answer` is for a process apart.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, wraps
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from govkit.source.text_blocks import lowered, raised

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 1 << 27
"""Bytes of a PDF that is read."""


class NoPDF(Exception):
    """A file that can't be read as a PDF; the message is a sentence."""


class PdfLine(NamedTuple):
    """A line of a page: its words, where it begins (points from the left and the bottom of the
    page), the size of its letters in points, and whether they are bold.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool


class PdfWords(NamedTuple):
    """The words of each page, with single spaces, and the headings with their depth from 0."""

    pages: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]


LOCKED = "it is locked with a password"
"""What the reason of `NoPDF` is then."""
_BOLD = ("bold", "black", "heavy", "cmbx")
_SMALLER, _SHIFT = 0.95, 0.15
"""By what raised and lowered letters are smaller than their line, and off it, at least."""
_MOST_PAGES = 3_000
_MOST_CHARACTERS = 4_000_000


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
            raise NoPDF(LOCKED) from None
        except pypdf.errors.LimitReachedError:
            raise NoPDF(
                "what is packed in it is far larger than in any PDF that people make"
            ) from None
        except RecursionError:
            raise NoPDF("it is nested deeper than any PDF that people make") from None
        except (
            pypdf.errors.PyPdfError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            OSError,
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


@_guarded
def _lines(data: bytes) -> list[list[PdfLine]]:
    reader = _reader(data, unlock=True)
    if len(reader.pages) > _MOST_PAGES:
        raise NoPDF(f"it has more than {_MOST_PAGES:,} pages")
    pages: list[list[PdfLine]] = []
    characters = 0
    for page in reader.pages:
        found = _Lines()
        page.extract_text(visitor_text=found.take)
        pages.append(found.lines())
        characters += sum(len(line.text) for line in pages[-1])
        if characters > _MOST_CHARACTERS:
            raise NoPDF(f"it holds more than {_MOST_CHARACTERS:,} characters")
    return pages


class _Piece(NamedTuple):
    text: str
    y: float
    size: float


class _Lines:
    """Gathers the pieces of a page into lines: each stands where its first word does, in the
    letters that most of it is written in.
    """

    def __init__(self) -> None:
        self._lines: list[PdfLine] = []
        self._pieces: list[_Piece] = []
        self._at: tuple[float, float] | None = None
        self._letters: Counter[tuple[float, float, bool]] = Counter()

    def take(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        """Take a piece as pypdf gives it: the two matrices say where it stands."""
        first, *more = text.split("\n")
        self._add(first, cm, tm, font, size)
        for piece in more:
            self._end()
            self._add(piece, cm, tm, font, size)

    def _add(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = round(float(tm[4] * cm[1] + tm[5] * cm[3] + cm[5]), 1)
        letters = round(float(size * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])), 1)
        self._pieces.append(_Piece(text, y, letters))
        if not text.strip():
            return
        if self._at is None:
            self._at = (round(float(x), 1), y)
        name = str((font or {}).get("/BaseFont", "")).lower()
        self._letters[y, letters, any(word in name for word in _BOLD)] += len(text)

    def _end(self) -> None:
        if self._at is not None and self._letters:
            (y, size, bold), _ = self._letters.most_common(1)[0]
            if text := " ".join("".join(self._shifted(y, size)).split()):
                self._lines.append(PdfLine(text, self._at[0], y, size, bold))
        self._pieces.clear()
        self._letters.clear()
        self._at = None

    def _shifted(self, y: float, size: float) -> Iterator[str]:
        """Yield the pieces of a line, of which some are smaller and stand higher or lower."""
        before = ""
        for piece in self._pieces:
            text = piece.text
            up = piece.y - y
            if before and piece.size < _SMALLER * size and _SHIFT * size < abs(up) < size:
                text = raised(text, before) if up > 0 else lowered(text)
            before = text or before
            yield text

    def lines(self) -> list[PdfLine]:
        """Return the lines in the order in which the page holds them."""
        self._end()
        return self._lines


def answer(data: bytes, question: str, name: str = "") -> bytes:
    """Return what a PDF says, as JSON: its `words`, its `lines`, or the files `attached` under a
    name.

    For a process of its own (`store.apart`); `words_in`, `lines_in` and `attached_in` read the
    answer.
    """
    try:
        if question == "lines":
            return json.dumps({"lines": _lines(data)}).encode()
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


def lines_in(said: bytes) -> tuple[tuple[PdfLine, ...], ...]:
    """Return the lines of each page in an answer. Raises `NoPDF`."""
    return tuple(tuple(PdfLine(*line) for line in page) for page in _said(said, "lines"))


def _said(answer: bytes, what: str) -> Any:
    said = json.loads(answer)
    if "no" in said:
        raise NoPDF(said["no"])
    return said[what]


def _reader(data: bytes, *, unlock: bool = False) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    # Many a PDF is locked against changes only, and opens with the empty password. No release's is.
    if reader.is_encrypted and not (unlock and reader.decrypt("")):
        raise NoPDF(LOCKED)
    return reader


def _headings(outline: Any, depth: int) -> Iterator[tuple[int, str]]:
    for each in outline:
        if isinstance(each, list):
            yield from _headings(each, depth + 1)
        else:
            yield depth, str(each.title)
