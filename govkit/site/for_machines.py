"""The events as a calendar, and what search engines are told: that they may read all of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.records.registers import Event
from govkit.rendering import icalendar
from govkit.rendering.release.people import plain
from govkit.site.page import File
from govkit.site.site import Site


def pages(site: Site) -> Iterator[File]:
    """Yield the calendar of the events, and the file for search engines."""
    yield File("events.ics", icalendar.icalendar(site.charter.name, _events(site)), "events-ics")
    where = f"Sitemap: {site.address}sitemap.xml\n" if site.address else ""
    yield File("robots.txt", f"User-agent: *\nAllow: /\n{where}".encode())


def _events(site: Site) -> Iterator[icalendar.Event]:
    for document in site.corpus.of_kind("event"):
        event = document.record
        if isinstance(event, Event):
            day = datetime.date.fromisoformat(event.starts[:10])
            noon = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
            uid = f"event-{document.id}@{site.charter.id}.govkit"
            about = "\n".join(filter(None, (event.starts, event.place or "")))
            yield icalendar.Event(uid, day, plain(event.title), plain(about), noon)
