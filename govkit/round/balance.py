"""Who is a member on a day, and how the stakeholder groups and the world's regions are balanced."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.records.governance import Member
from govkit.records.regional_groups import REGIONAL_GROUPS, regional_group_of
from govkit.round.roll import roll_of


class RollMember(NamedTuple):
    """A member on the roll: the record, and the stakeholder group of their seat."""

    id: str
    member: Member
    group: str


@dataclass(frozen=True)
class Balance:
    """Who was a member on a day, and how many there are of each group and each region.

    `regions` counts by the regional groups of the United Nations; "" are those without one.
    """

    day: datetime.date
    members: Mapping[str, RollMember]

    @property
    def groups(self) -> Counter[str]:
        """Return how many members sit for each stakeholder group."""
        return Counter(each.group for each in self.members.values())

    @property
    def regions(self) -> Counter[str]:
        """Return how many members are from each region."""
        every = self.members.values()
        return Counter(regional_group_of(each.member.country) or "" for each in every)

    def groups_without(self, groups: Sequence[str]) -> tuple[str, ...]:
        """Return those of the charter's groups for which nobody sits."""
        counts = self.groups
        return tuple(each for each in groups if not counts[each])

    @property
    def regions_without(self) -> tuple[str, ...]:
        """Return the regions from which nobody is."""
        counts = self.regions
        return tuple(each for each in REGIONAL_GROUPS if not counts[each])


def members_of(corpus: Corpus) -> dict[str, Member]:
    """Return the members whose records can be read, by id."""
    return {
        document.id: document.record
        for document in corpus.of_kind("member")
        if isinstance(document.record, Member)
    }


def balance_on(members: Mapping[str, Member], day: datetime.date) -> Balance:
    """Return the balance on a day; listed members have not enrolled and are counted nowhere."""
    seats = roll_of(members, day, day)
    return Balance(day, {id: RollMember(id, members[id], seats[id].group) for id in seats})
