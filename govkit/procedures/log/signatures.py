"""Signing what the coalition does about itself: its founding, and the acts that change its rules.

A signature goes into the record that it is below. The log does not change: its entry covers the
record without signatures, which come one after the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.errors import GovkitError, WrongUse
from govkit.log.amendments import GENESIS_PATH, OF_ACTS, member_of_act, own_rules
from govkit.log.coordination import OF_GENESIS, keys_of, not_signed_yet
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.log.keys import bare_signature, signature_holds
from govkit.log.signed_statements import (
    act_statement,
    founding_statement,
    proposal_act_statement,
    root_fingerprint,
)
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.proposals.unsigned_acts import fault_of_late_signature
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.base import Record
from govkit.records.kinds import id_of_place
from govkit.records.log import MemberSignature
from govkit.records.proposals import Act
from govkit.source.nearest import advice
from govkit.source.public_keys import NoPublicKey
from govkit.source.ssh_signatures import NoSignature, require_signer, signature_of
from govkit.store import signing, unlocking
from govkit.workspace import Workspace


class SigningKey(NamedTuple):
    """The file of a key; with `agent`, the person's SSH agent signs with it.

    `socket` is that of the command's own agent, once it has the key.
    """

    file: Path
    agent: bool = False
    socket: str = ""

    def signature(self, data: bytes, namespace: str) -> str:
        """Sign in a namespace, and return the signature in its armour; raises as `signing.sign`."""
        return signing.sign(data, self.file, namespace, self.agent, self.socket)


@contextmanager
def unlock_once(key: SigningKey) -> Iterator[SigningKey]:
    """Yield a key for several signatures of one command: its passphrase is asked for once."""
    if key.agent:
        yield key
        return
    with unlocking.unlocked(key.file) as socket:
        yield key._replace(socket=socket)


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
    counts: bool


def sign_founding(workspace: Workspace, by: str, key: SigningKey) -> SignedRecord:
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
    seal = signature_by(by, key, (statement.encode(), OF_GENESIS), held)
    signed = with_signature(genesis.signatures, seal)
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
        not missing,
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


class ActSignatures(NamedTuple):
    """An act that can be signed: its place, its words, and who is asked.

    `held` are the keys of each person that counted when the log recorded it; a key that begins by
    the act is among those of its owner, who signs with it as well. `needed` is how many sign.
    """

    path: str
    statement: str
    signatures: tuple[MemberSignature, ...]
    held: Mapping[str, Mapping[str, str]]
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    needed: int
    counts: bool

    @property
    def name(self) -> str:
        """Return what a person types for it, as 01 or 2026-003/acts/01."""
        return id_of_place(self.path).removeprefix("acts/")


def signable(workspace: Workspace, what: str) -> ActSignatures:
    """Return an act by its number, as 01 or 2026-003/acts/01, or by its place.

    Raises `WrongUse` where there is none, or none that could be signed.
    """
    genesis = founding_of(workspace)
    rules = own_rules(workspace.corpus)
    assert rules is not None, "there is a founding"
    document = _act_named(workspace, what)
    entry = valid_entries(workspace.corpus).get((document.path, "act"))
    if entry is None or entry.digest != digest_for("act", cast("Record", document.record)):
        raise WrongUse(
            f"{document.path} is not in the log in these words",
            "An act is filed with its entry in the log. `govkit check` says more.",
        )
    root, path = root_fingerprint(genesis), document.path
    if isinstance(document.record, Act):
        act = document.record
        statement = proposal_act_statement(act, path, root)
        signed = rules.keys.signed_by(act.signatures, statement.encode(), OF_ACTS, entry)
        asked, needed = act.by, len(act.by)
        counts = set(act.by) <= set(signed)
    else:
        coalition_act = cast("CoalitionAct", document.record)
        step = next((each for each in rules.steps if each.document.path == path), None)
        if step is None:
            raise WrongUse(f"{path} is older than the founding", "It decides nothing any more.")
        statement = act_statement(coalition_act, path, root)
        signed, needed, counts = step.signed, step.needed, not step.fault
        # A new key counts for its own act alone until all others have signed, too.
        signed = tuple(dict.fromkeys((*signed, *_by_new_key(coalition_act, statement))))
        asked = (*coalition_act.by, *step.before.coordinators)
    ids = tuple(dict.fromkeys((*asked, *_owner(document.record))))
    held = {id: rules.keys.holding(id, entry.recorded_at, entry.seq) for id in ids}
    for id, new in _new_key(document.record):
        held[id] = {**held[id], **new}
    missing = tuple(id for id in ids if id not in signed)
    signatures = document.record.signatures  # type: ignore[union-attr]
    return ActSignatures(path, statement, signatures, held, signed, missing, needed, counts)


def sign_act(
    workspace: Workspace, what: str, by: str, key: SigningKey | None, signature: str | None = None
) -> SignedRecord:
    """Return an act with the signature of one person whom it asks.

    It is made with the private key `key`, or was made elsewhere: `signature` is what
    ssh-keygen wrote. Raises `WrongUse`.
    """
    found = signable(workspace, what)
    if by not in found.held:
        raise WrongUse(
            f"`{by}` is not asked to sign this act", f"Asked are: {', '.join(found.held)}."
        )
    _require_in_time(workspace, found)
    held = found.held[by]
    if not held:
        raise WrongUse(
            f"{by} had no key that counted when {found.path} was recorded",
            _way_to_a_key(workspace, by),
        )
    data = found.statement.encode()
    seal = (
        signature_by(by, key, (data, OF_ACTS), held)
        if key
        else member_signature(signature or "", data, {by: held})
    )
    signatures = with_signature(found.signatures, seal)
    again = signable(_with_signatures(workspace, found.path, signatures), found.path)
    return SignedRecord(
        _filing(workspace, found.path, found.signatures, signatures),
        found.path,
        found.statement,
        seal.key,
        again.missing,
        again.signed,
        again.needed,
        again.counts,
    )


def sign_filed_act(
    opened: Callable[[], Workspace],
    path: str,
    receipt: FilingReceipt,
    key_at: Callable[[Path], SigningKey] | None,
) -> ActSignatures | None:
    """Sign an act that was filed a moment ago, if a key is given, and return who has signed it.

    `opened` opens the folder anew: the act has to be there. `key_at` gives the key for that
    folder. None while the coalition is forming, which signs nothing. Raises what `sign_act`
    raises, and says that the act stays filed.
    """
    workspace = opened()
    if genesis_of(workspace.corpus) is None:
        return None
    if key_at is not None:
        try:
            done = sign_act(workspace, path, receipt.by, key_at(workspace.root))
        except GovkitError as failed:
            name = signable(workspace, path).name
            raise type(failed)(
                f"act {name} is filed, and not signed: {failed.message}",
                f"{advice(failed)} Then sign it: `govkit sign {name} --key FILE`.".strip(),
            ) from failed
        if done.filing is not None:
            file_received(workspace.root, [done.filing], receipt)
        workspace = opened()
    return signable(workspace, path)


def _require_in_time(workspace: Workspace, found: ActSignatures) -> None:
    if found.counts:
        return
    proposal, _, act = found.name.partition("/")
    newest = max(each.recorded_at for each in valid_entries(workspace.corpus).values())
    fault = fault_of_late_signature(workspace.corpus, proposal, act, newest)
    if fault:
        raise WrongUse(
            f"it is too late to sign {found.name}: {fault}",
            "It counts for nothing, and stays in the log. Nothing was changed.",
        )


def _act_named(workspace: Workspace, what: str) -> Document:
    """Return the act that a person names."""
    acts = workspace.corpus.of_kind("coalition-act", "act")
    names = {each.path: each for each in acts} | {each.id: each for each in acts}
    for word in (what, f"acts/{what.removeprefix('acts/').zfill(2)}"):
        document = names.get(word)
        if document is not None and document.record is None:
            raise WrongUse(f"{document.path} can't be read", "Mend it first: `govkit check`.")
        if document is not None:
            return document
    known = sorted(each.id.removeprefix("acts/") for each in acts)
    raise WrongUse(f"there is no act {what[:40]}", f"Acts: {', '.join(known) or 'none yet'}.")


def _with_signatures(
    workspace: Workspace, path: str, signatures: tuple[MemberSignature, ...]
) -> Workspace:
    documents = tuple(
        replace(each, record=each.record.model_copy(update={"signatures": signatures}))
        if each.path == path and each.record is not None
        else each
        for each in workspace.corpus.documents
    )
    return replace(workspace, corpus=replace(workspace.corpus, documents=documents))


def _owner(record: object) -> tuple[str, ...]:
    if not isinstance(record, CoalitionAct) or not (record.key or record.asked):
        return ()
    member = member_of_act(record)
    return (member,) if member else ()


def _new_key(record: object) -> Iterator[tuple[str, dict[str, str]]]:
    key = record.key if isinstance(record, CoalitionAct) else None
    if key is not None and key.change == "begins":
        yield key.member, {key.id: key.public}


def _by_new_key(act: CoalitionAct, statement: str) -> Iterator[str]:
    """Yield whose new key has signed the act by which it begins."""
    for id, new in _new_key(act):
        for seal in act.signatures:
            public = new.get(seal.key)
            if (
                seal.by == id
                and public
                and signature_holds(seal, statement.encode(), OF_ACTS, public)
            ):
                yield id


def _way_to_a_key(workspace: Workspace, by: str) -> str:
    if not keys_of(workspace.corpus).all:
        return (
            "The founding names no key, so no act can be signed. Enrol keys (`govkit member key "
            'add`), then found again: `govkit found --again --reason "The keys were missing."`'
        )
    return f"A key counts from the act on that lets it begin: `govkit member key add {by}`."


def member_signature(
    signature: str, data: bytes, held: Mapping[str, Mapping[str, str]]
) -> MemberSignature:
    """Return a signature below an act that was made elsewhere, if it is by one of these people.

    `held` are the public keys of each by their names. Raises `WrongUse`.
    """
    known = [(id, public) for id, keys in held.items() for public in keys.values()]
    try:
        by = require_signer(data, signature, known, OF_ACTS)
        public = signature_of(signature).public
    except (NoPublicKey, NoSignature) as reason:
        raise WrongUse(
            f"this signature does not count: {reason}",
            "What is signed is exactly what `--statement` prints.",
        ) from None
    keys = held[by].items()
    name = next(name for name, each in keys if each.split()[:2] == public.split())
    return MemberSignature(by=by, key=name, signature=bare_signature(signature))


def require_key(workspace: Workspace, by: str, now: datetime.datetime) -> dict[str, str]:
    """Return the keys that a person can sign with now. Raises `WrongUse` where there is none."""
    held = keys_of(workspace.corpus).holding(by, now)
    if not held:
        raise WrongUse(
            f"{by} has no key that counts, so no signature of theirs can be proved",
            _way_to_a_key(workspace, by),
        )
    return held


# --- one signature --------------------------------------------------------------------------------


def signature_by(
    by: str, key: SigningKey, what: tuple[bytes, str], held: Mapping[str, str]
) -> MemberSignature:
    """Return a person's signature over bytes in a namespace (`what`), as records hold it.

    Raises `WrongUse` as `sign_with_key_of` does.
    """
    made = sign_with_key_of(*what, key, by, held)
    return MemberSignature(by=by, key=made.key, signature=bare_signature(made.signature))


class NewSignature(NamedTuple):
    """A signature in its armour, and the name of the key that it was made with."""

    signature: str
    key: str


def sign_with_key_of(
    data: bytes, namespace: str, key: SigningKey, by: str, held: Mapping[str, str]
) -> NewSignature:
    """Sign with a private key whose public half is one that a person holds.

    `held` are the person's public keys by name. Raises
    `WrongUse` for a kind of key that is not taken, and for a key that is not theirs.
    """
    signature = key.signature(data, namespace)
    # Which key it was, the signature says: the .pub beside the private file may be another key's.
    try:
        public = signature_of(signature).public
    except (NoPublicKey, NoSignature) as reason:
        raise WrongUse(
            f"{key.file} can't be used to sign: {reason}",
            "Make a key by `ssh-keygen -t ed25519`, and enrol it: `govkit member key add`.",
        ) from None
    name = next((name for name, each in held.items() if each.split()[:2] == public.split()), None)
    if name is None:
        raise WrongUse(
            f"{key.file} is not a key of {by} that holds here",
            f"Keys of {by}: {', '.join(held) or 'none'}. `govkit show {by}` shows them. Name the "
            "private file of one of them.",
        )
    return NewSignature(signature, name)


def with_signature(
    signatures: Sequence[MemberSignature], seal: MemberSignature
) -> tuple[MemberSignature, ...]:
    """Return signatures with one more, in the order of the names; one of each key."""
    others = [each for each in signatures if (each.by, each.key) != (seal.by, seal.key)]
    return tuple(sorted([*others, seal], key=lambda each: (each.by, each.key)))


def _filing(
    workspace: Workspace,
    path: str,
    before: Sequence[MemberSignature],
    after: Sequence[MemberSignature],
) -> Filing | None:
    if tuple(before) == tuple(after):
        return None
    was = workspace.files[path]
    data = with_values(path, was, {"signatures": [each.model_dump() for each in after]})
    return Filing(path, data, None, was=was)
