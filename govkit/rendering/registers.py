"""The registers of a coalition's life as sections: issues, responses, initiatives, events, papers,
members.

Each entry is a section of its own, from its record alone, so that a page, a book and a website
print the same. What an entry names, `Leads` may make a link to. Of members, public facts only.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from govkit.corpus.documents import Document as Record
from govkit.corpus.issue_matrix import IssueRow, issue_matrix
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.periods import instant_of
from govkit.proposals.call_inputs import inputs_of
from govkit.records.governance import Member
from govkit.records.kinds import KINDS, NUMBERED_KINDS
from govkit.records.regional_groups import regional_group_of
from govkit.records.registers import Event, Initiative, Issue, Paper, Response
from govkit.rendering import phrases
from govkit.rendering.document import Block, Fact, Facts, Listing, Paragraph, Section
from govkit.rendering.event_times import event_days
from govkit.rendering.notes import read_note
from govkit.rendering.paper_body import body_sections
from govkit.rendering.places import NO_PLACES
from govkit.rendering.spans import Code, Link, Spans, Strong, Words, leads_out
from govkit.rendering.typography import curled
from govkit.source.reading import without_addresses

Leads = Callable[[str, str, Spans], Spans]
"""Makes words that name a record, given by kind and id, lead to it; or gives them back."""


def to_nowhere(kind: str, id: str, spans: Spans) -> Spans:
    """Return the words as they are."""
    return spans


def register_section(corpus: Corpus, kind: str, leads: Leads = to_nowhere) -> Section:
    """Return a whole register, one of `PUBLIC_REGISTERS`, with a section for each entry."""
    entries = tuple(
        entry_section(corpus, each, leads) for each in in_print_order(corpus.of_kind(kind))
    )
    said = corpus.messages
    empty = () if entries else (_sentence(said["registers.empty"]),)
    many = KINDS[kind].many
    return Section("back", many, "", said[f"registers.titles.{kind}"], empty, entries)


def in_print_order(several: Iterable[Record]) -> list[Record]:
    """Return the entries that can be read: events the newest first, everything else by its name."""
    found = [each for each in several if each.record is not None]
    if found and found[0].kind == "event":
        return sorted(found, key=_begins, reverse=True)
    return sorted(found, key=lambda each: (each.title.casefold(), each.id))


def _begins(event: Record) -> datetime.datetime:
    return instant_of(cast(Event, event.record).starts)


def entry_section(corpus: Corpus, entry: Record, leads: Leads = to_nowhere) -> Section:
    """Return one entry of a register, which can be read. A paper has its sections inside."""
    writer = _Entry(corpus, leads)
    kind = entry.kind or ""
    blocks = tuple(_WRITERS[kind](writer, entry))
    inner: tuple[Section, ...] = ()
    if isinstance(entry.record, Paper):
        inner = body_sections(entry.record.body, f"{anchor_of_entry(kind, entry.id)}-")
    return Section("part", anchor_of_entry(kind, entry.id), "", _own(entry.title), blocks, inner)


def anchor_of_entry(kind: str, id: str) -> str:
    """Return the anchor of an entry: `issue-content-removal`."""
    return f"{kind}-{id}"


class _Entry:
    """Writes entries of one corpus."""

    def __init__(self, corpus: Corpus, leads: Leads) -> None:
        self.corpus, self.leads, self.said = corpus, leads, corpus.messages

    # --- pieces ---------------------------------------------------------------------------------

    def facts(self, **several: Spans | str | None) -> Iterator[Facts]:
        """Yield the facts that there are; names are keys of messages."""
        facts = tuple(
            Fact(
                self.said[f"registers.{name.replace('_', '-')}"],
                (Words(_own(words)),) if isinstance(words, str) else words,
            )
            for name, words in several.items()
            if words
        )
        if facts:
            yield Facts(facts)

    def listing(self, name: str, lines: Iterable[Spans]) -> Iterator[Listing]:
        found = tuple(lines)
        if found:
            yield Listing(self.said[f"registers.{name}"], found)

    def prose(self, text: str | None) -> Iterator[Block]:
        if text:
            yield from read_note(without_addresses(text)[0], NO_PLACES)

    def named(self, kinds: tuple[str, ...], id: str) -> Spans:
        """Return a record by its title, or by its id where nothing is there."""
        found = self.corpus.find(kinds, id)
        if found is None or not found.title:
            return (Code(id),)
        if found.kind in NUMBERED_KINDS:
            words: Spans = (Code(id), Words(f" {_own(found.title)}"))
        else:
            words = (Words(_own(getattr(found.record, "short", None) or found.title)),)
        return self.leads(found.kind or "", found.id, words)

    def several(self, kinds: tuple[str, ...], ids: Iterable[str]) -> Spans:
        """Return some records in one line."""
        spans: Spans = ()
        for id in ids:
            spans += ((Words(", "),) if spans else ()) + self.named(kinds, id)
        return spans

    def address(self, address: str | None) -> Spans:
        return (Link(address, (Words(address),)),) if address and leads_out(address) else ()

    # --- issues and responses -------------------------------------------------------------------

    def issue(self, entry: Record) -> Iterator[Block]:
        record = cast(Issue, entry.record)
        row = self.corpus.once(rows_by_issue)[entry.id]
        yield from self.prose(record.summary)
        yield from self.facts(raised_in=self.several(("source",), record.raised_in))
        answers = (self.named((each.kind or "",), each.id) for each in row.answers)
        yield from self.listing("answered-by", answers)
        if not row.answers:
            yield _sentence(self.said["registers.unanswered"])
        if record.none:
            yield from self.facts(none=record.none)
        for stage in ("existing", "prospective"):
            lines = (
                self.response_line(each)
                for cell in row.responses.values()
                for each in getattr(cell, stage)
            )
            yield from self.listing(stage, lines)

    def response_line(self, entry: Record) -> Spans:
        """Return a response in one line of its issue: what, by whom, where, and how far it got."""
        record = cast(Response, entry.record)
        title = self.leads("response", entry.id, (Strong((Words(_own(record.title)),)),))
        about = [record.who, self.responder(record.actor, record.jurisdiction or "")]
        if record.stage != "existing":
            about.append(self.said[f"registers.stages.{record.stage}"])
        source = self.cited(record)
        return (*title, Words(_own(f": {', '.join(about)}")), *source, Words("."))

    def responder(self, actor: str, jurisdiction: str) -> str:
        """Return who responds, and where."""
        name = self.said[f"registers.actors.{actor}"]
        return f"{name} ({jurisdiction})" if jurisdiction else name

    def cited(self, record: Response) -> Spans:
        if not record.source:
            return ()
        place = f", {_own(record.locator)}" if record.locator else ""
        return (Words("; "), *self.named(("source",), record.source), Words(place))

    def response(self, entry: Record) -> Iterator[Block]:
        record = cast(Response, entry.record)
        yield from self.facts(
            issue=self.named(("issue",), record.issue),
            actor=f"{record.who} ({self.said[f'registers.actors.{record.actor}']})",
            jurisdiction=record.jurisdiction,
            stage=self.said[f"registers.stages.{record.stage}"],
            source=self.cited(record)[1:],
        )
        yield from self.prose(record.note)

    # --- initiatives, events, papers ------------------------------------------------------------

    def initiative(self, entry: Record) -> Iterator[Block]:
        record = cast(Initiative, entry.record)
        known = record.published
        is_source = bool(known and self.corpus.find(("source",), known))
        yield from self.facts(
            by=record.by,
            year=record.year,
            kind=self.said[f"registers.initiatives.{record.kind}"],
            address=self.address(record.address),
            published=self.named(("source",), known)
            if known and is_source
            else self.said.date(known)
            if known
            else None,
        )
        yield from self.listing("covers", ((Words(_own(each)),) for each in record.covers))
        organisations = ((Words(_own(each.as_published)),) for each in record.organisations)
        yield from self.listing("organisations", organisations)
        yield from self.prose(record.note)

    def event(self, entry: Record) -> Iterator[Block]:
        record, said = cast(Event, entry.record), self.said
        yield from self.facts(
            when=event_days(record, said),
            kind=said[f"annual.events.{record.kind}"],
            place=record.place or record.country,
            address=self.address(record.address),
            attended=said.counted("annual.attended", len(record.attended))
            if record.attended
            else None,
            minutes=self.address(record.minutes),
        )
        yield from self.listing("agenda", ((Words(_own(each)),) for each in record.agenda))
        decided = (self.named(("proposal",), each) for each in record.decided)
        yield from self.listing("decided", decided)
        yield from self.listing("discussed", map(self.comment, record.discussed))
        yield from self.prose(record.note)

    def comment(self, id: str) -> Spans:
        """Return a comment by its place; its words stand in the report on the consultation."""
        return self.leads("comment", id, (Code(id),))

    def paper(self, entry: Record) -> Iterator[Block]:
        record, said = cast(Paper, entry.record), self.said
        authors = [
            f"{each.name} ({self.member_name(each.member)})" if each.member else each.name
            for each in record.authors
        ]
        yield from self.facts(
            authors=said.several(authors),
            version=record.version,
            status=said[f"registers.papers.{record.status}"],
            date=said.date(record.date) if record.date else None,
            about=self.several(("issue",), record.about),
            sources=self.several(("source",), record.sources),
            address=self.address(record.address),
            comments=self.comments_on(record),
            digest=(Code(digest_for("paper", record)),),
        )
        yield Paragraph((Strong((Words(said["registers.abstract"]),)),))
        yield from self.prose(record.abstract)

    def comments_on(self, record: Paper) -> Spans:
        """Return the call by which comments on a paper come in, and how many came."""
        if record.call is None:
            return ()
        call = self.named(("call",), f"calls/{record.call}")
        came = self.said.counted("annual.inputs", len(inputs_of(self.corpus, record.call)))
        return (*call, Words(f": {came}"))

    # --- members --------------------------------------------------------------------------------

    def member_name(self, id: str) -> str:
        found = self.corpus.find(("member",), id)
        return found.title if found and found.title else id

    def member(self, entry: Record) -> Iterator[Block]:
        record, said = cast(Member, entry.record), self.said
        region = regional_group_of(record.country)
        yield from self.facts(
            kind=said[f"registers.members.{record.kind}"],
            represents=self.named(("member",), record.represents) if record.represents else None,
            country=record.country,
            region=said[f"annual.regions.{region}"] if region else None,
            state=said[f"registers.states.{record.state}"],
        )
        yield from self.listing("groups", map(self.mandate, record.terms))

    def mandate(self, mandate: Any) -> Spans:
        """Return since when, and until when, a member speaks for a group."""
        charter, said = self.corpus.charter, self.said
        name = phrases.capital(
            (charter.groups if charter else {}).get(mandate.group, mandate.group)
        )
        since = said.date(mandate.since.isoformat())
        key = "registers.since" if mandate.until is None else "registers.since-until"
        until = said.date(mandate.until.isoformat()) if mandate.until else ""
        return (Words(_own(f"{name}, {said.say(key, since=since, until=until)}")),)


_WRITERS: Mapping[str, Callable[[_Entry, Record], Iterator[Block]]] = {
    "issue": _Entry.issue,
    "response": _Entry.response,
    "initiative": _Entry.initiative,
    "event": _Entry.event,
    "paper": _Entry.paper,
    "member": _Entry.member,
}


def rows_by_issue(corpus: Corpus) -> Mapping[str, IssueRow]:
    """Return the row of the matrix of each issue, by its id."""
    return {row.issue.id: row for row in corpus.once(issue_matrix).rows}


def _sentence(words: str) -> Paragraph:
    return Paragraph((Words(words),))


def _own(words: str) -> str:
    """Return somebody's own words as they are printed: no mail address goes along."""
    return curled(without_addresses(words)[0])
