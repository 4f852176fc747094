"""Dates as iCalendar (RFC 5545), so that any calendar program takes them in.

The same dates give the same bytes, and each keeps its UID for good, so that a program that reads
the file again moves a date and does not double it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LIMIT = 75
"""Octets in a line; a longer one is folded (RFC 5545, 3.1)."""


class Event(NamedTuple):
    """A whole day in a calendar. `changed` is when it was last announced, `moves` how often moved.

    `uid` names the event for good.
    """

    uid: str
    day: datetime.date
    summary: str
    description: str
    changed: datetime.datetime
    moves: int = 0


class Meeting(NamedTuple):
    """A meeting in a calendar: whole days, or from one moment to another.

    `ends` is the last day, or the moment at which it is over. `changed` is when it was last told.
    """

    uid: str
    begins: datetime.date
    ends: datetime.date | None
    summary: str
    description: str
    place: str
    address: str
    changed: datetime.datetime


def icalendar(name: str, events: Iterable[Event | Meeting]) -> bytes:
    """Return a calendar file of this name, its events in the order given."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//govkit//calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(
            line
            for event in events
            for line in (_event(event) if isinstance(event, Event) else _meeting(event))
        ),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"DTEND;VALUE=DATE:{_day(event.day + datetime.timedelta(days=1))}"
    yield f"SEQUENCE:{event.moves}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _meeting(meeting: Meeting) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting.uid}"
    yield f"DTSTAMP:{meeting.changed.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART{_moment(meeting.begins)}"
    last = meeting.ends
    if isinstance(last, datetime.datetime):
        yield f"DTEND{_moment(last)}"
    elif not isinstance(meeting.begins, datetime.datetime):  # the day after the last one
        yield f"DTEND{_moment((last or meeting.begins) + datetime.timedelta(days=1))}"
    yield f"SUMMARY:{_text(meeting.summary)}"
    for name, words in (("LOCATION", meeting.place), ("DESCRIPTION", meeting.description)):
        if words:
            yield f"{name}:{_text(words)}"
    if meeting.address:
        yield f"URL:{meeting.address}"
    yield "END:VEVENT"


def _moment(moment: datetime.date) -> str:
    """Return a day, or a moment in UTC, which every calendar shows by the reader's own clock."""
    if isinstance(moment, datetime.datetime):
        return f":{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{_day(moment)}"


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line of at most 75 octets, with the rest on lines that begin with a space.

    No character is cut in two.
    """
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        letter = sign.encode()
        room = _LIMIT - (1 if pieces else 0)
        if len(piece) + len(letter) > room:
            pieces.append(piece)
            piece = b""
        piece += letter
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
