"""What calls and proposals promised, and events, as a calendar file that follows when they move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govkit.corpus.documents import Document
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.calendar import PromisedDates, name_of
from govkit.proposals.promises import Promise
from govkit.records.governance import Charter
from govkit.records.scalars import iso
from govkit.rendering.event_times import meeting_of
from govkit.rendering.icalendar import Event, Meeting, icalendar


def as_calendar(
    charter: Charter,
    several: Sequence[PromisedDates],
    meetings: Sequence[Document],
    messages: Messages,
) -> bytes:
    """Return the dates and events as a calendar file. A date that was moved keeps its UID."""
    events: list[Event | Meeting] = [meeting_of(each, charter.id, messages) for each in meetings]
    for each in several:
        for promise in each.promises:
            named = f"{each.kind}-{each.id}-{promise.step}-{promise.revision}"
            said = "\n".join(
                [f"Until {iso(promise.until.replace(microsecond=0))}.", *_moves_of(promise)]
            )
            told = [move.announced for move in promise.moves if move.announced]
            title = f"{each.title}: {name_of(promise)} ({each.id})"
            uid = f"{named}@{charter.id}.govkit"
            changed = max([each.begun, *told])
            events.append(Event(uid, promise.day, title, said, changed, len(promise.moves)))
        for reminder in each.reminders:
            uid = f"proposal-{each.id}-reminder-{reminder.days}@{charter.id}.govkit"
            title = f"{each.title}: remind who was not heard ({each.id})"
            said = f"govkit propose remind {each.id}"
            events.append(Event(uid, last_day(reminder.at), title, said, each.begun))
    return icalendar(charter.name, events)


def _moves_of(promise: Promise) -> Iterator[str]:
    for move in promise.moves:
        yield f"Moved from {last_day(move.before)} to {last_day(move.to)}: {move.because}"
