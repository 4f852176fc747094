"""The dates of a revision as notices set and moved them, and what they mean for a comment.

A last call asks for comments, too, so what comes while it runs is in time. A comment on an earlier
revision that comes while a later one is open is in time as well: its author replied to an old mail.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from govkit.log.periods import last_day
from govkit.records.proposals import Notice, Revision
from govkit.round.filed_records import FiledRecord

Instant = datetime.datetime


class RoundDates(NamedTuple):
    """The dates of a revision; None where nothing was announced yet."""

    opened: Instant
    comment_until: Instant
    closes: Instant | None
    last_call: Instant | None

    def takes(self, received: Instant) -> bool:
        """Say whether a comment that was received then is in time."""
        in_last_call = (
            self.last_call is not None
            and self.closes is not None
            and self.last_call <= received < self.closes
        )
        return received < self.comment_until or in_last_call


def announced_dates(
    number: int,
    revision: Revision,
    announced: Iterable[FiledRecord[Notice]],
    *,
    slips: Container[str],
    decided: int | None,
    reopened: bool,
) -> tuple[RoundDates, dict[str, str]]:
    """Return the dates of a revision, and the notices about it without effect, each with why.

    An earlier date is not among these. `slips` are the notices in the place of one that was
    mistyped, `decided` the number in the log of the decision; `reopened` says that two coordinators
    reopened what had closed. A notice that the log does not know has no moment, and is never late.
    """
    until, closes, last_call = revision.comment_until, None, None
    idle: dict[str, str] = {}
    for filed in announced:
        notice, at = filed.record, filed.entry.recorded_at if filed.entry else None
        if notice.revision != number:
            continue
        if at is not None and at < revision.opened:
            idle[filed.id] = f"revision {number} was opened after it"
            continue
        if decided is not None and decided < filed.seq:
            idle[filed.id] = f"revision {number} was decided before it"
            continue
        # A date that was promised moves later only, whatever somebody files (decision 11).
        # Only a slip that was corrected at once was no promise.
        if notice.kind == "opening" and filed.id in slips:
            until = notice.comment_until or until
        until = max(until, notice.comment_until or until)
        # A second last call of one revision only moves the close, by the rules of a move.
        if notice.kind == "last-call" and last_call is None:
            closes, last_call = notice.closes, at
        elif notice.closes and closes is None:
            idle[filed.id] = "no last call was announced before it"
        # The close can't be moved after it has passed, or a result could be waited for
        # (decision 11).
        elif notice.closes and closes and (at is None or at < closes or reopened):
            closes = max(closes, notice.closes)
        elif notice.closes and closes:
            over = f"the last call was over on {last_day(closes)}"
            idle[filed.id] = f"{over}, and two coordinators reopen it first"
    return RoundDates(revision.opened, until, closes, last_call), idle


def is_late(times: Sequence[RoundDates], revision: int, received: Instant) -> bool:
    """Say whether a comment on a revision came late; a number that is not there is the nearest."""
    first = min(max(revision, 1), len(times)) - 1
    own, later = times[first], times[first + 1 :]
    return not own.takes(received) and not any(
        each.opened <= received and each.takes(received) for each in later
    )
