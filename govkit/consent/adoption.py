"""Which words were adopted, and by what: decisions that the log has, and what was taken over."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import own_rules, unsigned_past
from govkit.log.chain import breaks_of
from govkit.log.coordinators import genesis_of
from govkit.log.entries import valid_entries
from govkit.records.decisions import ADOPTED, Decision
from govkit.records.kinds import NORMATIVE_KINDS, id_of_place, kind_of_path
from govkit.records.log import LogEntry


class Adoption(NamedTuple):
    """Words that were adopted for one text, by digest: from which to which, by what, and when.

    `before` is None for a text that was never adopted, `after` None for one that was withdrawn.
    `by` is the id of the proposal; empty where the words were adopted before the register began.
    `path` is the record that says so, `position` the place of the text in it, `seq` its number in
    the log.
    """

    id: str
    before: str | None
    after: str | None
    by: str
    path: str
    position: int
    seq: int
    decided: datetime.datetime | None = None

    @property
    def named(self) -> str:
        """Return what adopted the words, as it is named in a sentence."""
        return f"decision {self.by}" if self.by else "before this register began"


def adoptions_of(corpus: Corpus) -> Mapping[str, tuple[Adoption, ...]]:
    """Return what was adopted for each text, in the order of the log.

    Empty where the coalition is forming, that is where there is no genesis: then nothing can be
    adopted. A decision that the log does not know in these words adopts nothing.
    """
    if corpus.is_forming:
        return {}
    found: dict[str, list[Adoption]] = defaultdict(list)
    for each in sorted((*_decided(corpus), *_taken_over(corpus)), key=lambda each: each.seq):
        if each.by or not found[each.id]:  # a text is taken over once, before its first decision
            found[each.id].append(each)
    return {id: tuple(several) for id, several in found.items()}


def _decided(corpus: Corpus) -> Iterator[Adoption]:
    entries = valid_entries(corpus)
    for document in corpus.of_kind("decision"):
        record, entry = document.record, entries.get((document.path, "decision"))
        if not isinstance(record, Decision) or entry is None:
            continue
        # A decision that was edited after it was logged, or could still change, adopts nothing.
        stands = entry.digest == digest_for("decision", record) and not record.provisional
        if stands and record.outcome in ADOPTED:
            for at, unit in enumerate(record.units):
                yield Adoption(
                    unit.id,
                    unit.before,
                    unit.after,
                    proposal_of(document),
                    document.path,
                    at,
                    entry.seq,
                    record.now,
                )


def _taken_over(corpus: Corpus) -> Iterator[Adoption]:
    rules, genesis = own_rules(corpus), genesis_of(corpus)
    for document in corpus.of_kind("log-entry"):
        entry = document.record
        if not isinstance(entry, LogEntry) or entry.kind != "taken-over" or not entry.taken_over:
            continue
        if not unsigned_past(rules, genesis, entry):
            for at, unit in enumerate(entry.taken_over.units):
                yield Adoption(unit.id, None, unit.digest, "", document.path, at, entry.seq)


def in_doubt(corpus: Corpus) -> frozenset[str]:
    """Return the texts whose adoption can't be known: a decision, or the genesis, does not hold.

    That has an error of its own; whoever mends it may find the adoption again.
    """
    faults = {each.about or each.path for each in breaks_of(corpus)}
    if any(kind_of_path(path) == "genesis" for path in faults):
        return frozenset(each.id for each in corpus.of_kind(*NORMATIVE_KINDS))
    decisions = [path for path in faults if kind_of_path(path) == "decision"]
    proposals = {id_of_place(path).split("/")[0] for path in decisions}
    return frozenset(
        unit.id
        for document in corpus.of_kind("decision", "revision")
        if proposal_of(document) in proposals
        for unit in getattr(document.record, "units", ())
    )


def proposal_of(document: Document) -> str:
    """Return the id of the proposal that a record belongs to, by its place."""
    return document.id.split("/")[0]


def lead_from_to(adoptions: Iterable[Adoption], before: str | None, after: str | None) -> bool:
    """Say whether adoptions lead from some words to others, one after the other."""
    steps = [(each.before, each.after) for each in adoptions]
    reached = {before}
    while True:
        new = {end for begin, end in steps if begin in reached} - reached
        if not new:
            return after in reached
        reached |= new
