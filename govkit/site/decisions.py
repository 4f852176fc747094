"""What was decided, by whom and against whom; and the log in which all of it stands."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.log.digests import tree_of
from govkit.log.entries import entries_of
from govkit.log.heads import SealedHead, seals_of
from govkit.records.releases import ReleasedUnit
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords, DecidedProposal
from govkit.rendering.bars import legend
from govkit.rendering.document import Fact, Section, Table
from govkit.rendering.release.consent import proposal_section, statements_section
from govkit.rendering.release.edition import proof_now
from govkit.rendering.release.people import People, plain
from govkit.rendering.spans import Code, Spans, Words
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.page import Page
from govkit.site.site import Site

ENTRY = "decisions"
_OF_VOICES = ("/positions/", "/evidence/", "/corrections/")
"""Folders in which a file has the name of whoever spoke."""
_NEWEST = 200
"""Entries that the page of the log shows; the log itself holds all."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the list of decisions, a page for each, and the page of the log."""
    said = site.said
    rows = lines(_line(site, each) for each in reversed(site.decided))
    blocks = rows or (sentence(said["annual.no-decisions"]),)
    more = lines([to("log", said["site.the-log"])])
    sections = (
        section("decided", said["site.ways.decisions"], *blocks),
        section("where", said["site.where-it-stands"], *more),
    )
    document = document_of(site, ENTRY, said["site.ways.decisions"], sections)
    yield Page("decisions/index.html", document, said["site.decisions-described"])
    for each in site.decided:
        yield _decision(site, each)
    yield _log(site)


def _line(site: Site, each: DecidedProposal) -> Spans:
    said = site.said
    day = said.date(each.record.now.date().isoformat())
    outcome = said[f"release.outcomes.{each.record.outcome}"]
    return (*to(f"decision-{each.id}", plain(each.proposal.title)), Words(f": {outcome}, {day}"))


def adoption_of(each: DecidedProposal, id: str) -> AdoptionRecord:
    """Return what stands behind a text that was decided."""
    unit = each.unit(id)
    after = unit.after if unit else None
    named = ReleasedUnit.model_construct(id=id, digest=after or "", adopted_by=None, effective=None)
    return AdoptionRecord(named, each)


def _decision(site: Site, each: DecidedProposal) -> Page:
    said = site.said
    adoptions = AdoptionRecords({u.id: adoption_of(each, u.id) for u in each.record.units})
    whole = proposal_section(site.corpus, adoptions, each)
    title = plain(each.proposal.title)
    day = said.date(each.record.now.date().isoformat())
    facts = [
        Fact(said["site.number"], (Code(each.id),)),
        Fact(said["annual.outcome"], (Words(said[f"release.outcomes.{each.record.outcome}"]),)),
        Fact(said["consent.decided"], (Words(day),)),
    ]
    more = lines([to(f"proposal-{each.id}", said["site.its-consultation"])])
    sections = (
        section("record", said["site.how-it-was-decided"], *whole.blocks, legend(said), *more),
        *whole.sections,
        statements_section(site.corpus, adoptions),
    )
    document = document_of(site, f"decision-{each.id}", title, sections, facts, contents=True)
    description = said.say("site.decision-described", title=title)
    return Page(f"decisions/{each.id}.html", document, description, (ENTRY,), keeps_anchors=False)


# --- the log --------------------------------------------------------------------------------------


def _log(site: Site) -> Page:
    said = site.said
    entries = entries_of(site.corpus)
    seals = seals_of(site.corpus)
    facts = [*proof_now(site.corpus), Fact(said["site.entries"], (Words(str(len(entries))),))]
    if entries:
        facts.append(Fact(said["site.root"], (Code(tree_of(site.corpus).root().hex()),)))
    heads = [_head(site, each) for each in reversed(seals.heads)]
    sections: list[Section] = [
        section("heads", said["site.heads"], *(lines(heads) or (sentence(said["site.no-head"]),)))
    ]
    if entries:
        sections.append(_entries(site))
    document = document_of(site, "log", said["site.the-log"], sections, facts)
    return Page("log.html", document, said["site.log-described"], (ENTRY,))


def _head(site: Site, head: SealedHead) -> Spans:
    said = site.said
    people = People(site.corpus)
    sealed = said.several(people.names(head.sealed_by)) or said["site.nobody"]
    seen = said.several([people.name(each.who) for each in head.witnessed_by])
    words = said.say("site.head", size=head.checkpoint.size, sealed=sealed)
    more = f" {said.say('site.witnessed', seen=seen)}" if seen else ""
    return (Words(f"{words}{more} "), Code(head.path))


def _entries(site: Site) -> Section:
    said = site.said
    every = entries_of(site.corpus)
    shown = every[-_NEWEST:]
    heads = ("seq", "recorded", "kind", "record")
    rows = tuple(
        (
            (Words(str(entry.seq)),),
            (Words(f"{entry.recorded_at:%Y-%m-%d %H:%M}"),),
            (Words(entry.kind.replace("-", " ")),),
            (Code(_public(entry.path)),),
        )
        for _, entry in reversed(shown)
    )
    table = Table(tuple(said[f"site.log-heads.{each}"] for each in heads), rows)
    left = len(every) - len(shown)
    rest = (sentence(said.counted("site.older-entries", left)),) if left else ()
    return section("entries", said["site.newest-entries"], table, *rest)


def _public(path: str | None) -> str:
    """Return the place of a record without what names a member who may want no name there."""
    for folder in _OF_VOICES:
        if path and folder in path:
            return path.partition(folder)[0] + folder
    return path or "–"
