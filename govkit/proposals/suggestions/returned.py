"""The paragraphs of a file that came back, each given to the field that it belongs to.

A mark says which field; where marks were lost, the words do. What belongs to none is loose: new
words, or what is printed around the texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz, process

from govkit.proposals.suggestions.fields import NOTES, PrintedField, straight
from govkit.source.docx_marks import LOCKED, MarkedPassage, MarkedPiece, words_of
from govkit.source.marked_docx import MarkedFile

_TYPED = re.compile(r"\(?(?:[A-Za-z]{1,2}|[ivxlc]{1,6}|[0-9]{1,3})[.)]\s+")
_NAMED = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+[.:]?\s+")
"""The id before a title."""
_PREFIX = re.compile(r"[^:]{1,40}:\s+")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
"""In lines that are reckoned, and differ in a file of an earlier state."""
_ALIKE = 60
"""Percent of letters from which on words without a mark are taken for those of a field."""
_ENOUGH = 15
"""Letters from which on words are known as printed wherever they stand."""
_MOST_PAIRS = 4_000_000
"""Words without a mark times fields without words; beyond it only equal words are found."""


class ReturnedText(NamedTuple):
    """A paragraph of a file: the mark that it stands under (empty for none), its words, how it is
    set, its label, its place in the file, and who put words of it in.
    """

    key: str
    words: str
    look: tuple[str, str, int]
    label: str
    at: int
    authors: frozenset[str] = frozenset()


class LooseText(NamedTuple):
    """Words that no field holds, with the fields that stand before and behind them."""

    text: ReturnedText
    before: PrintedField | None
    behind: PrintedField | None


@dataclass
class Placement:
    """Which paragraphs belong to which field, by its key; and what is loose.

    `present` are the ids of the records that the file holds, `missing` the fields of these records
    without any words in it. `by_words` counts the paragraphs that were found by their words alone.
    """

    of: dict[str, list[ReturnedText]] = field(default_factory=dict)
    loose: list[LooseText] = field(default_factory=list)
    present: frozenset[str] = frozenset()
    missing: list[PrintedField] = field(default_factory=list)
    by_words: int = 0
    marks_lost: bool = False


def place(
    file: MarkedFile, fields: Sequence[PrintedField], is_printed: Callable[[str], bool]
) -> Placement:
    """Give the paragraphs of a file to fields. `is_printed` says whether words are printed around
    the texts, as a heading or a list of sources.
    """
    return _Placing(file, fields, is_printed).placement()


def without_label(words: str) -> str:
    """Return words without a label that was typed before them, as `(a) `."""
    found = _TYPED.match(words)
    return words[found.end() :] if found else words


def letters_of(words: str) -> str:
    """Return the letters and figures of words, whatever signs stand between them."""
    return "".join(filter(str.isalnum, words))


def _stretch(pieces: Sequence[MarkedPiece], number: int) -> list[MarkedPiece]:
    """Return the untracked pieces without a mark around one."""
    first = end = number
    while first and not (pieces[first - 1].key or pieces[first - 1].author):
        first -= 1
    while end < len(pieces) and not (pieces[end].key or pieces[end].author):
        end += 1
    return [*pieces[first:end]]


class _Placing:
    def __init__(
        self, file: MarkedFile, fields: Sequence[PrintedField], is_printed: Callable[[str], bool]
    ) -> None:
        self.file, self.fields, self.is_printed = file, fields, is_printed
        self.known = {block.key: each for each in fields for block in each.blocks}
        self.known |= {each.key: each for each in fields}
        of_clauses = (block.words for each in fields if each.clause for block in each.blocks)
        self.of_clauses = "\n".join(("", *map(letters_of, of_clauses), ""))
        self.done = Placement()
        self.free: list[ReturnedText] = []

    def placement(self) -> Placement:
        done = self.done
        for at, passage in enumerate(self.file.after):
            for text in self._texts(at, passage):
                if text.key:
                    done.of.setdefault(self.known[text.key].key, []).append(text)
                else:
                    self.free.append(text)
        seen = [self.known[key] for key in self.file.keys if key in self.known]
        done.marks_lost = not seen and bool(self.fields)
        done.present = frozenset(each.document.id for each in seen)
        self._by_words()
        if done.marks_lost:
            done.present = self._present_by_words()
        done.missing = [each for each in self._expected() if not done.of.get(each.key)]
        done.loose = [*self._loose()]
        return done

    def _texts(self, at: int, passage: MarkedPassage) -> Iterator[ReturnedText]:
        """Yield the stretches of a paragraph under one mark each."""
        pieces = [*self._owned(passage.pieces)]
        for key, run in groupby(pieces, lambda piece: piece.key):
            stretch = [*run]
            words = straight(words_of(stretch))
            if words and key != LOCKED:
                label = passage.block.label if len(pieces) == len(stretch) else ""
                authors = frozenset(piece.author for piece in stretch if piece.author)
                yield ReturnedText(key, words, passage.look, label, at, authors)

    def _owned(self, pieces: Iterable[MarkedPiece]) -> Iterator[MarkedPiece]:
        """Yield the pieces of a paragraph; what was put in beside a field belongs to it.

        A word processor that has only the bookmark ends it before words typed at its end.
        """
        known = [
            piece if piece.key in self.known or piece.key == LOCKED else piece._replace(key="")
            for piece in pieces
        ]
        before = ""
        for number, piece in enumerate(known):
            if piece.key:
                before = piece.key if piece.key != LOCKED else before
                yield piece
                continue
            if before:
                is_own = piece.author or not self._is_print_behind(known, number)
                yield piece._replace(key=before) if is_own else piece
                continue
            behind = next((each.key for each in known[number:] if each.key in self.known), "")
            is_own = behind and (
                (piece.author and self.known[behind].is_clause)
                or self._is_typed_before(known, number, behind)
            )
            yield piece._replace(key=behind) if is_own else piece

    def _is_print_behind(self, pieces: Sequence[MarkedPiece], number: int) -> bool:
        """Say whether words behind a field were printed in a paragraph that was joined to it."""
        words = straight(words_of(_stretch(pieces, number)))
        return len(words) >= _ENOUGH and self.is_printed(words)

    def _is_typed_before(self, pieces: Sequence[MarkedPiece], number: int, behind: str) -> bool:
        """Say whether words before a field are no label and none that is printed there."""
        words = straight(words_of([*pieces[: number + 1]]))
        if not words or _TYPED.fullmatch(f"{words} "):
            return False
        return self.known[behind].is_clause or not self.is_printed(words)

    # --- words without a mark ---------------------------------------------------------------------

    def _expected(self) -> list[PrintedField]:
        """Return the fields that the file should hold: those of records that it has, and of notes
        those that it has a mark for.
        """
        return [
            each
            for each in self.fields
            if each.document.id in self.done.present
            and (
                each.key in self.file.keys
                or (not self.file.marks_alone and each.keys[-1] not in NOTES and not each.is_line)
            )
        ]

    def _by_words(self) -> None:
        """Give words without a mark to fields that miss words."""
        wanted: list[tuple[str, str]] = []
        looked_at = self.fields if self.done.marks_lost else self._expected()
        for each in looked_at:
            here = [text.key for text in self.done.of.get(each.key, ())]
            for block in each.blocks:
                if block.key in here:
                    here.remove(block.key)
                elif block.words:
                    wanted.append((block.key, block.words))
        if not wanted or not self.free:
            return
        left = self._equal(wanted)
        if self.done.marks_lost and self.done.of:
            # Words that are like those of any text would be found somewhere.
            records = {self.known[key].document.id for key in self.done.of}
            left = [each for each in left if self.known[each[0]].document.id in records]
        if left and len(left) * len(self.free) <= _MOST_PAIRS:
            self._alike(left)

    def _equal(self, wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
        by_words: dict[str, list[ReturnedText]] = {}
        for text in self.free:
            for words in self._readings(text):
                by_words.setdefault(words, []).append(text)
        left = []
        for key, words in wanted:
            found = next((text for text in by_words.get(words, ()) if text in self.free), None)
            if found is None:
                left.append((key, words))
            else:
                self._give(found, key, words)
        return left

    def _alike(self, wanted: list[tuple[str, str]]) -> None:
        pairs = []
        # What is printed around the texts, as the head of a definition, is no changed clause.
        free = [text for text in self.free if not self._is_print(text)]
        readings = [(text, reading) for text in free for reading in self._readings(text)]
        for number, (_, words) in enumerate(wanted):
            best = process.extractOne(
                words, [reading for _, reading in readings], scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            if best is not None:
                pairs.append((-best[1], number, readings[best[2]]))
        for _, number, (text, reading) in sorted(pairs, key=lambda pair: pair[:2]):
            if text in self.free:
                self._give(text, wanted[number][0], reading)

    def _readings(self, text: ReturnedText) -> Iterator[str]:
        """Yield the words of a paragraph, and these without what is printed before a field."""
        words = text.words
        yield words
        bare = without_label(words)
        if bare != words:
            yield bare
        named = _NAMED.match(words)
        if named:
            yield words[named.end() :]
        lead = _PREFIX.match(bare)
        if lead and self.is_printed(lead.group().strip()):
            yield bare[lead.end() :]

    def _give(self, text: ReturnedText, key: str, words: str) -> None:
        self.free.remove(text)
        field = self.known[key]
        self.done.of.setdefault(field.key, []).append(text._replace(key=key, words=words))
        self.done.of[field.key].sort(key=lambda each: each.at)
        self.done.by_words += 1

    def _present_by_words(self) -> frozenset[str]:
        """Return the records of which at least half of the fields were found by their words."""
        found: dict[str, int] = {}
        of_record: dict[str, int] = {}
        for each in self.fields:
            if each.keys[-1] in NOTES or each.is_line:
                continue
            of_record[each.document.id] = of_record.get(each.document.id, 0) + 1
            found[each.document.id] = found.get(each.document.id, 0) + (each.key in self.done.of)
        return frozenset(id for id, count in found.items() if count and count * 2 >= of_record[id])

    def _loose(self) -> Iterator[LooseText]:
        places = sorted((text.at, key) for key, of in self.done.of.items() for text in of)
        for text in self.free:
            if self._is_print(text):
                continue
            before = next((key for at, key in reversed(places) if at <= text.at), None)
            behind = next((key for at, key in places if at > text.at), None)
            yield LooseText(
                text,
                self.known[before] if before is not None else None,
                self.known[behind] if behind is not None else None,
            )

    def _is_print(self, text: ReturnedText) -> bool:
        """Say whether words are printed around the texts, and are no second copy of words of a
        clause, typed or put in.
        """
        bare = without_label(text.words)
        if not text.authors and _DIGEST.search(bare):
            return True
        if not (self.is_printed(text.words) or self.is_printed(bare)):
            return False
        letters = letters_of(bare)
        if len(letters) < _ENOUGH or letters not in self.of_clauses:
            return True
        is_sentence = bool(text.authors) or bare.endswith((".", ";"))
        return not is_sentence and f"\n{letters}\n" not in self.of_clauses
