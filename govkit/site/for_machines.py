"""The events as a calendar, and what search engines are told: that they may read all of it."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.rendering.event_times import meeting_of
from govkit.rendering.icalendar import icalendar
from govkit.rendering.registers import in_print_order
from govkit.site.page import File
from govkit.site.site import Site


def pages(site: Site) -> Iterator[File]:
    """Yield the calendar of the events, and the file for search engines."""
    entries = in_print_order(site.corpus.of_kind("event"))[::-1]
    meetings = [meeting_of(each, site.charter.id, site.corpus.messages) for each in entries]
    yield File("events.ics", icalendar(site.charter.name, meetings), "events-ics")
    where = f"Sitemap: {site.address}sitemap.xml\n" if site.address else ""
    yield File("robots.txt", f"User-agent: *\nAllow: /\n{where}".encode())
