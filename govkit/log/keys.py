"""Whose keys count from which number of the log on, and what is proved with them.

The founding names the first keys, and acts of the kind `key` all others. What stands in the record
of a member shows them, and decides nothing. Pure; whether a signature is sound,
`source.ssh_signatures` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from govkit.log.periods import end_of_day, instant_of, last_day
from govkit.records.acts import Genesis, KeyChange
from govkit.records.governance import Key
from govkit.records.log import LogEntry, MemberSignature
from govkit.source.public_keys import NoPublicKey, public_key
from govkit.source.record_bytes import instant_text
from govkit.source.ssh_signatures import signer_of

Signers = tuple[tuple[str, str], ...]
"""Ids with public keys that a signature may be made with."""

Compromises = dict[tuple[str, str], datetime.datetime]
"""Since when a key, by member and name, may be in other hands."""


class MemberKey(NamedTuple):
    """One key of a member: from which number and instant on it counts, and until when.

    `record` is the founding or the act that brought it, `last` the one that ended it or says since
    when it is `compromised`.
    """

    member: str
    id: str
    public: str
    seq: int
    begins: datetime.datetime
    record: str
    ends: datetime.datetime | None = None
    compromised: datetime.datetime | None = None
    last: str = ""

    def holds(self, instant: datetime.datetime, seq: int | None = None) -> bool:
        """Say whether it could be signed with at an instant, and at a number where one is given.

        Where others may have it, it holds only for what was recorded before.
        """
        if instant < self.begins or (seq is not None and seq <= self.seq):
            return False
        if self.ends is not None and instant >= self.ends:
            return False
        return self.compromised is None or instant < self.compromised

    def as_shown(self) -> Key:
        """Return it as the record of a member shows it."""
        return Key(
            id=self.id,
            public=self.public,
            since=self.begins.date(),
            until=last_day(self.ends) if self.ends else None,
            compromised_since=instant_text(self.compromised) if self.compromised else None,
        )


@dataclass(frozen=True)
class Keys:
    """The keys of all members, in the order in which they came."""

    all: tuple[MemberKey, ...] = ()

    def of(self, member: str) -> tuple[MemberKey, ...]:
        """Return the keys that a member has or had."""
        return tuple(each for each in self.all if each.member == member)

    def holding(
        self, member: str, instant: datetime.datetime, seq: int | None = None
    ) -> dict[str, str]:
        """Return the public keys that a member could sign with, by their names."""
        return {
            each.id: each.public
            for each in self.of(member)
            if each.public in self._sound and each.holds(instant, seq)
        }

    @cached_property
    def _sound(self) -> frozenset[str]:
        return frozenset(
            public for _, public in sound_signers((e.member, e.public) for e in self.all)
        )

    def in_other_hands(self, member: str, id: str, instant: datetime.datetime) -> str:
        """Return in words that others may have had a key at an instant; empty where nobody says so.

        They stand behind `with`, as `the key k1 of …, which may be in other hands since …`.
        """
        for each in self.of(member):
            if each.id == id and each.compromised is not None and instant >= each.compromised:
                since = instant_text(each.compromised)
                return (
                    f"the key {id} of {member}, which may be in other hands since {since}, as "
                    f"{each.last} says"
                )
        return ""

    @property
    def without_compromises(self) -> Keys:
        """Return the keys as if nobody knew that one is in other hands, and none had ended so."""
        return Keys(
            tuple(
                each._replace(compromised=None, ends=None) if each.compromised else each
                for each in self.all
            )
        )

    def signers(self, ids: Iterable[str], instant: datetime.datetime) -> Signers:
        """Return the keys that some members could sign with at an instant."""
        return tuple((id, public) for id in ids for public in self.holding(id, instant).values())

    def signed_by(
        self, seals: Iterable[MemberSignature], data: bytes, namespace: str, entry: LogEntry
    ) -> tuple[str, ...]:
        """Return whose signatures over `data` hold, made with keys of when the log recorded it."""
        found = []
        for seal in seals:
            public = self.holding(seal.by, entry.recorded_at, entry.seq).get(seal.key)
            if public is not None and signature_holds(seal, data, namespace, public):
                found.append(seal.by)
        return tuple(dict.fromkeys(found))

    def changed(self, change: KeyChange, path: str, entry: LogEntry, known: Compromises) -> Keys:
        """Return the keys after a change that holds; `known` is what became known later."""
        name = (change.member, change.id)
        if change.change == "begins":
            # A day to come begins it later; a day that is past begins nothing earlier.
            begins = max(instant_of(change.since), entry.recorded_at)
            key = MemberKey(*name, change.public, entry.seq, begins, path)
            return Keys((*self.all, key._replace(compromised=known.get(name))))
        return Keys(
            tuple(
                _ended(each, change, path, entry) if (each.member, each.id) == name else each
                for each in self.all
            )
        )


def _ended(key: MemberKey, change: KeyChange, path: str, entry: LogEntry) -> MemberKey:
    if change.change == "compromised":
        since = instant_of(change.since)
        earlier = [each for each in (key.compromised, since) if each is not None]
        ends = key.ends or entry.recorded_at
        return key._replace(compromised=min(earlier), ends=ends, last=path)
    day = datetime.date.fromisoformat(change.since[:10])
    ends = max(end_of_day(day), entry.recorded_at)
    # What has ended stays so: a second act could else bring a key back for the days between.
    return key._replace(ends=ends, last=path) if key.ends is None or ends < key.ends else key


def first_keys(genesis: Genesis, path: str, seq: int, known: Compromises) -> Keys:
    """Return the keys that the founding names, each from its number on."""
    return Keys(
        tuple(
            MemberKey(first.id, key.id, bare_key(key.public), seq, genesis.founded, path)._replace(
                compromised=known.get((first.id, key.id))
            )
            for first in genesis.coordinators
            for key in first.keys
        )
    )


def compromises(keys: Keys) -> Compromises:
    """Return since when keys may be in other hands."""
    return {
        (each.member, each.id): each.compromised
        for each in keys.all
        if each.compromised is not None
    }


def without_compromise(keys: Keys, member: str, id: str) -> Keys:
    """Return the keys as if nobody knew that this one is in other hands.

    Its owner may say so with the key itself: whoever else says it does no harm.
    """
    return Keys(
        tuple(
            each._replace(compromised=None) if (each.member, each.id) == (member, id) else each
            for each in keys.all
        )
    )


def sound_signers(keys: Iterable[tuple[str, str]]) -> Signers:
    """Return those keys that a signature is taken from: of a kind that is safe, and one person's.

    One key below two names would make two signers of one, so it counts for neither.
    """
    known: dict[str, set[str]] = {}
    for id, public in keys:
        try:
            known.setdefault(public_key(public), set()).add(id)
        except NoPublicKey:
            continue
    return tuple((min(ids), public) for public, ids in known.items() if len(ids) == 1)


def bare_key(public: str) -> str:
    """Return a public key without the comment at its end."""
    return " ".join(public.split()[:2])


@lru_cache(maxsize=4096)
def _is_by(data: bytes, signature: str, public: str, namespace: str) -> bool:
    return signer_of(data, armour(signature), (("", public),), namespace) is not None


def signature_holds(seal: MemberSignature, data: bytes, namespace: str, public: str) -> bool:
    """Say whether a signature over `data` was made with the private half of a public key."""
    return _is_by(data, seal.signature, public, namespace)


def armour(signature: str) -> str:
    """Return a signature as records hold it, in the armour that it was made in."""
    body = "".join(signature.split())
    if body.startswith("-----"):
        return signature
    lines = [body[at : at + 70] for at in range(0, len(body), 70)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def bare_signature(signature: str) -> str:
    """Return an armoured signature as records hold it: its base64 on one line."""
    return "".join(line for line in signature.split("\n") if not line.startswith("-----"))
