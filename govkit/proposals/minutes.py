"""Minutes of a meeting as somebody filled them in: who was there, what members said, what was
decided. What is read is proposed; a person files it.

Only words that name a position are one. Empty rows are passed over, half-filled ones are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from govkit.records.enumerations import STANCES, Stance
from govkit.source.grids import Row
from govkit.source.nearest import nearest

MEETING = ("The meeting", "Filled in")
PRESENT = ("Member", "Name", "Present")
POSITIONS = ("Proposal", "Member", "Position", "Only for these texts", "Reason, in their own words")
DECISIONS = ("No.", "What was decided", "About", "Who does it, until when")
EVENT = "Event"
"""The row of the first table that names the entry of the meeting."""
_YES = frozenset(("yes", "y", "x", "\u2713", "\u2714", "\u2611", "present", "oui", "s\u00ed", "si"))
_NO = frozenset(("", "no", "n", "-", "\u2013", "\u2610", "absent", "non", "excused"))
_SAID: dict[str, Stance] = {
    "consents": "consent",
    "reservation": "consent-with-reservation",
    "consent with a reservation": "consent-with-reservation",
    "stands aside": "stand-aside",
    "objects": "object",
    "objection": "object",
    "abstains": "abstain",
    "abstention": "abstain",
    "withdraws": "withdraw",
}
_NO_POSITION = "no position: it has to be said in so many words"
_MOST_TABLES = 50


class MinutesFault(NamedTuple):
    """What is wrong in a row: its table, its number in it, what, and what to do."""

    table: str
    row: int
    message: str
    help: str


class SaidPosition(NamedTuple):
    """A position as the minutes have it; no `units` means all texts of the revision."""

    row: int
    proposal: str
    member: str
    stance: Stance
    units: tuple[str, ...]
    reason: str


class DecisionWords(NamedTuple):
    """A decision as the minutes have it: its words, what it is about, and who sees to it."""

    row: int
    words: str
    about: str
    who: str


class KnownNames(NamedTuple):
    """What minutes may name: members, proposals, and texts of each proposal."""

    members: Collection[str]
    texts: Mapping[str, Collection[str]]


@dataclass
class Minutes:
    """What minutes say. With a fault in them nothing of it may be filed."""

    event: str = ""
    present: list[str] = field(default_factory=list)
    has_list: bool = False
    """Whether somebody marked who was present."""
    positions: list[SaidPosition] = field(default_factory=list)
    decisions: list[DecisionWords] = field(default_factory=list)
    faults: list[MinutesFault] = field(default_factory=list)


def read_minutes(tables: Iterable[Sequence[Row]], known: KnownNames) -> Minutes | None:
    """Return what minutes say, by the headings of their tables; None where no table has them."""
    reading = _Reading(known)
    for rows in [*tables][:_MOST_TABLES]:
        if rows:
            reading.table(rows)
    return reading.minutes if reading.found else None


class _Reading:
    def __init__(self, known: KnownNames) -> None:
        self.known, self.minutes, self.found = known, Minutes(), False

    def table(self, rows: Sequence[Row]) -> None:
        head = tuple(" ".join(cell.split()).casefold() for cell in rows[0].cells)
        for names, take in (
            (MEETING, self._meeting),
            (PRESENT, self._present),
            (POSITIONS, self._position),
            (DECISIONS, self._decision),
        ):
            columns = [head.index(name.casefold()) for name in names if name.casefold() in head]
            if len(columns) == len(names):
                self.found = True
                for row in rows[1:]:
                    cells = [row.cells[at].strip() if at < len(row.cells) else "" for at in columns]
                    take(row.number, cells)
                return

    def _meeting(self, row: int, cells: list[str]) -> None:
        if cells[0].casefold() == EVENT.casefold():
            self.minutes.event = cells[1]

    def _present(self, row: int, cells: list[str]) -> None:
        member, name, said = cells
        word = said.casefold().strip(" .")
        if word in _NO:
            return
        if word not in _YES:
            self._fault("Present", row, f"`{said}` says neither yes nor no", "Write yes or no.")
        elif not member and not name:
            self._fault(
                "Present", row, "nobody is named", "Write the member's id, or delete `yes`."
            )
        elif not member:
            # Guests are welcome, and no record is kept of them.
            self.minutes.has_list = True
        elif self._is_member("Present", row, member):
            self.minutes.has_list = True
            if member not in self.minutes.present:
                self.minutes.present.append(member)

    def _position(self, row: int, cells: list[str]) -> None:
        proposal, member, said, texts, reason = cells
        if not said:
            if reason:
                self._fault("Positions", row, f"a reason and {_NO_POSITION}", _ONE_OF)
            return
        stance = _stance(said)
        if stance is None:
            near = nearest(said.casefold(), [*STANCES, *_SAID])
            help_ = f"Did you mean {near}? {_ONE_OF}" if near else _ONE_OF
            self._fault("Positions", row, f"`{said}` is {_NO_POSITION}", help_)
        elif proposal not in self.known.texts:
            what = f"there is no proposal `{proposal}`" if proposal else "no proposal is named"
            open_ = ", ".join(self.known.texts) or "none is open"
            self._fault("Positions", row, what, f"Open: {open_}.")
        elif self._is_member("Positions", row, member) and self._has_texts(row, proposal, texts):
            if stance == "consent-with-reservation" and not reason:
                self._fault(
                    "Positions", row, "a reservation needs words", "Write what is reserved."
                )
                return
            self._take(SaidPosition(row, proposal, member, stance, _ids(texts), reason))

    def _take(self, said: SaidPosition) -> None:
        for each in self.minutes.positions:
            if (each.proposal, each.member) == (said.proposal, said.member) and (
                not (each.units and said.units) or set(each.units) & set(said.units)
            ):
                what = f"{said.member} has a position on the same in row {each.row}"
                self._fault("Positions", said.row, what, "Keep the last word, and one row for it.")
                return
        self.minutes.positions.append(said)

    def _decision(self, row: int, cells: list[str]) -> None:
        _, words, about, who = cells
        if words:
            self.minutes.decisions.append(DecisionWords(row, words, about, who))
        elif about or who:
            self._fault("Decisions", row, "the words of the decision are missing", "Write them.")

    def _is_member(self, table: str, row: int, member: str) -> bool:
        if member in self.known.members:
            return True
        near = nearest(member, [*self.known.members]) if member else None
        what = f"there is no member `{member}`" if member else "no member is named"
        help_ = f"Did you mean {near}?" if near else "Write the id, as `govkit list member` has it."
        self._fault(table, row, what, help_)
        return False

    def _has_texts(self, row: int, proposal: str, texts: str) -> bool:
        known = self.known.texts[proposal]
        for id in _ids(texts):
            if id not in known:
                what = f"{proposal} has no text `{id}`"
                self._fault("Positions", row, what, f"It has: {', '.join(known)}.")
                return False
        return True

    def _fault(self, table: str, row: int, message: str, help_: str) -> None:
        self.minutes.faults.append(MinutesFault(table, row, message, help_))


_ONE_OF = f"Write one of: {', '.join(get_args(Stance))}; or leave the cell empty."


def _stance(said: str) -> Stance | None:
    word = " ".join(said.casefold().replace("-", " ").split()).strip(" .")
    found: Iterator[Stance] = (each for each in STANCES if each.replace("-", " ") == word)
    return next(found, None) or _SAID.get(word)


def _ids(texts: str) -> tuple[str, ...]:
    words = texts.replace(",", " ").replace(";", " ").split()
    return () if [word.casefold() for word in words] in ([], ["all"]) else tuple(words)
