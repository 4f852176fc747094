"""Amending: what the coalition decides about its own charter and policies.

The file as it was edited in the folder is the new state. The one before is what the founding and
the acts since lead to. Who may agree is asked of the state before, so nobody can make themselves a
coordinator first.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any, NamedTuple, cast

from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.amendments import OWN_RULES, RulesInForce, policy_path
from govkit.log.coordination import keys_of
from govkit.log.coordinators import founded_rules, member_of
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_path
from govkit.records.acts import CoalitionAct
from govkit.records.base import Record
from govkit.records.governance import Charter, Coordinators
from govkit.records.kinds import CHARTER_PATH, kind_of_path
from govkit.round.docket import docket_of
from govkit.round.states import FINAL, state_of
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store import commit_names, committed_files
from govkit.workspace import Workspace


class AmendmentFiles(NamedTuple):
    """What is to be filed, and which keys of the file differ; None where nobody can say."""

    act: CoalitionAct
    filings: tuple[Filing, ...]
    changed: tuple[str, ...] | None


def prepare_amendment(
    workspace: Workspace, path: str, agreed: tuple[str, ...], reason: str
) -> AmendmentFiles:
    """Return an act of the coalition about its charter or a policy, to be filed.

    `agreed` are the coordinators who decided it. Raises `WrongUse` where too few of those who
    coordinated before agree, where nothing changed, or where the new state could not hold.
    """
    in_force = founded_rules(workspace.corpus).now
    kind, record = _edited(workspace, path)
    before, after = in_force.digests.get(path), digest_for(kind, record)
    if before == after:
        raise WrongUse(
            f"{path} says what was agreed before, so there is nothing to decide",
            "Edit the file first. Then run this command: it files the new words with the act.",
        )
    require_agreed(workspace, in_force, agreed)
    coordinators = _coordinators(workspace, record, in_force) if kind == "charter" else None
    act = CoalitionAct(
        kind=cast("Any", _kind_of_act(record, before, coordinators, in_force)),
        path=path,
        before=before,
        after=after,
        by=agreed,
        reason=reason,
        coordinators=coordinators,
        escalate_to=record.escalate_to if isinstance(record, Charter) else None,
    )
    place = next_path(workspace, "governance/acts", 2)
    data = workspace.files[path]
    filings = (
        Filing(place, record_bytes("coalition-act", act, place), "act"),
        Filing(path, data, cast("Any", kind), was=data),
    )
    return AmendmentFiles(
        act, filings, _differing(kind, record, words_before(workspace, path, before))
    )


def path_meant(workspace: Workspace, asked: str, here: Path) -> str:
    """Return the place of the charter or policy that a person names: by path, or by name."""
    if asked == "charter":
        return CHARTER_PATH
    if kind_of_path(policy_path(asked)) == "policy" and policy_path(asked) in workspace.files:
        return policy_path(asked)
    file = Path(os.path.realpath(here / asked))
    root = workspace.root.resolve()
    named = file.relative_to(root).as_posix() if file.is_relative_to(root) else asked
    for path in (named, asked):
        if path.endswith(".yaml") and kind_of_path(path) in OWN_RULES:
            return path
    names = ["charter", *(each.id for each in workspace.corpus.of_kind("policy"))]
    raise WrongUse(
        f"`{asked}` is neither the charter nor a policy",
        f"There are: {', '.join(names)}.",
        typed=asked,
        known=names,
    )


def require_agreed(workspace: Workspace, in_force: RulesInForce, agreed: tuple[str, ...]) -> None:
    """Raise `WrongUse` where too few coordinators agree; two ids of one person are one."""
    strangers = [id for id in agreed if id not in in_force.coordinators]
    if strangers:
        raise WrongUse(
            f"{', '.join(strangers)} did not coordinate before this act",
            f"It is decided by those who did: {', '.join(in_force.coordinators)}.",
        )
    people = {member_of(workspace.corpus, id).person or id for id in agreed}
    if len(people) < in_force.threshold:
        raise WrongUse(
            f"this takes {in_force.threshold} coordinators, and {len(people)} "
            f"{'agrees' if len(people) == 1 else 'agree'} here",
            f"Name each who decided it: --who MEMBER. Coordinators before this act: "
            f"{', '.join(in_force.coordinators)}.",
        )


def words_before(workspace: Workspace, path: str, digest: str | None) -> bytes | None:
    """Return the file as it was agreed before, from the last commit; None where it is not there."""
    head = commit_names.head(workspace.root)
    blob = (
        committed_files.governed_files(workspace.root, head).get(path) if head and digest else None
    )
    if blob is None:
        return None
    data = committed_files.blob_bytes(workspace.root, [blob.id])[blob.id]
    kind = kind_of_path(path) or ""
    record, _ = read_record(path, kind, data)
    # The last commit may hold an edit that no act brought in; only the words agreed before count.
    return data if record is not None and digest_for(kind, record) == digest else None


def _edited(workspace: Workspace, path: str) -> tuple[str, Record]:
    kind = kind_of_path(path) or ""
    document = workspace.corpus.by_path.get(path)
    if document is None:
        raise WrongUse(
            f"there is no {path}",
            "A policy is not removed, since what was decided by it has to stay readable. Put the "
            "file back, and take the policy out of `policies` in the charter.",
        )
    if document.record is None:
        raise WrongUse(f"{path} can't be read", "Mend it first: `govkit check`.")
    return kind, document.record


def _coordinators(
    workspace: Workspace, record: Record, in_force: RulesInForce
) -> Coordinators | None:
    """Return the new coordinators, or None where they stay."""
    assert isinstance(record, Charter)
    new = record.coordinators
    if (new.ids, new.threshold) == (in_force.coordinators, in_force.threshold):
        return None
    for id in new.ids:
        member = member_of(workspace.corpus, id)
        if member.state != "enrolled":
            raise WrongUse(
                f"{id} is {member.state}, and only an enrolled member can coordinate",
                f"Take them in first: `govkit member add {id}`.",
            )
        # Two of two with one who can't sign could never change anything again.
        if id not in in_force.coordinators and not keys_of(workspace.corpus).of(id):
            raise WrongUse(
                f"{id} has no key that counts, and could sign nothing as a coordinator",
                f"First let a key of theirs begin: `govkit member key add {id} --file FILE.pub`.",
            )
    if not 1 <= new.threshold <= len({*new.ids}) == len(new.ids):
        many = len({*new.ids})
        who = "1 coordinator" if many == 1 else f"{many} coordinators"
        raise WrongUse(
            f"the charter would have {who}, and an act would take {new.threshold} of them",
            "Name each coordinator once, and a threshold that they can reach.",
        )
    return new


def _kind_of_act(
    record: Record, before: str | None, new: Coordinators | None, in_force: RulesInForce
) -> str:
    """Return the kind of an act: `coordinators` where nothing else in the charter changes."""
    if not isinstance(record, Charter):
        return "policy"
    old = Coordinators(ids=in_force.coordinators, threshold=in_force.threshold)
    other = record.model_copy(update={"coordinators": old})
    return "coordinators" if new and digest_for("charter", other) == before else "charter"


def _differing(kind: str, record: Record, before: bytes | None) -> tuple[str, ...] | None:
    old = read_record("", kind, before)[0] if before is not None else None
    if old is None:
        return None
    return tuple(
        name for name in type(record).model_fields if getattr(old, name) != getattr(record, name)
    )


def proposals_open_at(workspace: Workspace, now: datetime.datetime) -> tuple[str, ...]:
    """Return the proposals that are open at `now`: what changes then changes nothing for them."""
    found = []
    for document in workspace.corpus.of_kind("proposal"):
        docket = docket_of(workspace.corpus, document.id)
        recorded = docket is not None and docket.decision is not None and docket.decision.logged
        if docket is not None and not recorded and state_of(docket, now).name not in FINAL:
            found.append(document.id)
    return tuple(found)
