"""When an event is: in words, by the clock at the place, and for calendar programs."""

from __future__ import annotations

import datetime
from typing import cast

from govkit.corpus.documents import Document
from govkit.languages.catalogue import Messages
from govkit.log.periods import instant_of
from govkit.records.registers import Event
from govkit.rendering.icalendar import Meeting
from govkit.source.reading import without_addresses

_DAY = len("2026-03-10")
_MINUTE = len("2026-03-10T17:00")


def event_days(event: Event, said: Messages) -> str:
    """Return from when to when an event is, with its hours and how far they are from UTC."""
    begin, end = event.starts, event.ends or ""
    if not end or end[:_DAY] == begin[:_DAY]:
        hours = " – ".join(filter(None, (_hour(begin), _hour(end))))
        return _joined(said.date(begin[:_DAY]), hours, _clock(event))
    return _joined(
        said.say("annual.from-to", begin=_moment(begin, said), end=_moment(end, said)),
        _clock(event),
    )


def _moment(moment: str, said: Messages) -> str:
    return _joined(said.date(moment[:_DAY]), _hour(moment))


def _hour(moment: str) -> str:
    return moment[_DAY + 1 : _MINUTE]


def _clock(event: Event) -> str:
    """Return by which clock the hours are: UTC, or so far from it; and its name, if it has one."""
    if not _hour(event.starts):
        return ""
    offset = "" if event.starts.endswith("Z") else event.starts[-len("+03:00") :]
    return f"UTC{offset}" + (f" ({event.time_zone})" if event.time_zone else "")


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


# --- for calendar programs ------------------------------------------------------------------------


def meeting_of(entry: Document, coalition: str, said: Messages) -> Meeting:
    """Return an event for a calendar program. Without a log of it, `changed` is when it begins."""
    record = cast(Event, entry.record)
    agenda = [f"{said['registers.agenda']}:", *record.agenda] if record.agenda else []
    minutes = [f"{said['registers.minutes']}: {record.minutes}"] if record.minutes else []
    words = [*([record.note.strip()] if record.note else []), *agenda, *minutes]
    place = record.place or record.country
    ends = _day_or_moment(record.ends) if record.ends else None
    begins = _day_or_moment(record.starts)
    if isinstance(begins, datetime.datetime) and not isinstance(ends, datetime.datetime):
        ends = None  # whoever says no hour of the end says none that a calendar can hold
    if isinstance(ends, datetime.datetime) and not isinstance(begins, datetime.datetime):
        ends = ends.date()
    return Meeting(
        f"event-{entry.id}@{coalition}.govkit",
        begins,
        ends,
        without_addresses(record.title)[0],
        without_addresses("\n".join(words))[0],
        place or ("" if record.kind == "meeting" else said["annual.events.webinar"]),
        record.address or "",
        instant_of(record.starts),
    )


def _day_or_moment(written: str) -> datetime.date:
    return instant_of(written) if "T" in written else datetime.date.fromisoformat(written)
