"""Words that a person copied from a page, found in the text that they come from, and changed there.

A page shows neither links nor the names of blanks, and its reader types none. So the two versions
are compared word by word, and where a word stays, the source of it stays: the link, the blank, the
label of an item. A number in place of that of a blank is a new default of the blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from govkit.corpus.documents import LINK, NormativeText
from govkit.findings import Keys

_SIGN = re.compile(r"\{([a-z][a-z0-9_]*)\}|[^\W_]+(?:_[^\W_]+)*|[^\w\s\[\]{}\\]|_")
"""A blank by its name, a word, or another sign; brackets around a blank are printed at most."""
_HEAD = re.compile(r"\A\([A-Za-z0-9-]{1,12}\)[ \t]+(?:[A-Z][A-Z ]+(?:[ \t]+\S+ -> .*)?\n)?")
"""The letter of a clause, and its line of force as `show` prints it: no words of the clause."""
_BLANK = re.compile(r"[\[{]([^\[\]{}]{1,80})[\]}]")
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----")
MOST_SIGNS = 6_000


class _Sign(NamedTuple):
    """A word or sign: as it is, where it stands, the whole link that it is part of, and to what.

    `reads` are the ways in which a page may show it: a blank by its name and by its default.
    """

    word: str
    start: int
    end: int
    whole: tuple[int, int] | None = None
    reads: tuple[str, ...] = ()
    link: str = ""


class PastedPlace(NamedTuple):
    """Where pasted words stand: in which text of a record, from which sign to which."""

    text: NormativeText
    first: int
    last: int


class ChangedWords(NamedTuple):
    """A value of a record in new words: the way to it, and the words."""

    keys: Keys
    words: str


def places_of_pasted(
    said: Iterable[NormativeText], pasted: str, defaults: Mapping[str, str], clause: str = ""
) -> list[PastedPlace]:
    """Return every place where pasted words stand, in one clause if it is named."""
    wanted = _typed(without_head(pasted))
    if not wanted or len(wanted) > MOST_SIGNS:
        return []
    found = []
    for each in said:
        if clause and each.clause != clause:
            continue
        signs = _of_text(each, defaults)
        for at in range(len(signs) - len(wanted) + 1):
            window = zip(signs[at : at + len(wanted)], wanted, strict=True)
            if all(_same(sign, other) for sign, other in window):
                found.append(PastedPlace(each, at, at + len(wanted)))
    return found


def changed_words(
    place: PastedPlace, new: str, defaults: Mapping[str, str]
) -> tuple[ChangedWords, ...]:
    """Return what is to be written for new words at a place; nothing where they are the same.

    `new` has at most `MOST_SIGNS` words.
    """
    every = _of_text(place.text, defaults)
    first, last = _with_whole_links(every, place)
    old = every[first:last]
    before, after = every[first : place.first], every[place.last : last]
    typed = " ".join(
        [*(each.word for each in before), without_head(new), *(each.word for each in after)]
    )
    signs = _typed(typed)
    steps, numbers = _steps(old, signs, defaults)
    source = place.text.text
    written = "".join(_with_gaps(source, typed, _Pieces(source, old, typed, signs, steps).all()))
    start = old[0].whole[0] if old[0].whole else old[0].start
    end = old[-1].whole[1] if old[-1].whole else old[-1].end
    whole = source[:start] + written + source[end:]
    found = [
        ChangedWords(("parameters", name, "default"), value) for name, value in numbers.items()
    ]
    return (*found, ChangedWords(place.text.keys, whole)) if whole != source else (*found,)


def odd_brackets(words: str, defaults: Mapping[str, str]) -> bool:
    """Say whether a bracket stands in typed words that is none of a link or a blank."""
    rest = LINK.sub("", without_head(words))
    names = {*defaults, *defaults.values()}
    rest = _BLANK.sub(lambda found: "" if found[1].strip() in names else found[0], rest)
    return any(each in rest for each in "[]{}\\")


def without_head(words: str) -> str:
    """Return words without the letter of the clause that stands before them on a page."""
    return _HEAD.sub("", words.strip(), count=1)


# --- the signs of both ----------------------------------------------------------------------------


def _folded(word: str) -> str:
    return word.casefold()


def _same(sign: _Sign, other: _Sign) -> bool:
    return other.word in sign.reads if sign.reads else _folded(sign.word) == _folded(other.word)


def _in_stretch(text: str, start: int, end: int) -> Iterator[_Sign]:
    for found in _SIGN.finditer(text, start, end):
        yield _Sign(found[1] or found[0].translate(_ALIKE), *found.span())


def _of_text(said: NormativeText, defaults: Mapping[str, str]) -> list[_Sign]:
    """Return the signs of a text as a page shows it; the target of a link is none."""
    signs: list[_Sign] = []
    at = 0
    runs = (run for block in said.wording.blocks for run in block.runs)
    for run in sorted(runs, key=lambda run: run.start):
        signs += _in_stretch(said.text, at, run.start)
        if run.kind == "text":
            signs += _in_stretch(said.text, run.start, run.end)
        elif run.kind == "param":
            default = defaults.get(run.target)
            reads = (run.target, default) if default is not None else (run.target,)
            signs.append(_Sign(run.target, run.start, run.end, None, reads))
        else:
            found = LINK.match(said.text, run.start, run.end)
            inside = found.span("words") if found else (run.start + 1, run.end - 1)
            whole = (run.start, run.end)
            link = _target(found) if found else ""
            signs += (
                each._replace(whole=whole, link=link) for each in _in_stretch(said.text, *inside)
            )
        at = run.end
    signs += _in_stretch(said.text, at, len(said.text))
    return signs


def _target(link: re.Match[str]) -> str:
    return f"{link['scheme']}:{link['key']}{link['inside']}"


def _typed(text: str) -> list[_Sign]:
    """Return the signs of what a person typed or copied, with the links that they typed whole."""
    signs: list[_Sign] = []
    at = 0
    for link in LINK.finditer(text):
        signs += _in_stretch(text, at, link.start())
        inside = _in_stretch(text, *link.span("words"))
        signs += (each._replace(whole=link.span(), link=_target(link)) for each in inside)
        at = link.end()
    signs += _in_stretch(text, at, len(text))
    return signs


def _with_whole_links(every: Sequence[_Sign], place: PastedPlace) -> tuple[int, int]:
    """Return the place, widened so that it cuts no link in two."""
    first, last = place.first, place.last
    while first > 0 and every[first].whole and every[first - 1].whole == every[first].whole:
        first -= 1
    while last < len(every) and every[last].whole and every[last - 1].whole == every[last].whole:
        last += 1
    return first, last


_Step = tuple[str, int, int, int, int]


def _steps(
    old: Sequence[_Sign], new: Sequence[_Sign], defaults: Mapping[str, str]
) -> tuple[list[_Step], dict[str, str]]:
    """Return how the one becomes the other, and the new defaults of blanks.

    A blank stays itself in each way that a page shows it, and where another number stands for it.
    """
    plain = {each.word for each in old if not each.reads}
    blanks = {read: each.word for each in old for read in each.reads if read not in plain}
    links = {(each.word, each.link) for each in old if each.link}
    here = [f"{{{each.word}}}" if each.reads else each.word for each in old]
    there = [
        f"{{{blanks[each.word]}}}"
        if each.word in blanks
        else f"{each.word}\0{each.link}"  # a link that is not there yet
        if each.link and (each.word, each.link) not in links
        else each.word
        for each in new
    ]
    numbers: dict[str, str] = {}
    steps: list[_Step] = []
    for tag, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        is_one = tag == "replace" and b - a == d - c == 1 and bool(old[a].reads)
        if is_one and new[c].word.isdecimal() and defaults.get(old[a].word, "").isdecimal():
            numbers[old[a].word] = new[c].word
            steps.append(("equal", a, b, c, d))
        else:
            steps.append((tag, a, b, c, d))
    return steps, numbers


# --- the new source -------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A piece of the new source: its words, its place in the old one, and in what was typed.

    `first` and `last` number its signs in the old source; -1 where it was typed.
    """

    words: str
    span: tuple[int, int] | None
    typed: tuple[int, int]
    first: int = -1
    last: int = -1


class _Pieces:
    """The new source as it is put together: what stays from the old one, the rest as typed."""

    def __init__(
        self,
        source: str,
        old: Sequence[_Sign],
        typed: str,
        new: Sequence[_Sign],
        steps: Sequence[_Step],
    ) -> None:
        self.source, self.old, self.typed, self.new, self.steps = source, old, typed, new, steps
        stays = [(tag == "equal", range(a, b), range(c, d)) for tag, a, b, c, d in steps]
        self.kept = _complete(old, [mine for equal, mine, _ in stays if equal])
        self.fresh = _complete(new, [theirs for equal, _, theirs in stays if not equal])

    def all(self) -> list[_Piece]:
        """Return all pieces, in their order."""
        found: list[_Piece] = []
        for tag, a, b, c, d in self.steps:
            for at in range(c, d):
                mine = a + at - c if tag == "equal" and at - c < b - a else -1
                piece = self._old(mine, at) if mine >= 0 else self._new(at)
                last = found[-1] if found else None
                if last and piece.span and last.span == piece.span and last.first >= 0:
                    found[-1] = last._replace(typed=(last.typed[0], piece.typed[1]), last=mine)
                elif last and not piece.span and not last.span and last.typed == piece.typed:
                    continue  # a link that was typed is one piece
                else:
                    found.append(piece)
        return found

    def _old(self, mine: int, at: int) -> _Piece:
        sign, typed = self.old[mine], (self.new[at].start, self.new[at].end)
        if sign.whole is None:
            return _Piece(
                self.source[sign.start : sign.end], (sign.start, sign.end), typed, mine, mine
            )
        if mine in self.kept:
            return _Piece(self.source[slice(*sign.whole)], sign.whole, typed, mine, mine)
        return _Piece(self.source[sign.start : sign.end], None, typed)

    def _new(self, at: int) -> _Piece:
        sign = self.new[at]
        span = sign.whole if sign.whole and at in self.fresh else (sign.start, sign.end)
        return _Piece(self.typed[slice(*span)], None, span)


def _complete(signs: Sequence[_Sign], stretches: Sequence[range]) -> set[int]:
    """Return the signs of links that lie whole within one stretch."""
    of_link: dict[tuple[int, int], list[int]] = {}
    for at, sign in enumerate(signs):
        if sign.whole:
            of_link.setdefault(sign.whole, []).append(at)
    return {
        at
        for every in of_link.values()
        if any(every[0] in stretch and every[-1] in stretch for stretch in stretches)
        for at in every
    }


def _with_gaps(source: str, typed: str, pieces: Sequence[_Piece]) -> Iterator[str]:
    """Yield the pieces and what stands between them: as in the old source where both stay."""
    last: _Piece | None = None
    for each in pieces:
        if last is not None and last.span and each.span and each.first == last.last + 1:
            yield source[last.span[1] : each.span[0]]
        elif last is not None:
            between = typed[last.typed[1] : each.typed[0]]
            new_paragraph = re.search(r"\n[ \t]*\n", between)
            yield "\n\n" if new_paragraph else " " if any(map(str.isspace, between)) else ""
        yield each.words
        last = each
