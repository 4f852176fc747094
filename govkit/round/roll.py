"""The roll: whose voices count for a revision, for which group, and who speaks for whom."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from govkit.records.governance import Mandate, Member
from govkit.records.policies import Policy


class RollEntry(NamedTuple):
    """A member on the roll.

    `person` is the human or body behind the id; `organisation` is the one that the member is or
    represents, or None. `left` says that the mandate has ended since, or the membership.
    """

    member: str
    group: str
    person: str
    organisation: str | None
    left: bool


def roll_of(
    members: Mapping[str, Member], day: datetime.date, now: datetime.date
) -> dict[str, RollEntry]:
    """Return the seats of those who were members on a day, by id.

    Membership is a mandate for a stakeholder group. One who represents an organisation and has no
    mandate of their own sits on the organisation's. Listed members have not enrolled and sit
    nowhere. `now` decides only about the mark `left`.
    """
    seats = {}
    for id in sorted(members):
        member = members[id]
        mandates = _mandates(members, member)
        held = next((each for each in mandates if each.runs_on(day)), None)
        if held is None or member.state == "listed":
            continue
        left = member.state == "ended" or not any(each.runs_on(now) for each in mandates)
        seats[id] = RollEntry(
            id, held.group, person_of(members, id), organisation_of(member, id), left
        )
    return seats


def _mandates(members: Mapping[str, Member], member: Member) -> tuple[Mandate, ...]:
    """Return the mandates of a member, else those of the one whom it represents."""
    above = members.get(member.represents or "")
    return member.terms or (above.terms if above else ())


def going_on(member: Member) -> Member:
    """Return a member as if nobody had said that they left: no act that counts says so."""
    last = max((each.until for each in member.terms if each.until), default=None)
    terms = tuple(
        each.model_copy(update={"until": None}) if each.until == last else each
        for each in member.terms
    )
    return member.model_copy(update={"state": "enrolled", "terms": terms})


def person_of(members: Mapping[str, Member], id: str) -> str:
    """Return who is behind an id: two ids of one person have one voice."""
    member = members.get(id)
    return (member.person if member else None) or id


def organisation_of(member: Member, id: str) -> str | None:
    """Return the organisation that a member is or represents, or None."""
    if member.kind == "organisation":
        return id
    return member.represents if member.kind == "representative" else None


def may_speak(members: Mapping[str, Member], speaker: str, member: str, day: datetime.date) -> bool:
    """Say whether one may, on a day, give a position in the name of a member."""
    if speaker == member:
        return True
    known = members.get(speaker)
    return (
        known is not None
        and known.represents == member
        and known.state != "listed"
        and (not known.terms or any(each.runs_on(day) for each in known.terms))
    )


def members_of_body(
    members: Mapping[str, Member], body: str, day: datetime.date
) -> tuple[str, ...]:
    """Return who decides for a body on a day: those who represent it, while their mandate runs.

    A body that nobody represents decides itself.
    """
    named = [id for id in sorted(members) if members[id].represents == body]
    return tuple(id for id in named or [body] if _sits(members, id, day))


def _sits(members: Mapping[str, Member], id: str, day: datetime.date) -> bool:
    member = members.get(id)
    if member is None or member.state == "listed":
        return False
    mandates = _mandates(members, member)
    if not mandates:
        return member.state == "enrolled"
    return any(each.runs_on(day) for each in mandates)


def voice_of(seat: RollEntry, policy: Policy) -> str:
    """Return the voice that a seat belongs to: one organisation has one, whoever speaks for it."""
    capped = policy.cap is not None and policy.cap.votes == 1
    return (seat.organisation if capped else None) or seat.person


def voices_of(roll: Mapping[str, RollEntry], policy: Policy) -> dict[str, str]:
    """Return every voice on the roll with its group.

    The group of an organisation is that of its own seat, else of the first who represents it.
    """
    found: dict[str, str] = {}
    for id, seat in roll.items():
        voice = voice_of(seat, policy)
        # Members are in the order of their ids, so the same roll gives each voice the same group.
        if voice not in found or id == voice:
            found[voice] = seat.group
    return found
