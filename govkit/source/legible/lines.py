"""The text of a file made one that YAML reads, and how far what is written anew stands for it.

Each fault in the writing is taken out in the likeliest way, and the next one is looked for. The
lines stay known: a remark on what is read stands where a person sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import ne
from typing import Any, NamedTuple

from govkit.findings import Keys, Place
from govkit.patterns import lazy_regex
from govkit.source.doubts import faults_of_doubts
from govkit.source.gate import Unreadable, admit, composed, without_hidden
from govkit.source.loader import Doubt, Spots, load
from govkit.source.remedies.page import Remedy
from govkit.source.remedies.trying import LONGEST, as_fault, remedy_for

_MOST_HIDDEN = 200
_MOST_FAULTS = 12
"""Faults in the writing of one file that are taken out. A file with more is told of these."""


class LineOfFile(NamedTuple):
    """What a line that is read is in the file: which one (from 1), and whether it is written anew
    by a remedy, or has other signs there.
    """

    number: int
    anew: bool = False
    blurred: bool = False


class LegibleLines(NamedTuple):
    """What YAML reads of a file, after its faults were taken out.

    `data` is None where nothing is read. `lines` says of each line what it is in the file.
    `at_fault` are routes whose value the faults are about; `cut_off` says that keys may have fallen
    into a text, and `left_out` that a line was left out, since nobody can tell what it means.
    """

    faults: tuple[Unreadable, ...]
    text: str
    of_file: tuple[str, ...]
    data: Any
    spots: Spots
    lines: tuple[LineOfFile, ...]
    at_fault: frozenset[Keys]
    cut_off: bool
    left_out: bool

    @property
    def is_mended(self) -> bool:
        """Say whether a remedy wrote lines, or moved some."""
        return bool(_of_remedies(self.text, self.of_file, self.lines))

    def is_near_remedy(self, line: int) -> bool:
        """Say whether a line (from 1) is in a part of which a remedy wrote lines, or beside it."""
        return _is_near_remedy(self.text, self.of_file, self.lines, line)


def legible_lines(data: bytes, kind: str) -> LegibleLines:
    """Return what YAML reads of a file. Whoever calls it knows that the file is no record."""
    return _Reading(data.removeprefix(b"\xef\xbb\xbf"), kind).read(
        _marked(data) if data.startswith(b"\xef\xbb\xbf") else ()
    )


def _marked(data: bytes) -> tuple[Unreadable, ...]:
    try:
        admit(data[:3])
    except Unreadable as fault:
        return (fault,)
    return ()


class _Reading:
    """One file whose faults are taken out one by one."""

    def __init__(self, data: bytes, kind: str) -> None:
        self.kind = kind
        self.joiners = kind == "translation"
        self.source: bytes | None = data
        self.text = data.decode("utf-8", errors="replace").replace("\r\n", "\n")
        self.of_file = tuple(self.text.split("\n"))
        self.left_out = False
        self.lines = [LineOfFile(at) for at in range(1, self.text.count("\n") + 2)]

    def read(self, known: tuple[Unreadable, ...]) -> LegibleLines:
        faults = list(known)
        turns = 0
        while turns < _MOST_FAULTS:
            spots: Spots = {}
            doubts: list[Doubt] = []
            try:
                given = self.text.encode("utf-8") if self.source is None else self.source
                load(admit(given, joiners=self.joiners), joiners=self.joiners, doubts=doubts)
                data = load(self.text, spots, joiners=self.joiners)
            except Unreadable as fault:
                self.source = None
                before, of_remedy = (
                    self.text,
                    _is_near_remedy(self.text, self.of_file, self.lines, fault.place.line),
                )
                told = self._taken_out(fault)
                faults += () if of_remedy else (told,)
                turns += 1
                if self.text == before and fault.rule != "not-utf8":
                    break
                continue
            meant = list(faults_of_doubts(self.text, self.kind, doubts))
            return self._read(faults, meant, data, spots)
        return self._read(faults, [], None, {})

    def _read(
        self,
        faults: list[Unreadable],
        meant: list[tuple[Doubt, Unreadable]],
        data: Any,
        spots: Spots,
    ) -> LegibleLines:
        sure = (
            self._in_file(fault)
            for _, fault in meant
            if not _is_near_remedy(self.text, self.of_file, self.lines, fault.place.line)
        )
        return LegibleLines(
            (*faults, *sure),
            self.text,
            self.of_file,
            data,
            spots,
            tuple(self.lines),
            frozenset((*(_around(spots, doubt) for doubt, _ in meant), *self._written(spots))),
            any(doubt.what == "key" for doubt, _ in meant),
            self.left_out,
        )

    def _written(self, spots: Spots) -> Iterator[Keys]:
        """Yield the routes of the values in which a remedy wrote lines: they are a guess.

        A line that was only moved with its key still says what it said.
        """
        moved = _of_remedies(self.text, self.of_file, self.lines)
        if not moved:
            return
        ends = list(accumulate(len(line) + 1 for line in self.text.split("\n")))
        for line, begin, end in zip(self.lines, (0, *ends), ends, strict=False):
            if line.number in moved:
                for keys, spot in spots.items():
                    is_value = bool(spot.style or spot.value)
                    if is_value and spot.start < (end if line.anew else begin) and begin < spot.end:
                        yield keys

    def _in_file(self, fault: Unreadable) -> Unreadable:
        """Return a fault with its line in the file."""
        line, column, end = fault.place
        of_file = self.lines[min(line, len(self.lines)) - 1].number
        return Unreadable(fault.rule, fault.message, Place(of_file, column, end), fault.help)

    def _taken_out(self, fault: Unreadable) -> Unreadable:
        """Take a fault out of the text, as far as one can tell how, and return it as it is told."""
        told = self._in_file(fault)
        if fault.rule == "not-nfc":
            self.text = composed(self.text)
        elif fault.rule in ("hidden-character", "control-character"):
            shown = without_hidden(self.text, joiners=self.joiners)
            if sum(map(ne, shown, self.text)) <= _MOST_HIDDEN:  # else it is no text at all
                self._rewrite(shown)
        elif fault.rule == "not-utf8":
            self._blur(at for at, line in enumerate(self.text.split("\n")) if "\ufffd" in line)
        elif fault.rule == "yaml-feature" and self._sign_at(fault.place) in "&*!":
            self._replace(fault.place, 0, "x")
        elif fault.rule in ("yaml-syntax", "duplicate-key") and len(self.text) <= LONGEST:
            page, remedy = remedy_for(fault, self.text, self.kind, joiners=self.joiners)
            if remedy is not None:
                told = self._in_file(as_fault(remedy, fault.rule, page))
                self._write(remedy)
            elif fault.rule == "duplicate-key" and fault.near:
                key = fault.message.split("`")[1]
                self._blur(fault.near)
                self._replace(fault.place, len(key) - 1, "_")
            elif fault.rule == "yaml-syntax":
                self._leave_out(fault.place.line)
        return told

    def _sign_at(self, place: Place) -> str:
        return self.text.split("\n")[place.line - 1][place.column - 1 :][:1] or " "

    def _replace(self, place: Place, behind: int, sign: str) -> None:
        """Write another sign, so many signs behind a place."""
        lines = self.text.split("\n")
        line, at = lines[place.line - 1], place.column - 1 + behind
        lines[place.line - 1] = f"{line[:at]}{sign}{line[at + 1 :]}"
        self._rewrite("\n".join(lines))

    def _leave_out(self, number: int) -> None:
        """Leave out a line that nobody can tell the meaning of, where all others can be read then.

        What it said is not known, so that nothing is said of what is missing.
        """
        lines = self.text.split("\n")
        lines[number - 1] = ""
        text = "\n".join(lines)
        try:
            load(text, joiners=self.joiners)
        except Unreadable:
            return
        self.left_out = True
        self._rewrite(text)

    def _rewrite(self, text: str) -> None:
        """Take a text of as many lines; those that are other now can't be looked at."""
        old, new = self.text.split("\n"), text.split("\n")
        self._blur(at for at, line in enumerate(new) if line != old[at])
        self.text = text

    def _blur(self, lines: Iterable[int]) -> None:
        for at in lines:
            self.lines[at] = self.lines[at]._replace(blurred=True)

    def _write(self, remedy: Remedy) -> None:
        """Write the lines of a remedy; each is the line of the file that it looks like."""
        lines = self.text.split("\n")
        old = lines[remedy.first : remedy.last]
        of_file = self.lines[remedy.first : remedy.last] or [self.lines[remedy.first]]
        by_words = {line.strip(): at for at, line in reversed(list(enumerate(old)))}
        self.lines[remedy.first : remedy.last] = [
            of_file[by_words[line.strip()]]
            if line.strip() in by_words
            else of_file[min(at, len(of_file) - 1)]._replace(anew=True)
            for at, line in enumerate(remedy.lines)
        ]
        self.text = "\n".join((*lines[: remedy.first], *remedy.lines, *lines[remedy.last :]))


_PART = lazy_regex(r"[a-z_]+:")
"""What begins a part of a record: a key at the left edge."""


def _of_remedies(text: str, of_file: Sequence[str], lines: Sequence[LineOfFile]) -> set[int]:
    """Return the lines of the file that a remedy wrote anew, or moved."""
    return {
        each.number
        for each, words in zip(lines, text.split("\n"), strict=True)
        if words != of_file[each.number - 1] and not each.blurred
    }


def _is_near_remedy(
    text: str, of_file: Sequence[str], lines: Sequence[LineOfFile], line: int
) -> bool:
    anew = _of_remedies(text, of_file, lines)
    if not anew:
        return False
    # Parts as the file has them: a remedy may have moved what follows to another place.
    parts = list(accumulate(bool(_PART.match(each)) for each in of_file))
    part = parts[lines[min(line, len(lines)) - 1].number - 1]
    return any(abs(parts[number - 1] - part) < 2 for number in anew)


def _around(spots: Spots, doubt: Doubt) -> Keys:
    """Return the route of the innermost value that holds what may not be meant."""
    found = [
        keys
        for keys, spot in spots.items()
        if min(spot.key_start, spot.start) <= doubt.start <= max(spot.end, spot.key_end)
    ]
    return max(found, key=len, default=())
