"""Whether a comment came late: after the time for comments, and during no last call.

A last call asks for comments, too, so what comes while it runs is in time. A comment on an earlier
revision that comes while a later one is open is in time as well: its author replied to an old mail.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govkit.records.proposals import Notice, Revision

Instant = datetime.datetime


class LoggedNotice(NamedTuple):
    """A notice, and when the log had it; None where the log does not know it.

    `corrects` says that it stands in the place of one that was mistyped, and corrected at once.
    """

    notice: Notice
    at: Instant | None
    corrects: bool = False


class CommentPeriod(NamedTuple):
    """When comments on a revision are taken: until a day, and during its last call, if any."""

    opened: Instant
    until: Instant
    last_call: Instant | None = None
    closes: Instant | None = None

    def takes(self, received: Instant) -> bool:
        """Say whether a comment that was received then is in time."""
        in_last_call = (
            self.last_call is not None
            and self.closes is not None
            and self.last_call <= received < self.closes
        )
        return received < self.until or in_last_call


def comment_periods(
    revisions: Iterable[Revision], announced: Iterable[LoggedNotice], reopened: bool = False
) -> tuple[CommentPeriod, ...]:
    """Return when comments on each revision are taken, as the notices set and moved it.

    `reopened` says that two coordinators reopened what had closed.
    """
    notices = list(announced)
    return tuple(
        _open(revision, [each for each in notices if each.notice.revision == number], reopened)
        for number, revision in enumerate(revisions, 1)
    )


def _open(revision: Revision, announced: Iterable[LoggedNotice], reopened: bool) -> CommentPeriod:
    found = CommentPeriod(revision.opened, revision.comment_until)
    for notice, at, corrects in announced:
        if at is not None and at < revision.opened:
            continue
        until = notice.comment_until or found.until
        # A date that was promised moves later only (decision 11). Only a slip was no promise.
        slip = notice.kind == "opening" and corrects
        found = found._replace(until=until if slip else max(until, found.until))
        if notice.kind == "last-call" and found.last_call is None:
            found = found._replace(last_call=at, closes=notice.closes)
        elif notice.closes is not None and found.closes is not None:
            in_time = at is None or at < found.closes or reopened
            found = found._replace(
                closes=max(notice.closes, found.closes) if in_time else found.closes
            )
    return found


def is_late(times: Sequence[CommentPeriod], revision: int, received: Instant) -> bool:
    """Say whether a comment on a revision came late; a number that is not there is the nearest."""
    first = min(max(revision, 1), len(times)) - 1
    own, later = times[first], times[first + 1 :]
    return not own.takes(received) and not any(
        each.opened <= received and each.takes(received) for each in later
    )
