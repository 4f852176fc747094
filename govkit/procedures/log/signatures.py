"""Signing what the coalition does about itself: its founding, and the acts that change its rules.

A signature goes into the record that it is below. The log does not change: its entry covers the
record without signatures, which come one after the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.log.amendments import GENESIS_PATH
from govkit.log.coordination import OF_ACTS, OF_GENESIS, bare, history_of, holds_at, not_signed_yet
from govkit.log.coordinators import genesis_of, member_of
from govkit.log.signed_statements import act_statement, founding_statement, root_fingerprint
from govkit.procedures.log.filing import Filing, edited
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.log import Seal
from govkit.source.public_keys import NoPublicKey
from govkit.source.ssh_signatures import NoSignature, signature_of
from govkit.store import signing
from govkit.workspace import Workspace


class SignedRecord(NamedTuple):
    """A record with one more signature: what is to be filed, and who has not signed yet.

    `filing` is None where this person had signed already. `needed` is how many have to sign.
    """

    filing: Filing | None
    path: str
    statement: str
    key: str
    missing: tuple[str, ...]
    signed: tuple[str, ...]
    needed: int


def founding_signed(workspace: Workspace, by: str, key: Path) -> SignedRecord:
    """Return the founding with the signature of one of its first coordinators.

    Raises `WrongUse` where there is no founding, or where the key is not one that it names.
    """
    genesis = founding_of(workspace)
    first = next((each for each in genesis.coordinators if each.id == by), None)
    if first is None:
        names = ", ".join(each.id for each in genesis.coordinators)
        raise WrongUse(
            f"`{by}` is not among the first coordinators, so they can't sign the founding",
            f"The first coordinators: {names}.",
        )
    if not first.keys:
        raise WrongUse(
            f"the founding names no key of {by}, so no signature of theirs can be proved",
            f"Enrol a key: `govkit member key add {by} --file FILE.pub`. Then found again: "
            '`govkit found --again --reason "The keys were missing."`',
        )
    statement = founding_statement(genesis)
    held = {each.id: each.public for each in first.keys}
    seal = sealed(by, key, (statement.encode(), OF_GENESIS), held)
    signed = with_seal(genesis.signatures, seal)
    after = genesis.model_copy(update={"signatures": signed})
    missing = not_signed_yet(after)
    return SignedRecord(
        _filing(workspace, GENESIS_PATH, genesis.signatures, signed),
        GENESIS_PATH,
        statement,
        seal.key,
        missing,
        tuple(e.id for e in genesis.coordinators if e.id not in missing),
        len(genesis.coordinators),
    )


def founding_of(workspace: Workspace) -> Genesis:
    """Return the founding. Raises `WrongUse` where there is none that can be read."""
    genesis = genesis_of(workspace.corpus)
    if genesis is None:
        unread = GENESIS_PATH in workspace.files
        raise WrongUse(
            f"{GENESIS_PATH} can't be read" if unread else "this coalition is not founded yet",
            "Mend it first: `govkit check`."
            if unread
            else "Begin with `govkit found --coordinator MEMBER`, once for each coordinator.",
        )
    return genesis


def act_signed(
    workspace: Workspace, number: str, by: str, key: Path, now: datetime.datetime
) -> SignedRecord:
    """Return an act of the coalition with the signature of a coordinator of the list before it.

    `number` is that of its file, as 01. Raises `WrongUse`.
    """
    genesis = founding_of(workspace)
    path, act = _act(workspace, number)
    steps = history_of(workspace.corpus).steps
    at = next((at for at, step in enumerate(steps) if step.path == path), None)
    if at is None:
        raise WrongUse(
            f"{path} is not in the log, or is older than the founding",
            "An act is filed with its entry in the log. `govkit check` says more.",
        )
    before = steps[at - 1].body
    if by not in before.ids:
        raise WrongUse(
            f"`{by}` was no coordinator before this act, and only those sign it",
            f"Coordinators then: {', '.join(before.ids)}.",
        )
    held = {
        each.id: each.public for each in member_of(workspace.corpus, by).keys if holds_at(each, now)
    }
    statement = act_statement(act, path, root_fingerprint(genesis))
    seal = sealed(by, key, (statement.encode(), OF_ACTS), held)
    signed = with_seal(act.signatures, seal)
    who = {*steps[at].signed, by}
    return SignedRecord(
        _filing(workspace, path, act.signatures, signed),
        path,
        statement,
        seal.key,
        tuple(id for id in before.ids if id not in who),
        tuple(id for id in before.ids if id in who),
        before.threshold,
    )


def _act(workspace: Workspace, number: str) -> tuple[str, CoalitionAct]:
    known = {
        document.id.removeprefix("acts/"): document
        for document in workspace.corpus.of_kind("coalition-act")
    }
    document = known.get(number.zfill(2))
    if document is None:
        raise WrongUse(
            f"there is no act {number[:20]} of the coalition",
            f"Acts: {', '.join(sorted(known)) or 'none yet'}.",
        )
    if not isinstance(document.record, CoalitionAct):
        raise WrongUse(f"{document.path} can't be read", "Mend it first: `govkit check`.")
    return document.path, document.record


# --- one signature --------------------------------------------------------------------------------


def sealed(by: str, key: Path, what: tuple[bytes, str], held: Mapping[str, str]) -> Seal:
    """Return a person's signature over bytes in a namespace (`what`), as records hold it.

    Raises `WrongUse` as `signed_by_one_of` does.
    """
    made = signed_by_one_of(*what, key, by, held)
    return Seal(by=by, key=made.key, signature=bare(made.signature))


class NewSignature(NamedTuple):
    """A signature in its armour, and the name of the key that it was made with."""

    signature: str
    key: str


def signed_by_one_of(
    data: bytes, namespace: str, key: Path, by: str, held: Mapping[str, str]
) -> NewSignature:
    """Sign with a private key whose public half is one that a person holds.

    `held` are the person's public keys by name. Raises `WrongUse` for a kind of key that is not
    taken, and for a key that is not theirs.
    """
    signature = signing.sign(data, key, namespace)
    # Which key it was, the signature says: the .pub beside the private file may be another key's.
    try:
        public = signature_of(signature).public
    except (NoPublicKey, NoSignature) as reason:
        raise WrongUse(
            f"{key} can't be used to sign: {reason}",
            "Make a key by `ssh-keygen -t ed25519`, and enrol it: `govkit member key add`.",
        ) from None
    name = next((name for name, each in held.items() if each.split()[:2] == public.split()), None)
    if name is None:
        raise WrongUse(
            f"{key} is not a key of {by} that holds here",
            f"Keys of {by}: {', '.join(held) or 'none'}. `govkit show {by}` shows them. Name the "
            "private file of one of them.",
        )
    return NewSignature(signature, name)


def with_seal(seals: Sequence[Seal], seal: Seal) -> tuple[Seal, ...]:
    """Return signatures with one more, in the order of the names; one of each key."""
    others = [each for each in seals if (each.by, each.key) != (seal.by, seal.key)]
    return tuple(sorted([*others, seal], key=lambda each: (each.by, each.key)))


def _filing(
    workspace: Workspace, path: str, before: Sequence[Seal], after: Sequence[Seal]
) -> Filing | None:
    if tuple(before) == tuple(after):
        return None
    was = workspace.files[path]
    data = edited(path, was, {"signatures": [each.model_dump() for each in after]})
    return Filing(path, data, None, was=was)
