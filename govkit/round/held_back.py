"""Which comments are held back: why, by whom, since when. Their words are shown nowhere.

Two coordinators hold a comment back by an act, and two show it again; the newest act in the log
speaks. The record of the comment stays as it was received.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from govkit.records.enumerations import HoldBackGround
from govkit.round.corrections import replaced_records
from govkit.round.docket import Docket
from govkit.round.rounds import Round

_KINDS = ("hold-back", "restore")


class HeldBack(NamedTuple):
    """A comment that is held back: by which act, why, by whom, and the day of the log."""

    act: str
    ground: HoldBackGround
    reason: str
    by: tuple[str, ...]
    on: datetime.date

    @property
    def words(self) -> str:
        """Return it as a table has it: what stands in the place of the words."""
        return (
            f"held back: {self.ground.replace('-', ' ')}, by {' and '.join(self.by)} on {self.on}"
        )


def comments_held_back(docket: Docket, now: datetime.datetime) -> Mapping[str, HeldBack]:
    """Return the comments that are held back at a moment, by their ids, as comments/0012."""
    acts = [each for each in docket.acts if each.record.kind in _KINDS]
    if not acts:
        return {}
    round, found = Round(docket, now), dict[str, HeldBack]()
    for each in acts:
        act = each.record
        if round.fault_of(each) is not None or each.entry is None:
            continue
        for id in act.comments:
            if act.kind == "restore":
                found.pop(id, None)
            elif act.ground is not None:
                on = each.entry.recorded_at.date()
                found[id] = HeldBack(each.id, act.ground, act.reason, act.by, on)
    return found


def records_set_aside(docket: Docket, now: datetime.datetime) -> frozenset[str]:
    """Return the records that a correction has replaced, and the comments that are held back."""
    return frozenset((*replaced_records(docket, now), *comments_held_back(docket, now)))


def waiting_comments(docket: Docket, now: datetime.datetime) -> frozenset[str]:
    """Return the comments that wait for an answer, by their ids.

    None that a correction replaced, whose author took it back, or that is held back.
    """
    gone = records_set_aside(docket, now)
    return frozenset(
        each.id for each in docket.comments if each.record.is_unanswered and each.id not in gone
    )
