"""The sum for one text: what its policy requires, what was given, what is missing.

Whole numbers and exact fractions; nothing is rounded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.consent.votes import YES, Vote
from govkit.records.policies import AT_LEAST, Majority, Policy, Quorum
from govkit.round.docket import Docket
from govkit.round.filed_records import Meeting
from govkit.round.roll import RollEntry, organisation_of, person_of, voice_of

Measure = Literal["consents", "groups", "group", "majority", "yes", "quorum", "endorsers"]


class Requirement(NamedTuple):
    """One thing that the policy asks for.

    `given` and `needed` are in the same measure. `beyond` means that more than `needed` is asked
    for. `missing` says how many more consents (or participants, or endorsers) would do; None where
    no number would. `reachable` is False where the roll has too few members for it.
    """

    what: Measure
    group: str | None
    needed: Fraction
    given: Fraction
    missing: int | None
    beyond: bool = False
    reachable: bool = True
    cast: int = 0

    @property
    def met(self) -> bool:
        """Say whether it is fulfilled."""
        return self.missing == 0


@dataclass(frozen=True)
class Tally:
    """Who could speak and who did, about one text: every voice of the roll with its group."""

    groups: Mapping[str, str]
    voices: tuple[Vote, ...]
    policy: Policy

    @cached_property
    def _counted(self) -> dict[str | None, int]:
        """Return how many consents count: in each group, and in all under None."""
        cap, counted = self.policy.cap, Counter[str | None]()
        of_body: Counter[str] = Counter()
        for voice in self.voices:
            if voice.said in YES:
                of_body[voice.key[0]] += 1
                # The cap holds for a body over all groups: one organisation can't fill several
                # groups' shares.
                if cap is None or of_body[voice.key[0]] <= cap.votes:
                    counted[voice.group] += 1
                    counted[None] += 1
        return counted

    def yes(self, group: str | None = None) -> int:
        """Return how many consents count, in one group or in all."""
        return self._counted.get(group, 0)

    def no(self, group: str) -> int:
        """Return how many voices of a group object."""
        return sum(1 for v in self.voices if v.said == "object" and v.group == group)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Return how many voices of the roll each group has."""
        return Counter(self.groups.values())

    def size(self, group: str) -> int:
        """Return how many voices of the roll a group has."""
        return self.sizes.get(group, 0)

    def heard(self) -> list[Vote]:
        """Return the voices that said something about these words."""
        return [voice for voice in self.voices if voice.said != "stale"]


def requirements(
    docket: Docket, roll: Mapping[str, RollEntry], tally: Tally
) -> tuple[Requirement, ...]:
    """Return everything that the policy asks for, with the sum of each."""
    return (
        *_consents(tally),
        *_majorities(tally),
        *_quorum(docket, roll, tally),
        *_endorsers(docket, roll, tally.policy),
    )


def _count(
    what: Measure, group: str | None, needed: int, given: int, reachable: bool = True
) -> Requirement:
    missing = max(needed - given, 0)
    return Requirement(what, group, Fraction(needed), Fraction(given), missing, reachable=reachable)


def _consents(tally: Tally) -> Iterator[Requirement]:
    asked = tally.policy.consents
    if asked.total > 0:
        yield _count("consents", None, asked.total, tally.yes(), len(tally.groups) >= asked.total)
    for name, number in asked.groups.items():
        if name == AT_LEAST:
            there = tally.sizes
            given = sum(1 for group in there if tally.yes(group))
            yield _count("groups", None, number, given, len(there) >= number)
        elif number > 0:
            yield _count("group", name, number, tally.yes(name), tally.size(name) >= number)


def _majorities(tally: Tally) -> Iterator[Requirement]:
    for group, asked in (tally.policy.majority or {}).items():
        there = tally.size(group) >= max(asked.min_yes, 1)
        yield _majority(group, asked, tally.yes(group), tally.no(group), there)
        if asked.min_yes > 0:
            yield _count("yes", group, asked.min_yes, tally.yes(group), there)


def _majority(group: str, asked: Majority, yes: int, no: int, reachable: bool) -> Requirement:
    needed, beyond = _share(asked)
    cast = yes + no
    # Exact fractions: two thirds of three votes is two, and not 1.9999 or 2.0001.
    given = Fraction(yes, cast) if cast else Fraction(0)
    enough = cast > 0 and (given > needed if beyond else given >= needed)
    missing = 0 if enough else _more_yes(yes, no, needed, beyond)
    return Requirement("majority", group, needed, given, missing, beyond, reachable, cast)


def _share(asked: Majority | Quorum) -> tuple[Fraction, bool]:
    """Return the share, and whether it has to be passed; with none given, the whole is needed."""
    if asked.more_than is not None:
        return Fraction(asked.more_than), True
    return Fraction(asked.at_least or 1), False


def _more_yes(yes: int, no: int, needed: Fraction, beyond: bool) -> int | None:
    """Return how many more yes would reach the share, or None where no number would."""
    if needed == 1:
        return None if no or beyond else max(1 - yes, 0)
    exact = (needed * (yes + no) - yes) / (1 - needed)
    more = max(math.ceil(exact), 0)
    total = yes + no + more
    short = not total or (beyond and Fraction(yes + more, total) <= needed)
    return more + 1 if short else more


def _quorum(docket: Docket, roll: Mapping[str, RollEntry], tally: Tally) -> Iterator[Requirement]:
    asked = tally.policy.quorum
    if asked is None:
        return
    share, beyond = _share(asked)
    base = _active(docket, roll, tally, asked)
    needed, given = share * base, Fraction(len(tally.heard()))
    least = math.floor(needed) + 1 if beyond else math.ceil(needed)
    missing = max(least - int(given), 0)
    yield Requirement("quorum", None, needed, given, missing, beyond)


def _active(docket: Docket, roll: Mapping[str, RollEntry], tally: Tally, asked: Quorum) -> Fraction:
    """Return how many are active: the average of those who came to the last meetings.

    Meetings before the opening count. Where there was none, everybody on the roll is active; and of
    one for which nobody has vouched, everybody came.
    """
    everybody = Fraction(len(tally.groups))
    last = last_meetings(docket, asked)
    if not last:
        return everybody
    came = sum(
        everybody
        if meeting.attended is None
        else len(_voices(meeting.attended, roll, tally.policy))
        for meeting in last
    )
    return Fraction(came, len(last))


def last_meetings(docket: Docket, asked: Quorum) -> list[Meeting]:
    """Return the meetings from which a quorum takes who is active."""
    revision = docket.revision
    if asked.of == "roll" or revision is None or asked.active.meetings < 1:
        return []
    # Meetings before the opening only: who calls a meeting later must not move the quorum.
    before = [each for each in docket.meetings if each.day < revision.opened.date()]
    return before[-asked.active.meetings :]


def _voices(members: Iterable[str], roll: Mapping[str, RollEntry], policy: Policy) -> set[str]:
    return {voice_of(roll[id], policy) for id in members if id in roll}


def _endorsers(
    docket: Docket, roll: Mapping[str, RollEntry], policy: Policy
) -> Iterator[Requirement]:
    asked = policy.endorsers
    if asked.count <= 0:
        return
    own = _bodies(docket, docket.proposal.proposer, asked.other_than)
    given = {
        roll[id].organisation or roll[id].person
        for id in docket.proposal.endorsers
        if id in roll and not own & {id, roll[id].person, roll[id].organisation}
    }
    yield _count("endorsers", None, asked.count, len(given))


def _bodies(docket: Docket, proposer: str, other_than: str) -> set[str | None]:
    """Return who is no endorser: the proposer, and where the policy says so their organisation."""
    own: set[str | None] = {proposer, person_of(docket.members, proposer)}
    member = docket.members.get(proposer)
    if other_than == "proposer-organisation" and member is not None:
        own.add(organisation_of(member, proposer))
    return own - {None}
