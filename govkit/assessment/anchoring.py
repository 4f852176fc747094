"""Where quoted words stand in another text of the same document: exactly, nearly, or not at all.

Four steps, each tried only where those before it found nothing: the very words; the same words
with other white space, or copied out of Markdown with its links; the same words with other capitals
and punctuation; and words that are most like them. What the last two find is a proposal, and
`rechecking` says whether it may be taken.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.assessment.quotes import AROUND, TOKEN, without_markup
from govkit.corpus.redline.letters import BY_CHARACTER
from govkit.patterns import lazy_regex

How = Literal["exact", "white-space", "signs", "alike"]

ALIKE = 70
"""How alike, out of 100, words have to be to be taken for the same ones, changed."""
_MOST_PLACES = 1_000
_NEEDLE = 4_000
_ALONE = lazy_regex(f"[{BY_CHARACTER}]")
_PIECE = lazy_regex(r"\S+")
_CONTEXT = 12
"""Characters of what stood around a quotation that tell whether it is the same place."""


class FoundPlace(NamedTuple):
    """A stretch of a text, how it was found, and whether the same words stand around it as before.

    `score` is 100 but for words that are only alike.
    """

    start: int
    end: int
    how: How
    in_context: bool
    score: float = 100.0


class _Row(NamedTuple):
    """A text as pieces with single spaces between, and where each of them began and ended."""

    text: str
    begins: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text itself that a stretch of the row came from."""
        first = bisect_right(self.begins, start) - 1
        last = bisect_right(self.begins, max(start, end - 1)) - 1
        return self.starts[first], self.ends[last]


class AnchoringText:
    """A canonical text in which quotations are looked for; what a step needs is made once."""

    def __init__(self, text: str) -> None:
        """Take a canonical text."""
        self.text = text

    @cached_property
    def spaced(self) -> _Row:
        """Return the text with single spaces."""
        found = [(each.start(), each.end()) for each in _PIECE.finditer(self.text)]
        return _row(found, [self.text[start:end] for start, end in found])

    @cached_property
    def bare(self) -> _Row:
        """Return the words of the text in small letters, without signs."""
        found = [(each.start(), each.end()) for each in TOKEN.finditer(self.text)]
        return _row(found, [self.text[start:end].casefold() for start, end in found])

    def place_of(
        self, exact: str, prefix: str = "", suffix: str = "", at: int | None = None
    ) -> FoundPlace | None:
        """Return where a quotation stands, or None.

        Of several places the one with the same words around it is taken, then the one that is
        nearest to where it stood (`at`, in characters).
        """
        words = unicodedata.normalize("NFC", exact)
        if not words.strip():
            return None
        for how, found in (
            ("exact", self._verbatim(words)),
            ("white-space", self._spaced(words)),
            ("signs", self._bare(words)),
        ):
            if found:
                return self._best(found, how, prefix, suffix, at)  # type: ignore[arg-type]
        return self._alike(words, prefix, suffix)

    def between(self, prefix: str, suffix: str) -> tuple[int, int] | None:
        """Return what now stands between the words that stood around a quotation, if they do once.

        None where one of them is gone or stands in several places.
        """
        before, after = _context_before(prefix), _context_after(suffix)
        if not before or not after:
            return None
        row = self.bare.text
        ends = [at + len(before) for at in _all_in(row, before)]
        starts = [*_all_in(row, after)]
        pairs = [(end, start) for end in ends for start in starts if 0 <= start - end < 2 * _NEEDLE]
        if len(pairs) != 1 or pairs[0][1] - pairs[0][0] < 2:
            return None
        return self.bare.stretch(pairs[0][0] + 1, pairs[0][1] - 1)

    def _verbatim(self, words: str) -> list[tuple[int, int]]:
        return [(at, at + len(words)) for at in _all_in(self.text, words) if self._whole(at, words)]

    def _whole(self, at: int, words: str) -> bool:
        """Say whether words begin and end between words, where they did so as they were quoted."""
        end = at + len(words)
        begins = at == 0 or not _in_a_word(self.text[at - 1], words[0])
        return begins and (end >= len(self.text) or not _in_a_word(words[-1], self.text[end]))

    def _spaced(self, words: str) -> list[tuple[int, int]]:
        wanted = " ".join(without_markup(words).split())
        if not wanted:
            return []
        row = self.spaced
        found = list(_all_in(row.text, wanted))
        places = [_trimmed(row, at, at + len(wanted)) for at in found]
        return [place for place in places if self._whole(place[0], self.text[slice(*place)])]

    def _bare(self, words: str) -> list[tuple[int, int]]:
        tokens = TOKEN.findall(without_markup(words).casefold())
        if not tokens:
            return []
        wanted = " ".join(tokens)
        row = f" {self.bare.text} "
        found = _all_in(row, f" {wanted} ")
        return [self.bare.stretch(at, at + len(wanted)) for at in found]

    def _alike(self, words: str, prefix: str, suffix: str) -> FoundPlace | None:
        from rapidfuzz.fuzz import partial_ratio_alignment

        wanted = " ".join(TOKEN.findall(without_markup(words).casefold()))[:_NEEDLE]
        row = self.bare.text
        if not wanted or not row:
            return None
        best = partial_ratio_alignment(wanted, row, score_cutoff=ALIKE)
        if best is None or best.dest_end <= best.dest_start:
            return None
        start, end = self.bare.stretch(best.dest_start, best.dest_end)
        in_context = self._agreement(start, end, prefix, suffix) > 0
        return FoundPlace(start, end, "alike", in_context, round(best.score, 1))

    def _best(
        self, found: list[tuple[int, int]], how: How, prefix: str, suffix: str, at: int | None
    ) -> FoundPlace:
        agreed = [self._agreement(*place, prefix, suffix) for place in found]
        best = max(
            range(len(found)),
            key=lambda n: (agreed[n], -abs(found[n][0] - (at or 0)) if at is not None else 0, -n),
        )
        none_known = not _context_before(prefix) and not _context_after(suffix)
        return FoundPlace(*found[best], how, none_known or agreed[best] > 0)

    def _agreement(self, start: int, end: int, prefix: str, suffix: str) -> int:
        """Return how many letters next to a place are those that stood next to the quotation."""
        before = _bare_words(self.text[max(0, start - 2 * AROUND) : start])
        after = _bare_words(self.text[end : end + 2 * AROUND])
        wanted_before, wanted_after = _bare_words(prefix), _bare_words(suffix)
        same = _common(wanted_before[::-1], before[::-1]), _common(wanted_after, after)
        return sum(count for count in same if count >= _CONTEXT)


def _row(found: list[tuple[int, int]], words: list[str]) -> _Row:
    begins = []
    at = 0
    for word in words:
        begins.append(at)
        at += len(word) + 1
    starts, ends = tuple(start for start, _ in found), tuple(end for _, end in found)
    return _Row(" ".join(words), tuple(begins), starts, ends)


def _in_a_word(one: str, other: str) -> bool:
    """Say whether two letters side by side are in one word; scripts without spaces know none."""
    return one.isalnum() and other.isalnum() and not _ALONE.match(one) and not _ALONE.match(other)


def _trimmed(row: _Row, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of a row to the character: it may begin inside a piece."""
    first = bisect_right(row.begins, start) - 1
    last = bisect_right(row.begins, end - 1) - 1
    return (
        row.starts[first] + start - row.begins[first],
        row.starts[last] + end - row.begins[last],
    )


def _all_in(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(wanted, at + 1)


def _bare_words(text: str) -> str:
    return " ".join(TOKEN.findall(text.casefold()))


def _context_before(prefix: str) -> str:
    words = _bare_words(prefix).partition(" ")[2]  # the first one may be cut off
    return words if len(words) >= _CONTEXT else ""


def _context_after(suffix: str) -> str:
    words = _bare_words(suffix).rpartition(" ")[0]
    return words if len(words) >= _CONTEXT else ""


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
