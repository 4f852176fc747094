"""Why a position does not count, as things stand, and what the member can do about it.

The one place that says so: receipts, intake and the state of a proposal ask it. It says nothing
that `decide` does not do: it looks at who was admitted, whose word was the last, and whose voice
stands for a body.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from govkit.consent.admission import (
    FOR_OBJECTIONS,
    Admission,
    AdmittedPosition,
    Fault,
    admit_positions,
    fault_of,
    has_enough_evidence,
    takes_back,
)
from govkit.consent.doubtful_order import doubtful_order
from govkit.consent.evidence import LEVELS
from govkit.consent.latest_positions import (
    Key,
    LatestPosition,
    LatestPositions,
    PerhapsLast,
    latest_positions,
)
from govkit.consent.objections import SETTLED, Objection, objections_of
from govkit.consent.votes import Electorate, Vote
from govkit.records.decisions import ADOPTED, Decision
from govkit.records.policies import Level, Policy
from govkit.records.positions import Position
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import voice_of, voices_of
from govkit.round.rounds import Question, Round
from govkit.round.states import OVER, StateName, state_of, way_on

CauseKind = Literal[
    "register",
    "decided",
    "ended",
    "corrected",
    "no-voice",
    "content",
    "late",
    "left",
    "weak",
    "waits",
    "superseded",
    "order",
    "signed-before",
    "objection",
    "other-words",
    "base",
    "body",
    "one-voice",
]
"""The kinds of causes: what the member is told of each is a message, `receipts.causes`."""


class Cause(NamedTuple):
    """Why a position does not count about some texts (none: about any), and what can be done.

    `why` and `remedy` are for coordinators.
    """

    why: str
    remedy: str
    units: tuple[str, ...] = ()
    kind: CauseKind = "register"

    @property
    def words(self) -> str:
        """Return it as a sentence."""
        about = f"{', '.join(self.units)}: " if self.units else ""
        return f"{about}{self.why}." + (f" {self.remedy}." if self.remedy else "")


KEPT = "It is kept, and published with the others"
LOOK_AGAIN = "Look at what changed, and give a position to the words as they are now"
"""What one can do who spoke about other words."""
DIFFER = "Settle it among yourselves"
"""How the remedy begins where those who represent one body say different things."""
SUPERSEDED = Cause("a later position of the same person counts instead", "", kind="superseded")


@dataclass(frozen=True)
class Counting:
    """What counts in a proposal at a moment. The docket has a revision."""

    docket: Docket
    now: datetime.datetime

    @cached_property
    def round(self) -> Round:
        """Return the round."""
        return Round(self.docket, self.now)

    @cached_property
    def objections(self) -> Mapping[str, Mapping[Key, Objection]]:
        """Return the objections by text and author."""
        return objections_of(self.round, self._hearing)

    def causes(self, id: str) -> tuple[Cause, ...]:
        """Return why a position that is in the docket does not count; empty where it counts."""
        filed = next(each for each in self.docket.positions if each.id == id)
        over = self.over(filed)
        if over is not None:
            return (over,)
        doubt = self._doubt(id)
        if doubt is not None and not doubt.units:
            return (doubt,)
        fault = fault_of(self.round, filed)
        if fault is not None:
            remedy = _remedy(self.docket, fault, filed.record)
            kind = _KIND_OF_FAULT.get(fault.test, "register")
            return (Cause(fault.cause, remedy, kind=kind),)
        admitted = self._admitted.get(id)
        if admitted is None:
            return (
                Cause(
                    "it was received after the close of the last call",
                    f"{KEPT}, as late. Two coordinators can reopen the last call, with a reason",
                    kind="late",
                ),
            )
        causes = (*((doubt,) if doubt else ()), *self._of_units(admitted))
        return _together(causes, [*filed.record.texts])

    # --- one position -----------------------------------------------------------------------------

    def over(self, filed: FiledRecord[Position]) -> Cause | None:
        """Return why nothing counts any more: it was decided before, or it ended undecided."""
        decided = self.docket.decided_by(self.now)
        if decided is not None and filed.seq > decided.seq:
            return Cause(
                f"revision {self.docket.number} was decided on {decided.record.now.date()}, before "
                "it was filed",
                f"{KEPT}. {_way_on(decided.record)}",
                kind="decided",
            )
        if self.docket.decision_lost_by(self.now) is not None:
            return Cause(
                "it was decided before, and the record of the decision is not as the log has it",
                f"{KEPT}. A coordinator puts the record back: `govkit status "
                f"{self.docket.proposal.id}`",
            )
        if decided is None and self._state in OVER:
            verb = "was withdrawn" if self._state == "withdrawn" else "has lapsed"
            why = f"the proposal {verb}, and nothing is decided about it"
            return Cause(why, KEPT, kind="ended")
        return None

    def _doubt(self, id: str) -> Cause | None:
        """Return that a correction speaks against a position, or has to be confirmed."""
        found = self._hearing.positions.unheard.get(id)
        return None if found is None else Cause(found.why, found.remedy, found.units, "corrected")

    def _of_units(self, each: AdmittedPosition) -> Iterator[Cause]:
        for id in each.record.texts:
            question = self.round.questions.get(id)
            if question is None:
                yield Cause(
                    f"revision {self.docket.number} does not hold this text any more",
                    f"{KEPT}. It counts again if the text comes back",
                    (id,),
                    "left",
                )
                continue
            policy = self.round.policy(question)
            cause = self._of_text(each, question, policy) if policy is not None else None
            if cause is not None:
                yield cause._replace(units=(id,))

    def _of_text(self, each: AdmittedPosition, question: Question, policy: Policy) -> Cause | None:
        if not has_enough_evidence(each, policy):
            # To other words, stronger evidence would not help.
            if each.record.position != "object" and not question.is_about(each.record):
                return self._other_words(question)
            return self._too_weak(each, question, policy)
        word = self._folded.words[question.unit.id][each.key]
        if word.position.id != each.id:
            return self._not_the_last(each, question, word)
        objection = self.standing_objection(each, question.unit.id)
        if each.record.position == "object":
            return None
        if objection is not None:
            to = self._admitted.get(objection.position)
            if to is not None and takes_back(each.record) and not each.has_seen(to):
                return self._signed_before(each, to)
            doubt = self._doubts(question).get(each.key)
            if doubt is not None and takes_back(each.record):
                return _in_doubt(doubt)
            return _objection_stands(each, question, policy, objection)
        if each.record.position == "withdraw":
            return None
        if word.freshness == "stale":
            return self._other_words(question)
        return self._of_body(each, question, policy)

    def _not_the_last(
        self, each: AdmittedPosition, question: Question, word: LatestPosition
    ) -> Cause:
        """Return why another word of the same person counts."""
        perhaps = self._doubts(question).get(each.key, (word,))
        if any(other.position.id == each.id for other in perhaps):
            return _in_doubt(perhaps)
        for other in perhaps:
            if other.position.entry.seq <= each.entry.seq and not each.has_seen(other.position):
                return self._signed_before(each, other.position)
        return SUPERSEDED

    def _doubts(self, question: Question) -> Mapping[Key, PerhapsLast]:
        return self._folded.doubts.get(question.unit.id, {})

    def objection_of(self, id: str) -> str | None:
        """Return the objection, by its record, that stands though the same person spoke again."""
        each = self._admitted.get(id)
        if each is None:
            return None
        found = (self.standing_objection(each, id) for id in each.record.texts)
        return next((objection.position for objection in found if objection is not None), None)

    def standing_objection(self, each: AdmittedPosition, unit: str) -> Objection | None:
        """Return the objection of the same person to a text that still stands, or None."""
        objection = self.objections.get(unit, {}).get(each.key)
        return None if objection is None or objection.state in SETTLED else objection

    def _other_words(self, question: Question) -> Cause:
        number = self.docket.number
        if question.now is None:
            return Cause(
                f"the adopted words have changed since revision {number} was opened, so nobody can "
                "agree to it as it stands",
                f"{KEPT}. A new revision asks you again",
                kind="base",
            )
        why = f"it is about other words than those of revision {number}"
        return Cause(why, LOOK_AGAIN, kind="other-words")

    def _signed_before(self, each: AdmittedPosition, other: AdmittedPosition) -> Cause:
        """Return that a statement was signed before another position came, and leaves it alone."""
        head, record = each.record.head, each.record
        seen = f", when the log had {head.seq} entries" if head is not None else ""
        return Cause(
            f"{record.cast_by} signed it before {other.id} came (number {other.entry.seq} of the "
            f"log){seen}, so it does not undo that",
            f"If {record.cast_by} means it still, they sign it anew: `govkit status "
            f"{self.docket.proposal.id} --statement {record.member} --position "
            f"{record.position}`",
            kind="signed-before",
        )

    def _too_weak(self, each: AdmittedPosition, question: Question, policy: Policy) -> Cause:
        needed = policy.min_evidence
        asked = needed.object if each.record.position in FOR_OBJECTIONS else needed.consent
        why, remedy, kind = self._raised(each, asked)
        return Cause(
            f"{why}, and the policy {question.policy} asks for {asked}",
            f"{KEPT}, as reported. {remedy}",
            kind=kind,
        )

    def _raised(self, each: AdmittedPosition, asked: Level) -> tuple[str, str, CauseKind]:
        """Return why the evidence is too weak, what makes it strong enough, and its kind."""
        proposal, name = self.docket.proposal.id, each.id.removeprefix("positions/")
        for shown in each.evidence.judged:
            if shown.waits and (why := self.docket.unsealed_vouching.get(shown.id)):
                return (
                    f"{shown.id} waits: {why}",
                    "If that coordinator did file it, they seal the log, too: `govkit seal`",
                    "waits",
                )
            if shown.waits and LEVELS[shown.record.level] >= LEVELS[asked]:
                return (
                    f"no second coordinator has vouched for what shows it ({shown.id})",
                    "Another coordinator looks at it, and then types: `govkit countersign "
                    f'{proposal}/{shown.id} --seen "WHAT I SAW" --key FILE`',
                    "waits",
                )
        false = [f"{shown.id}: {shown.fault}" for shown in each.evidence.judged if shown.fault]
        why = f"{_shown(each)} ({'; '.join(false)})" if false else _shown(each)
        if LEVELS[asked] > LEVELS["E1c"]:
            remedy = (
                f"{each.record.cast_by} signs it: `govkit status {proposal} --statement "
                f"{each.record.member}` writes the text, and says how"
            )
            return why, remedy, "weak"
        remedy = (
            "Send a signed paper, or a mail from the address on record; a coordinator files it: "
            f"`govkit evidence {proposal} {name} --source FILE`, and another one vouches for it"
        )
        return why, remedy, "weak"

    def _of_body(self, each: AdmittedPosition, question: Question, policy: Policy) -> Cause | None:
        """Return who speaks for the same body or person, where another's voice stands for both."""
        voices = self._voices(question, policy)
        if any(voice.key == each.key for voice in voices):
            return None
        name = voice_of(each.seat, policy)
        other = next((voice for voice in voices if voice.name == name), None)
        if other is not None:
            counts = self._folded.words[question.unit.id][other.key].position.id
            leads = [
                id
                for id, member in self.docket.members.items()
                if member.represents == name and member.lead
            ]
            lead = leads[0] if leads else "MEMBER"
            return Cause(
                f"{name} has one voice, and {counts} counts for it: of several positions the most "
                f"cautious, until the one who leads ({', '.join(leads) or 'nobody yet'}) has "
                "spoken",
                f"{DIFFER}; the one who leads speaks last: `govkit consent {lead} "
                f"{self.docket.proposal.id} STANCE`",
                kind="body",
            )
        why = "the same person speaks already for a body, and has one voice"
        return Cause(why, KEPT, kind="one-voice")

    # --- what decide looks at, too ----------------------------------------------------------------

    @cached_property
    def _state(self) -> StateName:
        return state_of(self.docket, self.now).name

    @cached_property
    def _hearing(self) -> Admission:
        return admit_positions(self.round)

    @cached_property
    def _admitted(self) -> dict[str, AdmittedPosition]:
        return {each.id: each for each in self._hearing.admitted}

    @cached_property
    def _folded(self) -> LatestPositions:
        return latest_positions(self.round, self._hearing)

    @cached_property
    def _known(self) -> dict[str, tuple[Vote, ...]]:
        return {}

    def _voices(self, question: Question, policy: Policy) -> tuple[Vote, ...]:
        id = question.unit.id
        if id not in self._known:
            chamber = Electorate(voices_of(self.round.roll, policy), policy)
            self._known[id] = chamber.voices(self._folded.words[id], self.objections.get(id, {}))
        return self._known[id]


_KIND_OF_FAULT: Mapping[str, CauseKind] = {"content": "content", "membership": "no-voice"}


def _way_on(decided: Decision) -> str:
    if decided.outcome in ADOPTED:
        return "To change what was decided, propose other words"
    return f"It was not adopted. {way_on(decided.proposal)}"


def _in_doubt(perhaps: PerhapsLast) -> Cause:
    doubt = doubtful_order(perhaps)
    return Cause(doubt.why, doubt.remedy, kind="order")


def _objection_stands(
    each: AdmittedPosition, question: Question, policy: Policy, objection: Objection
) -> Cause:
    stands = f"the objection in {objection.position} stands"
    if takes_back(each.record):
        return Cause(
            f"{stands}: {_shown(each)}, and to take an objection back the policy {question.policy} "
            f"asks for {policy.min_evidence.consent}",
            "Send a paper or a mail that shows it; a coordinator files it: `govkit evidence`",
            kind="weak",
        )
    return Cause(
        stands,
        "Say whether it is withdrawn; if so, a coordinator writes this down "
        "again (`--withdraws-objection`)",
        kind="objection",
    )


def _shown(each: AdmittedPosition) -> str:
    return "nothing shows it yet (E0)" if each.level == "E0" else f"its evidence is {each.level}"


def _together(causes: Iterable[Cause], units: list[str]) -> tuple[Cause, ...]:
    """Return each cause once with its texts; with none named where it is true of all."""
    found: dict[Cause, list[str]] = {}
    for each in causes:
        found.setdefault(each._replace(units=()), []).extend(each.units)
    return tuple(
        cause._replace(units=() if ids == units else tuple(ids)) for cause, ids in found.items()
    )


def _remedy(docket: Docket, fault: Fault, record: Position) -> str:
    if fault.test == "content":
        return f"Give a position to the words of revision {docket.number}"
    if fault.test != "membership":
        return "Tell the coordinators: the register has to be mended (`govkit check`)"
    if record.cast_by != record.member and "may not speak" in fault.cause:
        return f"{record.member} has to say it, or name who speaks in its name"
    return (
        f"{KEPT}. Whoever is enrolled when the next revision is opened is asked then; a comment "
        "counts from everybody"
    )
