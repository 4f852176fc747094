"""How a proposal stands, as a page to hand round: a bar for each text, and the counts behind it.

It names groups and no member: who agreed to be named, and where, is for the pages of a release.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.consent.decision import RoundResult, UnitDecision
from govkit.consent.status import Status
from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.rendering import phrases
from govkit.rendering.bars import NONE, bar_of, groups_of, legend, needed_table, stands_table
from govkit.rendering.document import Document, Fact, Facts, Front, Paragraph, Section, Table
from govkit.rendering.places import anchor_of
from govkit.rendering.release import words
from govkit.rendering.release.edition import proof_now
from govkit.rendering.spans import Code, Span, Spans, Words
from govkit.rendering.typography import curled
from govkit.round.states import OVER


def standing_page(corpus: Corpus, status: Status, now: datetime.datetime) -> Document:
    """Return how a proposal stands at a moment, an aware instant in UTC, as a document."""
    said = corpus.messages
    sections: list[Section] = []
    if status.decision is None:
        nothing = Paragraph((Words(said["standing.lost" if status.lost else "standing.nothing"]),))
        sections.append(Section("back", "texts", "", said["consent.all-texts"], (nothing,)))
    else:
        sections += _sections(corpus, status.decision, status.state.name in OVER)
    return Document(_front(corpus, status, now), tuple(sections))


def _front(corpus: Corpus, status: Status, now: datetime.datetime) -> Front:
    said, charter = corpus.messages, corpus.charter
    proposal = status.docket.proposal
    state = said[f"standing.states.{status.state.name}"]
    facts = [
        Fact(said["comments.proposal"], (Code(proposal.id), Words(f" {curled(proposal.title)}"))),
        Fact(said["consent.revision"], (Words(str(status.docket.number)),)),
        Fact(said["standing.state"], (Words(state),)),
        Fact(said["standing.moment"], (Words(phrases.moment(said, now)),)),
        *proof_now(corpus),
    ]
    if status.state.until is not None:
        facts.insert(
            3, Fact(said["standing.until"], (Words(phrases.moment(said, status.state.until)),))
        )
    return Front(
        id=f"status-{proposal.id}",
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=said.say("standing.title", title=curled(proposal.title)),
        symbol=proposal.id,
        notice=said[f"standing.{_notice(status)}"],
        facts=Facts(tuple(facts)),
        language=corpus.language,
        contents=said["book.contents"],
        of=said["general.of"],
        skip=said["book.skip"],
    )


def _notice(status: Status) -> str:
    if status.recorded is not None or status.lost:
        return "decided"
    return "over" if status.state.name in OVER else "not-decided"


def _sections(corpus: Corpus, decision: RoundResult, over: bool) -> Iterator[Section]:
    said, charter = corpus.messages, corpus.charter
    groups = dict(charter.groups) if charter else {}
    names = {id: curled(name) for id, name in groups.items()}
    head = (said["release.text"], said["standing.so-far"], said["consent.voices"])
    rows = tuple(_row(said, unit, names, over) for unit in decision.units)
    yield Section("back", "texts", "", said["consent.all-texts"], (Table(head, rows), legend(said)))
    for unit in decision.units:
        if not unit.stands:
            continue
        found = corpus.find(NORMATIVE_KINDS, unit.id)
        there = {each: names.get(each, each) for each in groups_of(unit)}
        table = stands_table(unit.stands, said, there)
        yield Section(
            "text",
            anchor_of(unit.id),
            unit.id,
            curled(found.title) if found else "",
            (table, needed_table(unit, said, names)),
        )


def _row(
    said: Messages, unit: UnitDecision, names: dict[str, str], over: bool
) -> tuple[Spans, ...]:
    drawn: Span = bar_of(unit.stands, said, names) if unit.stands else Words(NONE)
    # Of a proposal that was withdrawn or has lapsed nothing was adopted, however it stood.
    outcome = NONE if over else phrases.capital(words.outcome_of(said, unit))
    return (Code(unit.id),), (Words(outcome),), (drawn,)
