"""Which cell of an old table became which one of the new: rows by what they hold, then columns.

The first cell of a row names it. A row whose cells are all the same stayed or moved; of the others
those belong together that have the same name, or half of their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from govkit.corpus.redline.matching import matching_rows
from govkit.corpus.redline.pairing import ALIKE, heaviest
from govkit.corpus.redline.regions import TEXT, Region
from govkit.source.text_blocks import TextBlock

_MOST_COMPARED = 10_000
"""Rows of one gap times rows of the other; in larger ones only rows of one name are compared."""
_COLUMNS_JUDGED_BY = 200
"""Rows that are looked at to find out which column is which."""
_CELLS_JUDGED_BY = 100
_SEPARATOR = "\x1f"

Row = dict[int, str]
"""The words of a row by column, from 1."""
_Key = tuple[str, int]
"""A table: the part that it is in, and its number there."""


class Place(NamedTuple):
    """Where a block stands: its region, and of a cell the table, row and column in both texts laid
    over each other. `row_alone` says that the row stands on one side only, or moved; `column_alone`
    that the column stands on one side only.
    """

    region: Region
    table: int = 0
    row: int = 0
    column: int = 0
    row_alone: bool = False
    column_alone: bool = False


Places = tuple[list[Place], list[Place]]


def places_of(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Places:
    """Return the place of each block of two texts; `Region.start` is in `as_one_text`."""
    tables_old, tables_new = _tables(old), _tables(new)
    if not tables_old and not tables_new:  # most texts; what follows reads each of their words
        return _placed(old, {}, "<"), _placed(new, {}, ">")
    prose = _prose(old), _prose(new)
    cells: tuple[dict[object, Place], dict[object, Place]] = ({}, {})
    same = [*_same_tables(tables_old, tables_new)]
    stay = _stay(old, new, same)
    for number, (was, became) in enumerate(same, 1):
        sides = tables_old.get(was, {}), tables_new.get(became, {})
        laid = _laid(*sides, number, moves=(was, became) not in stay)
        for side, key, there, other in zip(
            cells, (was, became), laid, reversed(prose), strict=True
        ):
            if len(laid[0]) * len(laid[1]) == 0 and _is_in(sides[0] or sides[1], other):
                there = {at: _as_prose(place) for at, place in there.items()}
            side.update(((key, at), place) for at, place in there.items())
    return _placed(old, cells[0], "<"), _placed(new, cells[1], ">")


def _stay(
    old: Sequence[TextBlock], new: Sequence[TextBlock], same: list[tuple[_Key, _Key]]
) -> set[tuple[object, object]]:
    """Return the tables that stand in both texts, in one order with most of the text and of the
    other tables; the others crossed it.
    """
    sizes: tuple[dict[object, int], dict[object, int]] = ({}, {})
    for side, blocks in zip(sizes, (old, new), strict=True):
        twice = {
            text for text, count in Counter(block.text for block in blocks).items() if count > 1
        }
        for block in blocks:
            is_cell = block.style == "cell"
            if is_cell or not (block.is_beside or block.text in twice):
                unit: object = (block.part, block.cell[0]) if is_cell else block.text
                side[unit] = side.get(unit, 0) + len(block.text)
    units = [[*side] for side in sizes]
    places = [{unit: at for at, unit in enumerate(side)} for side in units]
    became: dict[object, object] = {unit: unit for unit in units[0] if isinstance(unit, str)}
    became |= same
    pairs = [
        (places[0][unit], places[1][other], float(sizes[0][unit]))
        for unit, other in became.items()
        if unit in places[0] and other in places[1]
    ]
    return {(units[0][at], units[1][to]) for at, to in heaviest(pairs)}


def _prose(blocks: Sequence[TextBlock]) -> str:
    return " ".join(" ".join(block.text.split()) for block in blocks if block.style != "cell")


def _is_in(table: dict[int, Row], prose: str) -> bool:
    """Say whether a text that has no such table holds its words all the same, as a PDF does."""
    texts = [text for row in table.values() for text in row.values()][:_CELLS_JUDGED_BY]
    return 2 * sum(" ".join(text.split()) in prose for text in texts) > len(texts)


def _as_prose(place: Place) -> Place:
    return place._replace(region=Region(0), row_alone=False, column_alone=False)


def _tables(blocks: Sequence[TextBlock]) -> dict[_Key, dict[int, Row]]:
    found: dict[_Key, dict[int, Row]] = {}
    for block in blocks:
        if block.style == "cell":
            table, row, column = block.cell
            cells = found.setdefault((block.part, table), {}).setdefault(row, {})
            before = cells.get(column)
            cells[column] = f"{before}\n{block.text}" if before else block.text
    return found


def _placed(blocks: Sequence[TextBlock], cells: dict[object, Place], side: str) -> list[Place]:
    places = []
    start = 0
    for block in blocks:
        place = cells.get(((block.part, block.cell[0]), block.cell[1:])) if cells else None
        if place is None:
            place = Place(Region(start, block.part if block.is_beside else TEXT))
        else:
            region = place.region
            prefix = "" if region.is_cell or region.name == TEXT else side
            place = place._replace(region=region._replace(start=start, name=prefix + region.name))
        places.append(place)
        start += len(block.text) + 2
    return places


def _same_tables(
    old: dict[_Key, dict[int, Row]], new: dict[_Key, dict[int, Row]]
) -> Iterator[tuple[_Key, _Key]]:
    """Yield the tables that belong together, and those alone with a key that is none."""
    none: _Key = ("", 0)
    words = [
        {
            key: Counter(" ".join(map(_words_of, table.values())).split())
            for key, table in of.items()
        }
        for of in (old, new)
    ]
    keys_old, keys_new = [*old], [*new]
    if len(old) * len(new) <= _MOST_COMPARED:
        compared = [(at, to) for at in range(len(old)) for to in range(len(new))]
    else:
        compared = [(at, at) for at in range(min(len(old), len(new)))]
    likely = [
        (at, to, _alike(words[0][keys_old[at]], words[1][keys_new[to]]) + (at == to) / 10)
        for at, to in compared
        if keys_old[at][0] == keys_new[to][0]
    ]
    pairs = dict(heaviest([each for each in likely if each[2] >= ALIKE / 2]))
    for at, to, alike in sorted(likely, key=lambda each: (-each[2], each)):
        if alike >= ALIKE and at not in pairs and to not in pairs.values():
            pairs[at] = to  # it stands elsewhere
    left_old = [at for at in range(len(old)) if at not in pairs]
    left_new = sorted({*range(len(new))} - {*pairs.values()})
    if len(left_old) == len(left_new) == 1 and len(old) == len(new) == 1:
        pairs[0] = 0
        left_old, left_new = [], []
    yield from ((keys_old[at], keys_new[to]) for at, to in sorted(pairs.items()))
    yield from ((keys_old[at], none) for at in left_old)
    yield from ((none, keys_new[at]) for at in left_new)


def _words_of(row: Row) -> str:
    return _SEPARATOR.join(text for _, text in sorted(row.items()))


def _alike(old: Counter[str], new: Counter[str]) -> float:
    """Return how much two bags of words have in common, from 0 to 1."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


# --- rows and columns of two tables that belong together ----------------------------------------


def _laid(
    old: dict[int, Row], new: dict[int, Row], number: int, *, moves: bool
) -> tuple[dict[tuple[int, int], Place], dict[tuple[int, int], Place]]:
    """Lay two tables over each other: the place of each cell by row and column. Where the table
    `moves`, all its rows do.
    """
    rows = _same_rows(old, new)
    rows_old, rows_new = [*old], [*new]
    known = {(rows_old[at], rows_new[to]) for at, to in rows}
    moved = {(rows_old[at], rows_new[to]) for at, to in _moved_rows(old, new, rows)}
    columns = _same_columns([(old[at], new[to]) for at, to in sorted(known)], old, new)
    went, came = _over_each_other(_columns(old), _columns(new), columns)
    down_old, down_new = _over_each_other(
        rows_old, rows_new, [(rows_old[at], rows_new[to]) for at, to in rows]
    )
    laid: tuple[dict[tuple[int, int], Place], dict[tuple[int, int], Place]] = ({}, {})
    paired = dict(columns)
    for at, to in (*known, *moved):
        for column, other in paired.items():
            if column in old[at] and other in new[to]:
                name = f"{number}.{at}.{column}"
                alone = moves or (at, to) in moved
                region = Region(0, name, True, alone)
                first = Place(region, number, down_old[at], went[column], alone)
                laid[0][at, column] = first
                laid[1][to, other] = first._replace(row=down_new[to], column=came[other])
    rows_kept = {at for at, _ in known}, {to for _, to in known}
    columns_kept = set(paired), set(paired.values())
    for side, table, down, over, kept, over_kept in zip(
        laid, (old, new), (down_old, down_new), (went, came), rows_kept, columns_kept, strict=True
    ):
        for row, column in ((row, column) for row, cells in table.items() for column in cells):
            region = Region(0, f"{number}.{row}.{column}")
            alone_so = row not in kept, column not in over_kept
            place = Place(region, number, down[row], over[column], *alone_so)
            side.setdefault((row, column), place)
    return laid


def _same_rows(old: dict[int, Row], new: dict[int, Row]) -> list[tuple[int, int]]:
    """Return the rows that belong together, by their places, in order."""
    keys_old, keys_new = [*map(_words_of, old.values())], [*map(_words_of, new.values())]
    pairs = [
        (match.old + step, match.new + step)
        for match in matching_rows(keys_old, keys_new)
        for step in range(match.size)
    ]
    rows_old, rows_new = [_Bag(row) for row in old.values()], [_Bag(row) for row in new.values()]
    at_old = at_new = 0
    found = list(pairs)
    for end_old, end_new in (*pairs, (len(old), len(new))):
        likely = [
            (at, to, alike)
            for at, to in _compared(rows_old, rows_new, (at_old, end_old), (at_new, end_new))
            if (alike := rows_old[at].alike(rows_new[to])) >= ALIKE
        ]
        found += heaviest(likely)
        at_old, at_new = end_old + 1, end_new + 1
    return sorted(found)


class _Bag:
    """What a row is told by: its name, its cells, its words."""

    def __init__(self, row: Row) -> None:
        self.name = row[min(row)]
        self._row = row

    @cached_property
    def _cells(self) -> Counter[str]:
        return Counter(self._row.values())

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(" ".join(self._row.values()).split())

    def alike(self, other: _Bag) -> float:
        """Return how alike two rows are, from 0 to 1; those of one name more than any other."""
        most = max(_alike(self._words, other._words), _alike(self._cells, other._cells))
        return (self.name == other.name) + most


def _compared(
    old: list[_Bag], new: list[_Bag], of_old: tuple[int, int], of_new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the rows of two gaps that come into question."""
    if (of_old[1] - of_old[0]) * (of_new[1] - of_new[0]) <= _MOST_COMPARED:
        yield from ((at, to) for at in range(*of_old) for to in range(*of_new))
        return
    named: dict[str, list[int]] = defaultdict(list)
    for to in range(*of_new):
        named[new[to].name].append(to)
    for at in range(*of_old):
        yield from ((at, to) for to in named.get(old[at].name, ())[:4])


def _moved_rows(
    old: dict[int, Row], new: dict[int, Row], rows: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the rows that stand elsewhere with the same cells."""
    taken = {at for at, _ in rows}, {to for _, to in rows}
    elsewhere: dict[str, list[int]] = defaultdict(list)
    for to, row in enumerate(new.values()):
        if to not in taken[1]:
            elsewhere[_words_of(row)].append(to)
    return [
        (at, elsewhere[key].pop(0))
        for at, row in enumerate(old.values())
        if at not in taken[0] and elsewhere.get(key := _words_of(row))
    ]


def _columns(table: dict[int, Row]) -> list[int]:
    return sorted({column for row in table.values() for column in row})


def _same_columns(
    rows: list[tuple[Row, Row]], old: dict[int, Row], new: dict[int, Row]
) -> list[tuple[int, int]]:
    """Return the columns that belong together, in order."""
    kept: Counter[tuple[int, int]] = Counter()
    for was, became in rows[:_COLUMNS_JUDGED_BY]:
        by_text: dict[str, list[int]] = defaultdict(list)
        for column, text in became.items():
            by_text[text].append(column)
        kept.update((at, to) for at, text in was.items() for to in by_text.get(text, ()))
    columns_old, columns_new = _columns(old), _columns(new)
    likely = [(at, to, count + (at == to) / 2) for (at, to), count in kept.items()]
    pairs = sorted(heaviest(likely))
    # What stands between two columns that stayed belongs together by its place.
    found = list(pairs)
    at_old = at_new = -1
    for end_old, end_new in (*pairs, (10**9, 10**9)):
        between_old = [at for at in columns_old if at_old < at < end_old]
        between_new = [at for at in columns_new if at_new < at < end_new]
        if len(between_old) == len(between_new) or not pairs:
            found += zip(between_old, between_new, strict=False)
        at_old, at_new = end_old, end_new
    return sorted(found)


def _over_each_other(
    old: list[int], new: list[int], pairs: list[tuple[int, int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Number two rows of things in one order, in which those that belong together are one."""
    numbered: tuple[dict[int, int], dict[int, int]] = ({}, {})
    partners = dict(pairs)
    ahead = iter(new)
    number = 0
    for each in (*old, None):
        partner = partners.get(each) if each is not None else None
        if partner is not None or each is None:
            for other in ahead:
                number += 1
                numbered[1][other] = number
                if other == partner:
                    number -= 1
                    break
        number += 1
        if each is not None:
            numbered[0][each] = number
    return numbered
