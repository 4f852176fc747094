"""Members in bulk: the rows of a table become filings, all of them or none."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from govkit.consultation.table_import import RowRemark
from govkit.errors import WrongUse
from govkit.procedures.coalition.membership import AdmissionFiles, NewMember, prepare_admission
from govkit.records.governance import Member
from govkit.source.grids import NoTable, Row
from govkit.source.nearest import advice, question
from govkit.source.reading import read_record
from govkit.workspace import Workspace

COLUMNS = (
    "member",
    "name",
    "kind",
    "group",
    "country",
    "represents",
    "lead",
    "person",
    "account",
    "first day",
)
_NEEDED = "member"
_YES, _NO = ("yes", "true", "x", "1"), ("", "no", "false", "0")


@dataclass(frozen=True)
class MemberTable:
    """What a table of members brings: who joins, who is a member already, and what is wrong.

    `first_days` are those that are written in the table, with the member.
    """

    joining: tuple[tuple[str, AdmissionFiles], ...]
    known: tuple[str, ...]
    faults: tuple[RowRemark, ...]
    first_days: tuple[tuple[str, datetime.date], ...]


def members_of_table(
    workspace: Workspace, rows: Sequence[Row], today: datetime.date
) -> MemberTable:
    """Return what the rows of a table bring. The first row names the columns.

    Raises `NoTable` where it does not. Rows may stand in any order: one may represent a member of
    another row.
    """
    columns = _columns(rows)
    asked: list[tuple[int, NewMember]] = []
    faults: list[RowRemark] = []
    for row in rows[1:]:
        with _told(row.number, faults):
            asked.append((row.number, _member(columns, row)))
    counted = Counter(each.id for _, each in asked)
    found: list[tuple[str, AdmissionFiles]] = []
    known: list[str] = []
    for number, each in asked:
        if _is_enrolled(workspace, each.id):
            known.append(each.id)
            continue
        with _told(number, faults):
            if counted[each.id] > 1:
                raise WrongUse(f"{each.id} stands in {counted[each.id]} rows", "Keep one of them.")
            done = prepare_admission(workspace, each, today, frozenset(counted))
            found.append((each.id, _readable(done)))
    faults.sort(key=lambda each: each.row)
    days = ((each.id, each.since) for _, each in asked if each.id not in known)
    typed = tuple((id, day) for id, day in days if day is not None)
    return MemberTable(tuple(found), tuple(dict.fromkeys(known)), tuple(faults), typed)


@contextmanager
def _told(row: int, faults: list[RowRemark]) -> Iterator[None]:
    """Keep what is wrong with a row: all wrong rows are told at once."""
    try:
        yield
    except WrongUse as wrong:
        faults.append(RowRemark(row, wrong.message, advice(wrong)))


def _columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what each column holds, by the first row; a column without a heading is skipped."""
    first = rows[0].cells if rows else ()
    named = tuple(" ".join(cell.replace("_", " ").lower().split()) for cell in first)
    number = rows[0].number if rows else 0
    for each in named:
        if each and each not in COLUMNS:
            raise NoTable(
                f"no column of a table of members is headed `{each}`",
                question(each, [*COLUMNS])
                or f"The first row names the columns: {', '.join(COLUMNS)}.",
                number,
            )
        if each and named.count(each) > 1:
            raise NoTable(f"two columns are headed `{each}`", "Keep one of them.", number)
    if _NEEDED not in named:
        raise NoTable(
            "no column is headed `member`",
            f"The first row names the columns: {', '.join(COLUMNS)}.",
            number,
        )
    return named


def _member(columns: Sequence[str], row: Row) -> NewMember:
    """Return who joins by a row. Raises `WrongUse` where a cell can't be read."""
    cells = {name: cell.strip() for name, cell in zip(columns, row.cells, strict=False) if name}
    lead, since = cells.get("lead", "").lower(), cells.get("first day", "")
    if lead not in (*_YES, *_NO):
        raise WrongUse(f"lead is `{lead}`", "Write yes, or leave the cell empty.")
    return NewMember(
        cells.get(_NEEDED, ""),
        **{
            key: cells.get(key) or None
            for key in ("name", "kind", "group", "country", "represents", "person")
        },
        lead=lead in _YES,
        accounts=tuple(_accounts(cells.get("account", ""))),
        since=_day(since) if since else None,
    )


def _accounts(cell: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for each in (part.strip() for part in cell.split(";")):
        host, _, name = each.partition(":")
        if each and not (host and name):
            raise WrongUse(f"{each} is no account", "Write it as code.example.org:name.")
        if host.casefold() in seen:
            raise WrongUse(f"two accounts on {host} are given", "Name one.")
        if each:
            seen.add(host.casefold())
            yield host, name


def _day(cell: str) -> datetime.date:
    with suppress(ValueError):
        # A spreadsheet may write the hour of a day, too.
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00:00)?", cell):
            return datetime.date.fromisoformat(cell[:10])
    raise WrongUse(f"{cell} is no day", "Write it as 2026-03-10.")


def _is_enrolled(workspace: Workspace, id: str) -> bool:
    document = workspace.corpus.find(("member",), id)
    member = document.record if document else None
    return isinstance(member, Member) and member.state == "enrolled"


def _readable(done: AdmissionFiles) -> AdmissionFiles:
    """Return the filing, if its record can be read. Raises `WrongUse` with the first fault."""
    assert done.filing.data is not None
    record, faults = read_record(done.filing.path, "member", done.filing.data)
    if record is None:
        raise WrongUse(f"{faults[0].route}: {faults[0].message}", faults[0].help)
    return done
