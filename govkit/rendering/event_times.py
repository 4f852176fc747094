"""When an event is, in words: its days, and the hours as the clock at the place shows them."""

from __future__ import annotations

from govkit.languages.catalogue import Messages
from govkit.records.registers import Event

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
