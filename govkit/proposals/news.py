"""What is new since a moment, and what is open now: for those who follow from outside."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govkit.corpus.whole import Corpus
from govkit.proposals.call_inputs import inputs_until
from govkit.proposals.promises import as_of
from govkit.records.calls import Call
from govkit.records.decisions import Outcome
from govkit.records.releases import Publication
from govkit.round.corrections import standing_notices
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round
from govkit.round.states import state_of

NewsKind = Literal[
    "call", "first", "later", "last-call", "moved", "decided", "withdrawn", "release"
]


class News(NamedTuple):
    """What happened to a call, a proposal (in a revision) or a release, and when.

    `until` is the date that it set, `outcome` what a decision came to.
    """

    at: datetime.datetime
    kind: NewsKind
    id: str
    title: str
    number: int = 1
    until: datetime.datetime | None = None
    outcome: Outcome | None = None


class NewsDeadline(NamedTuple):
    """What anybody can take part in now, and until when."""

    until: datetime.datetime
    kind: Literal["call", "comment", "last-call"]
    id: str
    title: str
    number: int = 1


def news_of(corpus: Corpus, since: datetime.datetime, now: datetime.datetime) -> tuple[News, ...]:
    """Return what happened from `since` on and up to `now`, by time."""
    found = [*_calls(corpus), *_releases(corpus)]
    for docket in _dockets(corpus):
        found += _of_proposal(docket, now)
    told = (each for each in found if since <= each.at <= now)
    return tuple(sorted(told, key=lambda each: each[:5]))


def open_deadlines(corpus: Corpus, now: datetime.datetime) -> tuple[NewsDeadline, ...]:
    """Return what is open for inputs, for comments or in last call, by the end of its time."""
    found = []
    for document in corpus.of_kind("call"):
        call = document.record
        closed = isinstance(call, Call) and call.closed is not None and call.closed <= now
        if isinstance(call, Call) and call.opened <= now and not closed:
            id = document.id.removeprefix("calls/")
            found.append(NewsDeadline(inputs_until(call, now), "call", id, call.title))
    for docket in _dockets(corpus):
        opened = sum(each.record.opened <= now for each in docket.revisions)
        known = as_of(docket, opened)
        name = state_of(known, now).name if opened else "draft"
        if name in ("comment", "last-call"):
            dates = Round(known, now).dates
            until = dates.closes or dates.comment_until
            kind: Literal["comment", "last-call"] = "last-call" if dates.closes else "comment"
            matter = docket.proposal
            found.append(NewsDeadline(until, kind, matter.id, matter.title, opened))
    return tuple(sorted(each for each in found if each.until > now))


def _dockets(corpus: Corpus) -> Iterator[Docket]:
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id)
        if docket is not None and docket.revisions:
            yield docket


def _calls(corpus: Corpus) -> Iterator[News]:
    for document in corpus.of_kind("call"):
        call, id = document.record, document.id.removeprefix("calls/")
        if isinstance(call, Call):
            yield News(call.opened, "call", id, call.title, until=call.closes)


def _releases(corpus: Corpus) -> Iterator[News]:
    for document in corpus.of_kind("publication"):
        if isinstance(document.record, Publication):
            yield News(document.record.published, "release", document.record.release, "")


def _of_proposal(docket: Docket, now: datetime.datetime) -> Iterator[News]:
    id, title = docket.proposal.id, docket.proposal.title
    for number, each in enumerate(docket.revisions, 1):
        kind: NewsKind = "first" if number == 1 else "later"
        yield News(each.record.opened, kind, id, title, number, each.record.comment_until)
    for notice in standing_notices(docket, now):
        record = notice.record
        if notice.entry is not None and record.kind in ("last-call", "moved"):
            what: NewsKind = "last-call" if record.kind == "last-call" else "moved"
            until = record.closes or record.comment_until
            yield News(notice.entry.recorded_at, what, id, title, record.revision, until)
    decision = docket.decision
    if decision is not None and decision.logged and decision.entry is not None:
        said = decision.record
        at = decision.entry.recorded_at
        yield News(at, "decided", id, title, said.revision, outcome=said.outcome)
    for act in Round(docket, now).acts("withdrawal"):
        assert act.entry is not None, "it is valid"
        yield News(act.entry.recorded_at, "withdrawn", id, title, docket.number)
