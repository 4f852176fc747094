"""The first page: what the coalition is, what is open now and until when, and how to take part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.proposals.news import News, news_of
from govkit.rendering.document import Section
from govkit.rendering.notes import read_note
from govkit.rendering.places import NO_PLACES
from govkit.rendering.spans import Spans, Words
from govkit.rendering.typography import curled
from govkit.site import books, consultations, releases
from govkit.site.frame import HOME, name_of
from govkit.site.layout import document_of, lines, section, to
from govkit.site.page import Page
from govkit.site.site import Site
from govkit.source.reading import without_addresses

_NEWEST = 8
_BEGIN = datetime.datetime(2006, 1, 1, tzinfo=datetime.UTC)
"""Before the first IGF there is nothing to tell."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the first page."""
    said = site.said
    sections = (
        *_purpose(site),
        section("open", said["site.open-now"], *consultations.blocks_of_open(site)),
        _taking_part(site),
        section("texts-here", said["site.texts-here"], *books.listed(site)),
        *_news(site),
    )
    draft, notice = (
        (said["book.draft"], said["site.nothing-adopted"]) if site.corpus.is_forming else ("", "")
    )
    document = document_of(site, HOME, name_of(site), sections, draft=draft, notice=notice)
    description = said.say("site.described", name=name_of(site))
    yield Page("index.html", document, description, data={"open": consultations.open_data(site)})


def _purpose(site: Site) -> Iterator[Section]:
    purpose = site.charter.purpose
    if purpose:
        words = read_note(without_addresses(purpose)[0], NO_PLACES)
        own = Section("front", "own-words", "", "", words, language=site.corpus.language)
        blocks, inner = ((), (own,)) if site.spoken else (words, ())
        yield Section("front", "purpose", "", site.said["site.purpose"], blocks, inner)


# --- what is open ---------------------------------------------------------------------------------


def _taking_part(site: Site) -> Section:
    said = site.said
    rows = [
        (*to(f"how-to-{what}", said[f"site.to.{what}"]), Words(f": {said[f'site.how-to.{what}']}"))
        for what in ("comment", "edit", "join")
    ]
    return section("taking-part", said["site.ways.take-part"], *lines(rows))


# --- what happened --------------------------------------------------------------------------------


def _news(site: Site) -> Iterator[Section]:
    newest = news_of(site.corpus, _BEGIN, site.now)[-_NEWEST:]
    if newest:
        rows = lines(_told(site, each) for each in reversed(newest))
        yield section("news", site.said["site.news"], *rows)


def _told(site: Site, each: News) -> Spans:
    said = site.said
    day = said.date(each.at.date().isoformat())
    what = said[f"site.happened.{each.kind}"]
    title = site.original(curled(each.title)) or each.id
    return (Words(f"{day}: {what} "), *to(anchor_of_news(each), title))


def anchor_of_news(each: News) -> str:
    """Return the anchor of the page about what happened."""
    if each.kind == "release":
        return releases.anchor_of_release(each.id)
    return f"call-{each.id}" if each.kind == "call" else f"proposal-{each.id}"
