"""What stands in a docket: a record with its entry in the log, and who saw what it rests on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from govkit.records.base import Record
from govkit.records.log import LogEntry

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FiledRecord(Generic[R]):
    """A record of a proposal with its entry in the log.

    `id` is its place in the proposal, as positions/example-01. `entry` is None where the log does
    not know it; `intact` is False where it was changed after it was logged. Where it really came
    at another moment, `entry` says that moment, and `as_logged` is what stands in the log.
    """

    id: str
    record: R
    entry: LogEntry | None
    intact: bool = True
    as_logged: LogEntry | None = None

    @property
    def log_entry(self) -> LogEntry | None:
        """Return the entry as it stands in the log: whoever prints its digest needs this one."""
        return self.as_logged or self.entry

    @property
    def logged(self) -> bool:
        """Say whether the log has this record in these words."""
        return self.entry is not None and self.intact

    @property
    def seq(self) -> int:
        """Return the number in the log; what the log does not know comes last."""
        return self.entry.seq if self.entry else 10**15


class Countersigner(NamedTuple):
    """That a second coordinator has seen what a record rests on: who, and where the log says so."""

    by: str
    seq: int
    recorded_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, and which members were there; None where that was not agreed to in time."""

    day: datetime.date
    attended: frozenset[str] | None
