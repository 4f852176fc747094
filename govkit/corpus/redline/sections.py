"""Which section of the old text became which of the new one: by what it holds, not by its number.

Where a section is put in, all that follow have other numbers, and `Article 4` stands in both texts
over other words. So headings are paired by the words that only they and their sections have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govkit.corpus.redline.operations import PARAGRAPH_END
from govkit.corpus.redline.regions import TEXT, Regions
from govkit.corpus.redline.sentences import Piece, Sentence, SentenceReading
from govkit.patterns import lazy_regex

_NUMBER = lazy_regex(r"\d+(?:\.\d+)*[a-z]?|[IVXLC]{1,6}|[A-Z]")
_LONGEST = 12
"""How many pieces a heading has at most."""
_LEAST = 3
"""How many words a section has in common with another, and with no third, to be the same one."""


def same_sections(old: SentenceReading, new: SentenceReading, regions: Regions) -> dict[int, int]:
    """Return the headings whose sections belong together, number of sentence to number."""
    # In a table `1` or `Article 3` is what its cell holds, and stands over nothing.
    headings, others = (
        [at for at in headings_of(reading) if of[at].name == TEXT]
        for reading, of in ((old, regions.old), (new, regions.new))
    )
    if not headings or not others:
        return {}
    votes = _votes(old, new, headings, others)
    best, best_of_new = _best(votes), _best({(b, a): n for (a, b), n in votes.items()})
    return {at: to for at, to in best.items() if best_of_new[to] == at}


def headings_of(reading: SentenceReading) -> list[int]:
    """Return the numbers of the sentences that are headings."""
    return [
        number
        for number, sentence in enumerate(reading.sentences)
        if _is_heading(reading.pieces, sentence)
    ]


def is_number(piece: Piece) -> bool:
    """Say whether a piece is the number of a section or a sign: it says nothing of its content."""
    return not piece.says or bool(_NUMBER.fullmatch(piece.text))


def _is_heading(pieces: list[Piece], sentence: Sentence) -> bool:
    start, end, core = sentence[:3]
    first = pieces[start]
    if start and not PARAGRAPH_END.search(first.space) and first.text != "#":
        return False
    if first.text == "#":
        return True
    if end - start > _LONGEST:
        return False
    if core > start:
        return bool(_NUMBER.fullmatch(first.text))  # `3. Complaints`, and not `(a) complaints`
    # `Article 3`, `\u00a7 3 Complaints`. A sentence with a stop is none: `Only 3 users came.`
    numbered = any(piece.text[0].isdigit() and is_number(piece) for piece in pieces[start:end][:2])
    return numbered and (end - start <= 3 or pieces[end - 1].text != ".")


def _votes(
    old: SentenceReading, new: SentenceReading, headings: list[int], others: list[int]
) -> Counter[tuple[int, int]]:
    """Count for two headings how many words stand once in each text, and in both their sections.

    A paragraph that was not read (`paragraphs`) counts for all of its words.
    """
    there, elsewhere = _single(old, headings), _single(new, others)
    votes: Counter[tuple[int, int]] = Counter()
    for key, (at, weight) in there.items():
        if key in elsewhere:
            votes[at, elsewhere[key][0]] += weight
    return votes


def _single(reading: SentenceReading, headings: list[int]) -> dict[str, tuple[int, int]]:
    """Return the words that stand once in a text: the heading above it, and how many it is."""
    counts = Counter(reading.keys)
    return {
        key: (heading, 1 + piece.text.count(" "))
        for heading, start, end in _extents(reading, headings)
        for key, piece in zip(reading.keys[start:end], reading.pieces[start:end], strict=True)
        if counts[key] == 1 and not is_number(piece)
    }


def _extents(reading: SentenceReading, headings: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each heading with the pieces of its section, the heading included."""
    sentences = reading.sentences
    ends = [*(sentences[at].start for at in headings[1:]), sentences[-1].end]
    for heading, end in zip(headings, ends, strict=True):
        yield heading, sentences[heading].start, end


def _best(votes: dict[tuple[int, int], int]) -> dict[int, int]:
    """Return for each heading the one with which it has the most in common; of equals the first."""
    best: dict[int, int] = {}
    for at, to in sorted(votes, key=lambda pair: (-votes[pair], pair)):
        if votes[at, to] >= _LEAST:
            best.setdefault(at, to)
    return best
