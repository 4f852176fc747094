"""Where quoted words stand in a text, with the words around them.

Case, kinds of quotation marks and dashes, brackets around blanks and line ends make no difference;
a word does. Words that stand in several places are not given one of them.
"""

from __future__ import annotations

from typing import NamedTuple

from govkit.consultation.wording import RevisionWording, folded_text

_AROUND = 48
"""Characters before and after the quotation that are kept, at most."""

_ALIKE = 60
"""How alike, out of 100, the nearest place has to be to be shown."""


class Anchor(NamedTuple):
    """A place in a text: the words as they stand there, what is before and after, the clause."""

    quote: str
    prefix: str
    suffix: str
    clause: str


def places_of(wording: RevisionWording, quote: str, clause: str = "") -> tuple[Anchor, ...]:
    """Return every place where quoted words stand, in one clause if it is named."""
    wanted = folded_text(wording.as_quoted(quote)).text
    text, places = wording.folded
    found = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        last = at + len(wanted) - 1
        if _is_whole(text, at, last + 1):
            anchor = _anchor(wording, places[at], places[last] + 1)
            if not clause or anchor.clause == clause:
                found.append(anchor)
        at = text.find(wanted, at + 1)
    return tuple(found)


def narrow_places(found: tuple[Anchor, ...], prefix: str, suffix: str) -> tuple[Anchor, ...]:
    """Return the places with these words before and after them."""
    before, after = folded_text(prefix).text, folded_text(suffix).text
    return tuple(
        each
        for each in found
        if folded_text(each.prefix).text.endswith(before)
        and folded_text(each.suffix).text.startswith(after)
    )


def nearest_place(wording: RevisionWording, quote: str) -> Anchor | None:
    """Return the place whose words are most like a quotation that is not there, or None."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    wanted = folded_text(wording.as_quoted(quote)).text
    text, places = wording.folded
    if not wanted or not text:
        return None
    best = partial_ratio_alignment(wanted[:2000], text)
    if best is None or best.score < _ALIKE:
        return None
    start, end = best.dest_start, best.dest_end
    while start > 0 and text[start - 1] != " ":
        start -= 1
    while end < len(text) and text[end] != " ":
        end += 1
    return _anchor(wording, places[start], places[end - 1] + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a stretch begins and ends between words."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return before and after


def _anchor(wording: RevisionWording, start: int, end: int) -> Anchor:
    words = wording.words
    return Anchor(
        " ".join(words[start:end].split()),
        _last_words(words[:start]),
        _first_words(words[end:]),
        wording.clause_at(start),
    )


def _last_words(text: str) -> str:
    words = " ".join(text[-4 * _AROUND :].split())
    return words[-_AROUND:].partition(" ")[2] if len(words) > _AROUND else words


def _first_words(text: str) -> str:
    words = " ".join(text[: 4 * _AROUND].split())
    return words[:_AROUND].rpartition(" ")[0] if len(words) > _AROUND else words
