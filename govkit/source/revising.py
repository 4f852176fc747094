"""A record with other values, written into the file that it stands in.

What an editor changes is written anew, and nothing else: each comment, the order of the keys, the
line breaks of every text that stays, and the items of a list that only move stay as they were. The
result is read again and held against what was asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govkit.findings import Keys
from govkit.patterns import lazy_regex
from govkit.records.written import PlainScalar
from govkit.source.comments import comments, rewritten
from govkit.source.gate import Unreadable, admit
from govkit.source.layout import NotFormatted, column_of, in_brackets
from govkit.source.loader import Spots, load
from govkit.source.record_bytes import as_read, end_of_value, folded, in_a_row, items_of, mapping_of

_Edit = tuple[int, int, str]

_ROW = 110
"""Columns that a list or a mapping between brackets takes at most."""


def revised(kind: str, data: bytes, values: Mapping[str, Any], order: Sequence[str] = ()) -> bytes:
    """Return a file that holds `values`, plain data, and stays as it was wherever it can.

    `order` says where a key of the top level is put that was not there. Raises `NotFormatted`
    where the file can't be read, where the new words hold what no file may hold, or where a
    comment would be lost that does not stand in an item that is taken out.
    """
    try:
        text = admit(data, joiners=kind == "translation")
        windows = b"\r\n" in data
        text = text.replace("\r\n", "\n")
        after = _Revision(text, order).to(_as_typed(dict(values)), kind)
    except Unreadable as fault:
        raise NotFormatted(fault.message, fault.help, fault.place) from None
    return (after.replace("\n", "\r\n") if windows else after).encode()


class _Chunk(NamedTuple):
    """The lines of one item of a list, with the comments above it."""

    start: int
    end: int


class _Revision:
    """One file, read once."""

    def __init__(self, text: str, order: Sequence[str]) -> None:
        self.text, self.order, self.spots = text, order, Spots()
        self.before = load(text, self.spots)
        if not isinstance(self.before, dict):
            raise NotFormatted("the file holds no record")
        self.taken_out: list[tuple[int, int]] = []

    def to(self, values: dict[str, Any], kind: str) -> str:
        """Return the text with other values. Raises `NotFormatted` where a comment is lost."""
        after = rewritten(self.text, self._in_mapping((), self.before, values))
        admit(after.encode("utf-8", "surrogatepass"), joiners=kind == "translation")
        spots: Spots = {}
        if load(after, spots) != as_read(values):
            raise NotFormatted(
                "the words can't be written into the file without changing something else",
                "Take out what is odd in them; or edit the file itself.",
            )
        kept = Counter(
            each.words
            for each in comments(self.text, self.spots)
            if not any(start <= each.start < end for start, end in self.taken_out)
        )
        if kept - Counter(each.words for each in comments(after, spots)):
            raise NotFormatted(
                "a comment in the file would be lost",
                "Put the comments of the file on lines of their own, above what they are about.",
            )
        return after

    # --- what stands under keys -------------------------------------------------------------------

    def _in_mapping(self, at: Keys, old: dict[str, Any], new: dict[str, Any]) -> Iterator[_Edit]:
        for key in old.keys() - new.keys():
            yield self._without_key((*at, key))
        for key, value in new.items():
            if key not in old:
                yield self._with_key(at, key, value, [*old])
            elif old[key] != as_read(value):
                yield from self._changed((*at, key), old[key], value)

    def _changed(self, at: Keys, old: Any, new: Any) -> Iterator[_Edit]:
        """Yield what makes one value another: inside it where it can be, else the whole of it."""
        spot = self.spots[at]
        in_lines = not in_brackets(self.text, self.spots, at) and not self._is_in_a_row(at)
        if in_lines and old and new:
            if isinstance(old, dict) and isinstance(new, dict):
                yield from self._in_mapping(at, old, new)
                return
            if isinstance(old, list) and isinstance(new, list):
                yield self._in_list(at, old, new)
                return
        yield (spot.key_end, self._end(at), f":{self._written(at, new)}")

    def _written(self, at: Keys, new: Any) -> str:
        """Return what stands behind the colon of a key, in the style that the value had."""
        column = column_of(self.text, self.spots, at)
        few_words = isinstance(new, list) and all(
            isinstance(each, str) and " " not in each for each in new
        )
        row = in_a_row(new) if self._is_in_a_row(at) or few_words else ""
        if row and len(row) + column < _ROW:
            return f" {row}"
        lines = folded(new, column + 2) if isinstance(new, str) else []
        if lines and self.spots[at].style == ">":
            return "\n".join([" >-", *(" " * (column + 2) + line for line in lines)])
        return "\n".join(mapping_of({"x": new}, column)).partition(":")[2]

    def _is_in_a_row(self, at: Keys) -> bool:
        return self.text[self.spots[at].start : self.spots[at].start + 1] in ("[", "{")

    def _end(self, at: Keys) -> int:
        ends = (
            end_of_value(self.text, spot)
            for route, spot in self.spots.items()
            if route[: len(at)] == at
        )
        return max(ends)

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return end + 1 if end >= 0 else len(self.text)

    def _without_key(self, at: Keys) -> _Edit:
        start, end = self.spots[at].key_start, self._line_end(self._end(at))
        begin = self._line_start(start)
        if self.text[begin:start].strip():
            raise _WrittenAnew  # the first key of an item, behind its hyphen
        self.taken_out.append((start, end))
        return (begin, end, "")

    def _with_key(self, at: Keys, key: str, value: Any, there: Sequence[str]) -> _Edit:
        """Put a new key behind the one before it in the usual order, or at the end."""
        rank = {name: number for number, name in enumerate(self.order)}
        places = sorted((self.spots[(*at, each)].key_start, each) for each in there)
        before = [each for _, each in places]
        if not at and key in rank:
            before = [each for each in before if rank.get(each, len(rank)) < rank[key]] or before
        indent = self._key_column((*at, before[-1]))
        place = self._line_end(self._end((*at, before[-1])))
        lines = "\n".join(mapping_of({key: value}, indent)) + "\n"
        ended = self.text[:place].endswith("\n")
        return (place, place, lines if ended else f"\n{lines}")

    def _key_column(self, at: Keys) -> int:
        start = self.spots[at].key_start
        return start - self._line_start(start)

    # --- lists ------------------------------------------------------------------------------------

    def _in_list(self, at: Keys, old: list[Any], new: list[Any]) -> _Edit:
        chunks = self._chunks(at, old)
        start, end = chunks[0].start, chunks[-1].end
        aligned = alignment(old, as_read(new))
        indent = column_of(self.text, self.spots, (*at, 0))
        pieces = []
        for number, item in enumerate(new):
            known = aligned[number]
            if known is None:
                beside = self._is_in_a_row((*at, len(old) - 1))
                pieces.append(_item_anew(item, indent, beside))
            else:
                pieces.append(self._item((*at, known), chunks[known], old[known], item, indent))
        for gone in set(range(len(old))) - set(aligned):
            self.taken_out.append(chunks[gone])
        return (start, end, "".join(pieces))

    def _item(self, at: Keys, chunk: _Chunk, old: Any, new: Any, indent: int) -> str:
        """Return the lines of an item that stays, with what changed in it."""
        source = self.text[chunk.start : chunk.end]
        source += "" if source.endswith("\n") else "\n"
        if old == as_read(new):
            return source
        try:
            if not (isinstance(old, dict) and isinstance(new, dict)) or self._is_in_a_row(at):
                raise _WrittenAnew
            edits = [*self._in_mapping(at, old, new)]
        except _WrittenAnew:
            start, end = self._line_start(self.spots[at].start), self._line_end(self._end(at))
            edits = [(start, end, _item_anew(new, indent, self._is_in_a_row(at)))]
        shift = chunk.start
        return rewritten(source, [(a - shift, b - shift, words) for a, b, words in edits])

    def _chunks(self, at: Keys, old: list[Any]) -> list[_Chunk]:
        starts = []
        for number in range(len(old)):
            begin = self._line_start(self._hyphen((*at, number)))
            floor = self._line_end(self.spots[at].key_end) if number == 0 else 0
            floor = floor or self._line_end(self._end((*at, number - 1)))
            starts.append(self._above(begin, floor))
        ends = [*starts[1:], self._line_end(self._end((*at, len(old) - 1)))]
        return [_Chunk(start, end) for start, end in zip(starts, ends, strict=True)]

    def _hyphen(self, at: Keys) -> int:
        spot = self.spots[at]
        found = self.text.rfind("-", self._line_start(spot.start), spot.start + 1)
        return found if found >= 0 else spot.start

    def _above(self, begin: int, floor: int) -> int:
        """Return where the comments begin that stand above an item."""
        while begin > floor:
            line = self._line_start(begin - 1)
            if line < floor or not self.text[line:begin].lstrip().startswith("#"):
                break
            begin = line
        return begin


class _WrittenAnew(Exception):
    """A change that can't be made inside an item of a list: all of it is written anew."""


def _item_anew(item: Any, indent: int, between_brackets: bool) -> str:
    row = in_a_row(item) if between_brackets else ""
    if row and len(row) + indent < _ROW:
        return f"{' ' * indent}- {row}\n"
    return "\n".join(items_of([item], indent)) + "\n"


def _as_typed(value: Any) -> Any:
    """Return plain data in which a number without quotes is a number, so that it gets none."""
    if isinstance(value, dict):
        return {key: _as_typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_typed(each) for each in value]
    if isinstance(value, PlainScalar) and _NUMBER.fullmatch(value):
        return int(value)
    return str(value) if isinstance(value, str) else value


_NUMBER = lazy_regex(r"0|-?[1-9][0-9]{0,14}")


def alignment(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return for each new item of a list which old one it is: the same, or the one of its name.

    An item that is neither is taken for the old one at its place, if nobody else is.
    """
    found: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    for same in (lambda a, b: a == b, _has_same_name):
        for number, item in enumerate(new):
            if found[number] is None:
                match = next((each for each in free if same(old[each], item)), None)
                if match is not None:
                    found[number] = match
                    del free[match]
    for number, item in enumerate(new):
        if found[number] is None and number in free and not _has_other_name(old[number], item):
            found[number] = number
            del free[number]
    return found


def _name(item: Any) -> Any:
    return item.get("id") or item.get("source") if isinstance(item, dict) else None


def _has_same_name(old: Any, new: Any) -> bool:
    return _name(old) is not None and _name(old) == _name(new)


def _has_other_name(old: Any, new: Any) -> bool:
    return isinstance(new, dict) and "id" in new and _name(old) != _name(new)
