"""The form for the minutes of a meeting: tables that somebody fills in, and that are read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govkit.corpus.documents import Document as Entry
from govkit.corpus.whole import Corpus
from govkit.proposals import minutes
from govkit.records.governance import Member
from govkit.records.registers import Event
from govkit.rendering.document import Block, Document, Facts, Front, Paragraph, Section, Table
from govkit.rendering.spans import Spans, Words
from govkit.rendering.typography import curled

_EMPTY_ROWS = 5
"""Rows that are left for whoever is not known beforehand."""


def minutes_form(corpus: Corpus, event: Entry | None, proposals: Mapping[str, str]) -> Document:
    """Return the form. `event` is the entry of the meeting; `proposals` are those that are to be
    spoken of, by their ids with their titles: each member on record has a row for each.
    """
    said, charter = corpus.messages, corpus.charter
    record = event.record if event is not None else None
    title = curled(record.title) if isinstance(record, Event) else ""
    front = Front(
        id="minutes",
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=f"{said['minutes.title']}{f': {title}' if title else ''}",
        notice=said["minutes.notice"],
        facts=Facts(()),
        language=corpus.language,
        of=said["general.of"],
    )
    return Document(front, tuple(_sections(corpus, event, proposals)))


def _sections(
    corpus: Corpus, event: Entry | None, proposals: Mapping[str, str]
) -> Iterator[Section]:
    said = corpus.messages
    members = _members(corpus)
    record = event.record if event is not None else None
    begins = str(record.starts) if isinstance(record, Event) else ""
    place = (record.place or "") if isinstance(record, Event) else ""
    lines = (
        (minutes.EVENT, event.id if event is not None else ""),
        (said["minutes.day"], begins),
        (said["minutes.place"], place),
        (said["minutes.chair"], ""),
        (said["minutes.by"], ""),
    )
    yield _section("meeting", "", _table(minutes.MEETING, lines))
    rows = [(id, name, "") for id, name in members.items()]
    yield _section(
        "present",
        said["minutes.present"],
        _words(said["minutes.present-how"]),
        _table(minutes.PRESENT, [*rows, *[("", "", "")] * _EMPTY_ROWS]),
    )
    asked = [(id, member, "", "", "") for id in proposals for member in members]
    titles = [_words(f"{id}: {curled(title)}") for id, title in proposals.items()]
    yield _section(
        "positions",
        said["minutes.positions"],
        _words(said["minutes.positions-how"]),
        *titles,
        _table(minutes.POSITIONS, [*asked, *[("", "", "", "", "")] * _EMPTY_ROWS]),
    )
    numbered = [(str(number), "", "", "") for number in range(1, _EMPTY_ROWS + 1)]
    yield _section(
        "decisions",
        said["minutes.decisions"],
        _words(said["minutes.decisions-how"]),
        _table(minutes.DECISIONS, numbered),
    )
    yield _section("notes", said["minutes.notes"], _words(said["minutes.notes-how"]))


def _members(corpus: Corpus) -> dict[str, str]:
    """Return the names of those who may speak, by id."""
    found = ((each.id, each.record) for each in corpus.of_kind("member"))
    return {
        id: curled(record.name)
        for id, record in found
        if isinstance(record, Member) and record.state == "enrolled"
    }


def _section(name: str, title: str, *blocks: Block) -> Section:
    return Section("back", name, "", title, blocks)


def _words(text: str) -> Paragraph:
    return Paragraph((Words(text),))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    cells: tuple[tuple[Spans, ...], ...] = tuple(
        tuple((Words(cell),) if cell else () for cell in row) for row in rows
    )
    return Table(head, cells)
