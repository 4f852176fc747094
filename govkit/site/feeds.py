"""What is new, for programs that look for it: Atom feeds, and the dates as calendars.

Each entry is named by a tag (RFC 4151) of the coalition, which holds wherever the site lies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.proposals.news import News, news_of
from govkit.records.registers import Event
from govkit.rendering.atom import Feed, FeedEntry, atom
from govkit.rendering.typography import curled
from govkit.site.frame import name_of
from govkit.site.page import File
from govkit.site.site import Site
from govkit.source.reading import without_addresses

_OF_CONSULTATIONS = ("call", "first", "later", "last-call", "moved")
BEGIN = datetime.datetime(2006, 1, 1, tzinfo=datetime.UTC)
"""Before the first IGF there is nothing to tell."""
_MOST = 50
"""Entries of a feed: who comes later reads the site."""


def pages(site: Site) -> Iterator[File]:
    """Yield the feeds."""
    every = news_of(site.corpus, BEGIN, site.now)
    asked = [each for each in every if each.kind in _OF_CONSULTATIONS]
    yield _feed(site, "changes", [_news(site, each) for each in every])
    yield _feed(site, "consultations", [_news(site, each) for each in asked])
    yield _feed(site, "events", list(_events(site)))


def _feed(site: Site, name: str, entries: list[FeedEntry]) -> File:
    path = f"{name}.atom"
    newest = sorted(entries, key=lambda each: (each.at, each.id))[-_MOST:]
    feed = Feed(
        _tag(site, name),
        f"{name_of(site)}: {site.corpus.messages[f'site.feeds.{name}']}",
        name_of(site),
        f"{site.address}{path}" if site.address else "",
        f"{site.address}index.html",
        site.corpus.language,
    )
    return File(path, atom(feed, newest), f"feed-{name}")


def _tag(site: Site, name: str) -> str:
    return f"tag:{site.charter.id}.invalid,2006:{name}"


def _news(site: Site, each: News) -> FeedEntry:
    what = site.corpus.messages[f"site.happened.{each.kind}"]
    title = curled(each.title) or each.id
    name = f"{each.kind}:{each.id}:{each.number}:{each.at:%Y%m%dT%H%M%SZ}"
    where = f"{site.address}{_page_of(each)}"
    return FeedEntry(_tag(site, name), f"{what} {title}", each.at, where)


def _page_of(each: News) -> str:
    """Return where to read of it, below the address of the site."""
    if each.kind == "release":
        return "releases/index.html"
    if each.kind == "decided":
        return f"decisions/{each.id}.html"
    before = "call-" if each.kind == "call" else ""
    return f"consultations/{before}{each.id}.html"


def _events(site: Site) -> Iterator[FeedEntry]:
    for document in site.corpus.of_kind("event"):
        event = document.record
        if isinstance(event, Event):
            at = datetime.datetime.fromisoformat(event.starts)
            at = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
            words = [site.corpus.messages.date(event.starts[:10]), event.place or ""]
            title = curled(without_addresses(event.title)[0])
            about = ", ".join(filter(None, words))
            where = f"{site.address}registers/events/{document.id}.html"
            yield FeedEntry(_tag(site, f"event:{document.id}"), title, at, where, about)
