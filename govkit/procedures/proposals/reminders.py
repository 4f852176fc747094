"""Reminders to members who were not heard: a draft for each, at days that the policy names.

What was drafted is noted in the private folder: for a revision and a number of days a member gets
one reminder, however often the command runs and whatever became of the file. A note is begun before
the file is written; begun alone, with no file, it was interrupted, and the draft is written then.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from govkit.log.coordinators import coordinators_of
from govkit.procedures.proposals.member_ballots import BallotFile, BallotWriting
from govkit.procedures.proposals.revision import docket_named
from govkit.procedures.proposals.sending import DONE
from govkit.proposals.reminders import Reminder, not_heard, reminder_due, reminders_of
from govkit.proposals.task import Task
from govkit.round.docket import Docket
from govkit.round.rounds import Round
from govkit.round.states import open_dockets
from govkit.source.record_bytes import instant_text
from govkit.store.output_files import write_output
from govkit.store.private_rows import REMINDED, Row, add_row, held, rows_of
from govkit.workspace import Workspace


class ReminderRound(NamedTuple):
    """The reminders of a proposal at a moment; `due` is None where none is to be written.

    `files` are the drafts to write now, `reminded` the members who have theirs, `spoken` drafts
    that still lie there for members who were heard since.
    """

    proposal: str
    number: int
    due: Reminder | None
    later: tuple[Reminder, ...]
    files: tuple[BallotFile, ...]
    reminded: tuple[str, ...]
    without_address: tuple[str, ...]
    spoken: tuple[Path, ...]


class _Note(NamedTuple):
    """What is noted of one reminder to one member."""

    state: str
    path: Path

    @property
    def is_done(self) -> bool:
        """Say whether the draft was written: it waits, or was sent, or is said to be written."""
        sent = self.path.parent / DONE / self.path.name
        return self.state == "drafted" or self.path.is_file() or sent.is_file()


def reminders_for(workspace: Workspace, id: str, now: datetime.datetime) -> ReminderRound:
    """Return what is to be written now about a proposal. Nothing is written."""
    docket = docket_named(workspace, id)
    reminders, notes = reminders_of(docket, now), _notes(workspace)
    due = reminder_due(reminders, now)
    later = tuple(each for each in reminders if each.at > now)
    silent = not_heard(docket, now) if reminders else {}
    revision, still = f"{id} r{docket.number}", _still(docket, silent)
    spoken = tuple(sorted(path for of, _, path in notes.stale(still) if of == revision))
    if due is None:
        return ReminderRound(id, docket.number, None, later, (), (), (), spoken)
    key, closes = _key(id, docket.number, due), Round(docket, now).dates.closes
    assert closes is not None, "it is in last call"
    writing = BallotWriting(workspace, docket, closes, True, now)
    files: list[BallotFile] = []
    reminded, lacking = [], []
    for seat, texts in silent.items():
        people = [each for each in _people(docket, seat) if each in writing.lines]
        if not people:
            lacking.append(seat)
        for each in people:
            if notes.has(key, each):
                reminded.append(each)
            else:
                files += writing.files(each, f"reminder-{due.days}-days", texts)
    return ReminderRound(
        id, docket.number, due, later, tuple(files), tuple(reminded), tuple(lacking), spoken
    )


def write_reminders(
    workspace: Workspace, round: ReminderRound, folder: Path, now: datetime.datetime
) -> tuple[BallotFile, ...]:
    """Write the drafts and note each; return those that were written."""
    root = workspace.root
    if round.due is None or not round.files:
        return ()
    key = _key(round.proposal, round.number, round.due)
    with held(root, REMINDED):
        # Read again: another command may have written some while this one made them.
        known = _notes(workspace)
        files = [each for each in round.files if not known.has(key, each.member, each.name)]
        rows = [
            {
                "reminder": key,
                "member": each.member,
                "draft": each.name,
                "folder": str(folder.resolve()),
                "at": instant_text(now),
            }
            for each in files
        ]
        for row in rows:
            add_row(root, REMINDED, row | {"state": "begun"})
        for each, row in zip(files, rows, strict=True):
            write_output(folder / each.name, each.data)
            add_row(root, REMINDED, row | {"state": "drafted"})
    return tuple(files)


def reminders_to_write(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield the reminders that are due, and the days of those to come."""
    notes, still = _notes(workspace), set[tuple[str, str]]()
    who = coordinators_of(workspace.corpus)
    for docket in open_dockets(workspace.corpus, now):
        reminders = reminders_of(docket, now)
        if not reminders:
            continue
        id, silent = docket.proposal.id, not_heard(docket, now)
        still |= _still(docket, silent)
        command = f"govkit propose remind {id}"
        due = reminder_due(reminders, now)
        if due is not None:
            key, days = _key(id, docket.number, due), _days(due)
            waiting = [
                seat
                for seat in silent
                if not any(notes.has(key, each) for each in _people(docket, seat))
            ]
            what = f"{id}: remind who was not heard, {days} before the close: {', '.join(waiting)}"
            if waiting:
                yield Task(None, id, "remind", what, who, command)
        for each in reminders if silent else ():
            if each.at > now:
                what = f"{id}: from then on, remind who was not heard ({_days(each)} to the close)"
                yield Task(each.at, id, "remind", what, who, command)
    for revision, member, path in notes.stale(still):
        id = revision.partition(" ")[0]
        what = (
            f"{id}: {member} needs no reminder any more, and the draft {path.name} waits: delete it"
        )
        yield Task(None, id, "remind", what, who, f"govkit propose remind {id} --dry-run")


def _still(docket: Docket, silent: Iterable[str]) -> set[tuple[str, str]]:
    """Return who is to be reminded still, by the revision and the member."""
    revision = f"{docket.proposal.id} r{docket.number}"
    return {(revision, person) for seat in silent for person in _people(docket, seat)}


def _days(reminder: Reminder) -> str:
    return "1 day" if reminder.days == 1 else f"{reminder.days} days"


def _people(docket: Docket, seat: str) -> tuple[str, ...]:
    """Return who is written to for a member: the member, and those who represent it."""
    represents = sorted(
        id
        for id, member in docket.members.items()
        if member.represents == seat and member.state == "enrolled" and id != seat
    )
    return (seat, *represents)


def _key(proposal: str, number: int, reminder: Reminder) -> str:
    return f"{proposal} r{number} {reminder.days}"


class _Notes:
    """What is noted of reminders, by what they remind of, the member, and the file."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._found: dict[tuple[str, str], dict[str, _Note]] = {}
        for row in rows:
            key, member, draft = (str(row.get(each)) for each in ("reminder", "member", "draft"))
            note = _Note(str(row.get("state")), Path(str(row.get("folder"))) / draft)
            self._found.setdefault((key, member), {})[draft] = note

    def has(self, key: str, member: str, draft: str | None = None) -> bool:
        """Say whether a member has their reminder: in one draft, or in each that was begun."""
        notes = self._found.get((key, member), {})
        if draft is not None:
            return draft in notes and notes[draft].is_done
        return bool(notes) and all(each.is_done for each in notes.values())

    def stale(self, still: Container[tuple[str, str]]) -> Iterator[tuple[str, str, Path]]:
        """Yield the drafts that lie there for nobody who is to be reminded still.

        `still` are those by revision, as `2026-003 r2`, and member, which stand before each draft.
        """
        for (key, member), notes in self._found.items():
            revision = key.rpartition(" ")[0]
            if (revision, member) not in still:
                for each in notes.values():
                    if each.path.is_file():
                        yield revision, member, each.path


def _notes(workspace: Workspace) -> _Notes:
    return _Notes(rows_of(workspace.root, REMINDED))
