"""`govkit where`: the current words of everything, a line each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.cli.waiting import echo_waiting
from govkit.records.kinds import NORMATIVE_KINDS

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.whole import Corpus
    from govkit.round.docket import Docket

_EPILOG = """Examples:
  govkit where                  every text and term, and where its words are
  govkit where --format json

A text that was never adopted is a draft, edited in the open; while a proposal holds
exactly its words, it is in consultation. An adopted text keeps its words until a
decision is applied; while somebody proposes others, it says so.
"""


class CurrentWords(NamedTuple):
    """Where the words of one text are: its state in words, and the proposal, if any."""

    id: str
    kind: str
    title: str
    state: str
    proposal: str | None
    revision: int | None
    until: datetime.datetime | None


@click.command(epilog=_EPILOG)
@now_option
@format_option("text", "json")
@pass_session
def where(session: Session, now: datetime.datetime | None, format_: str) -> None:
    """Say where the current words of everything are, a line each."""
    corpus = session.workspace().corpus
    say_unread(corpus)
    now = now or now_in_utc()
    places = list(places_of(corpus, now))
    from govkit.proposals.unsigned_acts import unsigned_acts

    waiting = list(unsigned_acts(corpus, now))
    if format_ == "json":
        from govkit.records.scalars import iso

        rows = [
            {**place._asdict(), "until": iso(place.until) if place.until else None}
            for place in places
        ]
        acts = [each._asdict() for each in waiting]
        say_json({"version": 1, "texts": rows, "waiting": acts})
        return
    from govkit.cli.printing.decision import days_left
    from govkit.cli.printing.table import table

    shown = [
        (place.id, place.state, _proposal(place), days_left(place.until, now), place.title)
        for place in places
    ]
    click.echo(table(("ID", "STATE", "PROPOSAL", "LEFT", "TITLE"), shown), nl=False)
    echo_waiting(waiting)


def _proposal(place: CurrentWords) -> str:
    return f"{place.proposal} r{place.revision}" if place.proposal else "-"


def places_of(corpus: Corpus, now: datetime.datetime) -> list[CurrentWords]:
    """Return where the words of each text are, in the order of kinds and ids."""

    found = _proposals(corpus, now)
    return [
        _place(corpus, document, found.get(document.id), now)
        for kind in NORMATIVE_KINDS
        for document in sorted(corpus.of_kind(kind), key=lambda document: document.id)
        if document.record is not None
    ]


def _proposals(corpus: Corpus, now: datetime.datetime) -> dict[str, Docket]:
    """Return for each text the newest open proposal whose current revision holds it."""
    from govkit.round.states import open_dockets, state_of

    return {
        unit.id: docket
        for docket in open_dockets(corpus, now)
        if docket.revision is not None and state_of(docket, now).name != "decided"
        for unit in docket.revision.units
    }


def _place(
    corpus: Corpus, document: Document, docket: Docket | None, now: datetime.datetime
) -> CurrentWords:
    from govkit.round.states import state_of

    state, until = document.status, None
    number = docket.number if docket else None
    if docket is not None and docket.revision is not None:
        unit = next(unit for unit in docket.revision.units if unit.id == document.id)
        until = state_of(docket, now).until
        if document.status != "draft":
            state = f"{document.status}, amendment proposed"
        elif corpus.digests.of(document) == unit.after:
            state = "in consultation"
        else:
            state = "draft, other words are proposed"
    return CurrentWords(
        document.id,
        document.kind or "",
        document.title,
        state,
        docket.proposal.id if docket else None,
        number,
        until,
    )
