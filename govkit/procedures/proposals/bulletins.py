"""The bulletin for the mailing list: drafted on demand, and due as often as the charter says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govkit.correspondence.ballot_letters import as_eml
from govkit.correspondence.bulletins import bulletin_mail
from govkit.correspondence.mail import Mail
from govkit.errors import WrongUse
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import charter_of, coordinators_of
from govkit.log.entries import entries_of
from govkit.log.periods import after, instant_of
from govkit.proposals.news import News, NewsDeadline, news_of, open_deadlines
from govkit.proposals.task import Task
from govkit.records.scalars import iso
from govkit.store.output_files import write_output
from govkit.store.private import require_private
from govkit.store.private_rows import BULLETINS, add_row, rows_of
from govkit.workspace import Workspace


class Bulletin(NamedTuple):
    """A bulletin: from when on and up to when it tells, what it names, and its mail."""

    since: datetime.datetime
    now: datetime.datetime
    news: tuple[News, ...]
    open_now: tuple[NewsDeadline, ...]
    mail: Mail


def bulletin_of(
    workspace: Workspace, since: datetime.datetime | None, now: datetime.datetime
) -> Bulletin:
    """Return the bulletin up to a moment; without `since` from where the last one ended.

    The first one tells from the day of the first entry of the log on. Raises `WrongUse` where
    there is none, or where it would begin in the future.
    """
    corpus, begun = workspace.corpus, since or _last(workspace) or _first_day(workspace)
    if begun is None:
        raise WrongUse(
            "the log has no entry yet, so it is not known from when on to tell",
            "Say it: `govkit bulletin --since 2026-03-01`.",
        )
    if begun > now:
        raise WrongUse(f"{begun:%Y-%m-%d %H:%M} UTC is still to come", "Name an earlier day.")
    news, matters = news_of(corpus, begun, now), open_deadlines(corpus, now)
    name = charter_of(corpus).name
    newest = newest_entry_of(corpus)
    head = (newest.seq, newest.digest) if newest is not None else None
    mail = bulletin_mail(corpus.messages, name, begun, now, news, matters, head)
    return Bulletin(begun, now, news, matters, mail)


def write_bulletin(workspace: Workspace, bulletin: Bulletin, address: str, folder: Path) -> Path:
    """Write the draft to a list, and note up to when it tells. Return its file."""
    sender = next(iter(charter_of(workspace.corpus).intake.addresses), "")
    path = folder / f"bulletin-{bulletin.now:%Y-%m-%d}.eml"
    require_private(workspace.root)
    write_output(path, as_eml([bulletin.mail], address, sender=sender))
    add_row(workspace.root, BULLETINS, {"draft": path.name, "until": iso(bulletin.now)})
    return path


def bulletin_to_write(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield that a bulletin is due, or when, where the charter says how often."""
    charter = workspace.corpus.charter
    often = charter.calendar.bulletin if charter is not None else None
    if often is None:
        return
    last, who = _last(workspace), coordinators_of(workspace.corpus)
    due = after(last, often) if last is not None else now
    what = "tell the mailing list what is new, and what is open"
    command = "govkit bulletin --list ADDRESS"
    yield Task(None if due <= now else due, "", "bulletin", what, who, command)


def _last(workspace: Workspace) -> datetime.datetime | None:
    """Return up to when the newest bulletin told that was drafted here."""
    ends = [str(row["until"]) for row in rows_of(workspace.root, BULLETINS) if "until" in row]
    return instant_of(max(ends)) if ends else None


def _first_day(workspace: Workspace) -> datetime.datetime | None:
    """Return when the day of the first entry of the log began."""
    entries = entries_of(workspace.corpus)
    came = min((entry.received_at for _, entry in entries), default=None)
    return came.replace(hour=0, minute=0, second=0, microsecond=0) if came else None
