"""The coalition's own rules through time: from the founding, act by act, to what holds now.

The founding names the first coordinators, their threshold, and the digests of the first charter and
policies. Each act says from which digest to which it leads, who agreed, and who coordinates after
it. So anyone can follow from the files alone who could decide what at which number of the log.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import Entries, valid_entries
from govkit.log.key_origins import fault_of_account, names_record
from govkit.log.keys import (
    Compromises,
    Keys,
    compromises,
    first_keys,
    signature_holds,
    without_compromise,
)
from govkit.log.signed_statements import act_statement, root_fingerprint, taken_over_statement
from govkit.records.acts import CoalitionAct, Genesis, KeyChange
from govkit.records.governance import EscalationBody, Member
from govkit.records.kinds import CHARTER_PATH, KINDS, folder_of_proposal, kind_of_path, slug_of_path
from govkit.records.log import LogEntry
from govkit.records.proposals import Proposal

GENESIS_PATH = "governance/genesis.yaml"
OF_ACTS = "act@govkit"
"""The purpose that a signature below an act is made for."""
OWN_RULES = ("charter", "policy")
"""The kinds of record in which a coalition says how it decides."""


class RulesInForce(NamedTuple):
    """Who coordinates, how many of them an act takes, and the digest of each of the own rules.

    `escalate_to` is the body that decides about objections, None where the charter names none.
    """

    coordinators: tuple[str, ...]
    threshold: int
    digests: Mapping[str, str | None]
    escalate_to: EscalationBody | None = None


class RuleAmendment(NamedTuple):
    """One act of the coalition: its number in the log, what stood before, what stood after.

    `fault` says why it does not count; empty where it does. `seq` is None where the log does not
    know it. `signed` are those whose signatures hold, `awaited` those who have to sign or could,
    `needed` how many coordinators; `waits` says that signatures are all that it lacks.
    """

    document: Document
    act: CoalitionAct
    seq: int | None
    before: RulesInForce
    after: RulesInForce
    fault: str
    signed: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    waits: bool = False
    needed: int = 0
    recorded: datetime.datetime | None = None


class OwnRules(NamedTuple):
    """What holds now, every step since the founding that led there, and the keys of members."""

    founded: RulesInForce
    steps: tuple[RuleAmendment, ...]
    keys: Keys = Keys()

    @property
    def ended(self) -> frozenset[str]:
        """Return the members whose membership an act ended that counts."""
        ends = (e.act for e in self.steps if e.act.kind == "end-member" and not e.fault)
        return frozenset(slug_of_path(act.path) for act in ends)

    @property
    def now(self) -> RulesInForce:
        """Return what holds after the last act."""
        return self.steps[-1].after if self.steps else self.founded

    def at(self, seq: int) -> RulesInForce:
        """Return what held when an entry with this number was made."""
        before = [each for each in self.steps if each.seq is not None and each.seq < seq]
        return before[-1].after if before else self.founded

    def agreed_at(self, seq: int | None) -> Mapping[str, str | None]:
        """Return the digests of the own rules at a number, None for now: what enough agreed to.

        `at` follows also an act that does not count, so that the files of today can be read on.
        """
        held = dict(self.founded.digests)
        for each in self.steps:
            if each.seq is not None and (seq is None or each.seq < seq) and not each.fault:
                held[each.act.path] = each.act.after
        return held


def not_ended(corpus: Corpus, rules: OwnRules | None, entries: Entries) -> frozenset[str]:
    """Return the members whose records say that they left, and no act says so that counts.

    Who had left before the founding has neither an act nor an entry since.
    """
    founding = entries.get((GENESIS_PATH, "genesis"))
    if rules is None or founding is None:
        return frozenset()
    waiting = {member_of_act(each.act) for each in rules.steps if each.act.kind == "end-member"}
    found = set()
    for document in corpus.of_kind("member"):
        entry = entries.get((document.path, "member"))
        said = document.id in waiting or (entry is not None and entry.seq > founding.seq)
        if said and isinstance(document.record, Member) and document.record.state == "ended":
            found.add(document.id)
    return frozenset(found) - rules.ended


def unsigned_past(rules: OwnRules | None, genesis: Genesis | None, entry: LogEntry) -> str:
    """Return why what was taken over by an entry does not count; empty where it does.

    Coordinators of then say it, by the chain of acts: a name added to the charter agrees to nothing
    (decision 27), and neither does one that has not signed.
    """
    past = entry.taken_over
    if rules is None or genesis is None or past is None:
        return "the coalition was not founded"
    in_force = rules.at(entry.seq)
    data = taken_over_statement(past, root_fingerprint(genesis)).encode()
    signed = rules.keys.signed_by(past.signatures, data, OF_ACTS, entry)
    unsigned = [id for id in past.by if id not in signed]
    if unsigned:
        return f"it names {', '.join(unsigned)}, who {_have(unsigned)} not signed it"
    agreed = [id for id in in_force.coordinators if id in past.by]
    if len(agreed) >= in_force.threshold:
        return ""
    return (
        f"it takes {in_force.threshold} of the coordinators {', '.join(in_force.coordinators)}, "
        f"and has {len(agreed)}"
    )


def policy_path(id: str) -> str:
    """Return the place of a policy."""
    return f"{KINDS['policy'].folder}/{id}.yaml"


def own_rules(corpus: Corpus) -> OwnRules | None:
    """Return the own rules of a coalition through time; None while it is forming."""
    return corpus.once(_own_rules)


def _own_rules(corpus: Corpus) -> OwnRules | None:
    found = rules_as_signed(corpus)
    known = compromises(found.keys) if found is not None else {}
    # What is known today of a key that others had takes away what was signed with it meanwhile.
    return _read(corpus, known) if known else found


def rules_as_signed(corpus: Corpus) -> OwnRules | None:
    """Return the own rules as if no signature were in doubt since its key was in other hands."""
    return _read(corpus, {})


def _read(corpus: Corpus, known: Compromises) -> OwnRules | None:
    document = corpus.by_path.get(GENESIS_PATH)
    genesis = document.record if document else None
    if not isinstance(genesis, Genesis):
        return None
    founded = RulesInForce(
        tuple(first.id for first in genesis.coordinators),
        genesis.threshold,
        {CHARTER_PATH: genesis.charter}
        | {policy_path(each.id): each.digest for each in genesis.policies},
        genesis.escalate_to,
    )
    return _Reading(corpus, genesis, founded, known).rules()


def policies_not_agreed(
    rules: OwnRules | None, entries: Entries, proposal: Proposal
) -> tuple[str, ...]:
    """Return the policies that a proposal names in words that did not hold when it was opened.

    `entries` are the valid ones of the log. A policy that a later revision asked for had to hold
    when that was opened. While the coalition is forming there is nothing to hold them against.
    """
    if rules is None or not proposal.policies:
        return ()
    folder = folder_of_proposal(proposal.id)
    held = [
        rules.agreed_at(entry.seq)
        for (path, kind), entry in entries.items()
        if kind == "revision" and path.startswith(folder)
    ]
    return tuple(
        each.id
        for each in proposal.policies
        if held and all(agreed.get(policy_path(each.id)) != each.digest for agreed in held)
    )


def _acts(corpus: Corpus) -> Iterator[tuple[Document, CoalitionAct, LogEntry | None]]:
    """Yield the acts since the founding, in the order of the log; those it does not know last."""
    entries = valid_entries(corpus)
    founding = entries.get((GENESIS_PATH, "genesis"))
    begin = founding.seq if founding else 0
    found = [
        (document, document.record, entries.get((document.path, "act")))
        for document in corpus.of_kind("coalition-act")
        if isinstance(document.record, CoalitionAct)
    ]
    # Founding anew begins a new chain; acts before it decide nothing any more (decision 26).
    kept = [each for each in found if each[2] is None or each[2].seq > begin]
    yield from sorted(kept, key=lambda each: (each[2].seq if each[2] else 10**15, each[0].path))


@dataclass
class _Reading:
    """Walks from the founding through the acts, with the keys that counted at each."""

    corpus: Corpus
    genesis: Genesis
    founded: RulesInForce
    compromised: Compromises

    def rules(self) -> OwnRules:
        entry = valid_entries(self.corpus).get((GENESIS_PATH, "genesis"))
        seq = entry.seq if entry else 0
        self.keys = first_keys(self.genesis, GENESIS_PATH, seq, self.compromised)
        self.agreed = dict(self.founded.digests)
        self.root = root_fingerprint(self.genesis)
        in_force, steps = self.founded, []
        for document, act, logged in _acts(self.corpus):
            step = self.step(document, act, logged, in_force)
            steps.append(step)
            in_force = step.after
            if not step.fault:
                self.take_effect(document.path, act, logged)
        return OwnRules(self.founded, tuple(steps), self.keys)

    def take_effect(self, path: str, act: CoalitionAct, entry: LogEntry | None) -> None:
        if kind_of_path(act.path) in OWN_RULES:
            self.agreed[act.path] = act.after
        if act.key is not None and entry is not None:
            self.keys = self.keys.changed(act.key, path, entry, self.compromised)

    def step(
        self, document: Document, act: CoalitionAct, entry: LogEntry | None, in_force: RulesInForce
    ) -> RuleAmendment:
        fault = self.fault(act, entry, in_force)
        signed = self.signed(document.path, act, entry) if entry else ()
        needed = self.needed(act, entry, in_force)
        lacks = "" if fault else self.lacking(document.path, act, entry, signed, in_force, needed)
        awaited = [
            id for id in dict.fromkeys((*act.by, *in_force.coordinators)) if id not in signed
        ]
        return RuleAmendment(
            document,
            act,
            entry.seq if entry else None,
            in_force,
            _moved(in_force, act, fault or lacks),
            fault or lacks,
            signed,
            tuple(awaited),
            bool(lacks),
            needed,
            entry.recorded_at if entry else None,
        )

    def signed(self, path: str, act: CoalitionAct, entry: LogEntry) -> tuple[str, ...]:
        keys, change = self.keys, act.key
        if change is not None and change.change == "compromised":
            keys = without_compromise(keys, change.member, change.id)
        statement = act_statement(act, path, self.root).encode()
        return keys.signed_by(act.signatures, statement, OF_ACTS, entry)

    def possession(self, path: str, act: CoalitionAct) -> bool:
        """Say whether a new key has itself signed the act by which it begins."""
        change = act.key
        if change is None or change.change != "begins":
            return True
        statement = act_statement(act, path, self.root).encode()
        return any(
            (seal.by, seal.key) == (change.member, change.id)
            and signature_holds(seal, statement, OF_ACTS, change.public)
            for seal in act.signatures
        )

    def needed(self, act: CoalitionAct, entry: LogEntry | None, in_force: RulesInForce) -> int:
        """Return how many coordinators have to sign an act.

        About a key it is two at least, where there are two: one alone could else sign as another.
        What a member has asked for, or sent from where the record knows them, takes two who have
        seen it.
        """
        two = min(2, len(in_force.coordinators))
        change = act.key
        if act.asked:
            return two
        if change is None:
            return in_force.threshold
        own = change.member not in in_force.coordinators
        if own and entry is not None and names_record(self.corpus, change, entry):
            return two
        return max(in_force.threshold, two)

    def lacking(
        self,
        path: str,
        act: CoalitionAct,
        entry: LogEntry | None,
        signed: tuple[str, ...],
        in_force: RulesInForce,
        needed: int,
    ) -> str:
        """Return which signatures an act lacks, and what of it shows nothing."""
        change = act.key
        if change is not None and not self.possession(path, act):
            return f"the new key {change.id} of {change.member} has not signed it itself"
        lacks = _lacking(act, signed, in_force, needed)
        if not lacks or change is None or change.account is None:
            return lacks
        why = fault_of_account(self.corpus, change.member, change.account, entry)
        return f"{lacks}; {why}" if why else lacks

    def fault(self, act: CoalitionAct, entry: LogEntry | None, in_force: RulesInForce) -> str:
        """Return why an act can't count whoever signs it; empty where nothing speaks against it."""
        if entry is None:
            return "the log has no entry for it"
        if entry.digest != digest_for("act", act):
            return "it was changed after it was logged"
        strangers = [id for id in act.by if id not in in_force.coordinators]
        if strangers and not (act.key is not None and strangers == [act.key.member]):
            return (
                f"it takes the coordinators {', '.join(in_force.coordinators)}, and it names "
                f"{', '.join(strangers)}"
            )
        if (act.kind == "key") != (act.key is not None):
            return "it does not say which key it is about"
        if act.key is not None:
            return self.fault_of_key(act, act.key)
        if act.kind == "end-member":
            return ""
        if kind_of_path(act.path) != ("policy" if act.kind == "policy" else "charter"):
            return f"an act of the kind `{act.kind}` can't be about {act.path}"
        # Two acts that begin with the same words can't both count, or one would undo the other
        # unseen.
        if self.agreed.get(act.path) != act.before:
            return f"it does not begin with the words of {act.path} that held then"
        return ""

    def fault_of_key(self, act: CoalitionAct, change: KeyChange) -> str:
        if act.path != f"governance/members/{change.member}.yaml":
            return f"it is about a key of {change.member}, and names {act.path}"
        known = next((e for e in self.keys.of(change.member) if e.id == change.id), None)
        if change.change == "begins":
            if known is not None:
                return f"{change.member} has had a key {change.id} before"
            others = [e.member for e in self.keys.all if e.public == change.public]
            return f"this is a key of {others[0]} already" if others else ""
        if known is None or known.public != change.public:
            return f"{change.member} has no such key {change.id}"
        return ""


def _lacking(
    act: CoalitionAct, signed: tuple[str, ...], in_force: RulesInForce, needed: int
) -> str:
    """Return which signatures an act lacks, in a sentence; empty where they are all there."""
    change = act.key
    unsigned = [id for id in act.by if id not in signed]
    # A name without a signature is what somebody typed: it speaks for nobody.
    if unsigned:
        return f"it names {', '.join(unsigned)}, who {_have(unsigned)} not signed it"
    coordinators = [id for id in in_force.coordinators if id in signed]
    if len(coordinators) >= needed or (act.asked and member_of_act(act) in signed):
        return ""
    if change is not None and change.member in signed:
        # The old key speaks for its owner. Who coordinates needs one more, so that nobody who has
        # stolen that key can stay in the seat.
        alone = change.member not in in_force.coordinators
        if alone or len(coordinators) > 1:
            return ""
    return (
        f"it takes the signatures of {needed} of the coordinators "
        f"{', '.join(in_force.coordinators)}, and has {len(coordinators)}"
    )


def member_of_act(act: CoalitionAct) -> str | None:
    """Return the member whose key or membership an act is about, or None."""
    if act.key is not None:
        return act.key.member
    return slug_of_path(act.path) if act.kind == "end-member" else None


def _have(ids: list[str]) -> str:
    return "has" if len(ids) == 1 else "have"


def _moved(in_force: RulesInForce, act: CoalitionAct, fault: str) -> RulesInForce:
    """Return what holds after an act. One that does not count makes nobody a coordinator."""
    digests = in_force.digests
    begun = digests.get(act.path) == act.before
    if begun and kind_of_path(act.path) in OWN_RULES:
        # Who sees that an act does not count need not hear that the file differs, too.
        digests = {**digests, act.path: act.after}
    moved = in_force._replace(digests=digests)
    if fault or act.path != CHARTER_PATH:
        return moved
    moved = moved._replace(escalate_to=act.escalate_to)
    if act.coordinators is None:
        return moved
    return moved._replace(coordinators=act.coordinators.ids, threshold=act.coordinators.threshold)
