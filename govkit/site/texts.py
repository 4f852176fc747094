"""Each text at its permanent address: its words clause by clause, and all that belongs to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from govkit.corpus.changes.history import TextVersion
from govkit.corpus.documents import Document
from govkit.log.entries import entries_of
from govkit.records.kinds import NUMBERED_KINDS, id_space
from govkit.records.log import TakenOver
from govkit.release.published import ListedRelease
from govkit.rendering.document import Fact, Facts, Section
from govkit.rendering.phrases import capital
from govkit.rendering.places import anchor_of, page_of_text
from govkit.rendering.printing import Printing
from govkit.rendering.release import words as release_words
from govkit.rendering.release.adoption_facts import asides_of, facts_of
from govkit.rendering.release.people import plain
from govkit.rendering.spans import Code, Spans, Words
from govkit.rendering.texts import text_section
from govkit.rendering.typography import curled
from govkit.site import (
    adoptions,
    books,
    consultations,
    decisions,
    releases,
    taking_part,
    text_history,
    translations,
)
from govkit.site.layout import commit_link, document_of, lines, named_texts, section, sentence, to
from govkit.site.page import Page
from govkit.site.site import Site
from govkit.site.written_page import WrittenPage, written_or_kept

Part = Iterator[Section]
_NEWEST = 15
"""Versions that a page lists; `govkit history` knows all."""


def pages(site: Site) -> Iterator[Page | WrittenPage]:
    """Yield a page for each text."""
    if site.grounds is None:
        yield from (page_of(site, text) for text in site.texts)
        return
    # What a page shows and no file says: what is decided, and what could be opened, by now.
    around = (
        site.address,
        site.languages,
        [each.id for each in site.decided],
        [(str(each.cut.name), str(each.superseded_by)) for each in site.releases],
    )
    for text in site.texts:
        past = [(each.commit, each.day, each.subject) for each in site.versions.get(text.id, ())]
        key = site.grounds.of(text, around, past)
        yield written_or_kept(site.cache, key, path_of(text.id), partial(page_of, site, text))


def page_of(site: Site, text: Document) -> Page:
    """Return the page of one text."""
    said = site.said
    book = book_of(site, text)
    printing = Printing(site.corpus, site.places, book or text)
    facts = [Fact(said["book.status"], (Words(printing.status(text.status)),))]
    if book is not None:
        facts.insert(0, Fact(said["book.part-of"], to(anchor_of(book.id), curled(book.title))))
    draft = text.status == "draft"
    document = document_of(
        site,
        anchor_of(text.id),
        f"{text.id} {curled(text.title)}",
        (
            _words(text, printing),
            *_decided(site, text),
            *adoptions.adopted(site, text),
            *_history(site, text),
            *translations.beside(site, text),
            *_referring(site, text),
            _taking_part(site, text),
        ),
        facts,
        said["book.draft-notice"] if draft else "",
        said["book.draft"] if draft else "",
    )
    record: Any = text.record
    summary = getattr(record, "summary", None) or said.say(
        "site.text-described", id=text.id, title=curled(text.title)
    )
    under = (books.ENTRY, anchor_of(book.id)) if book is not None else (books.ENTRY,)
    newest = site.versions.get(text.id, ())
    changed = datetime.date.fromisoformat(newest[0].day) if newest else None
    return Page(path_of(text.id), document, curled(summary), under, changed=changed)


def path_of(id: str) -> str:
    """Return the permanent address of a text below that of the site."""
    return page_of_text(id)


def book_of(site: Site, text: Document) -> Document | None:
    """Return the first book in which a text stands, or None."""
    for other, reference in site.corpus.back_links.get((id_space(text.kind or ""), text.id), ()):
        if reference.role == "item" and other.record is not None:
            return other
    return None


def _words(text: Document, printing: Printing) -> Section:
    """Return the words of a text; the head of the page is their heading."""
    whole = text_section(text.id, text, printing)
    return replace(whole, anchor="words", number="", title="")


def _decided(site: Site, text: Document) -> Part:
    """Yield who agreed to the words and who did not, from the newest decision about them."""
    said = site.said
    for each in reversed(site.decided):
        if each.unit(text.id) is None:
            continue
        standing = decisions.adoption_of(each, text.id)
        facts = Facts(tuple(facts_of(standing, site.corpus)))
        more = lines([to(f"decision-{each.id}", said["site.its-decision"])])
        asides = tuple(asides_of(standing, site.corpus))
        yield section("consent", said["site.consent"], facts, *asides, *more)
        return
    past = _taken_over(site, text)
    if past is None:
        yield section("consent", said["site.consent"], sentence(said["site.not-decided"]))
        return
    words = release_words.taken_over(said, past.adopted_at, str(past.adopted_on))
    shown = (sentence(f"{capital(plain(words))}."), sentence(plain(past.evidence)))
    yield section("consent", said["site.consent"], *shown)


def _taken_over(site: Site, text: Document) -> TakenOver | None:
    """Return what says that these exact words were adopted before the register began."""
    for _, entry in entries_of(site.corpus):
        past = entry.taken_over
        held = [each.digest for each in past.units if each.id == text.id] if past else []
        if held and site.corpus.digests.of(text) in held:
            return past
    return None


def _history(site: Site, text: Document) -> Part:
    said = site.said
    rows: list[Spans] = []
    for docket in consultations.proposals_about(site, text.id):
        number, title = docket.proposal.id, plain(docket.proposal.title)
        rows.append(
            (
                Code(number),
                Words(" "),
                *to(f"proposal-{number}", title),
                Words(": "),
                *to(f"words-of-proposal-{number}", said["site.its-words"]),
                Words(", "),
                *to(f"comments-on-proposal-{number}", said["site.its-comments"]),
            )
        )
    found = lines(rows, said["site.proposals"])
    held = [each for each in reversed(site.releases) if _holds(each, text.id)]
    found += lines((releases.line_of(site, each) for each in held), said["site.in-releases"])
    versions = site.versions.get(text.id, ())
    found += lines((_version(site, each) for each in versions[:_NEWEST]), said["site.versions"])
    if len(versions) > _NEWEST:
        found += lines([(Words(said.counted("site.older", len(versions) - _NEWEST)),)])
    if text_history.has_page(site, text.id):
        way = to(text_history.anchor_of_history(text.id), said["site.what-changed"])
        found = (*lines([way]), *found)
    if found:
        yield section("history", said["site.history"], *found)


def _version(site: Site, version: TextVersion) -> Spans:
    """Return a commit in one line: its day, what it says of itself, and its id."""
    day = site.said.date(version.day)
    short = commit_link(site, version.commit, 7)
    return (Words(f"{day}: {plain(version.subject)} "), *short)


def _holds(each: ListedRelease, id: str) -> bool:
    return any(unit.id == id for unit in each.cut.manifest.units)


def _taking_part(site: Site, text: Document) -> Section:
    said = site.said
    rows = [row for what in ("edit", "comment") for row in taking_part.ways(site, what, text.id)]
    rows.append(to(taking_part.ENTRY, said["site.ways.take-part"]))
    return section("take-part-here", said["site.to.say"], *lines(rows))


def _referring(site: Site, text: Document) -> Part:
    """Yield the texts that refer to this one."""
    seen: dict[str, Document] = {}
    for other, _ in site.corpus.back_links.get((id_space(text.kind or ""), text.id), ()):
        if other.kind in NUMBERED_KINDS and other.kind != "instrument" and other.id != text.id:
            seen.setdefault(other.id, other)
    if seen:
        rows = lines(named_texts(list(seen.values())))
        yield section("referring", site.said["site.referring"], *rows)
