"""PDFs that somebody handed over, read in a process of its own, within limits."""

from __future__ import annotations

from govkit.source import pdf_reading
from govkit.source.pdf_reading import LARGEST, NoPDF, PdfWords, attached_in, words_in
from govkit.store import apart

_TO_FIND_A_FILE = 30
_TO_READ_ALL_WORDS = 300
"""Seconds; the largest books have a thousand pages."""


def attached(data: bytes, name: str) -> list[bytes]:
    """Return the files that are attached under a name. Raises `NoPDF`."""
    return attached_in(_asked(_TO_FIND_A_FILE, data, "attached", name))


def words_of(data: bytes) -> PdfWords:
    """Return the words and the headings of a PDF. Raises `NoPDF`."""
    return words_in(_asked(_TO_READ_ALL_WORDS, data, "words"))


def _asked(seconds: int, data: bytes, *question: str) -> bytes:
    if len(data) > LARGEST:
        raise NoPDF("it is too large")
    try:
        module, function = pdf_reading.__name__, pdf_reading.answer.__name__
        return apart.asked(module, function, data, *question, seconds=seconds)
    except apart.TooMuch:
        raise NoPDF(
            f"reading it takes more than {seconds} seconds or {apart.MEMORY >> 20} MiB of "
            "memory, as in no PDF of a release"
        ) from None
