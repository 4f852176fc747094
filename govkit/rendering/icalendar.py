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


def icalendar(name: str, events: Iterable[Event]) -> bytes:
    """Return a calendar file of this name, its events in the order given."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//govkit//calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event)),
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
