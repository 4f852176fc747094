"""A register as rows: what a list of its entries shows, and by what it can be narrowed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.ids import id_forms
from govkit.corpus.issue_matrix import IssueRow
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.records.regional_groups import regional_group_of
from govkit.rendering.register_columns import STATUSES_OF
from govkit.rendering.registers import rows_by_issue
from govkit.round.balance import Balance, balance_on, members_of

Cells = Mapping[str, str | tuple[str, ...]]


class RegisterRow(NamedTuple):
    """One entry: its cells by name, each a word or several.

    `ways` are the sets of words by which it is found, one for each response of an issue: what is
    asked of responses has to hold of one of them.
    """

    entry: Document
    cells: Cells
    ways: tuple[Mapping[str, str], ...] = ({},)


def register_rows(corpus: Corpus, kind: str, day: datetime.date) -> list[RegisterRow]:
    """Return the entries of a register that can be read, by id; members as they sit on a day."""
    row = _ROWS[kind]
    lookups = _Lookups(corpus, day)
    return [row(lookups, each) for each in corpus.of_kind(kind) if each.record is not None]


def narrowed(
    corpus: Corpus, kind: str, rows: Sequence[RegisterRow], asked: Mapping[str, str]
) -> list[RegisterRow]:
    """Return the rows in which all that is asked for stands.

    Raises `WrongUse` for a word that nothing in the folder has, with the nearest.
    """
    for key, word in asked.items():
        _require_known(corpus, kind, rows, key, word)
    wanted = {key: word.casefold() for key, word in asked.items()}
    return [row for row in rows if _fits(row, wanted)]


def _fits(row: RegisterRow, wanted: Mapping[str, str]) -> bool:
    return any(
        all(
            word in _words(way[key] if key in way else row.cells.get(key, ()))
            for key, word in wanted.items()
        )
        for way in row.ways
    )


def _words(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(cell, str):
        return _STAGES_MEANT.get(cell, (cell.casefold(),))
    return tuple(each.casefold() for each in cell)


_STAGES_MEANT = {
    "existing": ("existing",),
    "pending": ("pending", "prospective"),
    "possible": ("possible", "prospective"),
}


def _require_known(
    corpus: Corpus, kind: str, rows: Iterable[RegisterRow], key: str, word: str
) -> None:
    if key in ("year", "stage", "actor", "kind", "region"):
        return  # what there may be is known without looking
    known = dict.fromkeys(_known(corpus, kind, key))
    for row in rows:
        cell = row.cells.get(key, ())
        known |= dict.fromkeys((cell,) if isinstance(cell, str) else cell)
        known |= dict.fromkeys(way[key] for way in row.ways if key in way)
    known.pop("", None)
    if word.casefold() not in {each.casefold() for each in known}:
        raise WrongUse(f"no {kind} here has the {key} `{word}`", typed=word, known=sorted(known))


def _known(corpus: Corpus, kind: str, key: str) -> Iterator[str]:
    """Yield the words that may stand in a cell though no entry has them yet."""
    charter = corpus.charter
    if key == "group" and charter:
        yield from charter.groups
    elif key == "area" and charter:
        yield from charter.areas
    elif key == "status":
        yield from STATUSES_OF[kind]
    elif key == "issue":
        yield from (each.id for each in corpus.of_kind("issue"))


# --- what stands in a row -------------------------------------------------------------------------


class _Lookups:
    """What several rows are made from."""

    def __init__(self, corpus: Corpus, day: datetime.date) -> None:
        self.corpus, self.day = corpus, day
        charter = corpus.charter
        form = id_forms(charter).get("provision") if charter else None
        self.area_of: Callable[[str], str | None] = form.area_of if form else lambda id: None

    def balance(self) -> Balance:
        return self.corpus.once(self._balance)

    def _balance(self, corpus: Corpus) -> Balance:
        return balance_on(members_of(corpus), self.day)


def _issue(lookups: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    row: IssueRow = lookups.corpus.once(rows_by_issue)[entry.id]
    responses = [
        each.record
        for cell in row.responses.values()
        for each in (*cell.existing, *cell.prospective)
    ]
    answers = tuple(each.id for each in row.answers)
    provisions = (each.id for each in row.answers if each.kind == "provision")
    cells: dict[str, str | tuple[str, ...]] = {
        "id": entry.id,
        "title": record.title,
        "existing": str(row.count("existing")),
        "prospective": str(row.count("prospective")),
        "texts": str(len(answers)),
        "answered_by": answers,
        "raised_in": tuple(record.raised_in),
        "area": tuple(dict.fromkeys(filter(None, map(lookups.area_of, provisions)))),
    }
    return RegisterRow(entry, cells, tuple(map(_way, responses)) or ({},))


def _way(response: Any) -> Mapping[str, str]:
    return {
        "actor": response.actor,
        "jurisdiction": response.jurisdiction or "",
        "stage": response.stage,
    }


def _response(_: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    cells = {
        "id": entry.id,
        "title": record.title,
        "issue": record.issue,
        **_way(record),
        "who": record.who,
        "source": record.source or "",
        "locator": record.locator or "",
    }
    return RegisterRow(entry, cells)


def _initiative(_: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    countries = dict.fromkeys(each.country for each in record.organisations if each.country)
    cells = {
        "id": entry.id,
        "title": record.title,
        "kind": record.kind,
        "year": (record.year or "")[:4],
        "by": record.by or "",
        "country": tuple(countries),
        "address": record.address or "",
    }
    return RegisterRow(entry, cells)


def _event(_: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    cells = {
        "id": entry.id,
        "title": record.title,
        "kind": record.kind,
        "starts": record.starts,
        "ends": record.ends or "",
        "year": record.starts[:4],
        "place": record.place or "",
        "country": record.country or "",
        "attended": str(len(record.attended)),
        "address": record.address or "",
        "minutes": record.minutes or "",
    }
    return RegisterRow(entry, cells)


def _paper(_: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    cells = {
        "id": entry.id,
        "title": record.title,
        "status": record.status,
        "version": record.version,
        "date": record.date or "",
        "year": (record.date or "")[:4],
        "authors": tuple(each.name for each in record.authors),
        "issue": tuple(record.about),
        "call": record.call or "",
    }
    return RegisterRow(entry, cells)


def _member(lookups: _Lookups, entry: Document) -> RegisterRow:
    record: Any = entry.record
    seat = lookups.balance().members.get(entry.id)
    cells = {
        "id": entry.id,
        "title": record.name,
        "status": record.state,
        "kind": record.kind,
        "group": seat.group if seat else "",
        "country": record.country or "",
        "region": regional_group_of(record.country) or "",
        "represents": record.represents or "",
    }
    return RegisterRow(entry, cells)


_ROWS: Mapping[str, Callable[[_Lookups, Document], RegisterRow]] = {
    "issue": _issue,
    "response": _response,
    "initiative": _initiative,
    "event": _event,
    "paper": _paper,
    "member": _member,
}
