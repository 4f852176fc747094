"""`decide`: from everything that was filed about a proposal, and a moment, to the decision.

Pure: the same docket and moment give the same decision, today and in ten years.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govkit.consent.admission import Admission, ExcludedRecord, admit_positions
from govkit.consent.corrections import corrections_in
from govkit.consent.decision import RoundResult, UnitDecision, worst
from govkit.consent.doubtful_order import doubtful_orders
from govkit.consent.latest_positions import Key, LatestPositions, latest_positions
from govkit.consent.objections import DISSENT, NO_BODY, Objection, objections_of
from govkit.consent.tally import Requirement, Tally, last_meetings, requirements
from govkit.consent.votes import Electorate
from govkit.consent.would_change import would_change
from govkit.log.periods import after
from govkit.records.decisions import ADOPTED, Outcome
from govkit.records.policies import Policy
from govkit.records.scalars import iso
from govkit.round.comment_periods import is_late
from govkit.round.docket import Docket
from govkit.round.held_back import comments_held_back, waiting_comments
from govkit.round.roll import voice_of, voices_of
from govkit.round.rounds import Question, Round


def decide(docket: Docket, now: datetime.datetime) -> RoundResult:
    """Return the decision as it stands at `now`, an aware instant in UTC."""
    if docket.revision is None:
        return RoundResult(docket.proposal.id, 0, now, "not-adopted", (), ("no revision is open",))
    round = Round(docket, now)
    admission = admit_positions(round)
    folded = latest_positions(round, admission)
    objections = objections_of(round, admission)
    units = tuple(_Deciding(round, folded, objections).units())
    late, unanswered = _comments(round)
    outcome = worst(unit.outcome for unit in units)
    pending = (*_pending(round, unanswered), *_undecided(units))
    return RoundResult(
        docket.proposal.id,
        docket.number,
        now,
        outcome,
        units,
        pending,
        rejected=(*admission.rejected, *_acts_aside(round), *_replaced(round)),
        late=(*admission.late, *late),
        reported=(*folded.reported, *admission.doubtful),
        unanswered=unanswered,
        left=tuple(_left(round, objections)),
        warnings=tuple(_warnings(round, admission, folded, units)),
        would_change=would_change(units, round.dates.closes, now),
    )


class _Verdict(NamedTuple):
    outcome: Outcome
    why: tuple[str, ...]


class _Franchise(NamedTuple):
    """Who could speak under one policy: the voices, the members with their voice, the groups."""

    chamber: Electorate
    members: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]


class _Deciding:
    """Decides each text of a round by its policy."""

    def __init__(
        self,
        round: Round,
        folded: LatestPositions,
        objections: Mapping[str, Mapping[Key, Objection]],
    ) -> None:
        self.round = round
        self.folded = folded
        self.objections = objections
        self.rooms: dict[str, _Franchise] = {}

    def units(self) -> Iterator[UnitDecision]:
        for id, question in self.round.questions.items():
            policy = self.round.policy(question)
            if question.now is None or policy is None:
                yield self._undecidable(question)
            else:
                yield self._unit(id, question, policy)

    def _undecidable(self, question: Question) -> UnitDecision:
        """Return the decision about a text that nobody can consent to as it stands."""
        unit = question.unit
        objections = tuple(self.objections.get(unit.id, {}).values())
        if any(each.blocks for each in objections):
            verdict = _blocked(objections)
        elif question.now is None:
            verdict = _Verdict(
                "not-adopted",
                (
                    "the adopted words are no longer those that this revision changes; "
                    "open a new revision",
                ),
            )
        elif question.policy in self.round.docket.policies_not_agreed:
            verdict = _Verdict(
                "not-adopted",
                (
                    f"the policy {question.policy} stands in the proposal in other words than the "
                    "coalition had agreed to when it was opened",
                ),
            )
        else:
            verdict = _Verdict(
                "not-adopted",
                (
                    f"there is no policy for class {question.number} in the words under which the "
                    "proposal was opened",
                ),
            )
        stale = {w.position.record.member for w in self.folded.words[unit.id].values()}
        return UnitDecision(
            unit.id,
            unit.before,
            unit.after,
            question.number,
            question.policy,
            *verdict,
            objections=objections,
            not_heard=tuple(sorted(set(self.round.roll) - stale)),
        )

    def _unit(self, id: str, question: Question, policy: Policy) -> UnitDecision:
        room = self._room(question.policy, policy)
        groups, against = room.chamber.groups, self.objections.get(id, {})
        tally = Tally(groups, room.chamber.voices(self.folded.words[id], against), policy)
        asked = requirements(self.round.docket, self.round.roll, tally)
        objections = tuple(against[key] for key in sorted(against))
        verdict = self._verdict(id, tally, asked, objections)
        heard = {voice.name for voice in tally.voices}
        heard_groups = {voice.group for voice in tally.heard()}
        assert question.now is not None
        return UnitDecision(
            id,
            *question.now,
            question.number,
            question.policy,
            *verdict,
            requirements=asked,
            voices=tally.voices,
            objections=objections,
            not_heard=tuple(member for member, voice in room.members if voice not in heard),
            groups_not_heard=tuple(group for group in room.groups if group not in heard_groups),
            given_by_group=tuple((group, tally.yes(group)) for group in sorted(tally.sizes)),
            roll=len(groups),
            sizes=tuple(sorted(tally.sizes.items())),
        )

    def _room(self, name: str, policy: Policy) -> _Franchise:
        if name not in self.rooms:
            roll = self.round.roll
            groups = voices_of(roll, policy)
            self.rooms[name] = _Franchise(
                Electorate(groups, policy),
                tuple((id, voice_of(seat, policy)) for id, seat in roll.items()),
                tuple(sorted({*self.round.docket.charter.groups, *groups.values()})),
            )
        return self.rooms[name]

    def _verdict(
        self,
        id: str,
        tally: Tally,
        asked: tuple[Requirement, ...],
        objections: tuple[Objection, ...],
    ) -> _Verdict:
        # Before all sums: an objection that nobody answered blocks under every policy
        # (decision 11).
        if any(each.blocks for each in objections):
            return _blocked(objections)
        # A waiver helps only where the policy allows for it; coordinators can't grant it by
        # themselves.
        waived = tally.policy.vacant_group == "escalate" and bool(self.round.acts("waiver", id))
        vacant = [each for each in asked if not each.reachable]
        if vacant and not waived:
            return _Verdict("inquorate", tuple(_vacant(each) for each in vacant))
        # Only what nobody could reach is waived; all else that the policy asks for stays.
        held = [each for each in asked if each.reachable]
        quorum = [each for each in held if each.what == "quorum" and not each.met]
        if quorum:
            return _Verdict("inquorate", ("too few took part",))
        if not all(each.met for each in held):
            return _Verdict("not-adopted", tuple(_short(each) for each in held if not each.met))
        return _adopted(tally, objections)


def _blocked(objections: tuple[Objection, ...]) -> _Verdict:
    blocking = [each for each in objections if each.blocks]
    return _Verdict("blocked", tuple(_blocks(each) for each in blocking))


def _blocks(each: Objection) -> str:
    body = each.decides or NO_BODY
    said = {
        "unanswered": "has no answer yet",
        "answered": f"was answered, and {each.member} is not satisfied",
        "escalated": f"was passed on to {body}, which has not decided yet",
        "upheld": f"was upheld by {body}",
        "reason-asked": "has no reason; it was asked for",
    }[each.state]
    asks = f"; {each.member} is asked whether a later position withdraws it" if each.asks else ""
    return f"the objection of {each.member} {said}{asks}"


def _vacant(each: Requirement) -> str:
    if each.group is not None:
        return f"the group {each.group} has too few members for its quorum"
    if each.what == "groups":
        return "there are fewer stakeholder groups on the roll than have to consent"
    return "there are fewer voices on the roll than have to consent"


def _short(each: Requirement) -> str:
    where = f" from {each.group}" if each.group else ""
    if each.what == "majority":
        return f"the share of yes{where} is {each.given}, and {each.needed} is needed"
    named = {"groups": "stakeholder groups", "endorsers": "endorsers"}.get(each.what, "consents")
    return f"{each.given} of {each.needed} {named}{where}"


def _adopted(tally: Tally, objections: tuple[Objection, ...]) -> _Verdict:
    dissent = [each for each in objections if each.state in DISSENT]
    if dissent:
        return _Verdict(
            "adopted-with-dissent", tuple(f"{each.member} dissents" for each in dissent)
        )
    reserved = [v.member for v in tally.voices if v.said == "consent-with-reservation"]
    if reserved:
        return _Verdict(
            "adopted-with-reservations", tuple(f"{member} has a reservation" for member in reserved)
        )
    if tally.policy.silence == "no-objection":
        heard = f"{len(tally.heard())} of {len(tally.groups)} heard"
        return _Verdict("adopted", (f"{heard}, nobody objected",))
    return _Verdict("adopted", ("everything that the policy asks for is there",))


# --- around the texts -----------------------------------------------------------------------------


def _comments(round: Round) -> tuple[tuple[ExcludedRecord, ...], tuple[str, ...]]:
    """Return the comments that came late, and those in time without an answer."""
    docket = round.docket
    late, unanswered = [], []
    held, waiting = comments_held_back(docket, round.now), waiting_comments(docket, round.now)
    for each in docket.comments:
        if each.entry is None or each.entry.recorded_at > round.now or each.id in round.replaced:
            continue
        if is_late(round.comment_periods, each.record.target.revision, each.entry.received_at):
            answer = "answered" if each.record.disposition else "to be answered or carried over"
            if each.id in held and not each.record.disposition:
                answer = "held back"
            late.append(ExcludedRecord(each.id, f"a comment received after the close; {answer}"))
        # Only a comment in time holds a decision up: a late one could else hold it up for ever
        # (decision 30).
        elif each.id in waiting:
            unanswered.append(each.id)
    return tuple(late), tuple(unanswered)


def _pending(round: Round, unanswered: tuple[str, ...]) -> Iterator[str]:
    """Yield why the decision is not final yet."""
    dates, now, docket = round.dates, round.now, round.docket
    if not docket.revisions[-1].logged:
        yield "the revision is not in the log in these words"
    if dates.closes is None:
        yield "the last call was not announced yet"
    elif now < dates.closes:
        yield f"the last call is open until {iso(dates.closes)}"
    elif round.last_call_needed is not None and dates.closes < round.last_call_needed:
        yield (
            f"the last call was open until {iso(dates.closes)}, and the policy gives it time until "
            f"{iso(round.last_call_needed)}: two coordinators reopen it, and a later close is said "
            "to everybody"
        )
    # What came in time may still lie in a mailbox at the close, and has to be in before the sum.
    elif round.highest is not None:
        intake = after(dates.closes, round.highest.periods.intake, docket.quiet)
        if now < intake:
            yield f"what came in time is taken in until {iso(intake)}"
    if unanswered:
        yield f"comments without an answer: {', '.join(unanswered)}"
    yield from _open_challenges(round)


def _undecided(units: tuple[UnitDecision, ...]) -> Iterator[str]:
    """Yield which objections a body has to decide about first: what is final needs no ruling."""
    waiting = [each for unit in units for each in unit.objections if each.state == "escalated"]
    for each in dict.fromkeys((one.member, one.decides or NO_BODY) for one in waiting):
        yield f"{each[1]} has to decide about the objection of {each[0]}"


def _open_challenges(round: Round) -> Iterator[str]:
    """Yield until when an editorial edit of this revision can be challenged."""
    ends = {
        round.challenge_ends(round.docket.number, policy)
        for question in round.questions.values()
        if (policy := round.policy(question)) is not None
        and question.unit.edit is not None
        and "carried" in question.words.values()
    }
    if ends and round.now < max(ends):
        yield f"an editorial edit can be challenged until {iso(max(ends))}"


def _acts_aside(round: Round) -> Iterator[ExcludedRecord]:
    for each in round.docket.acts:
        fault = round.fault_of(each)
        if fault is not None:
            yield ExcludedRecord(each.id, fault)


def _replaced(round: Round) -> Iterator[ExcludedRecord]:
    """Yield the comments and announcements that were written down wrongly: both are shown."""
    for id, by in round.replaced.items():
        yield ExcludedRecord(id, f"{by.words}: {by.reason}")


def _left(round: Round, objections: Mapping[str, Mapping[Key, Objection]]) -> Iterator[Objection]:
    """Yield the objections to texts that left the proposal: they block nothing and stay shown."""
    for unit in sorted(set(objections) - set(round.questions)):
        for key in sorted(objections[unit]):
            yield objections[unit][key]


def _warnings(
    round: Round, admission: Admission, folded: LatestPositions, units: tuple[UnitDecision, ...]
) -> Iterator[str]:
    yield from (doubt.words for doubt in doubtful_orders(folded))
    spoke = {each.record.member for each in admission.admitted}
    for id, seat in round.roll.items():
        if seat.left and id in spoke:
            yield f"{id} has left since; what they said counts, and is marked"
    for id in sorted({each.record.member for each in admission.carried}):
        yield f"{id} is no longer on the roll; their objection goes with the text and is answered"
    for correction in corrections_in(round.docket, round.now):
        if correction.lacks:
            yield f"{correction.id} is not confirmed: {correction.lacks}"
    yield from (each.words for each in round.docket.corrected_days if each.counts)
    groups = {seat.group for seat in round.roll.values()}
    for group in sorted(groups):
        if all(seat.left for seat in round.roll.values() if seat.group == group):
            yield f"the group {group} has no member any more"
    yield from _meetings_unvouched(round)
    if any(each.evidence.alone for each in admission.admitted):
        yield (
            "what one coordinator wrote down counts, since the coalition has no second one who "
            "could vouch for it"
        )
    if any(unit.outcome in ADOPTED for unit in units) and round.docket.proposal.policies == ():
        yield "the proposal does not say by which policies it is decided"


def _meetings_unvouched(round: Round) -> Iterator[str]:
    asked = {
        policy.quorum
        for each in round.questions.values()
        if (policy := round.policy(each)) is not None and policy.quorum is not None
    }
    days = {
        meeting.day
        for quorum in asked
        for meeting in last_meetings(round.docket, quorum)
        if meeting.attended is None
    }
    for day in sorted(days):
        yield (
            f"the meeting of {day} counts as if everybody had come: when this revision was opened, "
            "the log did not have who came, from two coordinators (`govkit attendance`)"
        )
