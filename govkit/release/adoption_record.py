"""What stands behind each text of a release: the decision with its sum, dissent, who was not heard.

The decision is the record that the log has. Who said what is reckoned again from the positions, at
the moment of the decision; where that gives another outcome, only the record is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from govkit.consent.admission import admit_positions
from govkit.consent.decide import decide
from govkit.consent.decision import RoundResult, UnitDecision
from govkit.consent.evidence import PositionEvidence
from govkit.consent.objections import DISSENT
from govkit.consent.recount import Recount
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.decisions import ADOPTED, DecidedUnit, Decision
from govkit.records.enumerations import ActKind
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.log import LogEntry, TakenOver
from govkit.records.policies import Level
from govkit.records.proposals import Act, Proposal
from govkit.records.releases import Manifest, ReleasedUnit
from govkit.records.scalars import END_OF_TIME
from govkit.round.docket import Docket, docket_of
from govkit.round.rounds import Round


@dataclass(frozen=True)
class MinorityStatement:
    """A minority statement: who made it, in which words, and about which texts (none: all)."""

    record: str
    by: tuple[str, ...]
    words: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class DecidedProposal:
    """A proposal that was decided: its record, the sum done again, and what a minority stated."""

    id: str
    proposal: Proposal
    record: Decision
    docket: Docket
    before: Docket
    """The same, as it stood when the decision was made."""

    @cached_property
    def then(self) -> Round:
        """Return the round as it stood when the decision was made."""
        return Round(self.before, self.record.now)

    @cached_property
    def reckoned(self) -> RoundResult:
        """Return the decision as its records give it."""
        return decide(self.then.docket, self.record.now)

    def evidence(self, unit: str) -> Mapping[Level, int]:
        """Return how many positions about a text are evidenced how well, the last of each member.

        What a member said before, about these or other words, is not counted.
        """
        return dict(sorted(Counter(each.level for each in self._shown(unit)).items()))

    def alone(self, unit: str) -> int:
        """Return how many of them rest on one coordinator's word, where there was no second."""
        return sum(each.alone for each in self._shown(unit))

    def _shown(self, unit: str) -> Iterable[PositionEvidence]:
        if not self.then.docket.revisions:
            return ()
        last = {
            each.key: each.evidence
            for each in admit_positions(self.then).admitted
            if any(pair.id == unit for pair in each.record.units)
        }
        return last.values()

    def acts(self, kind: ActKind, unit: str) -> tuple[Act, ...]:
        """Return the valid acts of a kind about a text, at the moment of the decision."""
        if not self.then.docket.revisions:
            return ()
        return tuple(each.record for each in self.then.acts(kind, unit))

    @cached_property
    def statements(self) -> tuple[MinorityStatement, ...]:
        """Return the minority statements that the log knows, in its order."""
        if self.docket.revision is None:
            return ()
        round = Round(self.docket, END_OF_TIME)  # one may be made after the decision
        return tuple(
            MinorityStatement(
                each.id, tuple(each.record.by), each.record.reason, tuple(each.record.units)
            )
            for each in self.docket.acts
            if each.record.kind == "minority-statement" and round.fault_of(each) is None
        )

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Return the members of whom any position says that the name is not to be printed."""
        # One "no" is enough: two positions with two answers must not reveal what one hides
        # (decision 25).
        positions = (each.record for each in self.docket.positions)
        return frozenset(each.member for each in positions if not each.publish.name)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Return the stakeholder group of each member on the roll."""
        if self.docket.revision is None:
            return {}
        return {id: seat.group for id, seat in self.then.roll.items()}

    def unit(self, id: str) -> DecidedUnit | None:
        """Return what was decided about a text, or None where it is not of this proposal."""
        return next((unit for unit in self.record.units if unit.id == id), None)

    def sum(self, id: str) -> UnitDecision | None:
        """Return the sum for a text, done again; None where it gives another outcome."""
        unit = self.unit(id)
        found = next((each for each in self.reckoned.units if each.id == id), None)
        return found if found and unit and found.outcome == unit.outcome else None


def dissents_of(decided: DecidedUnit) -> tuple[tuple[str, str | None], ...]:
    """Return who dissents from what was decided about a text, and why as far as it is published."""
    found = [each for each in decided.objections if each.state in DISSENT]
    return tuple((each.member, each.reason) for each in found)


@dataclass(frozen=True)
class AdoptionRecord:
    """One text of a release, and what stands behind its words.

    Exactly one of `resolved` and `taken_over` is there, or neither: then nobody adopted the words.
    It is `misnamed` where the record that the manifest names is about other words, or is not there.
    """

    unit: ReleasedUnit
    resolved: DecidedProposal | None = None
    taken_over: TakenOver | None = None
    misnamed: bool = False

    @property
    def id(self) -> str:
        """Return the id of the text."""
        return self.unit.id

    @property
    def decided(self) -> DecidedUnit | None:
        """Return what was decided about the text, or None."""
        return self.resolved.unit(self.id) if self.resolved else None

    @property
    def sum(self) -> UnitDecision | None:
        """Return the sum, done again."""
        return self.resolved.sum(self.id) if self.resolved else None

    @property
    def dissents(self) -> tuple[tuple[str, str | None], ...]:
        """Return who dissents, and why as far as that is published."""
        return dissents_of(self.decided) if self.decided else ()

    @property
    def statements(self) -> tuple[MinorityStatement, ...]:
        """Return the minority statements about the text."""
        if self.resolved is None:
            return ()
        return tuple(s for s in self.resolved.statements if not s.units or self.id in s.units)

    @property
    def groups_not_heard(self) -> tuple[str, ...]:
        """Return the stakeholder groups from which nobody said anything about these words."""
        return tuple(self.decided.groups_not_heard) if self.decided else ()


@dataclass(frozen=True)
class AdoptionRecords:
    """What stands behind the texts of a release, by id, and the proposals that were decided."""

    by_id: Mapping[str, AdoptionRecord]

    def of(self, id: str) -> AdoptionRecord | None:
        """Return the standing of a text, or None where the release does not hold it."""
        return self.by_id.get(id)

    @cached_property
    def resolved(self) -> tuple[DecidedProposal, ...]:
        """Return the proposals behind the texts, sorted by id."""
        found = {each.resolved.id: each.resolved for each in self.by_id.values() if each.resolved}
        return tuple(found[id] for id in sorted(found))


def adoption_records_in(manifest: Manifest, corpus: Corpus) -> AdoptionRecords:
    """Return what stands behind each text that a manifest lists, in its order."""
    cases = DecidedProposals(corpus)
    return AdoptionRecords({unit.id: _standing(unit, corpus, cases) for unit in manifest.units})


class DecidedProposals:
    """The decided proposals of a corpus, each put together once."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.reckoning = Recount(corpus)
        self.known: dict[str, DecidedProposal | None] = {}

    def of(self, document: Document, record: Decision) -> DecidedProposal | None:
        """Return the proposal that a record decided; None where its docket can't be read."""
        if document.path not in self.known:
            self.known[document.path] = self._resolved(document, record)
        return self.known[document.path]

    def _resolved(self, document: Document, record: Decision) -> DecidedProposal | None:
        id = document.id.split("/")[0]
        docket, before = docket_of(self.corpus, id), self.reckoning.docket_then(document)
        if docket is None or before is None:
            return None
        return DecidedProposal(id, docket.proposal, record, docket, before)


def _standing(unit: ReleasedUnit, corpus: Corpus, cases: DecidedProposals) -> AdoptionRecord:
    if unit.adopted_by is None:
        return AdoptionRecord(unit)
    document = corpus.by_path.get(unit.adopted_by)
    record = document.record if document else None
    if document is not None and isinstance(record, Decision):
        resolved = cases.of(document, record)
        decided = resolved.unit(unit.id) if resolved else None
        # The manifest is not believed: the decision must have adopted exactly these words
        # (decision 25).
        if decided and decided.outcome in ADOPTED and decided.after in _ends(unit, corpus):
            return AdoptionRecord(unit, resolved)
    past = record.taken_over if isinstance(record, LogEntry) else None
    if past and (unit.id, unit.digest) in [(each.id, each.digest) for each in past.units]:
        return AdoptionRecord(unit, None, past)
    return AdoptionRecord(unit, misnamed=True)


def _ends(unit: ReleasedUnit, corpus: Corpus) -> tuple[str | None, ...]:
    """Return what a decision about a text has to end in; a withdrawal has no new words."""
    document = corpus.find(NORMATIVE_KINDS, unit.id)
    return (unit.digest, None) if document and document.status == "withdrawn" else (unit.digest,)
