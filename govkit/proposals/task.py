"""One thing that is to be done, by whom, and until when."""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

TaskKind = Literal[
    "take-in",
    "answer",
    "reason",
    "vouch",
    "position",
    "step",
    "decide",
    "apply",
    "release",
    "sign",
    "seal",
    "mandate",
    "key",
    "promise",
    "lapse",
    "address",
    "ballot",
    "letter",
    "remind",
    "send",
    "bulletin",
    "audit",
]
"""What kind of work it is, in one word, for programs."""


class Task(NamedTuple):
    """One thing to be done.

    `due` is when it has to be done, None where it waits now. `about` is the id of the proposal,
    call, member, act or release; empty for the whole. `who` are the members who can do it.
    """

    due: datetime.datetime | None
    about: str
    kind: TaskKind
    what: str
    who: tuple[str, ...]
    command: str

    def is_overdue(self, now: datetime.datetime) -> bool:
        """Say whether its date has passed."""
        return self.due is not None and self.due <= now

    def heading(self, now: datetime.datetime) -> str:
        """Return under which words it stands in a list that goes by date."""
        if self.kind == "audit":
            return "No hurry: `govkit audit` misses"
        if self.due is None:
            return "Waits now"
        if self.is_overdue(now):
            return "Overdue"
        return f"Until {self.due:%Y-%m-%d %H:%M} UTC"
