"""Who coordinated when: from the founding on, each list of coordinators by the threshold before it.

Pure. Whether a signature holds, `source.ssh_signatures` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import GENESIS_PATH, OWN_RULES, RuleAmendment, RulesInForce, own_rules
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.log.periods import end_of_day, instant_of
from govkit.log.signed_statements import act_statement, founding_statement, root_fingerprint
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.governance import Key, Member
from govkit.records.kinds import CHARTER_PATH
from govkit.records.log import Seal
from govkit.source.public_keys import NoPublicKey, public_key
from govkit.source.ssh_signatures import signer_of

OF_GENESIS = "genesis@govkit"
OF_ACTS = "act@govkit"

Signers = tuple[tuple[str, str], ...]
"""Ids with public keys that a signature may be made with."""


class CoordinatingBody(NamedTuple):
    """Who coordinates, how many an act takes, and since when. `by` is the record that says so."""

    ids: tuple[str, ...]
    threshold: int
    since: datetime.datetime
    by: str


class CoordinationFault(NamedTuple):
    """Why a step does not hold: the file, and a sentence."""

    path: str
    message: str


@dataclass(frozen=True)
class CoordinationStep:
    """One step of the history: the founding, or an act of the coalition.

    `signed` are those whose signatures count, `missing` those who could sign and have not.
    `needed` is how many it takes. `body` is who coordinates after it.
    """

    path: str
    kind: str
    at: datetime.datetime
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    needed: int
    body: CoordinatingBody
    faults: tuple[CoordinationFault, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether enough have signed, and nothing speaks against it."""
        return not self.faults and len(self.signed) >= self.needed


class CoordinationHistory(NamedTuple):
    """All steps from the founding on, and what speaks against the whole."""

    steps: tuple[CoordinationStep, ...]
    faults: tuple[CoordinationFault, ...]

    @property
    def body(self) -> CoordinatingBody | None:
        """Return who coordinates in the end; None while the coalition is forming."""
        return self.steps[-1].body if self.steps else None

    def at(self, instant: datetime.datetime) -> CoordinatingBody | None:
        """Return who coordinated at an instant; None before the founding."""
        found = [step.body for step in self.steps if step.at <= instant]
        return found[-1] if found else None


def history_of(corpus: Corpus) -> CoordinationHistory:
    """Return the founding and every act of the coalition, in the order of the log.

    A step that does not hold is marked and followed all the same, so that one can read on.
    """
    genesis = genesis_of(corpus)
    if genesis is None:
        return CoordinationHistory((), ())
    return _Reading(corpus, genesis).history()


def not_signed_yet(genesis: Genesis) -> tuple[str, ...]:
    """Return the first coordinators who have not signed the founding."""
    signed = signers_of_founding(genesis)
    return tuple(first.id for first in genesis.coordinators if first.id not in signed)


def signers_of_founding(genesis: Genesis) -> tuple[str, ...]:
    """Return the first coordinators whose signatures of the founding hold, each once."""
    every = [(first.id, key.public) for first in genesis.coordinators for key in first.keys]
    taken = {public: id for id, public in sound(every)}
    keys = {
        (first.id, key.id): key.public
        for first in genesis.coordinators
        for key in first.keys
        if " ".join(key.public.split()[:2]) in taken
    }
    data = founding_statement(genesis).encode()
    found = {
        seal.by
        for seal in genesis.signatures
        if (seal.by, seal.key) in keys
        and signer_of(
            data, armoured(seal.signature), [(seal.by, keys[seal.by, seal.key])], OF_GENESIS
        )
    }
    return tuple(first.id for first in genesis.coordinators if first.id in found)


def keys_at(members: Iterable[tuple[str, Member]], instant: datetime.datetime) -> Signers:
    """Return the keys that members could sign with at an instant.

    A key holds from its first day to its last one. Where others may have it, it holds only for what
    was recorded before.
    """
    return sound(
        (id, key.public) for id, member in members for key in member.keys if holds_at(key, instant)
    )


def sound(keys: Iterable[tuple[str, str]]) -> Signers:
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


def holds_at(key: Key, instant: datetime.datetime) -> bool:
    """Say whether a key could be signed with at an instant."""
    return instant.date() >= key.since and _has_not_ended(key, instant)


def members_of(corpus: Corpus, ids: Iterable[str]) -> list[tuple[str, Member]]:
    """Return the records of some members that can be read, with their ids."""
    wanted = set(ids)
    return [
        (document.id, document.record)
        for document in corpus.of_kind("member")
        if document.id in wanted and isinstance(document.record, Member)
    ]


def armoured(signature: str) -> str:
    """Return a signature as records hold it, in the armour that it was made in."""
    body = "".join(signature.split())
    if body.startswith("-----"):
        return signature
    lines = [body[at : at + 70] for at in range(0, len(body), 70)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def bare(signature: str) -> str:
    """Return an armoured signature as records hold it: its base64 on one line."""
    return "".join(line for line in signature.split("\n") if not line.startswith("-----"))


class _Reading:
    """Walks from the founding through the acts."""

    def __init__(self, corpus: Corpus, genesis: Genesis) -> None:
        self.corpus = corpus
        self.genesis = genesis
        self.root = root_fingerprint(genesis)
        self.entries = valid_entries(corpus)

    def history(self) -> CoordinationHistory:
        steps = [self.founding()]
        rules = own_rules(self.corpus)
        assert rules is not None, "there is a founding"
        for each in rules.steps:
            steps.append(self.step(each, steps[-1].body))
        return CoordinationHistory(tuple(steps), tuple(self.end(rules.now)))

    def founding(self) -> CoordinationStep:
        genesis = self.genesis
        ids = tuple(first.id for first in genesis.coordinators)
        signed = signers_of_founding(genesis)
        body = CoordinatingBody(ids, genesis.threshold, genesis.founded, GENESIS_PATH)
        return CoordinationStep(
            GENESIS_PATH,
            "founding",
            genesis.founded,
            signed,
            tuple(id for id in ids if id not in signed),
            # All of them sign, and not only the threshold: nothing before it could vouch
            # (decision 21).
            len(ids),
            body,
            tuple(self.wrong_seals(GENESIS_PATH, genesis.signatures, signed)),
        )

    def step(self, each: RuleAmendment, before: CoordinatingBody) -> CoordinationStep:
        path, act = each.document.path, each.act
        entry = self.entries.get((path, "act"))
        # An act has no day of its own: the log, which goes forward only, says when it was.
        at = entry.recorded_at if entry is not None else before.since
        signed = self.signed(path, act, at, before)
        faults = (
            [CoordinationFault(path, f"this act does not count: {each.fault}")]
            if each.fault
            else []
        )
        faults += self.wrong_seals(path, act.signatures, signed)
        named = (each.after.coordinators, each.after.threshold)
        body = (
            before
            if named == (before.ids, before.threshold)
            else CoordinatingBody(*named, at, path)
        )
        return CoordinationStep(
            path,
            act.kind,
            at,
            signed,
            tuple(id for id in before.ids if id not in signed),
            before.threshold,
            body,
            tuple(faults),
        )

    def signed(
        self, path: str, act: CoalitionAct, recorded: datetime.datetime, before: CoordinatingBody
    ) -> tuple[str, ...]:
        """Return the coordinators of the list before whose signatures of an act hold."""
        data = act_statement(act, path, self.root).encode()
        members = dict(members_of(self.corpus, before.ids))
        every = [(id, key.public) for id, member in members.items() for key in member.keys]
        taken = {public for _, public in sound(every)}
        found = set()
        for seal in act.signatures:
            member = members.get(seal.by)
            keys = [
                (seal.by, key.public)
                for key in (member.keys if member else ())
                if key.id == seal.key
                and _has_not_ended(key, recorded)
                and " ".join(key.public.split()[:2]) in taken
            ]
            if keys and signer_of(data, armoured(seal.signature), keys, OF_ACTS):
                found.add(seal.by)
        return tuple(id for id in before.ids if id in found)

    def wrong_seals(
        self, path: str, seals: Sequence[Seal], signed: Sequence[str]
    ) -> Iterator[CoordinationFault]:
        for by in sorted({seal.by for seal in seals} - set(signed)):
            yield CoordinationFault(
                path,
                f"the signature of {by} does not hold: it is forged, it is over "
                "other words, or the key was not theirs then",
            )

    def end(self, now: RulesInForce) -> Iterator[CoordinationFault]:
        """Yield where the own rules of today are not what the founding and the acts lead to."""
        charter = self.corpus.charter
        if charter is not None:
            named = charter.coordinators
            # What counts is the chain of acts; the charter is held against it, never the reverse
            # (decision 26).
            if (set(named.ids), named.threshold) != (set(now.coordinators), now.threshold):
                yield CoordinationFault(
                    CHARTER_PATH,
                    f"the charter names other coordinators ({', '.join(named.ids) or 'none'}; an "
                    f"act takes {named.threshold}) than the founding and the acts since "
                    f"({', '.join(now.coordinators)}; an act takes {now.threshold}): they were "
                    "changed by no act of the coalition",
                )
                return
        for document in self.corpus.of_kind(*OWN_RULES):
            if document.record is not None:
                found = digest_for(document.kind or "", document.record)
                if now.digests.get(document.path) != found:
                    yield CoordinationFault(
                        document.path,
                        f"this {document.kind} has other words than those that the founding and "
                        "the acts since lead to: it was changed by no act of the coalition",
                    )


def _has_not_ended(key: Key, instant: datetime.datetime) -> bool:
    """Say whether a key was still its owner's alone.

    That is all that is asked below an act: its signatures come in the days after it was recorded,
    so a key that began later counts.
    """
    if key.until is not None and instant >= end_of_day(key.until):
        return False
    return key.compromised_since is None or instant < instant_of(key.compromised_since)
