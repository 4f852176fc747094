"""What a decision rested on beside what was filed about its proposal, kept for good.

The charter, the members, the adopted words and the meetings change. The decision names the digest
of what is kept here among its inputs.
"""

from __future__ import annotations

from dataclasses import replace

from govkit.records.decision_basis import DecisionBasis, MeetingHeld
from govkit.records.governance import Charter, Intake
from govkit.records.kinds import path_in_proposal
from govkit.round.docket import Docket
from govkit.round.filed_records import Meeting

BASIS_KIND = "ground"


def decision_basis_of(docket: Docket) -> DecisionBasis:
    """Return what the sum of a docket rests on beside what was filed about the proposal."""
    return DecisionBasis(
        charter=without_addresses(docket.charter),
        members={id: docket.members[id] for id in sorted(docket.members)},
        bases={id: docket.bases[id] for id in sorted(docket.bases)},
        meetings=tuple(
            MeetingHeld(
                day=each.day,
                attended=None if each.attended is None else tuple(sorted(each.attended)),
            )
            for each in docket.meetings
        ),
    )


def with_decision_basis(docket: Docket, ground: DecisionBasis) -> Docket:
    """Return a docket that rests on what was kept, whatever stands in the folder by now."""
    return replace(
        docket,
        charter=ground.charter,
        members=ground.members,
        bases=ground.bases,
        meetings=meetings_kept(ground),
    )


def meetings_kept(ground: DecisionBasis) -> tuple[Meeting, ...]:
    """Return the meetings that a decision rested on, as it kept them."""
    return tuple(
        Meeting(each.day, None if each.attended is None else frozenset(each.attended))
        for each in ground.meetings
    )


def without_addresses(charter: Charter) -> Charter:
    """Return a charter as it is kept: its mail addresses decide nothing."""
    return charter.model_copy(update={"intake": Intake()})


def path_of_decision_basis(proposal: str) -> str:
    """Return the place of what a decision rests on."""
    return path_in_proposal(proposal, "ground")
