"""The consultations: calls and proposals, open and closed, with their dates, words and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from govkit.consent.status import Status
from govkit.consultation.consultation import consultation_of
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.copies import copy_of
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.log.periods import last_day
from govkit.proposals.calendar import PromisedDates, dates_of
from govkit.proposals.call_inputs import FiledInput, inputs_of
from govkit.proposals.news import NewsDeadline, open_deadlines
from govkit.proposals.promises import Promise
from govkit.records.calls import Call
from govkit.records.kinds import CHARTER_PATH
from govkit.records.proposals import Revision
from govkit.rendering.changes import section_of_change
from govkit.rendering.comment_report import report_of
from govkit.rendering.document import Block, Fact, Section
from govkit.rendering.notes import read_note
from govkit.rendering.places import NO_PLACES, anchor_of
from govkit.rendering.plain_redline import legend
from govkit.rendering.promised_dates import as_calendar
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Code, Link, Spans, Strong, Words, leads_out
from govkit.rendering.standing import standing_page
from govkit.round.docket import Docket
from govkit.site import taking_part
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.page import File, Page
from govkit.site.site import Site

ENTRY = "consultations"


def pages(site: Site) -> Iterator[Page | File]:
    """Yield the list, a page for each call, the pages of each proposal, and the calendar."""
    promised = {(each.kind, each.id): each for each in dates_of(site.corpus, site.now)}
    yield all_consultations(site)
    for document in site.corpus.of_kind("call"):
        call, id = document.record, document.id.removeprefix("calls/")
        if isinstance(call, Call) and call.opened <= site.now:
            yield _call(site, id, call, promised["call", id])
    for docket in site.dockets.values():
        yield from _proposal(site, docket, promised.get(("proposal", docket.proposal.id)))
    # Reminders are the coordinators' own work.
    public = [replace(each, reminders=()) for each in promised.values()]
    calendar = as_calendar(site.charter, public, (), site.corpus.messages)
    yield File("calendar.ics", calendar, "calendar")


# --- the list -------------------------------------------------------------------------------------


def all_consultations(site: Site) -> Page:
    """Return the list of what is open, and of what was before."""
    said = site.said
    promised = dates_of(site.corpus, site.now)
    deadlines = open_deadlines(site.corpus, site.now)
    open_ = {(_kind(each), each.id) for each in deadlines}
    rows = lines(deadline(site, each) for each in deadlines)
    closed = [each for each in promised if (each.kind, each.id) not in open_]
    over = lines(_closed(site, each) for each in sorted(closed, key=_begun, reverse=True))
    sections = (
        section("open", said["site.open-now"], *(rows or (sentence(said["site.nothing-open"]),))),
        section("closed", said["site.closed"], *(over or (sentence(said["site.none-yet"]),))),
        section("dates", said["site.dates"], *lines([to("calendar", said["site.calendar"])])),
    )
    document = document_of(site, ENTRY, said["site.ways.consultations"], sections)
    return Page(
        "consultations/index.html",
        document,
        said["site.consultations-described"],
        data={"open": open_data(site)},
    )


def open_data(site: Site) -> list[dict[str, str]]:
    """Return what is open now as plain data, by the end of its time."""
    return [
        {
            "kind": each.kind,
            "id": each.id,
            "title": each.title,
            "until": f"{each.until:%Y-%m-%dT%H:%M:%SZ}",
        }
        for each in open_deadlines(site.corpus, site.now)
    ]


def deadline(site: Site, each: NewsDeadline) -> Spans:
    """Return what anybody can take part in now, and until when, in one line."""
    said = site.said
    until = said.date(last_day(each.until).isoformat())
    words = said.say(f"annual.opens.{each.kind}", until=until)
    title = site.original(plain(each.title))
    return (Strong(to(f"{_kind(each)}-{each.id}", title)), Words(f": {words}"))


def _kind(each: NewsDeadline) -> str:
    return "call" if each.kind == "call" else "proposal"


def _begun(each: PromisedDates) -> Any:
    return each.begun, each.id


def _closed(site: Site, each: PromisedDates) -> Spans:
    words = site.said.say("site.since", day=site.said.date(each.begun.date().isoformat()))
    title = site.original(plain(each.title))
    return (*to(f"{each.kind}-{each.id}", title), Words(f", {words}"))


# --- a call ---------------------------------------------------------------------------------------


def _call(site: Site, id: str, call: Call, promised: PromisedDates) -> Page:
    said = site.said
    came = inputs_of(site.corpus, id)
    rows = lines(input_line(site, each) for each in came)
    asked = Section("front", "asked", "", said["site.asked"], read_note(call.asks, NO_PLACES))
    sections = (
        asked,
        *_how(site, "comment", f"call:{id}", f"call-{id}"),
        _dates(site, promised),
        section("inputs", said["comments.inputs"], *(rows or (sentence(said["site.none-yet"]),))),
    )
    title = plain(call.title)
    facts = [Fact(said["site.number"], (Code(id),))]
    document = document_of(site, f"call-{id}", title, sections, facts)
    description = said.say("site.call-described", title=title)
    return Page(f"consultations/call-{id}.html", document, description, (ENTRY,))


def input_line(site: Site, each: FiledInput) -> Spans:
    """Return what answered a call in one line, leading to it where it has an address."""
    title = plain(each.input.title)
    kind = site.said[f"comments.input-kinds.{each.input.kind}"]
    late = f", {site.said['comments.input-late']}" if each.late else ""
    address = each.input.address
    named: Spans = (Words(title),)
    if address and leads_out(address):
        named = (Link(address, named),)
    return (*named, Words(f" ({kind}{late})"))


# --- a proposal -----------------------------------------------------------------------------------


def _proposal(site: Site, docket: Docket, promised: PromisedDates | None) -> Iterator[Page]:
    said = site.said
    proposal = docket.proposal
    status = site.statuses.of(docket)
    anchor = f"proposal-{proposal.id}"
    title = plain(proposal.title)
    beside = [
        to(f"words-of-{anchor}", said["site.its-words"]),
        to(f"comments-on-{anchor}", said["site.its-comments"]),
    ]
    if status.recorded is not None:
        beside.append(to(f"decision-{proposal.id}", said["site.its-decision"]))
    sections = (
        section("more", said["site.more"], *lines(beside)),
        *_how(site, "comment", proposal.id, anchor),
        *((_dates(site, promised),) if promised else ()),
        *_standing(site, status),
    )
    document = document_of(site, anchor, title, sections, _facts(site, status))
    path = f"consultations/{proposal.id}"
    description = said.say("site.proposal-described", title=title)
    yield Page(f"{path}.html", document, description, (ENTRY,), keeps_anchors=False)
    yield _words(site, docket, f"{path}-words.html", anchor)
    yield _comments(site, docket, f"{path}-comments.html", anchor)


def _facts(site: Site, status: Status) -> Iterator[Fact]:
    said = site.said
    proposal = status.docket.proposal
    yield Fact(said["site.number"], (Code(proposal.id),))
    proposer = People(site.corpus).name(proposal.proposer)
    yield Fact(said["consent.proposed-by"], (Words(proposer),))
    yield Fact(said["consent.revision"], (Words(str(status.docket.number)),))
    yield Fact(said["standing.state"], (Words(said[f"standing.states.{status.state.name}"]),))
    if status.state.until is not None:
        day = said.date(last_day(status.state.until).isoformat())
        yield Fact(said["standing.until"], (Words(day),))


def _how(site: Site, what: str, about: str, anchor: str) -> Iterator[Section]:
    """Yield how to take part, where that is open."""
    said = site.said
    names = {f"{_kind(each)}-{each.id}" for each in open_deadlines(site.corpus, site.now)}
    if anchor in names:
        rows = lines(taking_part.ways(site, what, about)) or (sentence(said["site.no-way-yet"]),)
        more = lines([to(taking_part.ENTRY, said["site.ways.take-part"])])
        yield section("take-part-here", said["site.to.comment"], *rows, *more)


def _dates(site: Site, promised: PromisedDates) -> Section:
    rows = [_date(site, each) for each in promised.promises]
    return section("dates", site.said["site.dates"], *lines(rows))


def _date(site: Site, promise: Promise) -> Spans:
    said = site.said
    name = said[f"site.steps.{promise.step}"]
    if promise.revision > 1:
        name += f" ({promise.revision})"
    day = said.date(promise.day.isoformat())
    moved = "".join(
        f"; {said.say('site.moved', day=said.date(last_day(move.before).isoformat()))} "
        f"{plain(move.because)}"
        for move in promise.moves
    )
    return (Words(f"{name}: {day} ({said[f'site.marks.{promise.mark}']}){moved}"),)


def _standing(site: Site, status: Status) -> Iterator[Section]:
    """Yield how the proposal stands, text by text; a text itself has its place elsewhere."""
    for each in standing_page(site.corpus, status, site.now).sections:
        yield replace(each, anchor=f"stands-{each.anchor}")


def _words(site: Site, docket: Docket, path: str, anchor: str) -> Page:
    """Return the page of the exact words: what the current revision changes, text by text."""
    said = site.said
    title = f"{said['site.its-words']}: {plain(docket.proposal.title)}"
    found = list(_changed(site, docket))
    blocks = legend(said) if found else (sentence(said["changes.nothing"]),)
    sections = (section("legend", said["redline.legend"], *blocks), *found)
    named = f"words-of-{anchor}"
    document = document_of(site, named, title, sections, contents=True)
    description = said.say("site.words-described", title=plain(docket.proposal.title))
    return Page(path, document, description, (ENTRY, anchor), keeps_anchors=False)


def _changed(site: Site, docket: Docket) -> Iterator[Section]:
    revision = docket.revision
    if revision is None:
        return
    name = f"{docket.proposal.id}/rev-{docket.number}"
    old, new = (_side(site, revision, name, side) for side in ("before", "after"))
    for change in changes_between(old, new).changes:
        yield section_of_change(replace(change, mixed=False), site.said)


def _side(site: Site, revision: Revision, name: str, side: str) -> Corpus:
    """Return the texts of a revision on one side, with the charter by which they are weighed."""
    copies = [copy_of(site.corpus, name, side, unit.id) for unit in revision.units]
    charter = site.corpus.by_path.get(CHARTER_PATH)
    readable: list[Document] = [each for each in copies if each is not None and each.record]
    placed = [replace(each, path=f"provisions/{each.id}.yaml") for each in readable]
    return corpus_of([*placed, *([charter] if charter else [])])


def _comments(site: Site, docket: Docket, path: str, anchor: str) -> Page:
    said = site.said
    report = report_of(consultation_of(site.corpus, docket.proposal.id, site.now))
    title = f"{said['site.its-comments']}: {plain(docket.proposal.title)}"
    document = document_of(
        site,
        f"comments-on-{anchor}",
        title,
        report.sections,
        report.front.facts.facts,
        report.front.notice,
        contents=True,
    )
    description = said.say("site.comments-described", title=plain(docket.proposal.title))
    return Page(path, document, description, (ENTRY, anchor), keeps_anchors=False)


def blocks_of_open(site: Site) -> Iterator[Block]:
    """Yield what is open now, or the sentence that nothing is."""
    found = open_deadlines(site.corpus, site.now)
    if found:
        yield from lines(deadline(site, each) for each in found)
    else:
        yield sentence(site.said["site.nothing-open"])


def proposals_about(site: Site, id: str) -> list[Docket]:
    """Return the proposals whose current revision is about a text, the newest number first."""
    found = [
        docket
        for docket in site.dockets.values()
        if docket.revision is not None and any(unit.id == id for unit in docket.revision.units)
    ]
    return sorted(found, key=lambda each: each.proposal.id, reverse=True)


def change_of(id: str) -> str:
    """Return the anchor of what a revision changes in a text, on the page of its words."""
    return f"change-{anchor_of(id)}"
