"""Who coordinated when: from the founding on, each list of coordinators by the threshold before it.

Pure. Whether a signature holds, `source.ssh_signatures` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import GENESIS_PATH, OWN_RULES, RuleAmendment, RulesInForce, own_rules
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.log.keys import Keys, signature_holds, sound_signers
from govkit.log.signed_statements import founding_statement
from govkit.records.acts import CoalitionAct, Genesis
from govkit.records.kinds import CHARTER_PATH

OF_GENESIS = "genesis@govkit"


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
    act: CoalitionAct | None = None
    """The act itself; None for the founding."""

    @property
    def holds(self) -> bool:
        """Say whether enough have signed, and nothing speaks against it."""
        return not self.faults and (self.act is not None or len(self.signed) >= self.needed)


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
    taken = {public: id for id, public in sound_signers(every)}
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
        and signature_holds(seal, data, OF_GENESIS, keys[seal.by, seal.key])
    }
    return tuple(first.id for first in genesis.coordinators if first.id in found)


def keys_of(corpus: Corpus) -> Keys:
    """Return the keys of all members as the founding and the acts since have them.

    While the coalition is forming there are none: nothing can be signed then.
    """
    rules = own_rules(corpus)
    return rules.keys if rules else Keys()


class _Reading:
    """Walks from the founding through the acts."""

    def __init__(self, corpus: Corpus, genesis: Genesis) -> None:
        self.corpus = corpus
        self.genesis = genesis
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
            tuple(self.wrong_seals(GENESIS_PATH, genesis, signed)),
        )

    def step(self, each: RuleAmendment, before: CoordinatingBody) -> CoordinationStep:
        path, act = each.document.path, each.act
        entry = self.entries.get((path, "act"))
        # An act has no day of its own: the log, which goes forward only, says when it was.
        at = entry.recorded_at if entry is not None else before.since
        faults = (
            [CoordinationFault(path, f"this act does not count: {each.fault}")]
            if each.fault
            else []
        )
        faults += self.wrong_seals(path, act, each.signed)
        named = (each.after.coordinators, each.after.threshold)
        body = (
            before
            if named == (before.ids, before.threshold)
            else CoordinatingBody(*named, at, path)
        )
        return CoordinationStep(
            path, act.kind, at, each.signed, each.awaited, each.needed, body, tuple(faults), act
        )

    def wrong_seals(
        self, path: str, act: CoalitionAct | Genesis, signed: Sequence[str]
    ) -> Iterator[CoordinationFault]:
        new = act.key.member if isinstance(act, CoalitionAct) and act.key else None
        for by in sorted({seal.by for seal in act.signatures} - {*signed, new}):
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
            if charter.escalate_to != now.escalate_to:
                yield CoordinationFault(
                    CHARTER_PATH,
                    "the charter names another body to decide about objections (`escalate_to`) "
                    "than the founding and the acts since: it was changed by no act of the "
                    "coalition",
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
