"""Membership: taking in, countersigning, ending.

Joining is open: one coordinator takes a member in, and a second one countersigns, or seven days
pass. Until then the member's mandate has not begun. Ending somebody else's membership is an act of
the coalition. A countersignature is an entry of its own, with a signature.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.coordinators import (
    charter_of,
    coordinators_of,
    founded_rules,
    genesis_of,
    member_of,
    path_of_member,
    require_coordinator,
    threshold_of,
)
from govkit.log.entries import valid_entries
from govkit.log.voices import WAITING
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.numbering import next_path
from govkit.records.acts import CoalitionAct
from govkit.records.governance import Member
from govkit.records.scalars import SLUG
from govkit.source.reading import read_record
from govkit.source.record_bytes import plain, record_bytes
from govkit.workspace import Workspace

"""How long anyone may challenge a new member whom only one coordinator has taken in."""


@dataclass(frozen=True)
class NewMember:
    """What a new member says about itself: public facts only."""

    id: str
    name: str | None = None
    kind: str | None = None
    group: str | None = None
    country: str | None = None
    represents: str | None = None
    lead: bool = False
    person: str | None = None
    accounts: tuple[tuple[str, str], ...] = ()
    since: datetime.date | None = None


class AdmissionFiles(NamedTuple):
    """What is to be filed, and from which day the member's voice counts."""

    filing: Filing
    since: datetime.date


def prepare_admission(
    workspace: Workspace,
    asked: NewMember,
    today: datetime.date,
    beside: frozenset[str] = frozenset(),
) -> AdmissionFiles:
    """Return the filing that takes a member in. Raises `WrongUse` where something is missing.

    `beside` are those who join with it: it may represent one of them.
    """
    corpus = workspace.corpus
    _require_words(workspace, asked, beside)
    # A mandate is never dated back: that would take away the days in which it can be challenged.
    # The founding names its members, and every first coordinator signs it: nobody has to wait.
    earliest = today if genesis_of(corpus) is None else today + WAITING
    since = max(asked.since or earliest, earliest)
    path = path_of_member(asked.id)
    was = workspace.files.get(path)
    if was is None:
        record = {
            "name": _needed(asked.name, "--name", "the name, as it is printed"),
            "kind": _needed(asked.kind, "--kind", "individual, organisation or representative"),
            "represents": asked.represents,
            "lead": asked.lead or None,
            "person": asked.person,
            "country": asked.country,
            "state": "enrolled",
        }
        record = {key: value for key, value in record.items() if value is not None}
        data = record_bytes("member", record | _mandates(asked, since, ()), path)
        return AdmissionFiles(Filing(path, data, "member"), since)
    member = member_of(corpus, asked.id)
    if member.state == "enrolled":
        raise WrongUse(
            f"{asked.id} is a member already",
            f"To vouch for what one coordinator did: `govkit countersign {asked.id} --seen WORDS`.",
        )
    given = {
        "name": asked.name,
        "kind": asked.kind,
        "represents": asked.represents,
        "person": asked.person,
        "country": asked.country,
    }
    changed = {key: value for key, value in given.items() if value is not None}
    values = changed | {"state": "enrolled"} | _mandates(asked, since, member.terms)
    return AdmissionFiles(Filing(path, with_values(path, was, values), "member", was=was), since)


def _mandates(asked: NewMember, since: datetime.date, before: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if asked.group:
        found["terms"] = [*plain(before), {"group": asked.group, "since": since}]
    elif not asked.represents:
        raise WrongUse(
            "--group is needed here: the stakeholder group that the member speaks for",
            "Only one who represents an organisation may do without.",
        )
    if asked.accounts:
        found["accounts"] = [
            {"host": host, "name": name, "since": since} for host, name in asked.accounts
        ]
    return found


def begin_mandate(workspace: Workspace, path: str, today: datetime.date) -> Filing | None:
    """Return what lets the mandate of a new member begin today; None where none waits.

    It goes with the countersignature of another coordinator.
    """
    document = workspace.corpus.by_path.get(path)
    member = document.record if document else None
    if not isinstance(member, Member) or not any(term.since > today for term in member.terms):
        return None
    terms = [
        plain(term) | ({"since": today.isoformat()} if term.since > today else {})
        for term in member.terms
    ]
    was = workspace.files[path]
    return Filing(path, with_values(path, was, {"terms": terms}), "member", was=was)


def edited_record(workspace: Workspace, id: str) -> Filing:
    """Return the filing of a member's record as it stands. Raises `WrongUse` where none is due."""
    member, path = member_of(workspace.corpus, id), path_of_member(id)
    founded_rules(workspace.corpus)
    entry = valid_entries(workspace.corpus).get((path, "member"))
    if entry is not None and entry.digest == digest_for("member", member):
        raise WrongUse(
            f"number {entry.seq} of the log has the record of {id} as it stands",
            f"Edit {path} first. To vouch for it: `govkit countersign {id} --seen WORDS`.",
        )
    data = workspace.files[path]
    return Filing(path, data, "member", was=data)


def _require_words(workspace: Workspace, asked: NewMember, beside: frozenset[str]) -> None:
    if not re.fullmatch(SLUG, asked.id):
        raise WrongUse(
            f"`{asked.id}` can't name a member",
            "Use small letters, digits and hyphens, as example-society.",
        )
    groups = charter_of(workspace.corpus).groups
    if asked.group and asked.group not in groups:
        raise WrongUse(
            f"the charter has no stakeholder group `{asked.group}`",
            f"It has: {', '.join(groups)}.",
            typed=asked.group,
            known=[*groups],
        )
    if asked.represents and asked.represents not in beside:
        member_of(workspace.corpus, asked.represents)
    if (asked.kind == "representative") != bool(asked.represents) and asked.kind:
        raise WrongUse(
            "a representative represents somebody, and nobody else does",
            "Give --kind representative and --represents MEMBER together.",
        )


def _needed(value: str | None, option: str, what: str) -> str:
    if not value:
        raise WrongUse(f"{option} is needed here: {what}", f"Add {option} and its value.")
    return value


# --- ending ---------------------------------------------------------------------------------------


class MembershipEnd(NamedTuple):
    """The end of a membership: the day, and who says so.

    `asked` means that the member itself asked to leave; else `reason` and enough coordinators.
    """

    id: str
    on: datetime.date
    asked: bool
    reason: str | None
    others: tuple[str, ...]


def prepare_membership_end(
    workspace: Workspace, ending: MembershipEnd, by: str
) -> tuple[Filing, ...]:
    """Return what ends a membership: an act that takes signatures, and the member's record.

    While the coalition is forming there is nobody who could sign, and the record alone is edited.
    """
    member, path = member_of(workspace.corpus, ending.id), path_of_member(ending.id)
    if member.state == "ended":
        raise WrongUse(f"the membership of {ending.id} has ended already", "Nothing is to be done.")
    if ending.id in coordinators_of(workspace.corpus):
        raise WrongUse(
            f"{ending.id} is a coordinator, and the charter would go on naming them",
            "First take them off `coordinators` in governance/charter.yaml, and file that: "
            '`govkit amend charter --who MEMBER --who MEMBER --reason "why"`. They may be among '
            "those who decide it.",
        )
    was = workspace.files[path]
    data = with_values(path, was, {"state": "ended"} | _closed(member, ending.on))
    filing = Filing(path, data, "member", was=was)
    if genesis_of(workspace.corpus) is None:
        return (filing,)
    return _act(workspace, ending, by, member, filing), filing


def _closed(member: Member, on: datetime.date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("terms", "accounts", "keys"):
        parts = getattr(member, name)
        if any(part.until is None for part in parts):
            found[name] = [
                plain(part) | ({} if part.until else {"until": max(on, part.since).isoformat()})
                for part in parts
            ]
    return found


def _act(
    workspace: Workspace, ending: MembershipEnd, by: str, member: Member, filing: Filing
) -> Filing:
    agreed = tuple(sorted({by, *ending.others}))
    for each in agreed:
        require_coordinator(workspace.corpus, each)
    needed = threshold_of(workspace.corpus)
    if len(agreed) < needed and not ending.asked:
        raise WrongUse(
            f"to end the membership of somebody else takes {needed} coordinators, and "
            f"{len(agreed)} {'agrees' if len(agreed) == 1 else 'agree'} here",
            "Name the others: --with MEMBER, once for each. If the member asked to leave, add "
            "--asked.",
        )
    if not ending.reason and not ending.asked:
        raise WrongUse("a reason is needed here", 'Add --reason "why".')
    assert filing.data is not None
    after, faults = read_record(filing.path, "member", filing.data)
    assert after is not None, faults
    act = CoalitionAct(
        kind="end-member",
        path=filing.path,
        before=digest_for("member", member),
        after=digest_for("member", after),
        by=agreed,
        reason=ending.reason or "The member has asked to leave.",
        asked=ending.asked,
    )
    path = next_path(workspace, "governance/acts", 2)
    return Filing(path, record_bytes("coalition-act", act, path), "act")
