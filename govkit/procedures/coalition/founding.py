"""Founding: the first coordinators, the threshold and the first charter; all trust begins here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.checks.all_rules import BY_SLUG
from govkit.checks.context import Context
from govkit.checks.shape import placeholder
from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.amendments import GENESIS_PATH
from govkit.log.coordination import not_signed_yet
from govkit.log.coordinators import charter_of, genesis_of, member_of, path_of_member
from govkit.log.voices import voice_digest
from govkit.procedures.log.filing import Filing, with_values
from govkit.records.acts import FirstCoordinator, FirstKey, FirstMember, Genesis
from govkit.records.governance import Charter, Coordinators
from govkit.records.kinds import CHARTER_PATH
from govkit.records.proposals import PolicyAt
from govkit.records.scalars import Digest
from govkit.source.record_bytes import record_bytes
from govkit.workspace import Workspace

_EXAMPLE = "This is an example. Say here what your coalition is for"
"""How the purpose begins in a folder that `init` made."""


class FoundingFiles(NamedTuple):
    """What is to be filed, and who of the founders has no key yet."""

    genesis: Genesis
    filings: tuple[Filing, ...]
    without_key: tuple[str, ...]


def irreplaceable(genesis: Genesis) -> tuple[str, ...]:
    """Return the first coordinators whose only key nobody could replace, were it lost or stolen.

    A new one takes an older key of theirs and another coordinator, or as many others as an act
    takes, two at least (decision 50).
    """
    able = [each for each in genesis.coordinators if each.keys]
    needed = max(genesis.threshold, min(2, len(genesis.coordinators)))
    short = len(able) - 1 < needed
    return tuple(each.id for each in able if short and len(each.keys) == 1)


class Refounding(NamedTuple):
    """That a coalition begins again, and why."""

    reason: str


def prepare_founding(
    workspace: Workspace,
    coordinators: Sequence[str],
    threshold: int | None,
    now: datetime.datetime,
    again: Refounding | None = None,
) -> FoundingFiles:
    """Return the founding of a coalition, to be filed.

    `coordinators` and `threshold` may be left out where the charter names them. Those who were only
    listed are enrolled by it. Raises `WrongUse` where something stands against it.
    """
    corpus = workspace.corpus
    replaces = _require_first(workspace, again)
    _require_written(workspace, now)
    charter = charter_of(corpus)
    ids, least = _agreed(charter, tuple(dict.fromkeys(coordinators)), threshold, again)
    charter_data = workspace.files[CHARTER_PATH]
    if (charter.coordinators.ids, charter.coordinators.threshold) != (ids, least):
        value = {"ids": list(ids), "threshold": least}
        charter_data = with_values(CHARTER_PATH, charter_data, {"coordinators": value})
        charter = charter.model_copy(
            update={"coordinators": Coordinators(ids=ids, threshold=least)}
        )
    first = tuple(FirstCoordinator(id=id, keys=_keys(workspace, id)) for id in ids)
    genesis = Genesis(
        coalition=charter.id,
        coordinators=first,
        threshold=least,
        charter=digest_for("charter", charter),
        policies=_policies(workspace),
        members=tuple(_members(workspace, ids)),
        escalate_to=charter.escalate_to,
        founded=now.replace(microsecond=0),
        replaces=replaces,
        reason=again.reason if again else None,
    )
    filings = (
        Filing(
            GENESIS_PATH,
            record_bytes("genesis", genesis, GENESIS_PATH),
            "genesis",
            was=workspace.files.get(GENESIS_PATH),
        ),
        Filing(CHARTER_PATH, charter_data, "charter", was=workspace.files[CHARTER_PATH]),
        # The log begins with what holds: an entry for each policy of the founding (decision 26).
        *_as_they_are(workspace),
        *(_enrolled(workspace, id) for id in ids),
    )
    return FoundingFiles(genesis, filings, tuple(each.id for each in first if not each.keys))


def _require_first(workspace: Workspace, again: Refounding | None) -> Digest | None:
    """Return the digest of the founding that is replaced, or None where this is the first."""
    before = genesis_of(workspace.corpus)
    if before is None and GENESIS_PATH in workspace.files:
        raise WrongUse(f"{GENESIS_PATH} can't be read", "Mend it first: `govkit check`.")
    if before is None and again is not None:
        raise WrongUse("there is no founding yet", "Leave --again and --reason out.")
    if before is not None and again is None:
        raise WrongUse(
            f"this coalition was founded at {before.founded:%Y-%m-%d}{_unsigned(before)}",
            "To sign the founding: `govkit found --sign --key FILE`. Only where keys were lost "
            "does a coalition begin again: add --again and --reason. "
            "Every later release prints that break.",
        )
    return digest_for("genesis", before) if before else None


def _require_written(workspace: Workspace, now: datetime.datetime) -> None:
    """Raise `WrongUse` where what the founding binds still has words to be written."""
    context = Context(workspace.corpus, now.date(), BY_SLUG)
    for document in workspace.corpus.of_kind("charter", "policy", "member"):
        for finding in placeholder(document, context):
            raise WrongUse(
                f"{document.path}: {finding.message}",
                "Write it first: the founding binds these words. Nothing was changed.",
            )
    purpose = charter_of(workspace.corpus).purpose or ""
    if purpose.startswith(_EXAMPLE):
        raise WrongUse(
            f"{CHARTER_PATH} still has the words of the example as its purpose",
            "Write there what the coalition is for, who can join it, and how it decides: the "
            "founding binds these words. Nothing was changed.",
        )


def _unsigned(genesis: Genesis) -> str:
    waiting = not_signed_yet(genesis)
    return f"; not signed yet by: {', '.join(waiting)}" if waiting else ", and all have signed it"


def _agreed(
    charter: Charter, ids: tuple[str, ...], threshold: int | None, again: Refounding | None
) -> tuple[tuple[str, ...], int]:
    named = charter.coordinators.ids
    if ids and named and set(ids) != set(named) and again is None:
        raise WrongUse(
            f"the charter names other coordinators: {', '.join(named)}",
            "Leave --coordinator out, or change the charter first.",
        )
    ids = ids if again and ids else named or ids
    if not ids:
        raise WrongUse(
            "nobody is named as a coordinator",
            "Name each one: `govkit found --coordinator MEMBER --coordinator MEMBER`.",
        )
    least = charter.coordinators.threshold if threshold is None else threshold
    if named and least != charter.coordinators.threshold and again is None:
        raise WrongUse(
            f"the charter says that it takes {charter.coordinators.threshold} coordinators",
            "Leave --threshold out, or change the charter first.",
        )
    if not 1 <= least <= len(ids):
        raise WrongUse(
            f"an act of the coalition would take {least} coordinators, and there are {len(ids)}",
            "Name more coordinators, or a lower number with --threshold.",
        )
    return ids, least


def _keys(workspace: Workspace, id: str) -> tuple[FirstKey, ...]:
    """Return the keys of a founder that hold today."""
    return tuple(
        FirstKey(id=key.id, public=key.public)
        for key in member_of(workspace.corpus, id).keys
        if key.until is None and key.compromised_since is None
    )


def _policies(workspace: Workspace) -> tuple[PolicyAt, ...]:
    """Return the policies that the coalition begins with."""
    found = []
    for document in workspace.corpus.of_kind("policy"):
        if document.record is None:
            raise WrongUse(f"{document.path} can't be read", "Mend it first: `govkit check`.")
        digest = digest_for("policy", document.record)
        found.append(PolicyAt(id=document.id, digest=digest))
    return tuple(found)


def _members(workspace: Workspace, coordinators: Sequence[str]) -> Iterator[FirstMember]:
    """Yield the first members, the coordinators among them as the founding enrols them."""
    for document in workspace.corpus.of_kind("member"):
        member = member_of(workspace.corpus, document.id)
        if document.id in coordinators and member.state == "listed":
            member = member.model_copy(update={"state": "enrolled"})
        yield FirstMember(id=document.id, digest=voice_digest(member))


def _as_they_are(workspace: Workspace) -> Iterator[Filing]:
    for document in workspace.corpus.of_kind("policy"):
        data = workspace.files[document.path]
        yield Filing(document.path, data, "policy", was=data)


def _enrolled(workspace: Workspace, id: str) -> Filing:
    member, path = member_of(workspace.corpus, id), path_of_member(id)
    if member.state == "ended":
        raise WrongUse(f"the membership of {id} has ended", "Name members who are here.")
    was = workspace.files[path]
    data = was
    if member.state == "listed":
        data = with_values(path, was, {"state": "enrolled"})
    return Filing(path, data, "member", was=was)
