"""One year of a coalition, from its records alone: what a dynamic coalition reports to the IGF.

Everything is taken at a moment: the end of the year, or `now` where the year still runs. Answers
and plans are those that the records have now, since a reader wants to know what became of things.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from govkit.consultation.comment_counts import CommentCounts, count_comments
from govkit.consultation.consultation import consultation_of
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.periods import instant_of
from govkit.proposals.call_inputs import inputs_of
from govkit.proposals.news import News, NewsDeadline, news_of, open_deadlines
from govkit.records.adoption import Adoption
from govkit.records.calls import Call
from govkit.records.decisions import Decision
from govkit.records.governance import Member
from govkit.records.registers import Event, Issue, Paper
from govkit.release.adoption_record import DecidedProposal, DecidedProposals
from govkit.release.published import CutRelease, releases_of
from govkit.round.balance import Balance, RollMember, balance_on, members_of
from govkit.round.docket import docket_of

FIRST_YEAR = 2006
"""The year of the first IGF: no dynamic coalition is older."""
REGISTERS = ("issue", "response", "initiative", "paper", "source", "term")
"""The kinds of records whose numbers are reported."""


class AnnualCall(NamedTuple):
    """A call for inputs, and how many came in the year."""

    id: str
    call: Call
    inputs: int


class AnnualConsultation(NamedTuple):
    """A proposal on which comments came in the year, or could be made, and their counts."""

    id: str
    title: str
    counts: CommentCounts


@dataclass(frozen=True)
class CoalitionYear:
    """What the records say of one year, up to `until`.

    `news` are the steps of calls and proposals, and releases, by time. `coming` are the meetings
    after `until`, `open_now` what anybody can take part in then. `adoptions` are the entries of
    platforms that hold at its end.
    """

    year: int
    until: datetime.datetime
    over: bool
    meetings: tuple[Event, ...]
    before: Balance
    after: Balance
    joined: tuple[RollMember, ...]
    left: tuple[RollMember, ...]
    calls: tuple[AnnualCall, ...]
    consultations: tuple[AnnualConsultation, ...]
    decided: tuple[DecidedProposal, ...]
    withdrawn: tuple[News, ...]
    releases: tuple[CutRelease, ...]
    papers: tuple[Paper, ...]
    adoptions: tuple[Adoption, ...]
    registers: Mapping[str, int]
    coming: tuple[Event, ...]
    open_now: tuple[NewsDeadline, ...]
    unanswered: tuple[str, ...]


def coalition_year(corpus: Corpus, year: int, now: datetime.datetime) -> CoalitionYear:
    """Return what the records say of a year. Raises `WrongUse` for one that has not begun."""
    if not FIRST_YEAR <= year <= now.year:
        raise WrongUse(
            f"there is nothing to report of {year}",
            f"Name a year from {FIRST_YEAR} to {now.year}: --year {now.year}.",
        )
    begin = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(year + 1, 1, 1, tzinfo=datetime.UTC)
    until = min(end, now)
    last = until - datetime.timedelta(microseconds=1)
    members = members_of(corpus)
    before = balance_on(members, begin.date() - datetime.timedelta(days=1))
    after = balance_on(members, last.date())
    joined, left = _movements(members, before, after)
    events = sorted(_events(corpus), key=lambda each: (_begins(each), each.title))
    news = news_of(corpus, begin, last)
    return CoalitionYear(
        year,
        until,
        now >= end,
        tuple(each for each in events if _year(each) == year and _begins(each) < until),
        before,
        after,
        joined,
        left,
        tuple(_calls(corpus, begin, until)),
        tuple(_consultations(corpus, begin, until)),
        tuple(_decided(corpus, news)),
        tuple(each for each in news if each.kind == "withdrawn"),
        tuple(_releases(corpus, begin, until)),
        tuple(_papers(corpus, year)),
        tuple(_adoptions(corpus, last.date())),
        {kind: len(corpus.of_kind(kind)) for kind in REGISTERS},
        tuple(each for each in events if _year(each) > year or _begins(each) >= until),
        open_deadlines(corpus, last),
        tuple(_unanswered(corpus)),
    )


# --- members --------------------------------------------------------------------------------------


def _movements(
    members: Mapping[str, Member], before: Balance, after: Balance
) -> tuple[tuple[RollMember, ...], tuple[RollMember, ...]]:
    """Return who joined and who left; one who came and went in the year did both."""
    begun = {
        term.since
        for member in members.values()
        for term in member.terms
        if before.day < term.since <= after.day
    }
    ever = dict(before.members)
    for day in sorted(begun):
        ever.update(balance_on(members, day).members)
    joined = tuple(each for id, each in sorted(ever.items()) if id not in before.members)
    return joined, tuple(each for id, each in sorted(ever.items()) if id not in after.members)


# --- what happened --------------------------------------------------------------------------------


def _events(corpus: Corpus) -> Iterator[Event]:
    for document in corpus.of_kind("event"):
        if isinstance(document.record, Event):
            yield document.record


def _year(event: Event) -> int:
    """Return the year in which an event begins, by the clock at its place."""
    return int(event.starts[:4])


def _begins(event: Event) -> datetime.datetime:
    """Return when an event begins; of one whose hour is not said, the first moment of its day."""
    return instant_of(event.starts)


def _calls(
    corpus: Corpus, begin: datetime.datetime, until: datetime.datetime
) -> Iterator[AnnualCall]:
    for document in corpus.of_kind("call"):
        call, id = document.record, document.id.removeprefix("calls/")
        if isinstance(call, Call):
            came = [each.received_at for each in inputs_of(corpus, id) if each.received_at]
            inputs = sum(begin <= each < until for each in came)
            if inputs or begin <= call.opened < until:
                yield AnnualCall(id, call, inputs)


def _consultations(
    corpus: Corpus, begin: datetime.datetime, until: datetime.datetime
) -> Iterator[AnnualConsultation]:
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id)
        if docket is None or not docket.revisions:
            continue
        found = consultation_of(corpus, document.id)
        came = tuple(
            each
            for each in found.comments
            if each.received_at is not None and begin <= each.received_at < until
        )
        if came or any(begin <= each.opened < until for each in found.revisions):
            yield AnnualConsultation(document.id, found.proposal.title, count_comments(found, came))


def _decided(corpus: Corpus, news: tuple[News, ...]) -> Iterator[DecidedProposal]:
    known = DecidedProposals(corpus)
    for each in news:
        document = corpus.find(("decision",), f"{each.id}/decision")
        if each.kind == "decided" and document and isinstance(document.record, Decision):
            found = known.of(document, document.record)
            if found is not None:
                yield found


def _releases(
    corpus: Corpus, begin: datetime.datetime, until: datetime.datetime
) -> Iterator[CutRelease]:
    for cut in releases_of(corpus):
        if cut.publication is not None and begin <= cut.publication.published < until:
            yield cut


def _papers(corpus: Corpus, year: int) -> Iterator[Paper]:
    """Yield the papers that were published in a year and stand."""
    for document in corpus.of_kind("paper"):
        paper = document.record
        if not isinstance(paper, Paper) or paper.status != "published":
            continue
        if (paper.date or "")[:4] == str(year):
            yield paper


def _adoptions(corpus: Corpus, day: datetime.date) -> Iterator[Adoption]:
    """Yield the entries of platforms that hold on a day, by name of the service.

    One that names no day from which it applies holds from the start of the records.
    """
    found = [each.record for each in corpus.of_kind("adoption")]
    for entry in sorted(
        (each for each in found if isinstance(each, Adoption)), key=lambda each: each.title
    ):
        begun = entry.applies_from is None or entry.applies_from <= day
        if begun and (entry.ended is None or entry.ended > day):
            yield entry


def _unanswered(corpus: Corpus) -> Iterator[str]:
    for document in corpus.of_kind("issue"):
        if isinstance(document.record, Issue) and document.record.none is not None:
            yield document.record.title
