"""What of a quotation are words of the proposal, as the mails of a proposal print them.

There a text has a head (`1. EXA-DUE-01 Notice (class 6, …)`), its clauses are indented and wrapped
behind their ids, and what changes stands behind `Before:` and `After:`. Authors cut lines away, and
say so with three dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from govkit.consultation.anchoring import places_of
from govkit.consultation.wording import RevisionWording
from govkit.languages.catalogue import TRANSLATED, messages

_CLAUSE = re.compile(r"\s*\((?P<id>[A-Za-z0-9]{1,4})\)(?:\s+|$)")
_CUT = re.compile(r"\s*(?:[\[(]\s*(?:\.{3}|\u2026)\s*[\])]|\.{3}|\u2026)\s*")
_FARTHEST = 3
"""Pieces above the answer that are looked at: it is not about what stands far above."""


class QuotedPassage(NamedTuple):
    """Quoted words in one piece, with the text and the clause that stand before them, or ""."""

    unit: str
    clause: str
    words: str


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of the words that a mail prints before those of a clause."""
    keys = ("mails.before", "mails.after", "book.condition", "book.exception")
    names = {messages(code)[key] for code in TRANSLATED for key in keys}
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, sorted(names)))}):(?:\s+|$)")


def id_pattern(id: str) -> re.Pattern[str]:
    """Return the pattern of the id of a text; letters that are not Latin may touch it."""
    return re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(id)}(?![A-Za-z0-9_-]|\.\w)", re.IGNORECASE)


def pieces_of(quoted: str, units: Iterable[str]) -> tuple[QuotedPassage, ...]:
    """Return the pieces of a quotation without marks, in their order, one for each paragraph."""
    heads = {
        id: re.compile(rf"\s*(?:\d+\.\s+)?{id_pattern(id).pattern}", re.IGNORECASE) for id in units
    }
    found: list[QuotedPassage] = []
    unit = clause = ""
    lines: list[str] = []

    def close() -> None:
        for words in _CUT.split(" ".join(lines)):
            if words.strip():
                found.append(QuotedPassage(unit, clause, words.strip()))
        lines.clear()

    for line in quoted.split("\n"):
        head = next((id for id, pattern in heads.items() if pattern.match(line)), "")
        label = _CLAUSE.match(line) or _label().match(line)
        if head or label or not line.strip():
            close()
        if head:
            unit, clause = head, ""
            line = heads[head].sub("", line, count=1)
            label = _CLAUSE.match(line)
        if label:
            clause = label.groupdict().get("id", clause)
            line = line[label.end() :]
            also = _label().match(line)
            line = line[also.end() :] if also else line
        lines.append(line.strip())
        if head and not label:
            close()
    close()
    return tuple(found)


class QuotedPlace(NamedTuple):
    """Where quoted words stand: the text, the clause, the words; `sure` where nowhere else."""

    unit: str
    clause: str
    quote: str
    sure: bool


def places_quoted(wordings: tuple[RevisionWording, ...], quoted: str) -> list[QuotedPlace]:
    """Return the texts that hold what is quoted last; it is sure where that is one place.

    Where the last words are of no text, as what somebody answered before, those above them are
    looked for, and nothing is sure.
    """
    pieces = pieces_of(quoted, [each.id for each in wordings])
    for back in range(min(_FARTHEST, len(pieces))):
        upto = pieces[: len(pieces) - back]
        found = [place for each in wordings if (place := _in_text(each, upto))]
        named = [each for each in found if each.unit == upto[-1].unit]
        if found:
            found = named or found
            sure = back == 0 and len(found) == 1
            return [each._replace(sure=sure) for each in found]
    return _only_named(wordings, pieces)


def _in_text(wording: RevisionWording, pieces: tuple[QuotedPassage, ...]) -> QuotedPlace | None:
    """Return where the last piece stands in a text, with those before it that go on into it."""
    last = pieces[-1]
    found = places_of(wording, last.words)
    within = [each for each in found if each.clause == last.clause] or found
    if not found or (last.unit and last.unit != wording.id and len(last.words.split()) < _FARTHEST):
        return None
    clause = last.clause if len(within) > 1 else within[0].clause
    longest, clauses = last.words, {each.clause for each in within}
    runs = [" ".join(each.words for each in pieces[at:]) for at in range(len(pieces) - 2, -1, -1)]

    def goes_on(run: str) -> bool:
        # Mail programs quote all of ours: the clause next to the answer is meant. Who quotes
        # several clauses and nothing else means them all.
        places = places_of(wording, run)
        return len(places) == 1 and (places[0].clause in clauses or whole)

    whole = bool(runs) and len(places_of(wording, runs[-1])) == 1
    for longer in takewhile(goes_on, runs):
        longest = longer
    if longest != last.words:
        clause = places_of(wording, longest)[0].clause
    return QuotedPlace(wording.id, clause, longest, len(within) == 1)


def _only_named(
    wordings: tuple[RevisionWording, ...], pieces: tuple[QuotedPassage, ...]
) -> list[QuotedPlace]:
    """Return the clause whose id stands before quoted words that are not its own (any more)."""
    last = pieces[-1] if pieces else QuotedPassage("", "", "")
    return [
        QuotedPlace(each.id, last.clause, "", False)
        for each in wordings
        if each.id == last.unit and last.clause in each.clauses
    ]


def quote_in(wording: RevisionWording, quoted: str, clause: str = "") -> str:
    """Return what of a quotation stands in a text, in one clause if it is named, or ""."""
    found = places_quoted((wording,), quoted)
    return found[0].quote if found and clause in ("", found[0].clause) else ""
