"""Of which words of a member nobody can tell which was the last, and what to ask the member.

A word that was filed later is said to have come earlier, and says something else. The more cautious
counts until the member has said it anew (decision 51).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.consent.admission import AdmittedPosition, admit_positions
from govkit.consent.latest_positions import (
    LatestPositions,
    PerhapsLast,
    latest_positions,
    most_cautious,
)
from govkit.records.scalars import iso
from govkit.round.docket import Docket
from govkit.round.roll import person_of
from govkit.round.rounds import Round


class DoubtfulOrder(NamedTuple):
    """The positions of one person of which each may be the last, in the order of the log.

    `counts` is the more cautious one; `units` are the texts that they are about.
    """

    positions: tuple[AdmittedPosition, ...]
    counts: AdmittedPosition
    units: tuple[str, ...] = ()

    @property
    def speaker(self) -> str:
        """Return who said them."""
        return self.counts.record.cast_by

    @property
    def why(self) -> str:
        """Return what is in doubt, and what counts so long."""
        said = "; ".join(
            f"{each.id} ({each.record.position}), number {each.entry.seq} of the log, is said to "
            f"have come at {iso(each.entry.received_at)}"
            for each in self.positions
        )
        return (
            f"nobody can tell which is the last word of {self.speaker}: {said}. "
            f"The more cautious counts, {self.counts.id}"
        )

    @property
    def remedy(self) -> str:
        """Return the question to ask, and the ways out."""
        return (
            f'Ask {self.speaker}: "Which of these do you hold to today?" File the answer as a new '
            "position. Or, where a host of the coalition received both by mail, a second "
            "coordinator vouches for both: then the earlier mail is the earlier word"
        )

    @property
    def words(self) -> str:
        """Return it as sentences, with the texts before it."""
        return f"{', '.join(self.units)}: {self.why}. {self.remedy}"


def doubtful_order(perhaps: PerhapsLast) -> DoubtfulOrder:
    """Return what is in doubt about one text."""
    positions = tuple(each.position for each in perhaps)
    return DoubtfulOrder(positions, most_cautious(perhaps).position)


def doubtful_orders(folded: LatestPositions) -> Iterator[DoubtfulOrder]:
    """Yield what is in doubt in a round, once for all the texts that it is about."""
    found: dict[tuple[str, ...], tuple[DoubtfulOrder, list[str]]] = {}
    for unit, several in folded.doubts.items():
        for perhaps in several.values():
            ids = tuple(each.position.id for each in perhaps)
            found.setdefault(ids, (doubtful_order(perhaps), []))[1].append(unit)
    for doubt, units in found.values():
        yield doubt._replace(units=tuple(units))


def _is_out_of_order(docket: Docket) -> bool:
    """Say whether somebody's word was filed after one that came later; nearly always it was not."""
    newest: dict[str, datetime.datetime] = {}
    for each in sorted(docket.positions, key=lambda each: each.seq):
        if each.entry is not None:
            person, received = (
                person_of(docket.members, each.record.cast_by),
                each.entry.received_at,
            )
            if received < newest.setdefault(person, received):
                return True
            newest[person] = received
    return False


def doubtful_orders_in(docket: Docket, now: datetime.datetime) -> Iterable[DoubtfulOrder]:
    """Return what is in doubt in the revision of a docket that is open; nothing without one."""
    if docket.revision is None or not _is_out_of_order(docket):
        return ()
    round = Round(docket, now)
    return doubtful_orders(latest_positions(round, admit_positions(round)))
