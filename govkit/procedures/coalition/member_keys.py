"""Keys of members: they begin and end by an act of the coalition that carries signatures.

The record of the member shows what the act says. Before the founding there is nobody who could let
a key begin: then the record alone is edited, and the founding names those of its coordinators.
"""

from __future__ import annotations

import datetime
import email
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.amendments import own_rules
from govkit.log.coordinators import genesis_of, member_of, path_of_member
from govkit.log.key_origins import fault_of_account
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.numbering import next_path
from govkit.records.acts import CoalitionAct, KeyChange
from govkit.records.evidence import AccountEvent
from govkit.records.governance import Channel, Key, Member
from govkit.source.public_keys import NoPublicKey, public_key
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store.private import keep, new_salt
from govkit.workspace import Workspace


class KeyFiles(NamedTuple):
    """What is to be filed, the key, and the place of the act; None before the founding."""

    filings: tuple[Filing, ...]
    key: Key
    act: str | None


class KeyOrigin(NamedTuple):
    """How a change of a key came: in one word, and what shows it.

    `mail` is that from the address on record, byte for byte; `account` what the account on record
    published.
    """

    channel: Channel | None = None
    mail: bytes | None = None
    account: AccountEvent | None = None


class NewKey(NamedTuple):
    """A public key that is to begin: its text, a name or none, its first day, how it came."""

    text: str
    name: str | None
    since: datetime.date
    origin: KeyOrigin = KeyOrigin()


def prepare_new_key(workspace: Workspace, id: str, new: NewKey, by: str) -> KeyFiles:
    """Return what lets a public key begin. Raises `WrongUse`."""
    member = _enrolled(workspace, id)
    try:
        public = public_key(new.text)
    except NoPublicKey as reason:
        raise WrongUse(
            f"the key can't be taken: {reason}",
            "Give the one line of the file whose name ends in .pub, in quotes.",
        ) from None
    _require_none_waits(workspace, id, lambda change: change.public == public)
    # A key below two names would count for neither of them (`log.keys.sound_signers`).
    idle = {key.id for key in _idle(workspace, id, member) if _bare(key) == public.split()}
    _require_unused(workspace, id, public, idle)
    member = member.model_copy(update={"keys": [k for k in member.keys if k.id not in idle]})
    names = {key.id for key in member.keys}
    if new.name in names:
        raise WrongUse(f"{id} has a key `{new.name}` already", "Leave --id out, or give another.")
    if new.origin.mail is not None:
        _require_within(new.origin.mail, public)
    free = (f"k{number}" for number in range(1, len(names) + 2))
    name = new.name or next(each for each in free if each not in names)
    key = Key(id=name, public=public, since=new.since)
    change = KeyChange(
        member=id,
        id=name,
        public=public,
        change="begins",
        since=new.since.isoformat(),
        **_shown(workspace, id, new.origin),
    )
    why = (by, f"The key {name} of {id} begins.")
    return _filed(workspace, id, [*member.keys, key], change, why, key)


def prepare_key_end(
    workspace: Workspace,
    id: str,
    name: str,
    until: datetime.date,
    compromised: str | None,
    why: tuple[str, str],
    origin: KeyOrigin,
) -> KeyFiles:
    """Return what ends a key; `compromised` is since when others may have it, `why` who says so
    and the reason, `origin` how it came to the coordinators.
    """
    member = member_of(workspace.corpus, id)
    keys = {key.id: key for key in member.keys}
    if name not in keys:
        raise WrongUse(f"{id} has no key `{name}`", f"Keys: {', '.join(keys) or 'none'}.")
    _require_none_waits(workspace, id, lambda change: change.id == name)
    _require_begun(workspace, id, name)
    if keys[name].until is not None and compromised is None:
        raise WrongUse(f"the key {name} has ended already", "Nothing is to be done.")
    if until < keys[name].since:
        raise WrongUse(f"the key {name} began later than that", f"It began {keys[name].since}.")
    values: dict[str, Any] = {"until": keys[name].until or until}
    if compromised:
        values["compromised_since"] = compromised
    changed = [key.model_copy(update=values) if key.id == name else key for key in member.keys]
    change = KeyChange(
        member=id,
        id=name,
        public=" ".join(keys[name].public.split()[:2]),
        change="compromised" if compromised else "ends",
        since=compromised or until.isoformat(),
        **_shown(workspace, id, origin),
    )
    key = next(each for each in changed if each.id == name)
    return _filed(workspace, id, changed, change, why, key)


def _shown(workspace: Workspace, id: str, origin: KeyOrigin) -> dict[str, Any]:
    """Return what the act says about how it came; a mail is kept in the private folder now."""
    if origin.account is not None and (
        fault := fault_of_account(workspace.corpus, id, origin.account)
    ):
        raise WrongUse(
            f"what was published shows no key of {id}: {fault}",
            "Leave --account and --event out: then it takes as many coordinators as an act of the "
            "coalition, two at least.",
        )
    source = None if origin.mail is None else keep(workspace.root, origin.mail, new_salt())
    return {"channel": origin.channel, "source": source, "account": origin.account}


def _require_within(mail: bytes, public: str) -> None:
    """Raise `WrongUse` where a mail does not have the key in it: then it shows another one."""
    parts = email.message_from_bytes(mail).walk()
    decoded = [part.get_payload(decode=True) for part in parts if not part.is_multipart()]
    wanted = public.split()[1].encode()
    # Mailers break lines, also within a long key.
    if not any(wanted in b"".join(bytes(each).split()) for each in (mail, *decoded) if each):
        raise WrongUse(
            "the key does not stand in this mail, so the mail shows nothing about it",
            "Name the mail that the key came in, as your mailer saves it (.eml), or its text.",
        )


def _filed(
    workspace: Workspace,
    id: str,
    keys: Sequence[Key],
    change: KeyChange,
    why: tuple[str, str],
    key: Key,
) -> KeyFiles:
    path = path_of_member(id)
    was = workspace.files[path]
    record = Filing(path, with_values(path, was, {"keys": list(keys)}), "member", was=was)
    if genesis_of(workspace.corpus) is None:
        return KeyFiles((record,), key, None)
    assert record.data is not None
    after, faults = read_record(path, "member", record.data)
    assert after is not None, faults
    by, reason = why
    act = CoalitionAct(
        kind="key",
        path=path,
        before=digest_for("member", member_of(workspace.corpus, id)),
        after=digest_for("member", after),
        by=(by,),
        reason=reason,
        key=change,
    )
    place = next_path(workspace, "governance/acts", 2)
    filing = Filing(place, record_bytes("coalition-act", act, place), "act")
    return KeyFiles((filing, record), key, place)


def _require_none_waits(workspace: Workspace, id: str, about: Callable[[KeyChange], bool]) -> None:
    """Raise `WrongUse` where an act about a key of a member waits for signatures."""
    rules = own_rules(workspace.corpus)
    for step in rules.steps if rules else ():
        change = step.act.key
        if step.waits and change is not None and change.member == id and about(change):
            number = step.document.id.removeprefix("acts/")
            raise WrongUse(
                f"act {number} about the key {change.id} of {id} waits already: {step.fault}",
                f"Each signs it: `govkit sign {number} --by MEMBER --key FILE`. Nothing was filed.",
            )


def _require_begun(workspace: Workspace, id: str, name: str) -> None:
    """Raise `WrongUse` for a key that no act began: an act to end it could never count."""
    rules = own_rules(workspace.corpus)
    if rules is not None and name not in {each.id for each in rules.keys.of(id)}:
        raise WrongUse(
            f"no act that counts began the key {name} of {id}, so there is none to end",
            "It stands in the record alone, and nothing counts that is signed with it. Take it out "
            f"of {path_of_member(id)}; `govkit check` says more.",
        )


def _idle(workspace: Workspace, id: str, member: Member) -> list[Key]:
    """Return the keys of a record that no act began.

    They were there before the founding, which lets those of its coordinators alone begin.
    """
    rules = own_rules(workspace.corpus)
    begun = {each.id for each in rules.keys.of(id)} if rules else {key.id for key in member.keys}
    return [key for key in member.keys if key.id not in begun]


def _bare(key: Key) -> list[str]:
    return key.public.split()[:2]


def _require_unused(workspace: Workspace, id: str, public: str, idle: set[str]) -> None:
    for document in workspace.corpus.of_kind("member"):
        if isinstance(document.record, Member):
            for key in document.record.keys:
                if document.id == id and key.id in idle:
                    continue
                if _bare(key) == public.split():
                    raise WrongUse(
                        f"this is the key {key.id} of {document.id} already",
                        "A key belongs to one member, and is never enrolled twice.",
                    )


def _enrolled(workspace: Workspace, id: str) -> Member:
    member = member_of(workspace.corpus, id)
    if member.state != "enrolled":
        raise WrongUse(f"{id} is {member.state}, not enrolled", f"`govkit member add {id}` first.")
    return member
