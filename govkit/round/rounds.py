"""The round: the current revision with its dates, and the words that a position can be given to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.log.periods import after
from govkit.records.comments import Target
from govkit.records.enumerations import ActKind
from govkit.records.governance import EscalationBody, Member
from govkit.records.policies import Policy
from govkit.records.positions import Position
from govkit.records.proposals import Act, Notice, Revision, Unit
from govkit.round.comment_periods import RoundDates, announced_dates
from govkit.round.corrections import Replaced, replaced_records, standing_notices
from govkit.round.docket import Docket
from govkit.round.escalations import Subject, fault_of_ruling, subjects_of
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import RollEntry, going_on, members_of_body, person_of, roll_of

EDITORIAL = 2
"""The highest class of an edit over which a consent is carried: editorial, or order alone."""

Freshness = Literal["fresh", "carried"]
Words = tuple[str | None, str | None]
"""The digests before and after: what a position is given to."""


class Question(NamedTuple):
    """One text that is decided: its unit, its policy, and the words that count for it.

    `words` maps each pair that still counts to how it does; `now` is the pair that is decided, None
    where the adopted words are no longer those that the revision changes.
    """

    unit: Unit
    number: int
    policy: str
    now: Words | None
    words: Mapping[Words, Freshness]

    def is_about(self, position: Position) -> bool:
        """Say whether a position is to words of this text that still count."""
        return any(
            pair.id == self.unit.id and (pair.before, pair.after) in self.words
            for pair in position.units
        )


@dataclass(frozen=True)
class Round:
    """The current revision of a docket at a moment. The docket has a revision."""

    docket: Docket
    now: datetime.datetime

    @property
    def revision(self) -> Revision:
        """Return the current revision."""
        found = self.docket.revision
        assert found is not None
        return found

    @cached_property
    def roll(self) -> dict[str, RollEntry]:
        """Return the seats, frozen at the opening of this revision."""
        # Frozen at the opening: nobody can be brought in to win a vote, or put out to lose one.
        return self._roll_of(self.revision)

    def _roll_of(self, revision: Revision) -> dict[str, RollEntry]:
        return roll_of(self._members, revision.opened.date(), self.now.date())

    @cached_property
    def _members(self) -> dict[str, Member]:
        """Return the members; who left by a record alone goes on."""
        return {
            id: going_on(member) if id in self.docket.not_ended else member
            for id, member in self.docket.members.items()
        }

    @cached_property
    def _rolls(self) -> list[tuple[datetime.datetime, dict[str, RollEntry]]]:
        """Return the roll of each revision, with the moment at which it was opened."""
        every = [each.record for each in self.docket.revisions]
        return [(each.opened, self._roll_of(each)) for each in every]

    def seat_at(self, member: str, moment: datetime.datetime) -> RollEntry | None:
        """Return the seat of a member on the roll of the revision that was open at a moment."""
        rolls = [roll for opened, roll in self._rolls if opened <= moment]
        return rolls[-1].get(member) if rolls else None

    def last_seat(self, member: str) -> RollEntry | None:
        """Return the seat of a member on the newest roll that has one, of any revision."""
        seats = [roll[member] for _, roll in self._rolls if member in roll]
        return seats[-1] if seats else None

    @property
    def dates(self) -> RoundDates:
        """Return the dates as the notices set and moved them, in the order of the log."""
        return self._announced[0]

    @property
    def notices_without_effect(self) -> Mapping[str, str]:
        """Return the notices that set and move nothing, and why; an earlier date is not among them.

        They stand in the log all the same, so whoever reads them would rely on a wrong date.
        """
        return self._announced[1]

    @cached_property
    def _announced(self) -> tuple[RoundDates, Mapping[str, str]]:
        return self._announced_for(self.docket.number, self._standing)

    def _announced_for(
        self, number: int, notices: Iterable[FiledRecord[Notice]]
    ) -> tuple[RoundDates, Mapping[str, str]]:
        decided = self.docket.decided_by(self.now) if number == self.docket.number else None
        return announced_dates(
            number,
            self.docket.revisions[number - 1].record,
            notices,
            slips=self.right,
            decided=decided.seq if decided else None,
            reopened=any(self.acts("reopen")),
        )

    @cached_property
    def comment_periods(self) -> tuple[RoundDates, ...]:
        """Return when comments on each revision are taken.

        Where the log does not know a revision, as before a register begins, nor need it know the
        notices about it.
        """
        unlogged = [each for each in self.docket.notices if each.entry is None]
        return tuple(
            self._announced_for(number, self._standing if each.entry else unlogged)[0]
            for number, each in enumerate(self.docket.revisions, 1)
        )

    @cached_property
    def last_call_needed(self) -> datetime.datetime | None:
        """Return until when the policy keeps the last call open; None where there is none."""
        if self.dates.last_call is None or self.highest is None:
            return None
        return after(self.dates.last_call, self.highest.periods.last_call, self.docket.quiet)

    def notices(self) -> list[FiledRecord[Notice]]:
        """Return the notices of this revision that the log knows, in its order."""
        return [each for each in self._standing if each.record.revision == self.docket.number]

    @cached_property
    def _standing(self) -> list[FiledRecord[Notice]]:
        return standing_notices(self.docket, self.now)

    @cached_property
    def replaced(self) -> Mapping[str, Replaced]:
        """Return the comments and notices that stand no more, and what does in their place."""
        return replaced_records(self.docket, self.now)

    @cached_property
    def right(self) -> frozenset[str]:
        """Return the comments and notices that stand in the place of others."""
        return frozenset(each.right for each in self.replaced.values())

    # --- acts -----------------------------------------------------------------------------------

    def acts(self, kind: ActKind, unit: str | None = None) -> list[FiledRecord[Act]]:
        """Return the valid acts of a kind, those that are about a text if one is named."""
        return [
            each
            for each in self._valid_acts
            if each.record.kind == kind
            and (unit is None or not each.record.units or unit in each.record.units)
        ]

    @cached_property
    def _valid_acts(self) -> list[FiledRecord[Act]]:
        return [each for each in self.docket.acts if self.fault_of(each) is None]

    @cached_property
    def _faults(self) -> dict[str, str | None]:
        return {}  # a ruling asks about those before it, which ask about those before them

    def fault_of(self, filed: FiledRecord[Act]) -> str | None:
        """Return why an act does not count, or None.

        Coordinators act two together; the proposer may withdraw alone. A class is lowered by two
        approvers from two stakeholder groups. Anyone on the roll may state a minority's view. One
        coordinator answers an objection; its author alone may say that it is settled. Two pass one
        on, and as many members of the body that the charter names as it says decide about it.
        """
        if filed.id not in self._faults:
            self._faults[filed.id] = self._fault_of(filed)
        return self._faults[filed.id]

    def _fault_of(self, filed: FiledRecord[Act]) -> str | None:
        act = filed.record
        if not filed.logged:
            return fault_of_log(filed)
        if filed.entry is None or filed.entry.recorded_at > self.now:
            return "it was logged in the future"
        if act.kind == "minority-statement":
            return None if set(act.by) & set(self.roll) else "nobody on the roll made it"
        if act.kind == "withdrawal" and self.docket.proposal.proposer in act.by:
            return None
        unsigned = self.unsigned(filed)
        if unsigned:
            return f"{', '.join(unsigned)} did not sign it"
        return self._lacks_body(filed) or self._lacks(filed)

    def _lacks_body(self, filed: FiledRecord[Act]) -> str | None:
        """Return why nobody can decide about what an escalation or a ruling is about, or None."""
        if filed.record.kind not in ("escalation", "ruling"):
            return None
        if not self._authors_of(filed.record):
            return "it names no objection of this proposal"
        if self.body_at(filed) is None:
            return "the charter named no body that decides about objections (`escalate_to`)"
        return None

    def _lacks(self, filed: FiledRecord[Act]) -> str | None:
        """Return who is missing among those who signed an act, or None."""
        act = filed.record
        if act.kind == "override":
            groups = {self.roll[id].group for id in act.by if id in self.roll}
            return None if len(groups) > 1 else "it takes approvers from two stakeholder groups"
        members = self.docket.members
        named = self.docket.charter.coordinators.ids
        coordinators = set(self.docket.coordinating.get(filed.id, named)) & set(act.by)
        if act.kind == "ruling":
            return self._lacks_of_body(filed)
        # Two people and not two ids, or one person with two could act alone (decision 11).
        people = {(members[id].person if id in members else None) or id for id in coordinators}
        if act.kind in ("answer", "settlement"):
            authors = self._authors_of(act)
            if not authors:
                return "it names no objection of this proposal"
            if act.kind == "answer":
                return None if people else "it takes a coordinator"
            if all(set(act.by) & each for each in authors):
                return None
        if len(people) < 2:
            return TWO_COORDINATORS
        return self._lacks_comments(act) if act.kind in ("hold-back", "restore") else None

    def _lacks_comments(self, act: Act) -> str | None:
        """Return what an act that holds comments back, or shows them again, does not say."""
        there = {each.id for each in self.docket.comments}
        if not act.comments or not there.issuperset(act.comments):
            return "it names a comment that is not there" if act.comments else "it names no comment"
        if act.kind == "hold-back" and act.ground is None:
            return "it says no ground: personal data, attack or spam"
        return None

    # --- objections that were passed on -----------------------------------------------------------

    def body_at(self, filed: FiledRecord[Act]) -> EscalationBody | None:
        """Return the body that decided about objections when an act was logged, or None."""
        return self.docket.bodies.get(filed.id, self.docket.charter.escalate_to)

    def members_of(self, body: str, day: datetime.date) -> tuple[str, ...]:
        """Return who decides for a body on a day."""
        return members_of_body(self._members, body, day)

    def subjects(self, kind: ActKind) -> set[Subject]:
        """Return what the valid acts of a kind are about: objection, text, and its exact words."""
        several = (subjects_of(each, self.docket.revisions) for each in self.acts(kind))
        return set().union(*several)

    def _lacks_of_body(self, filed: FiledRecord[Act]) -> str | None:
        """Return why a ruling does not count, or None."""
        named = self.body_at(filed)
        assert named is not None, "asked before"
        assert filed.entry is not None, "asked before"
        sitting = self.members_of(named.body, filed.entry.recorded_at.date())
        people = {person_of(self._members, id) for id in filed.record.by if id in sitting}
        if len(people) < named.threshold:
            return (
                f"it takes {named.threshold} of the members of {named.body} "
                f"({', '.join(sitting) or 'nobody sits there'}), and has {len(people)}"
            )
        earlier = [
            each
            for each in self.docket.acts
            if each.record.kind in ("escalation", "ruling")
            and each.seq < filed.seq
            and self.fault_of(each) is None
        ]
        return fault_of_ruling(filed, earlier, self.docket.revisions)

    def _authors_of(self, act: Act) -> list[set[str]]:
        """Return for each objection that an act names whose it is; none where one is no objection.

        A settlement by the author is signed by the author; any other rests on two coordinators.
        """
        objections = {
            each.id: {each.record.member, each.record.cast_by}
            for each in self.docket.positions
            if each.record.position == "object" and each.logged
        }
        named = [objections.get(id) for id in act.objections]
        return [each for each in named if each] if all(named) else []

    def unsigned(self, filed: FiledRecord[Act]) -> tuple[str, ...]:
        """Return those whom an act names and who have not signed it: a name is what somebody typed.

        What a minority says is held by its own evidence, and its proposer may withdraw a proposal.
        """
        act = filed.record
        by_proposer = act.kind == "withdrawal" and self.docket.proposal.proposer in act.by
        if act.kind == "minority-statement" or by_proposer:
            return ()
        signed = self.docket.signed.get(filed.id, act.by)
        return tuple(id for id in act.by if id not in signed)

    # --- questions --------------------------------------------------------------------------------

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return what is decided, by the id of the text."""
        return {unit.id: self._question(unit) for unit in self.revision.units}

    def policy(self, question: Question) -> Policy | None:
        """Return the policy of a text, or None where there is none in the words agreed."""
        if question.policy in self.docket.policies_not_agreed:
            return None
        return self.docket.policies.get(question.policy)

    @cached_property
    def every_pair(self) -> frozenset[tuple[str, str | None, str | None]]:
        """Return every pair of words that any revision of the proposal held, with its text."""
        units = [unit for each in self.docket.revisions for unit in each.record.units]
        return frozenset((unit.id, *pair) for unit in units for pair in unit.pairs)

    @cached_property
    def highest(self) -> Policy | None:
        """Return the policy of the highest class: it sets the periods of the whole."""
        ranked = sorted(self.questions.values(), key=lambda each: each.number)
        return self.docket.policies.get(ranked[-1].policy) if ranked else None

    def _question(self, unit: Unit) -> Question:
        # The floor binds here too: a class that is declared too low gets no easier policy.
        number = max(unit.class_, unit.floor)
        if self.acts("override", unit.id):
            number = unit.class_
        policy = self.docket.policy_of_class(number) or ""
        now = self._now(unit)
        words: dict[Words, Freshness] = {}
        if now is not None:
            words[now] = "fresh"
            known = self.docket.policies.get(policy)
            if known is not None and known.editorial.carry and now == (unit.before, unit.after):
                words |= dict.fromkeys(self._carried(unit, known) - {now}, "carried")
        return Question(unit, number, policy, now, words)

    def _now(self, unit: Unit) -> Words | None:
        """Return the pair that holds: the one that begins with the adopted words.

        Where another proposal was applied first, that is the alternative that was shown for this
        case. Once this one is applied, it is the pair that ends in the adopted words.
        """
        base = self.docket.bases.get(unit.id, unit.before)
        begun = [pair for pair in unit.pairs if pair[0] == base]
        done = [pair for pair in reversed(unit.pairs) if pair[1] == base]
        return next(iter([*begun, *done]), None)

    def _carried(self, unit: Unit, policy: Policy) -> set[Words]:
        """Return the earlier pairs from which only editorial edits lead to this one."""
        found: set[Words] = set()
        later = unit
        for number in range(self.docket.number - 1, 0, -1):
            earlier = self._units_at[number].get(unit.id)
            if earlier is None or earlier.before != unit.before:
                break
            # One edit that is not editorial ends the chain: consent to the words before says
            # nothing of these.
            if earlier.after != later.after and not self._is_editorial(later, number + 1, policy):
                break
            found.add((earlier.before, earlier.after))
            later = earlier
        return found

    @cached_property
    def _units_at(self) -> dict[int, dict[str, Unit]]:
        """Return the units of each revision by id."""
        return {
            number: {unit.id: unit for unit in each.record.units}
            for number, each in enumerate(self.docket.revisions, 1)
        }

    def open_before(self, seq: int) -> int:
        """Return the number of the revision that was open when an entry was made; 0 for none."""
        return sum(each.seq < seq for each in self.docket.revisions)

    def open_at(self, moment: datetime.datetime) -> int:
        """Return the number of the revision that was open at a moment; 0 for none."""
        return sum(each.record.opened <= moment for each in self.docket.revisions)

    def had_words_that_count(self, id: str, number: int) -> bool:
        """Say whether a text had words in a revision that count today; so has one that has none."""
        question, then = self.questions.get(id), self._units_at.get(number, {}).get(id)
        if question is None or not question.words:
            return True
        return then is not None and any(pair in question.words for pair in then.pairs)

    def _is_editorial(self, unit: Unit, number: int, policy: Policy) -> bool:
        edited = unit.edit is not None and 0 < unit.edit <= EDITORIAL
        return edited and not self.challenged(unit.id, number, policy)

    def challenge_ends(self, number: int, policy: Policy) -> datetime.datetime:
        """Return until when an edit of a revision can be challenged."""
        opened = self.docket.revisions[number - 1].record.opened
        return after(opened, policy.editorial.challenge, self.docket.quiet)

    def challenged(self, unit: str, number: int, policy: Policy) -> bool:
        """Say whether a member challenged an edit in time; one challenge is enough."""
        ends = self.challenge_ends(number, policy)
        return any(
            target.revision == number and target.unit in (None, unit) and received < ends
            for target, received in self._challenges
        )

    @cached_property
    def _challenges(self) -> list[tuple[Target, datetime.datetime]]:
        """Return the challenges by members that the log knows: what to, and when received."""
        return [
            (each.record.target, each.entry.received_at)
            for each in self.docket.comments
            if each.record.challenge
            and each.id not in self.replaced
            and each.record.author.member in self.docket.members
            and each.logged
            and each.entry is not None
            and each.entry.received_at <= self.now
        ]


def fault_of_log(filed: FiledRecord[Act]) -> str | None:
    """Return why a record does not stand as the log has it, or None."""
    if filed.entry is None:
        return NOT_LOGGED
    return None if filed.intact else ALTERED


TWO_COORDINATORS = "it takes two coordinators"
NOT_LOGGED = "it is not in the log, so nobody can say when it came"
ALTERED = "it was changed after it was logged"
