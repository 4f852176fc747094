"""The edits of one record, made one by one in its file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from govkit.corpus.documents import Document
from govkit.languages.words import ForcePreset
from govkit.proposals.suggestions.comparison import FieldComparison, compare_field, new_source
from govkit.proposals.suggestions.fields import NOTES, PrintedField
from govkit.proposals.suggestions.returned import LooseText, ReturnedText, letters_of, without_label
from govkit.proposals.suggestions.rewording import BlankChange, NotReworded, reworded
from govkit.proposals.suggestions.values import (
    SuggestedEdit,
    Suggestion,
    Texts,
    UnplacedWords,
    name_of,
)
from govkit.proposals.texts import is_adopted
from govkit.records.kinds import TEXT_KINDS
from govkit.records.normative import label
from govkit.source.layout import NotFormatted
from govkit.source.reading import read_record
from govkit.source.record_bytes import with_words
from govkit.source.value_edits import in_order, with_item_instead, with_new_item, without_item

TAKEN_OUT = "Taken out in a Word file that came back."
"""The reason of a clause that was withdrawn so, until its author gives another one."""
_NO_FILE = "the text is no longer there"
_MOST_NEW = 50
"""New clauses of one text that are taken out of one file: each is read again with all others."""


class RecordEdits:
    """One record: its file as far as it is edited, and what is told about it."""

    def __init__(
        self,
        now: Document | None,
        data: bytes,
        done: Suggestion,
        current: Mapping[tuple[str, str], PrintedField],
        removed_by: Mapping[str, set[str]],
        carries: ForcePreset | None,
    ) -> None:
        """Take a record with its bytes; what is drawn up goes into `done`."""
        self.now, self.data, self.done = now, data, done
        self.current, self.removed_by, self.carries = current, removed_by, carries
        self.blanks: dict[str, str] = {}
        self._given: list[str] = []
        self.new_clauses: list[tuple[str, ReturnedText]] = []
        """New clauses, each with the id of the clause that it stands behind."""

    def take(self, fields: Sequence[PrintedField], loose: list[LooseText], texts: Texts) -> None:
        """Make the edits of the record that a file asks for."""
        of = self.done.placement.of
        heads = self._heads(fields)
        for each in fields:
            if of.get(each.key):
                self._field(compare_field(each, of[each.key]), heads)
        self._limits([each for each in fields if each in self.done.placement.missing], texts)
        self._loose(fields, loose, heads)
        if self.now is not None and self.now.kind in TEXT_KINDS:
            self._clauses(fields, texts)

    # --- words of fields --------------------------------------------------------------------------

    def _heads(self, fields: Sequence[PrintedField]) -> set[tuple[str, int]]:
        """Return how the first paragraphs of clauses are set: style, and depth of their list."""
        of = self.done.placement.of
        found = set()
        for each in fields:
            for text in of.get(each.key, ())[:1]:
                if each.is_clause and text.words:
                    found.add((text.look[0], text.look[2]))
        return found

    def _is_head(self, text: ReturnedText, heads: set[tuple[str, int]]) -> bool:
        # A sign before an item, as of a list behind the clauses, is the label of none.
        return bool(letters_of(text.label)) and (text.look[0], text.look[2]) in heads

    def _field(self, compared: FieldComparison, heads: set[tuple[str, int]]) -> None:
        if compared.field.is_clause:
            self._take_new_clauses(compared, heads)
        printed = compared.field
        words = "\n".join(text.words for _, text in compared.order)
        is_note = printed.keys[-1] in NOTES
        if compared.is_same or (is_note and words.split() == printed.words.split()):
            return
        now = self.current.get((printed.document.path, printed.tag))
        if now is None:
            self._list(words, printed, _NO_FILE)
            return
        if now.words == words:
            return  # the folder has these words already
        if is_note and printed.wording.flaws:
            if letters_of(_TARGET.sub("]", printed.source)) == letters_of(words):
                return
            self._list(words, printed, "this note has a form of its own, as a list or a heading")
            return
        data, listed = self.data, len(self.done.unplaced)
        try:
            new = new_source(compared, now)
            if new.source != now.source:
                self.data = self._valid(with_words(*self._file(), now.keys, new.source))
        except (NotReworded, NotFormatted) as reason:
            self._list(words, printed, str(reason))
            return
        remarks = [*new.remarks, *self._set_blanks(new.blanks, printed)]
        remarks += self._set_force(now, words)
        if self.data == data and len(self.done.unplaced) > listed:
            return  # all that it asked for is listed, as a value that its blank does not allow
        keys = {printed.key, *(block.key for block in printed.blocks)}
        authors = {who for key in keys for who in self.removed_by.get(key, ())}
        authors |= {who for _, text in compared.order for who in text.authors}
        self._tell("reworded", printed, words, authors, remarks)

    def _take_new_clauses(self, compared: FieldComparison, heads: set[tuple[str, int]]) -> None:
        """Take paragraphs that are set as clauses out of the field in which they were typed."""
        first = compared.order[0] if compared.order else None
        for before, text in [*compared.added]:
            if (
                before >= 0
                and self._is_head(text, heads)
                and first is not None
                and first[1] != text
            ):
                compared.added.remove((before, text))
                compared.order.remove((None, text))
                self.new_clauses.append((compared.field.clause, text))

    def _set_force(self, now: PrintedField, words: str) -> Iterator[str]:
        """Let the force of a clause follow its words, where it did so before."""
        if not now.is_clause or self.now is None:
            return
        record: Any = self.now.record
        force = record.clauses[now.keys[1]].force
        said = _force_of(words, self.carries)
        # Where no word of force is left, what is meant is for its author to say.
        if said in (force, "declares") or _force_of(now.words, self.carries) != force:
            return
        with suppress(NotFormatted):
            keys = (*now.keys[:-1], "force")
            self.data = self._valid(with_words(*self._file(), keys, said))
            yield f"its force is `{said}` now, as its words say, and was `{force}`"

    def _set_blanks(self, changed: Sequence[BlankChange], printed: PrintedField) -> Iterator[str]:
        """Give blanks their new values; yield what has to be told."""
        for each in changed:
            if each.name in self.blanks:
                if self.blanks[each.name] != each.new:
                    self._list(each.new, printed, f"the blank `{each.name}` got two values")
                continue
            try:
                self.blanks[each.name] = each.new
                value = self._value(each)
                keys = ("parameters", each.name, "default")
                self.data = self._valid(with_words(*self._file(), keys, str(value)))
            except (NotReworded, NotFormatted) as reason:
                self._list(f"[{each.new}]", printed, str(reason))
                continue
            yield f"the blank `{each.name}` is {each.new} by default now, and was {each.old}"

    def _value(self, change: BlankChange) -> int | str:
        parameter = getattr(self.now and self.now.record, "parameters", {}).get(change.name)
        if parameter is None:
            raise NotReworded(f"there is no blank `{change.name}`")
        if parameter.type == "text":
            return change.new
        if not change.new.isdecimal() or len(change.new) > 6:
            raise NotReworded(f"the blank `{change.name}` takes a whole number")
        value = int(change.new)
        least, most = parameter.minimum, parameter.maximum
        if least is not None and value < least:
            raise NotReworded(f"{value} is less than {least}, the least of `{change.name}`")
        if most is not None and value > most:
            raise NotReworded(f"{value} is more than {most}, the most of `{change.name}`")
        return value

    # --- clauses and limits -----------------------------------------------------------------------

    def _limits(self, missing: Sequence[PrintedField], texts: Texts) -> None:
        """Take out conditions and exceptions that are gone, from the last one on."""
        gone = {each.clause for each in missing if each.is_clause}
        for each in sorted(missing, key=lambda each: str(each.keys), reverse=True):
            if each.is_clause or (each.clause and each.clause in gone):
                continue
            now = self.current.get((each.document.path, each.tag))
            if now is None:
                continue
            if not isinstance(each.keys[-1], int) or not self._is_deletion(texts):
                self._list(each.words, each, "they are not in the file that came back")
                continue
            if now.source != each.source:
                self._list(each.words, each, "taken out, but changed since the file was printed")
                continue
            try:
                self.data = self._valid(without_item(*self._file(), now.keys))
            except NotFormatted as reason:
                self._list(each.words, each, str(reason))
            else:
                self._tell("taken-out", each, "", self.removed_by.get(each.key, set()), ())

    def _is_deletion(self, texts: Texts) -> bool:
        """Say whether what is not in the file was taken out, and not simply left out."""
        return texts.whole and not self.done.placement.marks_lost

    def _loose(
        self, fields: Sequence[PrintedField], loose: list[LooseText], heads: set[tuple[str, int]]
    ) -> None:
        """Take words that stand between the clauses of this record as new clauses."""
        for each in [*loose]:
            before, behind = each.before, each.behind
            if before is None or before.document.path != fields[0].document.path:
                continue
            in_clauses = bool(before.clause) and before.keys[0] == "clauses"
            goes_on = (
                behind is not None
                and behind.document.path == before.document.path
                and bool(behind.clause)
            )
            words = each.text.words
            like_clause = without_label(words) != words or (
                _force_of(words, self.carries) != "declares"
            )
            if in_clauses and (self._is_head(each.text, heads) or (goes_on and like_clause)):
                loose.remove(each)
                self.new_clauses.append((before.clause, each.text))

    def _clauses(self, fields: Sequence[PrintedField], texts: Texts) -> None:
        record: Any = self.now and self.now.record
        ids = [clause.id for clause in record.clauses]
        printed = {each.clause: each for each in fields if each.is_clause}
        gone = [id for id in printed if printed[id] in self.done.placement.missing and id in ids]
        if gone and (not self._is_deletion(texts) or len(gone) == len(printed)):
            why = "the clause is not in the file that came back"
            for id in gone:
                self._list(printed[id].words, printed[id], why)
            gone = []
        for id in [*gone]:
            now = self.current.get((printed[id].document.path, printed[id].tag))
            if now is not None and now.source != printed[id].source:
                why = "taken out, but changed since the file was printed"
                self._list(printed[id].words, printed[id], why)
                gone.remove(id)
        ids = self._move(ids, printed)
        for at in range(len(ids) - 1, -1, -1):
            for _, text in reversed([new for new in self.new_clauses if new[0] == ids[at]]):
                self._add(at, ids, text, texts)
            if ids[at] in gone:
                self._take_out(at, printed[ids[at]], texts.today)

    def _move(self, ids: list[str], printed: Mapping[str, PrintedField]) -> list[str]:
        """Put the clauses into the order of the file, and return it."""
        of = self.done.placement.of
        here = [id for id in printed if of.get(printed[id].key) and id in ids]
        wanted = sorted(here, key=lambda id: of[printed[id].key][0].at)
        if wanted == here:
            return ids
        order = _with_others(ids, wanted)
        moved = _moved(here, wanted)
        try:
            places = [ids.index(id) for id in order]
            self.data = self._valid(in_order(*self._file(), ("clauses",), places))
        except NotFormatted as reason:
            for id in moved:
                self._list(printed[id].words, printed[id], f"moved, but {reason}")
            return ids
        for id in moved:
            authors = set(self.removed_by.get(printed[id].key, ()))
            self._tell("moved", printed[id], printed[id].words, authors, ())
        return order

    def _add(self, at: int, ids: Sequence[str], text: ReturnedText, texts: Texts) -> None:
        record: Any = self.now and self.now.record
        words = without_label(text.words)
        try:
            if len(self._given) >= _MOST_NEW:
                raise NotReworded(f"more than {_MOST_NEW} new clauses came for one text")
            id = _next_id([*[clause.id for clause in record.clauses], *self._given])
            source = reworded("", (), {}, words).source
            item = self._clause(id, source, words, at, ids)
            self.data = self._valid(with_new_item(*self._file(), ("clauses", at), item))
        except (NotReworded, NotFormatted) as reason:
            self.done.unplaced.append(
                UnplacedWords(words, f"after {record.id}({ids[at]})", str(reason))
            )
            return
        self._given.append(id)
        force = item["force"]
        remark = f"its force is taken from its words: {force}; look at it, and at whom it addresses"
        self._new_edit("added", f"({id})", "", words, text.authors, (remark,))

    def _clause(
        self, id: str, source: str, words: str, at: int, ids: Sequence[str]
    ) -> dict[str, Any]:
        force = _force_of(words, self.carries)
        record: Any = self.now and self.now.record
        item: dict[str, Any] = {"id": id, "force": force}
        if force != "declares":
            by_id = {clause.id: clause for clause in record.clauses}
            near = [by_id[each] for each in (*reversed(ids[: at + 1]), *ids[at + 1 :])]
            like = next((each for each in near if getattr(each, "addressee", ())), None)
            for name in ("addressee", "beneficiary"):
                parties = [*getattr(like, name, ())]
                if parties:
                    item[name] = parties[0] if len(parties) == 1 else parties
        return item | {"text": source}

    def _take_out(self, at: int, printed: PrintedField, today: datetime.date) -> None:
        keys = ("clauses", at)
        try:
            if is_adopted(self.now):
                tombstone = {"reason": TAKEN_OUT, "on": today}
                item = {"id": printed.clause, "withdrawn": tombstone}
                self.data = self._valid(with_item_instead(*self._file(), keys, item))
            else:
                self.data = self._valid(without_item(*self._file(), keys))
        except NotFormatted as reason:
            self._list(printed.words, printed, f"taken out, but {reason}")
        else:
            self._tell("taken-out", printed, "", self.removed_by.get(printed.key, set()), ())

    # --- the file, and what is told ---------------------------------------------------------------

    def _file(self) -> tuple[str, str, bytes]:
        assert self.now is not None
        assert self.now.kind is not None
        return self.now.path, self.now.kind, self.data

    def _valid(self, data: bytes) -> bytes:
        """Return a file that is a record still. Raises `NotFormatted` where it is none."""
        path, kind, _ = self._file()
        record, faults = read_record(path, kind, data)
        if record is None:
            why = faults[0].message if faults else "the record can't be read any more"
            raise NotFormatted(f"then {why}")
        return data

    def _list(self, words: str, near: PrintedField, why: str) -> None:
        self.done.unplaced.append(UnplacedWords(words, name_of(near), why))

    def _tell(
        self, what: str, printed: PrintedField, new: str, authors: set[str], remarks: Sequence[str]
    ) -> None:
        place = name_of(printed).removeprefix(printed.document.id).lstrip(", ")
        self._new_edit(what, place, printed.words, new, authors, remarks)

    def _new_edit(
        self, what: str, place: str, old: str, new: str, authors: Any, remarks: Sequence[str]
    ) -> None:
        assert self.now is not None
        self.done.edits.append(
            SuggestedEdit(
                what,
                self.now.id,
                self.now.path,
                place,
                old,
                new,
                tuple(sorted(authors)),
                tuple(remarks),
            )
        )


_TARGET = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\))?\)")
"""Where a link leads, which is not printed."""


def _with_others(ids: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return ids in the wanted order; each other one stays behind the one that it stood behind."""
    order = [*wanted]
    for at, id in enumerate(ids):
        if id not in order:
            before = next((each for each in reversed(ids[:at]) if each in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, id)
    return order


def _moved(was: Sequence[str], is_: Sequence[str]) -> list[str]:
    """Return the fewest ids that have to move to make one order of another."""
    best: dict[int, list[str]] = {}
    for id in is_:
        before = [row for last, row in best.items() if last < was.index(id)]
        best[was.index(id)] = [*max(before, key=len, default=[]), id]
    stays = max(best.values(), key=len, default=[])
    return [id for id in is_ if id not in stays]


def _next_id(ids: Sequence[str]) -> str:
    """Return the id of a new clause: the one behind the last, as these ids go on.

    Raises `NotReworded` where no letters are left.
    """
    if ids and all(id.isdecimal() for id in ids):
        width = max(map(len, ids))
        return f"{max(map(int, ids)) + 1:0{width}d}"
    letters = [label("a", number) for number in range(1, 26 * 27 + 1)]
    last = max((letters.index(id) for id in ids if id in letters), default=-1)
    free = next((each for each in letters[last + 1 :] if each not in ids), None)
    if free is None:
        raise NotReworded("no letter is left for another clause of this text")
    return free


def _force_of(words: str, carries: ForcePreset | None) -> str:
    """Return the force that words have by the first word of force in them."""
    found: list[tuple[int, int, str]] = []
    for by_force in (carries.carries, carries.instead) if carries is not None else ():
        for force, several in by_force.items():
            for each in several:
                hit = re.search(rf"\b{re.escape(each)}\b", words, re.IGNORECASE)
                if hit is not None:
                    found.append((hit.start(), -len(each), force))
    return min(found)[2] if found else "declares"
