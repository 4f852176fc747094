"""New words for a block of a text: its links, blanks and emphasis stay where their words stay.

What stands in the file is not what is printed: `[complaint](term:complaint)` prints as complaint,
`{answer_days}` as [21]. So the printed words are compared, and each change is made in the source
behind them. What comes out is read again and has to print as the words that were asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from govkit.proposals.suggestions.fields import Blanks, printed, printed_run, straight
from govkit.records import normative
from govkit.records.normative import SPACES, Run
from govkit.records.wording import STRAIGHT

_TOKEN = re.compile(r"\[[^\[\]\n]{1,80}\]|\w+|\s+|[^\w\s]")
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]{1,80})\]")
_SIGNS = re.compile(r"[\\*`\[\]{}<&]")
_LABEL = re.compile(r"\(([A-Za-z0-9]{1,5})\)")
_ALIKE = 60
"""Percent of letters from which on other words under a link are still its words, as a plural."""


class NotReworded(Exception):
    """Words that can't be put into the file; the sentence says why."""


class BlankChange(NamedTuple):
    """A blank that has another value: its name, and both values as they are printed."""

    name: str
    old: str
    new: str


@dataclass
class Reworded:
    """The source of a block with its new words, the blanks that have another value, and remarks."""

    source: str
    blanks: list[BlankChange] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class WordChange(NamedTuple):
    """Letters of the old words (from, to) that letters of the new ones stand for."""

    old: int
    old_end: int
    new: int
    new_end: int


def changes_of_words(old: str, new: str) -> list[tuple[bool, WordChange]]:
    """Return the stretches of two texts in order, each with whether it is the same in both."""
    sides = [[each.group() for each in _TOKEN.finditer(text)] for text in (old, new)]
    starts = [_starts(side) for side in sides]
    return [
        (
            each.tag == "equal",
            WordChange(
                starts[0][each.src_start],
                starts[0][each.src_end],
                starts[1][each.dest_start],
                starts[1][each.dest_end],
            ),
        )
        for each in _joined(Indel.opcodes(sides[0], sides[1]))
    ]


class _Step(NamedTuple):
    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _joined(codes: Iterable[object]) -> list[_Step]:
    """Return the operations, an insertion beside a deletion as one replacement."""
    found: list[_Step] = []
    for each in codes:
        code = _Step(each.tag, each.src_start, each.src_end, each.dest_start, each.dest_end)  # type: ignore[attr-defined]
        if found and code.tag != "equal" and found[-1].tag != "equal":
            last = found[-1]
            found[-1] = _Step(
                "replace", last.src_start, code.src_end, last.dest_start, code.dest_end
            )
        else:
            found.append(code)
    return found


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def escaped(words: str) -> str:
    """Return words so that the grammar of texts reads exactly them."""
    return _SIGNS.sub(lambda sign: f"\\{sign.group()}", words)


def reworded(source: str, runs: Sequence[Run], blanks: Blanks, new: str) -> Reworded:
    """Return the source of a block (the stretch of its runs) with the words `new`.

    Raises `NotReworded` where they can't be written so that exactly they are printed.
    """
    new = straight(new)
    for signs in (str, escaped):
        rewording = _Rewording(source, runs, blanks, new, signs)
        found = rewording.made()
        values = {**blanks, **{each.name: each.new for each in found.blanks}}
        read = normative.read(found.source)
        before = normative.read(source[runs[0].start : runs[-1].end]).flaws if runs else ()
        blocks = read.blocks
        fits = len(blocks) == 1 and printed(blocks[0].runs, values) == rewording.expected()
        if fits and len(read.flaws) <= len(before):
            return found
    raise NotReworded("these words can't be written into the file so that they print as they stand")


class _Rewording:
    """One block on its way from its old words to the new ones."""

    def __init__(
        self, source: str, runs: Sequence[Run], blanks: Blanks, new: str, signs: object
    ) -> None:
        self.source, self.runs, self.blanks, self.new = source, runs, blanks, new
        self.signs = signs
        self.places: list[tuple[int, int]] = []
        at = 0
        texts = []
        for run in runs:
            words = straight_inside(printed_run(run, blanks))
            texts.append(words)
            self.places.append((at, at + len(words)))
            at += len(words)
        self.old = "".join(texts)
        self.pieces: list[tuple[int, str]] = []
        """What the new source is made of: the run that each piece belongs to (-1 for none)."""
        self.kept = [0] * len(runs)
        self.given: dict[int, str] = {}
        self.done = Reworded("")
        self.bracketed: list[tuple[int, int]] = []
        """Where a value stands in the new words without the brackets that it gets."""

    def expected(self) -> str:
        """Return the new words as they have to print."""
        words = self.new
        for start, end in reversed(self.bracketed):
            words = f"{words[:start]}[{words[start:end]}]{words[end:]}"
        return words

    def made(self) -> Reworded:
        for same, change in changes_of_words(self.old, self.new):
            if same:
                self._keep(change.old, change.old_end)
            else:
                self._replace(change)
        self.done.source = self._assembled()
        return self.done

    def _write(self, words: str) -> str:
        return self.signs(words)  # type: ignore[operator,no-any-return]

    # --- words that stay -------------------------------------------------------------------------

    def _keep(self, start: int, end: int) -> None:
        for at, (begin, stop) in enumerate(self.places):
            first, last = max(start, begin), min(end, stop)
            if first >= last:
                continue
            run = self.runs[at]
            self.kept[at] += last - first
            if run.kind == "text":
                self.pieces.append((-1, self._source_of(at, first - begin, last - begin)))
            elif run.kind == "param" and last - first < stop - begin:
                self.pieces.append((-1, self._write(self.old[first:last])))
            else:
                self.pieces.append((at, self.old[first:last]))

    def _source_of(self, at: int, first: int, last: int) -> str:
        """Return what stands in the file for some letters of a run of plain words."""
        run, words = self.runs[at], self.old[slice(*self.places[at])]
        spans = _letters(self.source, run, words)
        if spans is None:
            return self._write(words[first:last])
        return self.source[spans[first][0] : spans[last - 1][1]]

    # --- words that go, and those that come ------------------------------------------------------

    def _replace(self, change: WordChange) -> None:
        words = self.new[change.new : change.new_end]
        within = self._owner(change)
        blanks = [
            at
            for at, (begin, end) in enumerate(self.places)
            if self.runs[at].kind == "param" and begin < change.old_end and change.old < end
        ]
        if blanks:
            self._fill(blanks, words, change.new)
        elif within >= 0 and self._still_its_words(within, change, words):
            self.pieces.append((within, words))
        else:
            self.pieces.append((-1, self._write(words)))

    def _owner(self, change: WordChange) -> int:
        """Return the run of a link or emphasis inside which a change lies, or -1."""
        for at, (begin, end) in enumerate(self.places):
            if self.runs[at].kind in ("text", "param"):
                continue
            inside = begin <= change.old and change.old_end <= end
            between = begin < change.old < end
            if inside and (change.old < change.old_end or between):
                return at
        return -1

    def _still_its_words(self, at: int, change: WordChange, words: str) -> bool:
        """Say whether a link still has its words with this change."""
        begin, end = self.places[at]
        if (change.old, change.old_end) != (begin, end):
            return True
        same = fuzz.ratio(self.old[begin:end].lower(), words.lower()) >= _ALIKE
        self.kept[at] += (end - begin) * same
        return same

    def _fill(self, blanks: list[int], words: str, start: int) -> None:
        """Put blanks into words that came in their place: a value in brackets, or a plain one."""
        values = [*_IN_BRACKETS.finditer(words)]
        if len(values) != len(blanks):
            alone = words.strip()
            if len(blanks) == 1 and not values and alone and _is_value(alone):
                lead = words[: len(words) - len(words.lstrip())]
                self._value(blanks[0], alone)
                begin = start + len(lead)
                self.bracketed.append((begin, begin + len(alone)))
                tail = words[len(words.rstrip()) :]
                self.pieces += [(-1, lead), (blanks[0], ""), (-1, tail)]
                self.done.remarks.append(
                    f"`{alone}` stands without brackets; it was taken as the value of the blank"
                )
                return
            self.pieces.append((-1, self._write(words)))
            return
        at = 0
        for blank, value in zip(blanks, values, strict=True):
            self.pieces.append((-1, self._write(words[at : value.start()])))
            self._value(blank, value[1].strip())
            self.pieces.append((blank, ""))
            at = value.end()
        self.pieces.append((-1, self._write(words[at:])))

    def _value(self, at: int, value: str) -> None:
        name = self.runs[at].target
        old = self.blanks.get(name, "")
        self.kept[at] = 1
        if value != old:
            self.given[at] = value
            self.done.blanks.append(BlankChange(name, old, value))

    # --- the new source --------------------------------------------------------------------------

    def _assembled(self) -> str:
        parts: list[str] = []
        at = 0
        while at < len(self.pieces):
            owner = self.pieces[at][0]
            end = at + 1
            while owner >= 0 and end < len(self.pieces) and self.pieces[end][0] == owner:
                end += 1
            words = "".join(piece for _, piece in self.pieces[at:end])
            parts.append(words if owner < 0 else self._marked(owner, words))
            at = end
        self._tell_lost()
        return "".join(parts).strip(SPACES)

    def _marked(self, at: int, words: str) -> str:
        run = self.runs[at]
        begin, end = self.places[at]
        if run.kind == "param":
            return f"{{{run.target}}}"
        if words == self.old[begin:end]:
            return self.source[run.start : run.end]
        if self.kept[at] * 2 < end - begin or not words.strip():
            self.kept[at] = 0
            return self._write(words)
        lead = words[: len(words) - len(words.lstrip())]
        tail = words[len(words.rstrip()) :]
        inner = self._write(words.strip())
        if run.kind == "em":
            return f"{lead}*{inner}*{tail}"
        if run.kind == "code":
            return f"{lead}`{words.strip()}`{tail}"
        target = run.target if run.kind == "term" else self._target(run, words)
        return f"{lead}[{inner}]({run.kind}:{target}){tail}" if target else self._write(words)

    def _target(self, run: Run, words: str) -> str:
        """Return where a reference leads whose words changed: other letters name another place."""
        were, are, named = (_LABEL.findall(each) for each in (run.words, words, run.target))
        if were == are:
            return run.target
        if named[-len(were) :] == were and len(are) == len(were):
            head = run.target
            for label in reversed(were):
                head = head.removesuffix(f"({label})")
            return head + "".join(f"({label})" for label in are)
        self.done.remarks.append(f"the reference `{run.target}` went with its words")
        return ""

    def _tell_lost(self) -> None:
        what = {"param": "the blank", "term": "the link to the term", "ref": "the reference"}
        for at, run in enumerate(self.runs):
            if run.kind in what and not self.kept[at]:
                self.done.remarks.append(f"{what[run.kind]} `{run.target}` went with its words")


def straight_inside(words: str) -> str:
    """Return the words of a run with straight quotation marks; its spaces stay."""
    return words.translate(STRAIGHT)


def _is_value(words: str) -> bool:
    return bool(re.fullmatch(r"\d{1,9}", words))


def _letters(source: str, run: Run, words: str) -> list[tuple[int, int]] | None:
    """Return where in the file each letter of a run of plain words stands; None if unknown."""
    spans: list[tuple[int, int]] = []
    at = run.start
    for letter in words:
        if letter == " " and source[at : at + 1] in tuple(SPACES):
            end = at
            while end < run.end and source[end] in SPACES:
                end += 1
        else:
            end = at + 1 + (source[at : at + 1] == "\\" and source[at + 1 : at + 2] == letter)
            if straight_inside(source[end - 1 : end]) != letter:
                return None
        spans.append((at, end))
        at = end
    return spans if at == run.end else None
