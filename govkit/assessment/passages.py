"""A canonical text as passages: what a coder reads in one piece, and a search finds.

A passage is a paragraph with the heading above it. Short items of a list stand together, and a
long paragraph is parted between sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govkit.corpus.redline.sentences import SentenceReading
from govkit.patterns import lazy_regex

LONGEST, SHORT = 900, 200
"""Characters: a longer paragraph is parted, and paragraphs as short as that stand together."""
_HEADING = 90
_GAP = "\n\n"
_ENDS = lazy_regex(r"[.!?;:,\u2026\u3002\uff01\uff1f\u061f\u0964][\"'\u2019\u201d\u00bb)\]]*\Z")
_ITEM = lazy_regex(r"(?:[\u2022\u2013*-]|\(?[0-9a-zA-Z]{1,3}[.)])\s")


class Passage(NamedTuple):
    """A stretch of a canonical text, in characters, with the heading that it stands under."""

    start: int
    end: int
    text: str
    heading: str = ""


def passages_of(text: str) -> tuple[Passage, ...]:
    """Return the passages of a canonical text in their order; they don't overlap."""
    return tuple(_Gathering(text).passages())


def sentence_spans(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence of a paragraph begins and ends. Doubt ends no sentence."""
    return _sentence_spans(paragraph)


@lru_cache(maxsize=1 << 14)  # the versions of a document have most of their paragraphs in common
def _sentence_spans(paragraph: str) -> tuple[tuple[int, int], ...]:
    reading = SentenceReading(paragraph, {})
    starts = [reading.place(sentence) for sentence in reading.sentences]
    ends = [*starts[1:], len(paragraph)] if starts else []
    return tuple(
        (start, start + len(paragraph[start:end].rstrip()))
        for start, end in zip(starts, ends, strict=True)
    )


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentences of a canonical text in which a stretch begins and ends, as one stretch.

    It reaches over the end of a paragraph only where the stretch does.
    """
    first = text.rfind(_GAP, 0, start)
    begin = 0 if first < 0 else first + len(_GAP)
    last = text.find(_GAP, max(end, start))
    until = len(text.rstrip()) if last < 0 else last
    spans = [(begin + a, begin + b) for a, b in sentence_spans(text[begin:until])]
    met = [(a, b) for a, b in spans if a < max(end, start + 1) and start < b]
    return (min(a for a, _ in met), max(b for _, b in met)) if met else (start, end)


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of a canonical text begins and ends."""
    at = 0
    for paragraph in text.rstrip("\n").split(_GAP):
        if paragraph:
            yield at, at + len(paragraph)
        at += len(paragraph) + len(_GAP)


class _Gathering:
    """Puts the paragraphs of a text together, or parts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.heading = ""
        self.start = self.end = -1

    def passages(self) -> Iterator[Passage]:
        for start, end in paragraphs_of(self.text):
            words = self.text[start:end]
            if _is_heading(words):
                yield from self._closed()
                self.heading = words
            elif end - start > LONGEST:
                yield from self._closed()
                yield from self._parted(start, words)
            elif self.start >= 0 and self._is_joined(start, end):
                self.end = end
            else:
                yield from self._closed()
                self.start, self.end = start, end
        yield from self._closed()

    def _is_joined(self, start: int, end: int) -> bool:
        """Say whether a paragraph stands with those before it: items, or what is as short."""
        before = self.text[self.start : self.end]
        leads = before.endswith(":") or _ITEM.match(self.text, start)
        return end - self.start <= LONGEST and (bool(leads) or len(before) < SHORT)

    def _closed(self) -> Iterator[Passage]:
        if self.start >= 0:
            yield self._passage(self.start, self.end)
        self.start = self.end = -1

    def _parted(self, at: int, words: str) -> Iterator[Passage]:
        begin = 0
        last = 0
        for start, end in sentence_spans(words):
            if end - begin > LONGEST and last > begin:
                yield self._passage(at + begin, at + last)
                begin = start
            last = end
        yield self._passage(at + begin, at + len(words))

    def _passage(self, start: int, end: int) -> Passage:
        return Passage(start, end, self.text[start:end], self.heading)


def _is_heading(words: str) -> bool:
    return len(words) <= _HEADING and not _ENDS.search(words) and not _ITEM.match(words)
