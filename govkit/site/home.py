"""The first page: what the coalition is, what is open now and until when, and how to take part."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.log.periods import last_day
from govkit.proposals.news import News, NewsDeadline, news_of, open_deadlines
from govkit.rendering.document import Block, Section
from govkit.rendering.notes import read_note
from govkit.rendering.places import NO_PLACES
from govkit.rendering.spans import Span, Spans, Strong, Words
from govkit.rendering.typography import curled
from govkit.site import books
from govkit.site.frame import HOME, name_of
from govkit.site.layout import document_of, lines, section, sentence, to
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
        section("open", said["site.open-now"], *_open(site)),
        section("texts-here", said["site.texts-here"], *books.listed(site)),
        *_news(site),
    )
    draft, notice = (
        (said["book.draft"], said["site.nothing-adopted"]) if site.corpus.is_forming else ("", "")
    )
    document = document_of(site, HOME, name_of(site), sections, draft=draft, notice=notice)
    description = said.say("site.described", name=name_of(site))
    yield Page("index.html", document, description, data={"open": list(_open_data(site))})


def _purpose(site: Site) -> Iterator[Section]:
    purpose = site.charter.purpose
    if purpose:
        words = read_note(without_addresses(purpose)[0], NO_PLACES)
        yield Section("front", "purpose", "", site.said["site.purpose"], words)


# --- what is open ---------------------------------------------------------------------------------


def _open(site: Site) -> Iterator[Block]:
    found = open_deadlines(site.corpus, site.now)
    if found:
        yield from lines(_deadline(site, each) for each in found)
    else:
        yield sentence(site.said["site.nothing-open"])


def _deadline(site: Site, each: NewsDeadline) -> Spans:
    said = site.said
    until = said.date(last_day(each.until).isoformat())
    begin: tuple[Span, ...] = (Strong(to(_page_of(each), curled(each.title))),)
    return (*begin, Words(f": {said.say(f'annual.opens.{each.kind}', until=until)}"))


def _page_of(each: NewsDeadline) -> str:
    return f"call-{each.id}" if each.kind == "call" else f"proposal-{each.id}"


def _open_data(site: Site) -> Iterator[dict[str, str]]:
    for each in open_deadlines(site.corpus, site.now):
        until = f"{each.until:%Y-%m-%dT%H:%M:%SZ}"
        yield {"kind": each.kind, "id": each.id, "title": each.title, "until": until}


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
    title = curled(each.title) or each.id
    return (Words(f"{day}: {what} "), *to(anchor_of_news(each), title))


def anchor_of_news(each: News) -> str:
    """Return the anchor of the page about what happened."""
    if each.kind == "release":
        return f"release-{each.id.replace('/', '-')}"
    return f"call-{each.id}" if each.kind == "call" else f"proposal-{each.id}"
