"""What became of each adopted clause on the new page: the same, other numbers, other words, gone.

The clauses of the old page are found word for word; on the new one, by the blocks that theirs
became. What stands right behind a clause and reads like a limit of it belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from govkit.adoption.change_of_terms.page_pairs import PageBlock, Pair, pairs_of
from govkit.adoption.page_check import PlacedUnit, placed_units
from govkit.adoption.printed_words import PrintedUnit
from govkit.languages.catalogue import Messages

ClauseState = Literal["same", "moved", "changed", "gone", "not-there"]
LimitKind = Literal["condition", "exception"]


class NewLimit(NamedTuple):
    """A condition or exception as it stands on the new page."""

    kind: LimitKind
    blocks: tuple[PageBlock, ...]


class ClauseOnPage(NamedTuple):
    """A unit of the terms, and what stands in its place on the new page.

    `number` is its own on the old page; `old` are the words there. Of a unit that did not change,
    `main` and `limits` are empty; `not-there` says that it did not stand on the old page either.
    """

    unit: PrintedUnit
    state: ClauseState
    old: tuple[PageBlock, ...] = ()
    main: tuple[PageBlock, ...] = ()
    limits: tuple[NewLimit, ...] = ()

    @property
    def new(self) -> tuple[PageBlock, ...]:
        """Return all its blocks on the new page."""
        return (*self.main, *(block for limit in self.limits for block in limit.blocks))


class OwnPassage(NamedTuple):
    """A passage that is no clause of the provisions: as it was and as it is, one may be empty.

    `part` says of what it is: the platform's `own` text, the `frame` of the adopted sections, a
    `definition`, or a `heading`. `after` is the number of the adopted clause that it stands behind
    where it stands among them.
    """

    old: str
    new: str
    part: Literal["own", "frame", "definition", "heading"]
    after: str = ""


class PagesCompared(NamedTuple):
    """Two versions of a page: every unit of the terms, and every other passage that changed."""

    clauses: tuple[ClauseOnPage, ...]
    passages: tuple[OwnPassage, ...]


class OldPage(NamedTuple):
    """The old page with the unit that each block belongs to, by its place in `units`."""

    blocks: tuple[PageBlock, ...]
    units: tuple[PlacedUnit, ...]
    owner: tuple[int | None, ...]


def old_page(units: Sequence[PrintedUnit], blocks: Sequence[PageBlock]) -> OldPage:
    """Return a page on which the units of the terms are found."""
    text = "\n\n".join(each.text for each in blocks)
    placed = placed_units(units, text)
    ends = list(accumulate(len(each.words) for each in blocks))
    owner: list[int | None] = [None] * len(blocks)
    for at, each in enumerate(placed):
        if each.span is not None:
            first = bisect_right(ends, each.span[0])
            last = bisect_right(ends, each.span[1] - 1)
            owner[first : last + 1] = [at] * (last + 1 - first)
    return OldPage(tuple(blocks), tuple(placed), tuple(owner))


def pages_compared(old: OldPage, new: Sequence[PageBlock], said: Messages) -> PagesCompared:
    """Return what became of each unit of the old page, and what else changed."""
    return _Comparing(old, new, said).compared()


class _Comparing:
    def __init__(self, old: OldPage, new: Sequence[PageBlock], said: Messages) -> None:
        self.old, self.new = old, new
        self.pairs = pairs_of(old.blocks, new)
        self.limits = _limit_words(said)
        self.owned = self._owned()
        self.were = _by_unit(enumerate(old.owner))
        self.are = _by_unit(sorted(self.owned.items()))

    def compared(self) -> PagesCompared:
        clauses = tuple(map(self._clause, range(len(self.old.units))))
        return PagesCompared(clauses, tuple(self._passages()))

    @cached_property
    def placed(self) -> tuple[PlacedUnit, ...]:
        """Return where each unit stands on the new page, however its blocks are cut there."""
        text = "\n\n".join(each.text for each in self.new)
        return tuple(placed_units([each.unit for each in self.old.units], text))

    @cached_property
    def moved(self) -> frozenset[int]:
        """Return the units that stand before one that stood before them."""
        begins = sorted((blocks[0], unit) for unit, blocks in self.are.items())
        at = {unit: n for n, unit in enumerate(sorted(self.are))}
        order = [at[unit] for _, unit in begins]
        kept = {begins[n][1] for n in _longest_rising(order)}
        return frozenset(unit for _, unit in begins if unit not in kept)

    # --- which block of the new page belongs to which unit ----------------------------------------

    def _owned(self) -> dict[int, int]:
        """Return the unit of each block of the new page that belongs to one."""
        owned: dict[int, int] = {}
        last: int | None = None
        waiting: list[int] = []
        for pair in self.pairs:
            unit = None if pair.old is None else self.old.owner[pair.old]
            if pair.new is None:
                continue
            if pair.old is None:
                waiting.append(pair.new)
                if last is not None and len(waiting) == 1 and self._is_limit(pair.new):
                    owned[pair.new] = last
                    waiting.pop()
                continue
            if unit is not None and unit == last:
                owned |= dict.fromkeys(waiting, unit)  # what came in its middle
            waiting = []
            if unit is not None:
                owned[pair.new] = unit
            last = unit
        return owned

    def _is_limit(self, at: int) -> bool:
        block = self.new[at]
        return self._limit_of(block) is not None or (
            not block.number and (block.style == "item" or bool(_ITEM.match(block.text)))
        )

    def _limit_of(self, block: PageBlock) -> LimitKind | None:
        for kind, begins in self.limits:
            if begins.match(block.text):
                return kind
        return None

    # --- clauses ----------------------------------------------------------------------------------

    def _clause(self, at: int) -> ClauseOnPage:
        was = self.old.units[at]
        old = tuple(self.old.blocks[n] for n in self.were.get(at, ()))
        new = [self.new[n] for n in self.are.get(at, ())]
        if was.span is None:
            return ClauseOnPage(was.unit, "not-there")
        if self._is_same(at, old, new):
            state: ClauseState = "moved" if at in self.moved else "same"
            return ClauseOnPage(was.unit, state, old)
        if not new:
            return ClauseOnPage(was.unit, "gone", old)
        main, limits = self._parts(new)
        return ClauseOnPage(was.unit, "changed", old, main, limits)

    def _is_same(self, at: int, old: Sequence[PageBlock], new: Sequence[PageBlock]) -> bool:
        if [each.words for each in old] == [each.words for each in new]:
            return True
        return self.placed[at].span is not None and _size(new) <= _size(old)

    def _parts(
        self, blocks: Sequence[PageBlock]
    ) -> tuple[tuple[PageBlock, ...], tuple[NewLimit, ...]]:
        main: list[PageBlock] = []
        limits: list[NewLimit] = []
        for block in blocks:
            kind = self._limit_of(block)
            if kind is not None:
                bare = dict(self.limits)[kind].sub("", block.text, count=1)
                limits.append(NewLimit(kind, (block._replace(text=bare),)))
            elif limits:
                limits[-1] = NewLimit(limits[-1].kind, (*limits[-1].blocks, block))
            else:
                main.append(block)
        return tuple(main), tuple(limits)

    # --- everything else --------------------------------------------------------------------------

    def _passages(self) -> Iterator[OwnPassage]:
        last = ""
        seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        for pair in self.pairs:
            unit = None if pair.old is None else self.old.owner[pair.old]
            if pair.new is not None:
                unit = self.owned.get(pair.new, unit)
            kind = None if unit is None else self.old.units[unit].unit.kind
            if kind == "clause":
                assert unit is not None
                last = self.old.units[unit].unit.number
                continue
            was, is_ = self._sides(pair)
            sides = (was.words if was else (), is_.words if is_ else ())
            if sides[0] == sides[1] or sides in seen:
                last = "" if kind is None and pair.old is not None else last
                continue
            seen.add(sides)
            among = last if kind is None and pair.old is None else ""
            texts = (was.text if was else "", is_.text if is_ else "")
            yield OwnPassage(*texts, _part_of(kind, was or is_), among)

    def _sides(self, pair: Pair) -> tuple[PageBlock | None, PageBlock | None]:
        was = None if pair.old is None else self.old.blocks[pair.old]
        return was, None if pair.new is None else self.new[pair.new]


def _part_of(
    kind: str | None, block: PageBlock | None
) -> Literal["own", "frame", "definition", "heading"]:
    if kind == "definition":
        return "definition"
    if kind in ("frame", "reading"):
        return "frame"
    return "heading" if block is not None and block.style == "heading" else "own"


def _size(blocks: Sequence[PageBlock]) -> int:
    return sum(len(block.words) for block in blocks)


def _by_unit(pairs: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    """Return the blocks of each unit, from pairs of a block and its unit."""
    found: dict[int, list[int]] = {}
    for block, unit in pairs:
        if unit is not None:
            found.setdefault(unit, []).append(block)
    return found


def _longest_rising(row: Sequence[int]) -> list[int]:
    """Return the places of a longest row of rising numbers: what stayed where it was."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, number in enumerate(row):
        at = bisect_left(tails, number)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        last[at : at + 1] = [n]
    found, n = [], last[-1] if last else -1
    while n >= 0:
        found.append(n)
        n = before[n]
    return found[::-1]


_ITEM = re.compile(r"\([a-z0-9]{1,4}\)\s")


def _limit_words(said: Messages) -> tuple[tuple[LimitKind, re.Pattern[str]], ...]:
    """Return how conditions and exceptions begin in print; of several, each with its number."""
    found: list[tuple[LimitKind, re.Pattern[str]]] = []
    for kind in ("condition", "exception"):
        several = re.escape(said[f"adopt.{kind}s"]).replace(re.escape("{number}"), r"\d+")
        one = re.escape(said[f"adopt.{kind}"])
        name: LimitKind = "condition" if kind == "condition" else "exception"
        found.append((name, re.compile(rf"(?:{several}|{one})\s*[:.\u2013\u2014]\s*", re.I)))
    return tuple(found)
