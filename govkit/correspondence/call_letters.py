"""What people are told of a call for inputs: that it is open, that a date moved, what was filed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.correspondence.announcements import deadline_in_words, moved_in_words, step_in_words
from govkit.correspondence.mail import Lines, Mail
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.call_inputs import FiledInput
from govkit.proposals.promises import Promise
from govkit.records.calls import Call
from govkit.records.log import LogEntry
from govkit.source.record_bytes import instant_text


@dataclass(frozen=True)
class CallSubject:
    """A call, as a mail about it needs it: its dates as they are promised now, and the log's head.

    `until` is the end of the time for inputs. `head` is as in `MailSubject`.
    """

    said: Messages
    coalition: str
    id: str
    call: Call
    until: datetime.datetime
    promises: Sequence[Promise]
    head: tuple[int, str] | None

    def begun(self, name: str) -> Lines:
        """Return the lines of a mail to a person, begun."""
        lines = Lines()
        lines.say(self.said.say("letters.to", name=name))
        return lines

    def mail(self, what: str, lines: Lines) -> Mail:
        """Return a mail about the call; its subject begins with `[call 2026-001]`."""
        return Mail(f"[{self.said['calls.mark']} {self.id}] {self.call.title}: {what}", f"{lines}")

    @property
    def names(self) -> dict[str, str]:
        """Return the names that sentences about the call hold."""
        return {"id": self.id, "coalition": self.coalition, "title": self.call.title}


class InputEntry(NamedTuple):
    """What answered a call, and its entry in the log."""

    filed: FiledInput
    entry: LogEntry


def call_mail(matter: CallSubject, name: str) -> Mail:
    """Return the mail that says what is asked, until when, and how to answer."""
    said, lines = matter.said, matter.begun(name)
    lines.say(said.say("calls.asks", **matter.names))
    lines.paragraphs(matter.call.asks)
    lines.say(said.say("calls.open-until", until=deadline_in_words(said, matter.until)))
    if matter.promises:
        lines.head(said["calls.dates"])
        for at, each in enumerate(matter.promises, 1):
            what = step_in_words(said, each.step, each.revision, of_call=True)
            lines.item(at, said.say("calls.date", what=what, day=said.weekday(each.day)))
    lines.head(said["mails.how-to-answer"])
    lines.say(said.say("calls.how", id=matter.id))
    lines.say(said["calls.public"])
    lines.newest_entry(matter.head, said)
    return matter.mail(said.say("calls.subjects.open", day=last_day(matter.until)), lines)


def moved_dates_mail(matter: CallSubject, name: str, moved: Sequence[Promise]) -> Mail:
    """Return the mail that gives up promised dates of a call for later ones."""
    said, lines = matter.said, matter.begun(name)
    lines.say(said.say("calls.about", **matter.names))
    for each in moved:
        change = each.moves[-1]
        what = step_in_words(said, each.step, each.revision, of_call=True)
        to = said.weekday(last_day(change.to))
        lines.say(moved_in_words(said, what, last_day(change.before), to, change.because))
    lines.say(said["calls.other-dates-stand"])
    lines.newest_entry(matter.head, said)
    return matter.mail(said["calls.subjects.moved"], lines)


def inputs_received_mail(matter: CallSubject, name: str, inputs: Sequence[InputEntry]) -> Mail:
    """Return the receipt for what somebody sent in answer to a call."""
    said, lines = matter.said, matter.begun(name)
    lines.say(said.say("calls.thanks", **matter.names))
    for at, each in enumerate(inputs, 1):
        lines.item(at, each.filed.input.title)
        lines.lines += [*entry_lines(said, each.entry), ""]
        if each.filed.late:
            lines.say(said["calls.late"], "    ")
    lines.say(said["calls.what-follows"])
    lines.say(said["letters.entry-proves"])
    return matter.mail(said["calls.subjects.received"], lines)


def entry_lines(said: Messages, entry: LogEntry) -> list[str]:
    """Return when something came, who wrote it down, its number in the log and its digest."""
    at = instant_text(entry.received_at)
    return [
        f"    {said.say('receipts.received', at=at, by=entry.by)}",
        f"    {said.say('letters.number', number=entry.seq)}",
        f"    {entry.digest}",
    ]
