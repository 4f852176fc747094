"""The coalition's own rules through time: from the founding, act by act, to what holds now.

The founding names the first coordinators, their threshold, and the digests of the first charter and
policies. Each act says from which digest to which it leads, who agreed, and who coordinates after
it. So anyone can follow from the files alone who could decide what at which number of the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import Entries, valid_entries
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.kinds import CHARTER_PATH, KINDS, kind_of_path
from govkit.records.log import LogEntry
from govkit.records.proposals import Proposal

GENESIS_PATH = "governance/genesis.yaml"
OWN_RULES = ("charter", "policy")
"""The kinds of record in which a coalition says how it decides."""


class RulesInForce(NamedTuple):
    """Who coordinates, how many of them an act takes, and the digest of each of the own rules."""

    coordinators: tuple[str, ...]
    threshold: int
    digests: Mapping[str, str | None]


class RuleAmendment(NamedTuple):
    """One act of the coalition: its number in the log, what stood before, what stood after.

    `fault` says why it does not count; empty where it does. `seq` is None where the log does not
    know it.
    """

    document: Document
    act: CoalitionAct
    seq: int | None
    before: RulesInForce
    after: RulesInForce
    fault: str


class OwnRules(NamedTuple):
    """What holds now, and every step since the founding that led there."""

    founded: RulesInForce
    steps: tuple[RuleAmendment, ...]

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


def policy_path(id: str) -> str:
    """Return the place of a policy."""
    return f"{KINDS['policy'].folder}/{id}.yaml"


def own_rules(corpus: Corpus) -> OwnRules | None:
    """Return the own rules of a coalition through time; None while it is forming."""
    document = corpus.by_path.get(GENESIS_PATH)
    genesis = document.record if document else None
    if not isinstance(genesis, Genesis):
        return None
    founded = RulesInForce(
        tuple(first.id for first in genesis.coordinators),
        genesis.threshold,
        {CHARTER_PATH: genesis.charter}
        | {policy_path(each.id): each.digest for each in genesis.policies},
    )
    steps: list[RuleAmendment] = []
    standing = founded
    for document, act, entry in _acts(corpus):
        fault = _fault(act, entry, standing)
        after = _moved(standing, act, fault)
        steps.append(
            RuleAmendment(document, act, entry.seq if entry else None, standing, after, fault)
        )
        standing = after
    return OwnRules(founded, tuple(steps))


def policies_not_agreed(
    rules: OwnRules | None, entries: Entries, proposal: Proposal
) -> tuple[str, ...]:
    """Return the policies that a proposal names in words that did not hold when it was opened.

    `entries` are the valid ones of the log. A policy that a later revision asked for had to hold
    when that was opened. While the coalition is forming there is nothing to hold them against.
    """
    if rules is None or not proposal.policies:
        return ()
    folder = f"governance/proposals/{proposal.id}/"
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


def _fault(act: CoalitionAct, entry: LogEntry | None, standing: RulesInForce) -> str:
    if entry is None:
        return "the log has no entry for it"
    if entry.digest != digest_for("act", act):
        return "it was changed after it was logged"
    # Ids and not people: what becomes known of a person later undoes no act (decision 26).
    agreed = set(act.by) & set(standing.coordinators)
    if len(agreed) < standing.threshold:
        return (
            f"it takes {standing.threshold} of the coordinators {', '.join(standing.coordinators)},"
            f" and {len(agreed)} agreed"
        )
    if act.kind == "end-member":
        return ""
    if kind_of_path(act.path) != ("policy" if act.kind == "policy" else "charter"):
        return f"an act of the kind `{act.kind}` can't be about {act.path}"
    # Two acts that begin with the same words can't both count, or one would undo the other unseen.
    if standing.digests.get(act.path) != act.before:
        return f"it does not begin with the words of {act.path} that held then"
    return ""


def _moved(standing: RulesInForce, act: CoalitionAct, fault: str) -> RulesInForce:
    """Return what holds after an act. One that does not count makes nobody a coordinator."""
    digests = standing.digests
    begun = digests.get(act.path) == act.before
    if act.kind != "end-member" and begun and kind_of_path(act.path) in OWN_RULES:
        # Who sees that an act does not count need not hear that the file differs, too.
        digests = {**digests, act.path: act.after}
    if fault or act.coordinators is None:
        return standing._replace(digests=digests)
    return RulesInForce(act.coordinators.ids, act.coordinators.threshold, digests)
